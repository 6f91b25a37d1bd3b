/**
 * What macros stand for whose value depends on the place of use (C99 6.10.8, 6.10.9). In: which one, its use, and where
 * the preprocessor is. Out: a token's kind and text, or nothing.
 */
import type { Span } from '../source/source-file';
import { followPragma, type DirectiveState, type Frame } from './directives';
import type { UseSite } from './expander';
import { parseQuoted } from './literal';
import type { Computed } from './macro';
import { Token, TokenKind } from './token';

/** Where the preprocessor is. */
export interface ComputedHost {
  readonly state: Pick<DirectiveState, 'atomTable' | 'macros' | 'stream'>;
  /** Path of the unit's main file. */
  readonly main: string;
  /** The file being read. */
  readonly frame: Frame | undefined;
  /** Files that are open around it. */
  readonly level: number;
  /** How often it was asked before. */
  count(): number;
  useSpan(): Span;
}

/** Whether a value depends on more than the file that the use is in. */
export function dependsOnUnit(which: Computed): boolean {
  return which === 'base' || which === 'counter' || which === 'level' || which === 'pragma';
}

export function computedValue(
  which: Computed,
  use: UseSite,
  argument: readonly Token[],
  host: ComputedHost,
): { kind: number; text: string } | undefined {
  const string = (text: string): { kind: number; text: string } => ({
    kind: TokenKind.string,
    text: `"${text.replace(/["\\]/g, '\\$&')}"`,
  });
  const number = (value: number): { kind: number; text: string } => ({ kind: TokenKind.number, text: String(value) });
  switch (which) {
    case 'file':
      return string(host.frame?.presumedName ?? use.file.path);
    case 'base':
      return string(host.main);
    case 'line':
      return number(use.file.positionAt(use.start).line + 1 + (host.frame?.lineDelta ?? 0));
    // The day Linux 2.4.0 came out: a build has no date of its own, so that the same source gives the same bytes.
    case 'date':
      return string('Jan  4 2001');
    case 'time':
      return string('00:00:00');
    case 'counter':
      return number(host.count());
    case 'level':
      return number(host.level);
    case 'pragma':
      pragmaOperator(argument, host);
      return undefined;
  }
}

/** `_Pragma("…")` (C99 6.10.9). */
function pragmaOperator(argument: readonly Token[], { state, useSpan }: ComputedHost): void {
  const { atomTable, stream } = state;
  const literal = argument.find((token) => token.kind === TokenKind.string);
  if (literal) {
    const units = parseQuoted(atomTable.text(literal.atom)).units;
    const words = String.fromCharCode(...units.slice(0, 1000)).match(/"(?:[^"\\]|\\.)*"|\w+|\S/g) ?? [];
    const tokens = words.map(
      (word) =>
        new Token(
          /^\d/.test(word) ? TokenKind.number : /^\w/.test(word) ? TokenKind.identifier : TokenKind.punctuator,
          atomTable.intern(word),
          0,
          -1,
          -1,
        ),
    );
    followPragma(state, { index: stream.length, tokens, span: useSpan() });
  }
}
