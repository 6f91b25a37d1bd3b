/**
 * Which fields a card shows when there is no room for all of them.
 *
 * In: a card, how many rows it may have, rows shown before, rows that somebody goes to or speaks of. Out: rows in the order of the card, whatever the reason for
 * showing them, so that a row stays above those it was above. What the statement names and what has changed always
 * shows; lists that hold something and what was shown before stay as long as there is room; then values that say
 * something come before zeros.
 */
import type { CardModel, RowModel } from '../protocol/inspector-model';
import type { Words } from './strings';
import { shortDisplay } from './wording';

export function rowsToShow(
  card: CardModel,
  most: number,
  before: ReadonlySet<string>,
  asked: readonly (string | undefined)[] = [],
): readonly RowModel[] {
  if (card.expanded || card.rows.length <= most) {
    return card.rows;
  }
  const rank = (row: RowModel): number => {
    if (row.changed === true || row.touched === true || asked.includes(row.id)) {
      return 0;
    }
    return (row.chain?.items.length ?? 0) > 0 || before.has(row.id) ? 1 : saysNothing(row) ? 3 : 2;
  };
  const chosen = new Set(
    card.rows
      .map((row, index) => ({ row, order: rank(row) * card.rows.length + index }))
      .sort((a, b) => a.order - b.order)
      .filter(({ row }, index) => index < most || rank(row) === 0)
      .map(({ row }) => row.id),
  );
  return card.rows.filter((row) => chosen.has(row.id));
}

/** A C expression in pieces that are not broken: it may go on in the next line behind `->` and `.`. */
export function pieces(expression: string): readonly string[] {
  return expression.split(/(?<=->|\.(?=[a-z_]))/i);
}

/** Zero, NULL, an empty list, bytes that nobody has written. */
function saysNothing({ display, mark }: RowModel): boolean {
  return mark === 'null' || mark === 'uninitialised' || /^(0\b|—|\[0\]$)/.test(display);
}

/** The last name of a dotted path, where it says enough: another row of the card may end in the same. */
export function shortName(name: string, names: readonly string[]): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const isAlone = names.filter((each) => each === last || each.endsWith(`.${last}`)).length === 1;
  return isAlone ? last : name;
}

/** Heights in the style sheet: of a row, of a card without rows. */
const ROW_HEIGHT = 18;
const CARD_HEIGHT = 62;
/** Widths: of a name and what surrounds it, of a letter. */
const NAME_WIDTH = 130;
const LETTER_WIDTH = 7.3;

/** How high a card with so many rows is about, before it is drawn; rather more than less. */
export function estimatedHeight(words: Words, card: CardModel, most: number, width: number): number {
  const perLine = Math.max(8, (width - NAME_WIDTH) / LETTER_WIDTH);
  const lines = rowsToShow(card, most, new Set()).map(
    (row) => Math.ceil(shortDisplay(words, row).length / perLine) + (row.chain?.items.length ?? 0),
  );
  return CARD_HEIGHT + ROW_HEIGHT * lines.reduce((sum, each) => sum + Math.max(1, each), 0);
}
