/**
 * The operators `#` and `##` (C99 6.10.3.2, 6.10.3.3) and the replacement of parameters by arguments (6.10.3.1). Goes
 * in: a macro and its arguments as tokens; comes out: the tokens to be read again. Expanding an argument is the caller's
 * business.
 */
import { known, type AtomTable } from './atoms';
import type { BodyItem, Macro } from './macro';
import { endOfIdentifier, endOfNumber, endOfQuoted, isDigit, isIdentifierStart, punctuatorLength } from './scan';
import { Token, TokenFlag, TokenKind } from './token';

export interface SubstitutionHost {
  readonly atomTable: AtomTable;
  /** The argument fully macro-expanded by itself. */
  expandArgument(tokens: readonly Token[]): readonly Token[];
  /** Called when `##` makes no single token. */
  badPaste(left: string, right: string): void;
  /** Called for every token made, so that an exploding expansion can be cut; false ends the substitution. */
  spend(tokens: number): boolean;
}

/** The argument as one string literal token. */
function stringify(tokens: readonly Token[], flags: number, atomTable: AtomTable): Token {
  let text = '"';
  tokens.forEach((token, i) => {
    if (i > 0 && token.flags & (TokenFlag.space | TokenFlag.lineStart)) {
      text += ' ';
    }
    const spelling = atomTable.text(token.atom);
    const quoted = token.kind === TokenKind.string || token.kind === TokenKind.character;
    text += quoted ? spelling.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n') : spelling;
  });
  return new Token(TokenKind.string, atomTable.intern(`${text}"`), flags, -1, -1);
}

/** The kind of token `text` is as a whole, or 0 when it is none. */
function kindOfText(text: string): number {
  const code = text.charCodeAt(0);
  const all = (end: number): boolean => end === text.length;
  if (isIdentifierStart(code)) {
    if (/^L["']/.test(text) && all(endOfQuoted(text, 1))) {
      return text[1] === '"' ? TokenKind.string : TokenKind.character;
    }
    return all(endOfIdentifier(text, 1)) ? TokenKind.identifier : 0;
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(1)))) {
    return all(endOfNumber(text, 1)) ? TokenKind.number : 0;
  }
  if (code === 34 || code === 39) {
    return all(endOfQuoted(text, 0)) ? (code === 34 ? TokenKind.string : TokenKind.character) : 0;
  }
  return text.length > 0 && all(punctuatorLength(text, 0)) ? TokenKind.punctuator : 0;
}

/** The replacement list of `macro` with `args` put in (undefined for object-like macros). */
export function substitute(
  macro: Macro,
  args: readonly (readonly Token[])[],
  host: SubstitutionHost,
): readonly Token[] {
  const out: Token[] = [];
  const expanded: (readonly Token[] | undefined)[] = [];
  const { body } = macro;
  let pasting = false;
  // Whether the `##` being applied has a token on its left; if not, the right side is taken as it is.
  let hasLeft = false;
  for (let i = 0; i < body.length; i++) {
    const item = body[i] as BodyItem;
    const raw = item.parameter >= 0 ? (args[item.parameter] ?? []) : undefined;
    let piece: readonly Token[];
    if (!raw) {
      piece = [item.token];
    } else if (item.stringify) {
      piece = [stringify(raw, item.token.flags, host.atomTable)];
    } else if (isCommaBeforeRest(macro, item, body[i - 1])) {
      // GNU C: `, ## args` is the comma and the arguments, or nothing when there are none.
      if (raw.length === 0) {
        out.pop();
      }
      piece = raw;
      hasLeft = false;
    } else if (pasting || item.pasteNext) {
      piece = raw;
    } else {
      piece = expanded[item.parameter] ??= host.expandArgument(raw);
    }
    if (!host.spend(piece.length + 1)) {
      return [];
    }
    append(out, piece, item, pasting && hasLeft, host);
    hasLeft = piece.length > 0 || (pasting && hasLeft);
    pasting = item.pasteNext;
  }
  return out;
}

function isCommaBeforeRest(macro: Macro, item: BodyItem, previous: BodyItem | undefined): boolean {
  return (
    macro.variadic &&
    item.parameter === (macro.parameters?.length ?? 0) - 1 &&
    previous?.pasteNext === true &&
    previous.token.atom === known[','] &&
    previous.parameter < 0
  );
}

function append(out: Token[], piece: readonly Token[], item: BodyItem, pasting: boolean, host: SubstitutionHost): void {
  piece.forEach((token, k) => {
    if (k > 0) {
      out.push(token);
      return;
    }
    const left = pasting ? out.pop() : undefined;
    if (left) {
      out.push(...paste(left, token, host));
    } else {
      const space = item.token.flags & TokenFlag.space;
      out.push(token.withFlags((token.flags & ~(TokenFlag.space | TokenFlag.lineStart)) | space));
    }
  });
}

function paste(left: Token, right: Token, host: SubstitutionHost): Token[] {
  const a = host.atomTable.text(left.atom);
  const b = host.atomTable.text(right.atom);
  const kind = kindOfText(a + b);
  if (kind === 0) {
    host.badPaste(a, b);
    return [left, right.withFlags(right.flags & ~TokenFlag.space)];
  }
  return [new Token(kind, host.atomTable.intern(a + b), (left.flags & TokenFlag.space) | TokenFlag.fromMacro, -1, -1)];
}
