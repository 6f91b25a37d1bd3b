/**
 * How many rows each card shows and in which column it lies, so that all of the frame are in sight and the room that there
 * is is used.
 *
 * In: how high each card is with so many rows, the board, places of cards seen before. Out: rows and places. All cards
 * first get the same number of rows, the greatest with which everything fits: at the places that they have, if those leave
 * enough rows, else at new ones, evenly over the columns. Then each column gives what is left of it to its cards, those
 * with the fewest rows first; a card that had a place stays there.
 */
import { itemAt, valueAt } from '../base/checked-access';
import { fill, fits, GAP, knownPlaces, MARGIN, spread, type Board, type Box, type Place } from './layout';

/** A card before it is known how many rows it shows. */
export interface Stock {
  readonly id: string;
  readonly inFocus: boolean;
  /** How many rows it gets where others get one: what the code has no name for says less. */
  readonly share?: number;
  /** Its height with no rows, with one, and so on up to all. */
  readonly heights: readonly number[];
}

export interface Plan {
  /** Of each card how many rows show. */
  readonly rows: ReadonlyMap<string, number>;
  readonly places: ReadonlyMap<string, Place>;
  /** Cards that had a place are there. */
  readonly isKept: boolean;
  /** All of the frame are in sight when cards are as high as was thought. */
  readonly hasRoom: boolean;
}

/** With so many rows a card says enough: nothing is moved for more. */
const ENOUGH_ROWS = 8;
const LEAST_ROWS = 1;
/** How exactly the least height of columns is looked for. */
const TRIES = 6;

export function planBoard(stocks: readonly Stock[], board: Board, home: ReadonlyMap<string, Place>): Plan {
  const known = knownPlaces(stocks, board, home);
  const kept = known.size === 0 ? undefined : mostRows(stocks, board, known, ENOUGH_ROWS);
  const anew = kept ?? mostRows(stocks, board, new Map(), LEAST_ROWS);
  const rows = anew ?? LEAST_ROWS;
  const boxes = stocks.map((stock) => boxOf(stock, shareOf(stock, rows)));
  const places = kept === undefined ? evenly(boxes, board) : fill(boxes, board, known);
  const counts = new Map(stocks.map((stock) => [stock.id, shareOf(stock, rows)]));
  const plan = { rows: counts, places, isKept: kept !== undefined, hasRoom: anew !== undefined };
  return withMoreRows(stocks, board, plan, known);
}

const all = ({ heights }: Stock): number => heights.length - 1;

/** Rows of a card where one that counts whole has `rows`. */
function shareOf(stock: Stock, rows: number): number {
  return Math.min(Math.ceil(rows * (stock.share ?? 1)), all(stock));
}

function boxOf({ id, inFocus, heights }: Stock, rows: number): Box {
  return { id, inFocus, height: itemAt(heights, rows) };
}

/** The greatest number of rows with which everything is in sight, found by halving; undefined when not even `least` is. */
function mostRows(
  stocks: readonly Stock[],
  board: Board,
  known: ReadonlyMap<string, Place>,
  least: number,
): number | undefined {
  const isRoom = (rows: number): boolean => {
    const boxes = stocks.map((stock) => boxOf(stock, shareOf(stock, rows)));
    return fits(boxes, board, fill(boxes, board, known));
  };
  if (!isRoom(least)) {
    return undefined;
  }
  let [low, high] = [least, Math.max(least, ...stocks.map((stock) => Math.ceil(all(stock) / (stock.share ?? 1))))];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isRoom(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** New places, in columns that are about as high as each other. */
function evenly(boxes: readonly Box[], board: Board): Map<string, Place> {
  let best = fill(boxes, board, new Map());
  let [low, high] = [0, board.height];
  for (let left = fits(boxes, board, best) ? TRIES : 0; left > 0; left--) {
    const height = (low + high) / 2;
    const places = fill(boxes, { ...board, height }, new Map());
    if (fits(boxes, { ...board, height }, places)) {
      [best, high] = [places, height];
    } else {
      low = height;
    }
  }
  return best;
}

/** Gives what is left of each column to its cards; those with a place are not pushed away, unless the plan is a new one. */
export function withMoreRows(
  stocks: readonly Stock[],
  board: Board,
  plan: Plan,
  home: ReadonlyMap<string, Place>,
): Plan {
  const rows = new Map(plan.rows);
  const stay = plan.isKept ? knownPlaces(stocks, board, home) : new Map<string, Place>();
  for (let column = 0; column < board.columns; column++) {
    const own = stocks.filter(({ id }) => plan.places.get(id)?.column === column);
    growColumn(own, board, { ...plan, rows }, stay, (id, count) => rows.set(id, count));
  }
  return { ...plan, rows };
}

function growColumn(
  own: readonly Stock[],
  { height }: Board,
  { rows, places }: Plan,
  stay: ReadonlyMap<string, Place>,
  give: (id: string, rows: number) => void,
): void {
  const box = (stock: Stock): Box => boxOf(stock, valueAt(rows, stock.id));
  const at = spread(own.map(box), places);
  const isRoom = (): boolean => {
    const boxes = own.map(box);
    const now = spread(boxes, places);
    return boxes.every(({ id, inFocus, height: high }) => {
      const { y } = valueAt(now, id);
      return (!stay.has(id) || y === valueAt(at, id).y) && (!inFocus || y + high + MARGIN <= height);
    });
  };
  const open = own.filter(({ inFocus }) => inFocus);
  while (open.length > 0) {
    open.sort((a, b) => valueAt(rows, a.id) / (a.share ?? 1) - valueAt(rows, b.id) / (b.share ?? 1));
    const next = itemAt(open, 0);
    const count = valueAt(rows, next.id);
    if (count >= all(next)) {
      open.shift();
      continue;
    }
    give(next.id, count + 1);
    if (itemAt(next.heights, count + 1) > itemAt(next.heights, count) && !isRoom()) {
      give(next.id, count);
      open.shift();
    }
  }
}

/**
 * Places of cards as they were drawn: those that had one stay; a new one takes the first gap of the column that it was
 * planned for.
 */
export function placesOf(
  boxes: readonly Box[],
  board: Board,
  plan: Plan,
  home: ReadonlyMap<string, Place>,
): Map<string, Place> {
  const known = knownPlaces(boxes, board, home);
  const places = new Map([...known].filter(([id, { column }]) => plan.places.get(id)?.column === column));
  const planned = boxes.filter(({ id }) => plan.places.has(id) && !places.has(id));
  for (const box of planned.sort((a, b) => valueAt(plan.places, a.id).y - valueAt(plan.places, b.id).y)) {
    const { column } = valueAt(plan.places, box.id);
    const others = boxes.flatMap(({ id, height }) => {
      const at = places.get(id);
      return at?.column === column ? [{ top: at.y, end: at.y + height + GAP }] : [];
    });
    const tops = [MARGIN, ...others.map(({ end }) => end)].sort((a, b) => a - b);
    const y = tops.find((top) => others.every((other) => top + box.height + GAP <= other.top || other.end <= top));
    places.set(box.id, { column, y: y ?? MARGIN });
  }
  return fill(boxes, board, places);
}
