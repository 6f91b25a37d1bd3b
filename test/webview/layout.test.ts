/** Where cards lie, which of their rows show, and how pointers run between them. */
import { valueAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { CardModel, RowModel } from '../../src/protocol/inspector-model';
import { rowsToShow, shortNames } from '../../src/webview/card-rows';
import { planBoard, type Stock } from '../../src/webview/board-plan';
import { edgePath } from '../../src/webview/edge-path';
import { boardFor, fits, placeCards, spread, type Board, type Box, type Place } from '../../src/webview/layout';

const board: Board = { columns: 3, width: 240, height: 500 };
const box = (id: string, height = 100, inFocus = true): Box => ({ id, height, inFocus });
const places = (all: Record<string, readonly [number, number]>): Map<string, Place> =>
  new Map(Object.entries(all).map(([id, [column, y]]) => [id, { column, y }]));

function overlaps(boxes: readonly Box[], at: ReadonlyMap<string, Place>): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => {
        const [p, q] = [valueAt(at, a.id), valueAt(at, b.id)];
        return p.column === q.column && p.y < q.y + b.height && q.y < p.y + a.height;
      })
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe('the board', () => {
  test('has as many columns as there is room for, and one at least', () => {
    expect([200, 480, 767, 1540].map((width) => boardFor(width, 500).columns)).toEqual([1, 1, 3, 4]);
  });
});

describe('placing cards', () => {
  const boxes = [box('frame'), box('sk', 300), box('skb', 200), box('req'), box('tp', 250)];

  test('all of the frame are in sight, the first at the top left, and nothing overlaps', () => {
    const at = placeCards(boxes, board, new Map());
    expect(at.get('frame')).toMatchObject({ column: 0, y: 8 });
    expect(fits(boxes, board, at)).toBe(true);
    expect(overlaps(boxes, at)).toEqual([]);
  });

  test('a new card moves no other and covers none', () => {
    const before = placeCards(boxes, board, new Map());
    const more = [...boxes, box('th'), box('table', 400, false), box('lonely', 50, false)];
    const after = placeCards(more, board, before);
    for (const { id } of boxes) {
      expect(after.get(id)).toEqual(before.get(id));
    }
    expect(overlaps(more, after)).toEqual([]);
  });

  test('a gap stays until somebody asks for it to be closed, or a card goes into it', () => {
    const before = placeCards(boxes, board, new Map());
    const without = boxes.filter(({ id }) => id !== 'frame');
    const left = placeCards(without, board, before);
    expect(left.get('sk')).toEqual(before.get('sk'));
    expect(placeCards(without, board, new Map()).get('sk')).toMatchObject({ column: 0, y: 8 });
    expect(placeCards([...without, box('new', 90)], board, left).get('new')).toEqual(before.get('frame'));
  });

  test('when a card of the frame would be out of sight, all are placed anew', () => {
    const home = places({ old: [0, 8], older: [1, 8], oldest: [2, 8] });
    const tall = [box('frame', 400), box('old', 60), box('older', 60), box('oldest', 60)];
    expect(fits(tall, board, placeCards(tall, board, home))).toBe(true);
    const higher = [box('frame', 440), ...tall.slice(1)];
    const at = placeCards(higher, board, home);
    expect(fits(higher, board, at)).toBe(true);
    expect(at.get('frame')).toEqual({ column: 0, y: 8 });
  });

  test('places of a wider board are forgotten', () => {
    const at = placeCards([box('a'), box('b')], { ...board, columns: 1 }, places({ a: [2, 8], b: [1, 8] }));
    expect([...at.values()].map(({ column }) => column)).toEqual([0, 0]);
  });

  test('forty cards are placed without overlap', () => {
    const many = Array.from({ length: 40 }, (_, index) => box(`c${index}`, 80 + (index % 7) * 60));
    expect(overlaps(many, placeCards(many, board, new Map()))).toEqual([]);
  });
});

