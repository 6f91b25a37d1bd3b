/**
 * Uses of macros that are statements of a kind C does not have, in text that is not preprocessed. Goes in: the tokens of
 * a body; comes out: edits of the same length that let a C parser read it:
 *   for_each_thing(a, b) { …     a loop of the kernel's own: the name becomes `while`
 *   DECLARE_THING(x)             a whole statement without `;`: becomes blank
 */
import { known } from '../preprocess/atoms';
import type { LexedFile } from '../preprocess/lexed-file';
import { TokenFlag, TokenKind } from '../preprocess/token';
import { wordClass, WordClass } from './keywords';

export interface SameLengthEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Edits for the statements among the tokens from offset `start` to `end`. */
export function macroStatementEdits(lexed: LexedFile, start: number, end: number): SameLengthEdit[] {
  const { kinds, atoms, flags, starts, ends, length } = lexed;
  const edits: SameLengthEdit[] = [];
  for (let i = 1; i < length && (starts[i] as number) < end; i++) {
    const isCall =
      kinds[i] === TokenKind.identifier &&
      wordClass(atoms[i] as number) === WordClass.none &&
      atoms[i + 1] === known['('];
    if ((starts[i] as number) <= start || !isCall || !beginsStatement(atoms[i - 1] as number)) {
      continue;
    }
    const close = matchingParenthesis(lexed, i + 1, end);
    const next = close + 1;
    if (close < 0 || next >= length) {
      continue;
    }
    const from = starts[i] as number;
    if (atoms[next] === known['{']) {
      const to = ends[i] as number;
      edits.push({ from, to, text: to - from >= 5 ? 'while'.padEnd(to - from) : 'if'.padEnd(to - from) });
    } else if (
      (flags[next] as number) & TokenFlag.lineStart &&
      (kinds[next] === TokenKind.identifier || atoms[next] === known['}'])
    ) {
      const to = ends[close] as number;
      edits.push({ from, to, text: lexed.text.slice(from, to).replace(/[^\r\n]/g, ' ') });
    }
  }
  return edits;
}

function beginsStatement(before: number): boolean {
  return (
    before === known[';'] ||
    before === known['{'] ||
    before === known['}'] ||
    before === known[':'] ||
    before === known[')'] ||
    before === known.else
  );
}

function matchingParenthesis(lexed: LexedFile, open: number, end: number): number {
  let depth = 0;
  for (let i = open; i < lexed.length && (lexed.starts[i] as number) < end; i++) {
    depth += lexed.atoms[i] === known['('] ? 1 : lexed.atoms[i] === known[')'] ? -1 : 0;
    if (depth === 0) {
      return i;
    }
  }
  return -1;
}
