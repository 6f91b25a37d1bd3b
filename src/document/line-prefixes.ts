/**
 * Line numbers and prompts before the lines of a listing.
 *
 * In: a block of the {@link SeenText}. Out: they are blank. Line numbers are those of at least three lines, each greater
 * than the one before, most of them by one; lines without a number may stand between (blank ones, wrapped ones, two at
 * most of others). A prompt before at least three lines in a row is taken from each; a line of its own with a prompt is a
 * command, and all of it goes.
 */
import { linesOf, type Block } from './blocks';
import type { SeenText } from './seen-text';

interface Numbered {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

const lineNumber = /^[ \t]*[[(]?(?:L|line )?(\d{1,6})(?:[\])]?(?=[ \t]|$)|[ \t]*[:|](?!:)|[.)\]、](?=[ \t]|$))[ \t]?/;
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
    const steps = run.slice(1).filter((each, index) => each.number === run[index]!.number + 1).length;
    if (run.length >= 3 && (steps * 2 >= run.length - 1 || (block.set !== 'bare' && steps > 0))) {
      run.forEach(({ start, end }) => seen.replace('line-number', start, end));
    }
    run = [];
    between = 0;
  };
  for (const { start, end } of linesOf(seen, block.start, block.end)) {
    const text = seen.slice(start, Math.min(end, start + 60));
    const found = lineNumber.exec(text);
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
