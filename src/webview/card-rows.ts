/**
 * Which fields a card shows when there is no room for all of them.
 *
 * In: a card, how many rows it may have, rows shown before, rows that somebody goes to or speaks of. Out: rows in the order
 * of the card, whatever the reason for showing them, so that a row stays above those it was above; how high that is about. What the statement names and what has changed always
 * shows, unless that is very much; lists that hold something and what was shown before stay as long as there is room; then values that say
 * something come before zeros.
 */
import { itemAt } from '../base/checked-access';
import type { CardModel, RowModel } from '../protocol/inspector-model';
import type { Words } from './strings';
import { shortDisplay } from './wording';

/** More changes in one card are those of a long way: as many of them show as there is room for. */
const FEW_CHANGES = 8;

/** What there is to choose by. */
export interface RowsWanted {
  /** Rows shown before. */
  readonly before: ReadonlySet<string>;
  /** Rows that somebody goes to or speaks of. */
  readonly asked: readonly (string | undefined)[];
}

const NONE: RowsWanted = { before: new Set(), asked: [] };

export function rowsToShow(card: CardModel, most: number, wanted: RowsWanted = NONE): readonly RowModel[] {
  if (card.expanded || card.rows.length <= most) {
    return card.rows;
  }
  const { rows, must } = ranked(card, wanted);
  const chosen = new Set(rows.slice(0, Math.max(most, must)));
  return card.rows.filter((row) => chosen.has(row));
}

/** All rows, those that show first before the others, and how many show in any case. */
function ranked(
  card: CardModel,
  { before, asked }: RowsWanted,
): { readonly rows: readonly RowModel[]; readonly must: number } {
  const { rows } = card;
  const isFew = rows.filter(({ changed }) => changed === true).length <= FEW_CHANGES;
  const groups: [RowModel[], RowModel[], RowModel[], RowModel[], RowModel[]] = [[], [], [], [], []];
  for (const row of rows) {
    const isChanged = row.changed === true;
    const isAsked = row.touched === true || asked.includes(row.id) || (isChanged && isFew);
    const isKept = (row.chain?.items.length ?? 0) > 0 || before.has(row.id);
    groups[
      isAsked
        ? 0
        : isChanged
          ? 1
          : isKept || (saysNothing(row) && isClosedWindow(card, row))
            ? 2
            : saysNothing(row)
              ? 4
              : 3
    ].push(row);
  }
  return { rows: groups.flat(), must: groups[0].length };
}

/** A C expression in pieces that are not broken: it may go on in the next line behind `->` and `.`. */
export function pieces(expression: string): readonly string[] {
  return expression.split(/(?<=->|\.(?=[a-z_]))/i);
}

/** A variable of the code's leads to it, and no way over others. */
export function isNamed({ title }: CardModel): boolean {
  return !/->|\./.test(title);
}

/** Zero, NULL, an empty list, bytes that nobody has written. */
function saysNothing({ display, mark }: RowModel): boolean {
  return mark === 'null' || mark === 'uninitialised' || /^(0\b|—|\[0\]$)/.test(display);
}

/** A window of a connection's: that it is zero says that it is closed. */
function isClosedWindow({ rows }: CardModel, { meaning }: RowModel): boolean {
  return meaning === 'windows' && rows.some((other) => other.meaning === 'sending' && !saysNothing(other));
}

/** Names that mean nothing without what they are a member of. */
const LINKS: ReadonlySet<string> = new Set(['next', 'prev', 'lock', 'counter', 'raw']);

/**
 * Of paths through two members and more (an arm of a union in a union) the last name, where it says enough: another row of
 * the card may end in the same. `names`: of all rows that the card has, whichever of them show.
 */
export function shortNames(names: readonly string[]): (name: string) => string {
  const lastOf = (name: string): string => {
    const parts = name.split('.');
    const last = itemAt(parts, parts.length - 1);
    return parts.length > 2 && !LINKS.has(last) ? last : name;
  };
  const counts = new Map<string, number>();
  for (const last of names.map(lastOf)) {
    counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  return (name) => (counts.get(lastOf(name)) === 1 ? lastOf(name) : name);
}

/** Heights in the style sheet: of a row, of a card without rows, of a line in its head, of what unfolds it. */
const ROW_HEIGHT = 18;
const CARD_HEIGHT = 32;
const SUMMARY_HEIGHT = 16;
const MORE_HEIGHT = 19;
/** Between rows that are about something else. */
const MEANING_HEIGHT = 2;
/** What surrounds name and value; letters of rows and of a title. */
const AROUND = 34;
const LETTER_WIDTH = 7;
const TITLE_LETTER = 7.6;
/** Part of the width that names may take. */
const NAMES = 0.54;

/** How many letters the longest name of some rows of a card has. */
export function longestName({ rows: all }: CardModel, rows: readonly RowModel[] = all): number {
  const nameOf = shortNames(all.map(({ name }) => name));
  return Math.max(1, ...rows.map(({ name }) => nameOf(name).length));
}

/**
 * How high a card is about, before it is drawn, with no rows, with one, and so on up to all that it has. Rather more than
 * less.
 */
export function estimatedHeights(words: Words, card: CardModel, width: number, wanted: RowsWanted): readonly number[] {
  const { rows, must } = ranked(card, wanted);
  const inside = width - AROUND;
  const names = Math.min(longestName(card) * LETTER_WIDTH, NAMES * inside);
  const perLine = Math.max(6, Math.floor((inside - names) / LETTER_WIDTH));
  const lines = (text: string): number => Math.max(1, Math.ceil(text.length / perLine));
  const of = (row: RowModel): number => {
    const text = shortDisplay(words, row);
    const was = row.changed ? ` ${row.wasName ?? row.was ?? words.changed}` : '';
    const isOneLine = text.length + was.length <= perLine;
    const items = row.chain?.items ?? [];
    return (isOneLine ? 1 : lines(text) + lines(was)) + items.length + (row.chain?.leftOff ? 1 : 0);
  };
  const labels = (card.frame === undefined ? 0 : card.frame.length + 4) + (card.isNew === true ? 5 : 0);
  const head = (card.title.length + card.type.length + labels) * TITLE_LETTER + 40 > inside ? 1 : 0;
  const summaries = (card.socket ? 1 : 0) + (card.summary ? 1 : 0) + head;
  const meanings = new Set(card.rows.map(({ meaning }) => meaning)).size;
  let height = CARD_HEIGHT + summaries * SUMMARY_HEIGHT;
  const heights = [height, ...rows.map((row) => (height += of(row) * ROW_HEIGHT))];
  const least = heights[card.expanded ? rows.length : must] ?? height;
  return heights.map((each, count) => {
    const isAll = count === rows.length && card.hiddenRows === 0;
    const between = MEANING_HEIGHT * Math.min(meanings, Math.max(count, must));
    return Math.max(each, least) + between + (isAll || card.expanded ? 0 : MORE_HEIGHT);
  });
}
