/**
 * Line numbers and prompts before the lines of a listing.
 *
 * In: a block of the {@link SeenText}. Out: they are blank. Line numbers are those of at least three lines, each greater
 * than the one before, most of them by one; lines without a number may stand between (blank ones, wrapped ones, two at
 * most of others); a list in a comment is none. A prompt before at least three lines in a row is taken from each; a line of its own with a prompt is a
 * command, and all of it goes.
 */
import { itemAt } from '../base/checked-access';
import { linesOf, type Block } from './blocks';
import type { SeenText } from './seen-text';

interface Numbered {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** `12`, `12:`, `[12]`, `L12`; of grep `12:`, `12-` beside matching lines, `net/socket.c:12:`. */
const lineNumber =
  /^[ \t]*(?:[\w.+/-]{1,90}\.[chS][:(-]|[[(])?(?:L|line )?(\d{1,6})(?:-(?![-=>\d])|[ \t]*(?:\)?:(?!:)|\|(?![|=])|[│┃、]|[\])]?(?=[ \t]|$)|[.)\]](?=[ \t]|$)))[ \t]?/;
/** What `git blame` writes before a line: commit, perhaps a file, author and time, and the line's number. */
const blame = /^\^?[\da-f]{7,40} (?:[\w./+-]{1,90} +)?\([^()\n]{4,90}? (\d{1,6})\)(?: |$)/;
const prompt =
  /^[ \t]*(?:\((?:k|c)?gdb\)|crash>|(?:sock|sys)\w*>|>>>|\[?[\w.-]+@[\w.-]+[ :][^$#\n]{0,60}[$#]|[$%](?=[ \t]))[ \t]?/;

/** Blanks them in a block. */
export function blankPrefixes(seen: SeenText, block: Block): void {
  blankNumbers(seen, block);
  blankPrompts(seen, block);
}

function blankNumbers(seen: SeenText, block: Block): void {
  let run: Numbered[] = [];
  let between = 0;
  const flush = (): void => {
    const steps = run.slice(1).filter((each, index) => each.number === itemAt(run, index).number + 1).length;
    if (
      run.length >= 3 &&
      !isInComment(seen, block, run) &&
      (steps * 2 >= run.length - 1 || (block.set !== 'bare' && steps > 0))
    ) {
      run.forEach(({ start, end }) => seen.replace('line-number', start, end));
    }
    run = [];
    between = 0;
  };
  for (const { start, end } of linesOf(seen, block.start, block.end)) {
    const text = seen.slice(start, Math.min(end, start + 240));
    const found = lineNumber.exec(text) ?? blame.exec(text);
    if (found) {
      const number = Number(found[1]);
      const last = run[run.length - 1];
      if (last && (number <= last.number || number > last.number + 400)) {
        flush();
      }
      run.push({ start: start + found[0].search(/\S/), end: start + found[0].length, number });
      between = 0;
    } else if (text.trim() !== '' && ++between > 2) {
      flush();
    }
  }
  flush();
}

/** How far back the beginning of a comment is looked for. */
const longestComment = 20_000;

/** Whether numbers are those of a list in a comment: they all stand between its marks. */
function isInComment(seen: SeenText, block: Block, run: readonly Numbered[]): boolean {
  const first = run[0]?.start ?? 0;
  const last = run[run.length - 1]?.end ?? first;
  const before = seen.slice(Math.max(block.start, first - longestComment), first);
  return before.lastIndexOf('/*') > before.lastIndexOf('*/') && !seen.slice(first, last).includes('*/');
}

function blankPrompts(seen: SeenText, block: Block): void {
  let run: { start: number; prefix: number; end: number }[] = [];
  const flush = (): void => {
    for (const { start, prefix, end } of run) {
      seen.replace('prompt', start, run.length >= 3 ? prefix : end);
    }
    run = [];
  };
  for (const { start, end } of linesOf(seen, block.start, block.end)) {
    const found = prompt.exec(seen.slice(start, Math.min(end, start + 100)));
    if (found) {
      run.push({ start, prefix: start + found[0].length, end });
    } else {
      flush();
    }
  }
  flush();
}
