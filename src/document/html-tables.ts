/**
 * Tables of a page that hold code line by line: a row for each line, and beside it cells that say something of it.
 *
 * In: the {@link SeenText} of a page. Out: what stands beside the code is blank. A table counts when it has at least three
 * rows, one column of which holds a body with its braces, and a cell beside that holds words; numbers beside lines are left
 * to those who know line numbers. No table within a table is looked for.
 */
import { itemAt } from '../base/checked-access';
import type { TextRange } from './blocks';
import type { SeenText } from './seen-text';

/** A longer table is none of a listing. */
const longest = 400_000;

/** Blanks the cells beside the code. */
export function blankBesideCode(seen: SeenText): void {
  const { original } = seen;
  const opens = /<table\b/gi;
  const closes = /<\/table\b/gi;
  for (let table = opens.exec(original); table; table = opens.exec(original)) {
    closes.lastIndex = table.index;
    const end = closes.exec(original)?.index;
    if (end === undefined) {
      return;
    }
    if (end - table.index <= longest) {
      const cells = besideCode(original, rowsOf(original, table.index, end));
      cells.forEach((cell) => seen.replace('quote-mark', cell.start, cell.end));
    }
    opens.lastIndex = end;
  }
}

/** The contents of the cells of each row. */
function rowsOf(text: string, from: number, to: number): TextRange[][] {
  const rows: TextRange[][] = [];
  let open = -1;
  const close = (at: number): void => {
    if (open >= 0) {
      (rows[rows.length - 1] ?? []).push({ start: open, end: at });
    }
    open = -1;
  };
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.slice(from, to).matchAll(/<(\/?)(t[rdh])\b[^>]*>/gi)) {
    close(from + index);
    if (slash === '' && name.toLowerCase() === 'tr') {
      rows.push([]);
    } else if (slash === '') {
      open = from + index + tag.length;
    }
  }
  close(to);
  return rows.filter((cells) => cells.length > 0);
}

function besideCode(text: string, rows: readonly (readonly TextRange[])[]): TextRange[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  if (rows.length < 3 || columns < 2) {
    return [];
  }
  const words = ({ start, end }: TextRange): string => text.slice(start, end).replace(/<[^>]*>/g, '');
  let best = -1;
  let most = 0;
  for (let column = 0; column < columns; column++) {
    const code = rows.flatMap((cells) => (cells[column] ? [words(itemAt(cells, column))] : [])).join('\n');
    const signs = code.replace(/&#?\w+;|[^;{}()=]/g, '').length;
    if (signs > most && code.includes('{') && code.includes('}')) {
      most = signs;
      best = column;
    }
  }
  const beside = best < 0 ? [] : rows.flatMap((cells) => cells.filter((_, column) => column !== best));
  return beside.some((cell) => /[^\d\s.:]/.test(words(cell).replace(/&nbsp;|&#160;/g, ' '))) ? beside : [];
}
