/**
 * A small tokeniser for raw C text, as it stands in a file or in a listing inside a document.
 *
 * In: text. Out: tokens with offsets; comments and white space are dropped, preprocessor lines too, and of `#if … #else
 * … #endif` only the first branch is kept (the second for `#if 0`), so that braces balance. It never fails: a character
 * that begins no token is one by itself. Typographic signs that word processors put into listings (dashes for minus,
 * curly quotes, full-width punctuation) are read as the C signs they stand for. This is for finding places again, not
 * for compiling; that is `preprocess`.
 */

export type CTokenKind = 'word' | 'number' | 'string' | 'sign';

export interface CToken {
  readonly kind: CTokenKind;
  /** With typographic signs mended. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const mended: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '（': '(',
  '）': ')',
  '，': ',',
  '；': ';',
  '：': ':',
  '｛': '{',
  '｝': '}',
  '＝': '=',
  '＊': '*',
  '＆': '&',
  '｜': '|',
  '＜': '<',
  '＞': '>',
  '！': '!',
  '＋': '+',
  '［': '[',
  '］': ']',
};

const token =
  /[A-Za-z_$][\w$]*|\.?\d(?:[eEpP][+-]|[\w.])*|->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|##/y;

/** The text with each typographic sign replaced by the C sign of the same length that it stands for. */
function mendSigns(text: string): string {
  return text.replace(/[–—−‘’“”（），；：｛｝＝＊＆｜＜＞！＋［］]/g, (sign) => mended[sign] ?? sign);
}

/** Tokens of `source` between two offsets. */
export function cTokens(source: string, from = 0, to = source.length): CToken[] {
  const text = mendSigns(source);
  const tokens: CToken[] = [];
  const branches = new Branches();
  let lineStart = true;
  let at = from;
  while (at < to) {
    const char = text.charAt(at);
    if (char === '\n') {
      lineStart = true;
      at++;
    } else if (/\s|\u3000/.test(char)) {
      at++;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? to : close + 2;
    } else if (text.startsWith('//', at)) {
      at = endOfLine(text, at, to);
    } else if (char === '#' && lineStart) {
      const end = endOfDirective(text, at, to);
      branches.directive(text.slice(at + 1, end).trim());
      at = end;
    } else {
      lineStart = false;
      const next = readToken(text, at, to);
      if (branches.kept) {
        tokens.push(next);
      }
      at = next.end;
    }
  }
  return tokens;
}

function readToken(text: string, at: number, to: number): CToken {
  const char = text.charAt(at);
  if (char === '"' || char === "'") {
    const end = endOfLiteral(text, at, to);
    return end
      ? { kind: 'string', text: text.slice(at, end), start: at, end }
      : { kind: 'sign', text: char, start: at, end: at + 1 };
  }
  token.lastIndex = at;
  const match = token.exec(text);
  if (!match) {
    return { kind: 'sign', text: char, start: at, end: at + 1 };
  }
  const kind = /^[A-Za-z_$]/.test(match[0]) ? 'word' : /^\.?\d/.test(match[0]) ? 'number' : 'sign';
  return { kind, text: match[0], start: at, end: at + match[0].length };
}

/** End of a literal that closes on its own line, or undefined. */
function endOfLiteral(text: string, at: number, to: number): number | undefined {
  for (let i = at + 1; i < to && text[i] !== '\n'; i++) {
    if (text[i] === '\\') {
      i++;
    } else if (text[i] === text[at]) {
      return i + 1;
    }
  }
  return undefined;
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end > to ? to : end;
}

/** A directive goes on after a backslash at the end of its line. */
function endOfDirective(text: string, at: number, to: number): number {
  let end = endOfLine(text, at, to);
  while (end < to && /\\\r?$/.test(text.slice(Math.max(at, end - 2), end))) {
    end = endOfLine(text, end + 1, to);
  }
  return end;
}

/** Which branch of the conditionals around the present place is kept. */
class Branches {
  private readonly open: { kept: boolean; taken: boolean }[] = [];

  get kept(): boolean {
    return this.open.every((each) => each.kept);
  }

  directive(line: string): void {
    const innermost = this.open[this.open.length - 1];
    if (/^if/.test(line)) {
      const kept = !/^if\s+0\b/.test(line);
      this.open.push({ kept, taken: kept });
    } else if (/^el/.test(line) && innermost) {
      innermost.kept = !innermost.taken;
      innermost.taken = true;
    } else if (/^endif/.test(line)) {
      this.open.pop();
    }
  }
}
