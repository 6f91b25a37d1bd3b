/**
 * Where the cards of the board are and how much of each shows, from picture to picture.
 *
 * In: cards about to be drawn with their estimated heights (`prepare`), then their heights as drawn (`settle`). Out: rows of
 * each card, and places as soon as rows and room agree. The plan (`board-plan.ts`) is made once for a frame, its objects
 * and the width of the board, before anything is drawn, so that a picture is laid out once. It is made again, with what
 * has been measured, when cards are higher than was thought, and once when there is more room; a hurried picture does
 * without the latter. What hurried pictures have placed is forgotten when one comes that is none: it is arranged as if it were
 * the first after the last such.
 */
import { placesOf, planBoard, withMoreRows, type Plan, type Stock } from './board-plan';
import { fits, type Board, type Box, type Place } from './layout';

/** How often a plan is made again before cards may be out of sight, and what each time is left free besides. */
const ATTEMPTS = 5;
const HURRIED_ATTEMPTS = 1;
const SLACK = 8;
/** A board that is higher or lower by more than this is another one. */
const ANOTHER_HEIGHT = 24;
/** Places remembered, of cards seen last. */
const REMEMBERED = 300;

/** Places as they are remembered. */
type Homes = readonly (readonly [id: string, column: number, y: number])[];

export interface Pass {
  readonly board: Board;
  readonly cards: readonly string[];
  /** How high each card is about with so many rows. */
  readonly stocks: () => readonly Stock[];
}

export class Arrangement {
  private home = new Map<string, Place>();
  private plan: Plan | undefined;
  /** What the plan was made for. */
  private key = '';
  private attempts = 0;
  private isRefined = false;
  private height = 0;
  /** As it was before the first hurried picture. */
  private rested: object | undefined;

  /** Cards and where they were seen; the last ones seen come last. */
  homes(): Homes {
    return [...this.home].map(([id, { column, y }]) => [id, column, y] as const);
  }

  /** Rows of each card. */
  get rows(): ReadonlyMap<string, number> {
    return this.plan?.rows ?? new Map<string, number>();
  }

  /** Whether pictures follow each other from now on. */
  hurry(isHurried: boolean): void {
    const { home, plan, key, attempts, isRefined, height } = this;
    if (isHurried) {
      this.rested ??= { home: new Map(home), plan, key, attempts, isRefined, height };
    } else if (this.rested) {
      Object.assign(this, this.rested, { rested: undefined });
    }
  }

  /** Forgets all places, or has others. */
  reset(homes: Homes = []): void {
    this.home = new Map(homes.map(([id, column, y]) => [id, { column, y }]));
    this.rested = undefined;
    this.key = '';
  }

  /** A plan for these cards; the one at hand where frame, cards and columns are as before. */
  prepare(frame: string | undefined, pass: Pass): void {
    const { columns, width, height } = pass.board;
    const key = [frame, columns, width, ...pass.cards].join(' ');
    if (key !== this.key || Math.abs(height - this.height) > ANOTHER_HEIGHT) {
      this.attempts = 0;
      this.isRefined = false;
      this.height = height;
    }
    if (key !== this.key) {
      this.key = key;
      this.adopt(planBoard(pass.stocks(), pass.board, this.home));
    }
  }

  /** Places for cards that were drawn so high; undefined when first other rows have to be drawn. */
  settle(boxes: readonly Box[], pass: Pass, isHurried: boolean): ReadonlyMap<string, Place> | undefined {
    const { plan } = this;
    if (!plan) {
      return undefined;
    }
    const places = placesOf(boxes, pass.board, plan, this.home);
    const isRoom = fits(boxes, pass.board, places);
    if (!isRoom && plan.hasRoom && this.attempts < (isHurried ? HURRIED_ATTEMPTS : ATTEMPTS)) {
      this.attempts++;
      const stocks = this.corrected(boxes, pass, SLACK * (this.attempts - 1));
      return this.tryAnother(planBoard(stocks, pass.board, this.home), boxes, pass, isHurried);
    }
    if (isRoom && !isHurried && !this.isRefined) {
      this.isRefined = true;
      const more = withMoreRows(this.corrected(boxes, pass, 0), pass.board, { ...plan, places }, this.home);
      if (!isSameRows(more.rows, plan.rows)) {
        return this.tryAnother(more, boxes, pass, isHurried);
      }
    }
    for (const [id, place] of places) {
      this.home.delete(id);
      this.home.set(id, place);
    }
    this.home = new Map([...this.home].slice(-REMEMBERED));
    return places;
  }

  private tryAnother(
    plan: Plan,
    boxes: readonly Box[],
    pass: Pass,
    isHurried: boolean,
  ): ReadonlyMap<string, Place> | undefined {
    const isSame = isSameRows(plan.rows, this.rows);
    this.adopt(plan);
    return isSame ? this.settle(boxes, pass, isHurried) : undefined;
  }

  private adopt(plan: Plan): void {
    this.plan = plan;
    if (!plan.isKept) {
      for (const id of plan.places.keys()) {
        this.home.delete(id);
      }
    }
  }

  /** Estimates with what was measured. */
  private corrected(boxes: readonly Box[], { stocks }: Pass, slack: number): readonly Stock[] {
    const measured = new Map(boxes.map(({ id, height }) => [id, height]));
    return stocks().map((stock) => {
      const { id, heights } = stock;
      const estimate = heights[Math.min(this.rows.get(id) ?? heights.length - 1, heights.length - 1)] ?? 0;
      const error = (measured.get(id) ?? estimate) - estimate;
      return { ...stock, heights: heights.map((each) => each + error + slack) };
    });
  }
}

function isSameRows(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([id, rows]) => b.get(id) === rows);
}
