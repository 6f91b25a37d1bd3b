/**
 * Where cards lie: in columns, those of the frame first and in sight, and every card where the reader last saw it.
 *
 * In: boxes with their heights, the frame's first; the size of what is visible; the places of cards seen before. Out: a place
 * for each (`placeCards`), and places without overlap (`spread`). A card keeps its place; a new one takes the first gap
 * that is high enough. Only when a card of the frame would not be in sight are all placed anew, in their order. Cards
 * that grew push those below them down for as long as they are grown, so that nothing drifts.
 */
import { valueAt } from '../base/checked-access';

export interface Box {
  readonly id: string;
  readonly height: number;
  /** It must be in sight. */
  readonly inFocus: boolean;
}

export interface Place {
  readonly column: number;
  readonly y: number;
}

/** What is visible at once. */
export interface Board {
  readonly columns: number;
  /** Width of a column. */
  readonly width: number;
  readonly height: number;
}

export const GAP = 10;
/** Between columns: pointers run there. */
const COLUMN_GAP = 22;
export const MARGIN = 8;
const NARROWEST = 226;
/** Where there is much room, columns are wider. */
const ROOMY = 1200;
const NARROWEST_IN_ROOM = 300;
const WIDEST = 380;

/** As many columns as there is room for. */
export function boardFor(width: number, height: number): Board {
  const inside = width - 2 * MARGIN;
  const narrowest = inside > ROOMY ? NARROWEST_IN_ROOM : NARROWEST;
  const columns = Math.max(1, Math.floor((inside + COLUMN_GAP) / (narrowest + COLUMN_GAP)));
  const each = Math.floor((inside - (columns - 1) * COLUMN_GAP) / columns);
  return { columns, width: Math.max(160, Math.min(WIDEST, each)), height };
}

/** Left edge of a column. */
export function leftOf(column: number, { width }: Board): number {
  return MARGIN + column * (width + COLUMN_GAP);
}

/** Places of all boxes. */
export function placeCards(boxes: readonly Box[], board: Board, home: ReadonlyMap<string, Place>): Map<string, Place> {
  const known = knownPlaces(boxes, board, home);
  const kept = fill(boxes, board, known);
  if (fits(boxes, board, kept)) {
    return kept;
  }
  const anew = fill(boxes, board, new Map());
  return known.size === 0 || fits(boxes, board, anew) || outside(boxes, board, anew) < outside(boxes, board, kept)
    ? anew
    : kept;
}

/** Places that these boxes have had, in columns that there still are. */
export function knownPlaces(
  boxes: readonly { readonly id: string }[],
  { columns }: Board,
  home: ReadonlyMap<string, Place>,
): Map<string, Place> {
  return new Map(
    boxes.flatMap(({ id }) => {
      const at = home.get(id);
      return at && at.column < columns ? [[id, at]] : [];
    }),
  );
}

/** Whether all boxes in focus are in sight. */
export function fits(boxes: readonly Box[], board: Board, places: ReadonlyMap<string, Place>): boolean {
  return outside(boxes, board, places) === 0;
}

/** How many pixels of boxes in focus are out of sight. */
function outside(boxes: readonly Box[], { height }: Board, places: ReadonlyMap<string, Place>): number {
  const shown = spread(boxes, places);
  return boxes
    .filter((box) => box.inFocus)
    .reduce((sum, box) => sum + Math.max(0, valueAt(shown, box.id).y + box.height + MARGIN - height), 0);
}

/** Adds the boxes that have no place yet, each into the first gap it goes into, else below the shortest column. */
export function fill(boxes: readonly Box[], board: Board, known: ReadonlyMap<string, Place>): Map<string, Place> {
  const places = new Map(known);
  for (const box of boxes) {
    if (!places.has(box.id)) {
      places.set(box.id, firstGap(box, boxes, board, places) ?? belowShortest(boxes, board, places));
    }
  }
  return places;
}

function firstGap(
  box: Box,
  boxes: readonly Box[],
  board: Board,
  places: ReadonlyMap<string, Place>,
): Place | undefined {
  for (let column = 0; column < board.columns; column++) {
    const others = inColumn(column, boxes, places);
    for (const y of [MARGIN, ...others.map((other) => other.y + other.height + GAP)]) {
      const isFree = others.every((other) => y + box.height + GAP <= other.y || other.y + other.height + GAP <= y);
      if (isFree && y + box.height + MARGIN <= board.height) {
        return { column, y };
      }
    }
  }
  return undefined;
}

function belowShortest(boxes: readonly Box[], { columns }: Board, places: ReadonlyMap<string, Place>): Place {
  const ends = Array.from({ length: columns }, (_, column) =>
    Math.max(MARGIN, ...inColumn(column, boxes, places).map((other) => other.y + other.height + GAP)),
  );
  const y = Math.min(...ends);
  return { column: ends.indexOf(y), y };
}

function inColumn(
  column: number,
  boxes: readonly Box[],
  places: ReadonlyMap<string, Place>,
): readonly { readonly y: number; readonly height: number }[] {
  return boxes
    .flatMap((box) => {
      const at = places.get(box.id);
      return at?.column === column ? [{ y: at.y, height: box.height }] : [];
    })
    .sort((a, b) => a.y - b.y);
}

/** Shown places: homes, with boxes pushed down where those above them have grown into them. */
export function spread(boxes: readonly Box[], places: ReadonlyMap<string, Place>): Map<string, Place> {
  const shown = new Map<string, Place>();
  const ends: number[] = [];
  const placed = boxes.filter((box) => places.has(box.id));
  for (const box of [...placed].sort((a, b) => valueAt(places, a.id).y - valueAt(places, b.id).y)) {
    const { column, y: wanted } = valueAt(places, box.id);
    const y = Math.max(wanted, (ends[column] ?? 0) + (ends[column] === undefined ? 0 : GAP));
    shown.set(box.id, { column, y });
    ends[column] = y + box.height;
  }
  return shown;
}

/** Where the lowest of the boxes ends. */
export function bottomOf(boxes: readonly Box[], shown: ReadonlyMap<string, Place>): number {
  return Math.max(0, ...boxes.map((box) => valueAt(shown, box.id).y + box.height));
}

/** How large everything is drawn in so much room, as long as nobody has chosen: who has a large window stands away from it. */
export function zoomFor(width: number, height: number): number {
  return width >= 1480 && height >= 780 ? 1.3 : width >= 1200 && height >= 700 ? 1.15 : 1;
}

/** How large everything may be drawn. */
export const ZOOMS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];
/** Text is still legible at this size. */
export const LEGIBLE = 0.8;

/** The greatest zoom, 1 at most, at which all boxes in focus are in sight of so many pixels; undefined when there is none. */
export function fittingZoom(boxes: readonly Box[], width: number, height: number): number | undefined {
  return [...ZOOMS]
    .reverse()
    .filter((zoom) => zoom <= 1)
    .find((zoom) => {
      const board = boardFor(width / zoom, height / zoom);
      return fits(boxes, board, placeCards(boxes, board, new Map()));
    });
}