describe('rows', () => {
  const row = (id: string, extra: Partial<RowModel> = {}): RowModel => ({
    ...{ id, name: id, type: 'int', display: '1', address: 0, size: 4 },
    ...extra,
  });
  const card = (rows: readonly RowModel[], expanded = false): CardModel => ({
    ...{ id: 'sock@1', kind: 'sock', type: 'struct sock', title: 'sk', address: 0, size: 4, state: 'live' },
    ...{ group: { kind: 'other' }, rows, hiddenRows: 0, expanded, variables: [] },
  });
  const shown = (...args: Parameters<typeof rowsToShow>): string =>
    rowsToShow(...args)
      .map(({ id }) => id)
      .join(' ');
  const rows = [
    row('a', { display: '0' }),
    row('b'),
    row('c'),
    row('d', { changed: true }),
    row('e', { touched: true }),
  ];

  test('what changed and what the statement names shows, then what says something; in the order of the struct', () => {
    expect(shown(card(rows), 3)).toBe('b d e');
    expect(shown(card(rows), 1)).toBe('d e');
    expect(shown(card(rows, true), 1)).toBe('a b c d e');
  });

  test('what was shown before stays', () => {
    expect(shown(card(rows), 3, { before: new Set(['a']), asked: [] })).toBe('a d e');
  });

  test('of what changed on a long way as much as there is room for', () => {
    const many = Array.from({ length: 12 }, (_, index) => row(`r${index}`, { changed: true }));
    expect(shown(card([...many, row('t', { touched: true })]), 3)).toBe('r0 r1 t');
  });

  test('a name is as short as it can be told from the others', () => {
    const names = ['rcv_isn', 'af.v4_req.rmt_addr', 'list.next', 'timer.list.next'];
    expect(names.map(shortNames(names))).toEqual(['rcv_isn', 'rmt_addr', 'list.next', 'timer.list.next']);
  });

  test('a member of a member is not taken for one of the struct itself', () => {
    const names = ['timer.list.next', 'timer.expires', 'lock.users', 'h.raw', 'protinfo.af_inet.ttl'];
    for (const some of [names, ['timer.list.next'], ['h.raw'], ['timer.expires']]) {
      const nameOf = shortNames(some);
      expect(some.filter((name) => name !== 'protinfo.af_inet.ttl' && nameOf(name) !== name)).toEqual([]);
    }
    expect(shortNames(names)('protinfo.af_inet.ttl')).toBe('ttl');
  });
});

describe('a plan', () => {
  const stock = (id: string, rows = 20, inFocus = true): Stock => ({
    ...{ id, inFocus, heights: Array.from({ length: rows + 1 }, (_, count) => 50 + 18 * count) },
  });
  const heightsOf = (stocks: readonly Stock[], rows: ReadonlyMap<string, number>): Box[] =>
    stocks.map(({ id, inFocus, heights }) => ({ id, inFocus, height: heights[valueAt(rows, id)] ?? 0 }));

  test('shows as many rows as fit', () => {
    const stocks = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => stock(id));
    const least = (height: number): number =>
      Math.min(...planBoard(stocks, { ...board, height }, new Map()).rows.values());
    expect([2000, 500, 150].map(least)).toEqual([20, 10, 1]);
  });

  test('gives the room that a column has left to its cards', () => {
    const stocks = [stock('a', 30), stock('small', 2), stock('b', 30), stock('c', 30)];
    const plan = planBoard(stocks, board, new Map());
    const boxes = heightsOf(stocks, plan.rows);
    const ends = [0, 1, 2].map((column) =>
      boxes
        .filter(({ id }) => valueAt(plan.places, id).column === column)
        .reduce((sum, { height }) => sum + height + 10, 8),
    );
    expect(plan.hasRoom).toBe(true);
    expect(Math.max(...ends)).toBeLessThanOrEqual(board.height + 10);
    expect(Math.min(...ends)).toBeGreaterThan(board.height - 30);
  });

  test('uses all columns', () => {
    const stocks = [stock('a', 5), stock('b', 5), stock('c', 5), stock('d', 5)];
    const { places } = planBoard(stocks, { columns: 4, width: 300, height: 900 }, new Map());
    expect(stocks.map(({ id }) => valueAt(places, id).column)).toEqual([0, 1, 2, 3]);
  });

  test('leaves cards where they were, as long as they show enough there', () => {
    const stocks = [stock('a'), stock('b'), stock('new', 4)];
    const home = places({ a: [1, 8], b: [0, 8] });
    const plan = planBoard(stocks, board, home);
    expect(plan.isKept).toBe(true);
    expect(plan.places.get('a')).toEqual({ column: 1, y: 8 });
    const cramped = places({ a: [0, 8], b: [0, 90], new: [0, 200] });
    expect(planBoard([...stocks, stock('c'), stock('d')], { ...board, height: 400 }, cramped).isKept).toBe(false);
  });
});

describe('spreading', () => {
  test('a card that grew pushes those below it, and only them, and only while it is grown', () => {
    const home = places({ a: [0, 0], b: [0, 120], c: [1, 120] });
    const shown = spread([box('a', 300), box('b'), box('c')], home);
    expect(shown.get('a')).toEqual({ column: 0, y: 0 });
    expect(valueAt(shown, 'b').y).toBeGreaterThanOrEqual(300);
    expect(shown.get('c')).toEqual({ column: 1, y: 120 });
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
