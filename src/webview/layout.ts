/**
 * Where cards lie: a layered layout for the first picture, and after that every card stays where the reader last saw it.
 *
 * In: boxes with their measured sizes, edges between them, and the home positions of cards seen before. Out: home
 * positions for all (`placeCards`), and positions without overlap (`spread`). The first layout is dagre's, left to
 * right. Later, a new card goes to the free place nearest to where dagre would put it as seen from a card it is linked
 * to; old homes do not change. Cards that grew push those below them down for as long as they are grown, so that nothing
 * drifts.
 */
import dagre from '@dagrejs/dagre';
import { valueAt } from '../base/checked-access';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const GAP = 20;
const COLUMN_GAP = 72;
const MARGIN = 12;

/** Home positions of all boxes: those in `home` keep theirs. */
export function placeCards(
  boxes: readonly Box[],
  edges: readonly Edge[],
  home: ReadonlyMap<string, Point>,
): Map<string, Point> {
  const placed = new Map<string, Point>();
  for (const box of boxes) {
    const known = home.get(box.id);
    if (known) {
      placed.set(box.id, known);
    }
  }
  if (placed.size === boxes.length) {
    return placed;
  }
  const ideal = layered(boxes, edges);
  if (placed.size === 0) {
    return ideal;
  }
  for (const box of boxes) {
    if (!placed.has(box.id)) {
      placed.set(box.id, freePlace(box, wishFor(box, edges, placed, ideal), boxes, placed));
    }
  }
  return placed;
}

/** dagre's positions, as left upper corners. */
function layered(boxes: readonly Box[], edges: readonly Edge[]): Map<string, Point> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 2 * GAP, ranksep: COLUMN_GAP, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) {
    graph.setNode(id, { width, height });
  }
  const present = new Set(boxes.map((box) => box.id));
  for (const { from, to } of edges) {
    if (from !== to && present.has(from) && present.has(to)) {
      graph.setEdge(from, to);
    }
  }
  dagre.layout(graph);
  return new Map(
    boxes.map(({ id, width, height }) => {
      const node = graph.node(id) as { readonly x: number; readonly y: number };
      return [id, { x: Math.round(node.x - width / 2), y: Math.round(node.y - height / 2) }];
    }),
  );
}

/** Where a new box would like to be: as far from a placed neighbour as in the ideal layout. */
function wishFor(
  box: Box,
  edges: readonly Edge[],
  placed: ReadonlyMap<string, Point>,
  ideal: ReadonlyMap<string, Point>,
): Point {
  const own = valueAt(ideal, box.id);
  const referrer = edges.find((edge) => edge.to === box.id && placed.has(edge.from))?.from;
  const neighbour = referrer ?? edges.find((edge) => edge.from === box.id && placed.has(edge.to))?.to;
  if (neighbour === undefined) {
    return own;
  }
  const [now, then] = [valueAt(placed, neighbour), valueAt(ideal, neighbour)];
  return { x: Math.max(MARGIN, now.x + own.x - then.x), y: Math.max(MARGIN, now.y + own.y - then.y) };
}

/**
 * The free place nearest to `wish`: the same column first, below and above what is in the way, then the columns to the
 * right.
 */
function freePlace(box: Box, wish: Point, boxes: readonly Box[], placed: ReadonlyMap<string, Point>): Point {
  const others = boxes.flatMap((other) => {
    const at = placed.get(other.id);
    return at ? [{ ...at, width: other.width, height: other.height }] : [];
  });
  const isFree = ({ x, y }: Point): boolean =>
    others.every(
      (other) =>
        x + box.width + GAP <= other.x ||
        other.x + other.width + GAP <= x ||
        y + box.height + GAP <= other.y ||
        other.y + other.height + GAP <= y,
    );
  const columns = [...new Set([wish.x, ...others.map((other) => other.x)])];
  const rows = [
    wish.y,
    MARGIN,
    ...others.flatMap((other) => [other.y + other.height + GAP, other.y - box.height - GAP]),
  ].filter((y) => y >= MARGIN);
  const candidates = columns.flatMap((x) => rows.map((y) => ({ x, y })));
  const distance = (point: Point): number => 2 * Math.abs(point.x - wish.x) + Math.abs(point.y - wish.y);
  const best = candidates.filter(isFree).sort((a, b) => distance(a) - distance(b))[0];
  return best ?? { x: MARGIN, y: Math.max(...others.map((other) => other.y + other.height)) + GAP };
}

/** Shown positions: homes, with boxes pushed down where those above them have grown into them. */
export function spread(boxes: readonly Box[], home: ReadonlyMap<string, Point>): Map<string, Point> {
  const shown = new Map<string, Point>();
  const done: (Box & Point)[] = [];
  const byHeight = boxes
    .filter((box) => home.has(box.id))
    .sort((a, b) => valueAt(home, a.id).y - valueAt(home, b.id).y || valueAt(home, a.id).x - valueAt(home, b.id).x);
  for (const box of byHeight) {
    const { x, y: wanted } = valueAt(home, box.id);
    let y = wanted;
    for (let moved = true; moved;) {
      const inTheWay = done.find(
        (other) =>
          x < other.x + other.width &&
          other.x < x + box.width &&
          y < other.y + other.height + GAP / 3 &&
          other.y < y + box.height + GAP / 3,
      );
      moved = inTheWay !== undefined;
      y = inTheWay ? inTheWay.y + inTheWay.height + GAP : y;
    }
    shown.set(box.id, { x, y });
    done.push({ ...box, x, y });
  }
  return shown;
}
