/**
 * Code whose lines are set one by one: each as inline code, in the cells of a table, or behind a bar.
 *
 * In: the {@link SeenText} of a text or Markdown document. Out: what is around the code is blank. Lines count together
 * while they follow one another, empty ones left out; they are code when there are at least three and a body's braces are
 * among them, so a list of names or a table of numbers stays what it is. Of a table the column counts that has most of
 * C's signs; a row's other cells go.
 */
import { itemAt } from '../base/checked-access';
import { linesOf, type TextRange } from './blocks';
import { htmlRegions } from './html-layer';
import type { SeenText } from './seen-text';

interface SetLine extends TextRange {
  readonly kind: 'inline' | 'row' | 'bar';
  readonly code: TextRange;
}

/** A list's mark, and one span of code. */
const inline = /^(?:(?:[-*+]|\d{1,4}[.)])[ \t]+)?(`{1,2})(?!`)([^\n]*?[^`\n])\1(?!`)/;
/** Behind it: a tag that breaks lines, and what is said of the code. */
const behind = /^(?:<br *\/?>|\\)?[ \t]*(?:[:：—–←（(#/][^`]*)?$/;
const empty = /^(?:<br *\/?>|\\)?$/;
const row = /^[ \t]*\|/;
const bar = /^[ \t]*[│┃|][ \t]?/;
const separator = /^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$/;

/** A line of a listing is shorter. */
const longest = 4000;

/** Blanks what is around the code. */
export function blankLineMarks(seen: SeenText): void {
  let run: SetLine[] = [];
  const flush = (): void => {
    if (run.length >= 3) {
      blankRun(seen, run);
    }
    run = [];
  };
  for (const line of linesOf(seen)) {
    const text = line.end - line.start > longest ? '' : seen.slice(line.start, line.end);
    const set = setLine(text, line);
    if (!set && line.end - line.start <= longest && run[0]?.kind === 'inline' && empty.test(text.trim())) {
      run.push({ ...line, kind: 'inline', code: { start: line.end, end: line.end } });
      continue;
    }
    if (!set || (run[0] && run[0].kind !== set.kind)) {
      flush();
    }
    if (set) {
      run.push(set);
    }
  }
  flush();
}

function setLine(text: string, { start, end }: TextRange): SetLine | undefined {
  const words = text.trim();
  const found = inline.exec(words);
  if (found && behind.test(words.slice(found[0].length).trimStart())) {
    const [, ticks = '', code = ''] = found;
    const from = start + text.indexOf(ticks) + ticks.length;
    return { kind: 'inline', start, end, code: { start: from, end: from + code.length } };
  }
  const before = bar.exec(text)?.[0];
  if (before === undefined) {
    return undefined;
  }
  return { kind: row.test(text) ? 'row' : 'bar', start, end, code: { start: start + before.length, end } };
}

function blankRun(seen: SeenText, run: readonly SetLine[]): void {
  const second = itemAt(run, 1);
  if (itemAt(run, 0).kind === 'row' && separator.test(seen.slice(second.start, second.end))) {
    blankTable(seen, run);
  } else if (holdsBody(run.map(({ code }) => seen.slice(code.start, code.end)))) {
    for (const { start, end, code, kind } of run) {
      const last = kind === 'inline' ? code.end : behindCode(seen, code);
      seen.replace('quote-mark', start, code.start);
      seen.replace('quote-mark', last, end);
    }
  }
}

/** In front of the bar that closes a drawn box. */
function behindCode(seen: SeenText, { start, end }: TextRange): number {
  const text = seen.slice(start, end).trimEnd();
  return /[ \t][│┃|]$/.test(text.slice(-2)) ? start + text.slice(0, -1).trimEnd().length : end;
}

function holdsBody(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return text.includes('{') && text.includes('}') && text.includes('(');
}

function blankTable(seen: SeenText, rows: readonly SetLine[]): void {
  const body = rows.slice(2).map((each) => cellsOf(seen, each));
  const columns = Math.max(...body.map((cells) => cells.length));
  let best = -1;
  let most = 0;
  for (let column = 0; column < columns; column++) {
    const texts = body.flatMap((cells) => {
      const cell = cells[column];
      return cell ? [seen.slice(cell.start, cell.end)] : [];
    });
    const signs = texts.join('').replace(/[^;{}()=]/g, '').length;
    if (signs > most && holdsBody(texts)) {
      most = signs;
      best = column;
    }
  }
  if (best < 0) {
    return;
  }
  rows.slice(0, 2).forEach(({ start, end }) => seen.replace('quote-mark', start, end));
  body.forEach((cells, index) => {
    const { start, end } = itemAt(rows, index + 2);
    const cell = cells[best];
    if (!cell) {
      seen.replace('quote-mark', start, end);
      return;
    }
    seen.replace('quote-mark', start, cell.start);
    seen.replace('quote-mark', cell.end, end);
    readCell(seen, cell);
  });
}

/** The cells of a row without the blanks and backticks around them. Within code a bar separates nothing. */
function cellsOf(seen: SeenText, { start, end }: SetLine): TextRange[] {
  const text = seen.slice(start, end);
  const cells: TextRange[] = [];
  let from = text.indexOf('|') + 1;
  let inCode = false;
  for (let at = from; at <= text.length; at++) {
    if (text[at] === '`' && text.includes('`', at + 1)) {
      inCode = !inCode;
    } else if (text[at] === '`') {
      inCode = false;
    }
    if (at === text.length ? from < text.length : text[at] === '|' && text[at - 1] !== '\\' && !inCode) {
      const cell = text.slice(from, at);
      const words = cell.trim();
      const ticks = /^`{1,2}(?!`)/.exec(words)?.[0] ?? '';
      const bare = ticks !== '' && words.length > 2 * ticks.length && words.endsWith(ticks) ? ticks.length : 0;
      const first = start + from + cell.indexOf(words) + bare;
      cells.push({ start: first, end: first + words.length - 2 * bare });
      from = at + 1;
    }
  }
  return cells;
}

/** Bars that were escaped, lines that a tag breaks, entities. */
function readCell(seen: SeenText, { start, end }: TextRange): void {
  const text = seen.slice(start, end);
  for (const { 0: bars, index } of text.matchAll(/(?:\\\|)+/g)) {
    seen.replace('quote-mark', start + index, start + index + bars.length, '|'.repeat(bars.length / 2));
  }
  if (/<(?:br|pre|code)\b|&[#\w]+;/i.test(text)) {
    htmlRegions(seen, [{ start, end }], 'all');
  }
}
