/** Where cards lie, and how pointers run between them. */
import { describe, expect, test } from 'vitest';
import { edgePath } from '../../src/webview/edge-path';
import { placeCards, spread, type Box, type Edge, type Point } from '../../src/webview/layout';

const box = (id: string, height = 100): Box => ({ id, width: 300, height });
const edge = (from: string, to: string): Edge => ({ from, to });
const points = (all: Record<string, readonly [number, number]>): Map<string, Point> =>
  new Map(Object.entries(all).map(([id, [x, y]]) => [id, { x, y }]));

function overlaps(boxes: readonly Box[], places: ReadonlyMap<string, Point>): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => {
        const [p, q] = [places.get(a.id)!, places.get(b.id)!];
        return p.x < q.x + b.width && q.x < p.x + a.width && p.y < q.y + b.height && q.y < p.y + a.height;
      })
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe('placing cards', () => {
  const boxes = [box('socket'), box('sock', 400), box('tcp', 300), box('ops'), box('prot')];
  const edges = [edge('socket', 'sock'), edge('sock', 'tcp'), edge('sock', 'prot'), edge('socket', 'ops')];

  test('at first pointers run to the right and nothing overlaps', () => {
    const places = placeCards(boxes, edges, new Map());
    expect(overlaps(boxes, places)).toEqual([]);
    expect(places.get('sock')!.x).toBeGreaterThan(places.get('socket')!.x + 300);
    expect(places.get('tcp')!.x).toBeGreaterThan(places.get('sock')!.x + 300);
  });

  test('a new card moves no other and covers none', () => {
    const before = placeCards(boxes, edges, new Map());
    const more = [...boxes, box('request'), box('table', 200), box('lonely')];
    const after = placeCards(more, [...edges, edge('tcp', 'request'), edge('tcp', 'table')], before);
    for (const { id } of boxes) {
      expect(after.get(id)).toEqual(before.get(id));
    }
    expect(overlaps(more, after)).toEqual([]);
    expect(after.get('request')!.x).toBeGreaterThanOrEqual(after.get('tcp')!.x);
  });

  test('a card that comes back comes back to where it was', () => {
    const before = placeCards(boxes, edges, new Map());
    const without = placeCards(boxes.slice(1), edges, before);
    const again = placeCards(boxes, edges, new Map([...before, ...without]));
    expect(again.get('socket')).toEqual(before.get('socket'));
  });

  test('rings and pointers to oneself do no harm', () => {
    const places = placeCards(
      boxes,
      [edge('socket', 'sock'), edge('sock', 'socket'), edge('sock', 'sock'), edge('sock', 'elsewhere')],
      new Map(),
    );
    expect(places.size).toBe(boxes.length);
  });

  test('forty cards are placed without overlap', () => {
    const many = Array.from({ length: 40 }, (_, index) => box(`c${index}`, 80 + (index % 7) * 60));
    const some = placeCards(many.slice(0, 10), [], new Map());
    expect(
      overlaps(
        many,
        placeCards(
          many,
          many.slice(1).map((each) => edge('c0', each.id)),
          some,
        ),
      ),
    ).toEqual([]);
  });
});

describe('spreading', () => {
  test('a card that grew pushes those below it, and only them, and only while it is grown', () => {
    const home = points({ a: [0, 0], b: [0, 120], c: [400, 120] });
    const grown = [box('a', 300), box('b'), box('c')];
    const shown = spread(grown, home);
    expect(shown.get('a')).toEqual({ x: 0, y: 0 });
    expect(shown.get('b')!.y).toBeGreaterThanOrEqual(300);
    expect(shown.get('c')).toEqual({ x: 400, y: 120 });
    expect(spread([box('a'), box('b'), box('c')], home)).toEqual(home);
  });
});

describe('curves', () => {
  const card = (left: number, top: number): { left: number; top: number; width: number; height: number } => ({
    left,
    top,
    width: 300,
    height: 20,
  });

  test('leave towards their target', () => {
    expect(edgePath(card(0, 0), card(400, 100))).toMatch(/^M 300 10 C .* 393 110$/);
    expect(edgePath(card(400, 0), card(0, 100))).toMatch(/^M 400 10 C .* 307 110$/);
    expect(edgePath(card(0, 0), card(0, 200))).toMatch(/^M 300 10 C 3\d\d 10, 3\d\d 210, 307 210$/);
  });
});
