/**
 * How many chips go into two rows.
 *
 * In: the names of groups and of the chips in each, how wide the rows are. Out: of each group how many of its first chips
 * show. Widths are worked out from the number of letters, rather too great than too small, so that nothing has to be drawn
 * and measured first; the style sheet has the sizes.
 */

export interface ChipNames {
  readonly title: string;
  readonly names: readonly string[];
}

/** Rows of chips under the board. */
const ROWS = 2;
/** Of a chip without its name: icon, padding, frame; between chips; what stands at the end of the rows. */
const AROUND = 32;
const CHIP_GAP = 5;
const GROUP_GAP = 8;
const BUTTON = 110;
/** Where there is less than this the button stands under the rows. */
const NARROW = 370;
const PADDING = 16;
/** Sizes of letters: of code, of a title, and of those that are as wide as high. */
const LETTER = 6.8;
const TITLE_LETTER = 6.4;
const WIDE = 11.5;

/** Of each group how many chips show. */
export function chipsInRows(groups: readonly ChipNames[], width: number): readonly number[] {
  const room = Math.max(width < NARROW ? width - PADDING : width - BUTTON, 0);
  let [row, used] = [1, 0];
  const goesIn = (part: number): boolean => {
    const needed = Math.min(part, room);
    if (used > 0 && used + CHIP_GAP + needed > room) {
      row++;
      used = 0;
    }
    used += needed + (used > 0 ? CHIP_GAP : 0);
    return row <= ROWS;
  };
  return groups.map(({ title, names }) => {
    const lead = textWidth(title, TITLE_LETTER) + CHIP_GAP + GROUP_GAP;
    const isSplit = lead + chipWidth(names[0] ?? '') > room;
    const isRoom = !isSplit || goesIn(room);
    const first = isSplit ? 0 : lead;
    const hidden = names.findIndex((name, index) => !isRoom || !goesIn(chipWidth(name) + (index === 0 ? first : 0)));
    return hidden < 0 ? names.length : hidden;
  });
}

function chipWidth(name: string): number {
  return AROUND + textWidth(name, LETTER);
}

function textWidth(text: string, letter: number): number {
  return [...text].reduce((sum, each) => sum + (each > '\u2e7f' ? WIDE : letter), 0);
}
