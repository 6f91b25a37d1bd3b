/**
 * Tokens of a scenario file (`.pkt`, packetdrill's language).
 *
 * In: the text of a file. Out: tokens with offsets, one after the other as the parser asks for them (a script of
 * hundreds of thousands of events is never in memory as tokens), the `//!` header lines, and diagnostics for what is no
 * token. Never throws: an unterminated string, comment or command ends at the end of its line or file. A byte-order mark
 * at the beginning is no character of the text; a file with NUL bytes is no text and is not read on.
 *
 *   number  = digits ["." digits] | "." digits | "0x" hexdigits        ("0...0.2" is three tokens)
 *   word    = letter (letter | digit | "_")*
 *   string  = '"' (character | "\" escape)* '"'
 *   command = "`" any text "`"          shell: refused by the parser, never run
 *   code    = "%{" any text "}%"        Python: refused by the parser, never run
 *   comment = "//" to end of line | "/*" to "*" "/"
 */
import { itemAt, lastOf } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { variantLine, type VariantLine } from './pkt-variant-line';

export type PktTokenKind = 'number' | 'word' | 'string' | 'command' | 'code' | 'punctuation' | 'end';

export interface PktToken {
  readonly kind: PktTokenKind;
  /** As written; for strings, commands and code what is between the quotes, escapes resolved in strings. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** One-based line of `start`. */
  readonly line: number;
  /** First token of its line. */
  readonly first: boolean;
}

/** One `//! key: value` line. */
export interface HeaderLine {
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface PktTokens {
  readonly tokens: readonly PktToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a cursor gets its tokens. */
export interface TokenSource {
  /** The token of this number, counted from 0; behind the last the one of kind `end`. */
  at(index: number): PktToken | undefined;
}

/** packetdrill's own tests announce so that they fail at the next event. */
export interface FailureLine {
  readonly text: string;
  readonly start: number;
}

/** Larger files are refused: a script of that size is made by a program that went wrong. */
const SIZE_LIMIT = 16_000_000;
/** Tokens behind the one asked for that are kept. */
const KEPT = 64;

const BYTE_ORDER_MARK = 0xfeff;
const SPACE = /[ \t\r\f\v]+/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const PUNCTUATION = /\.\.\.|->|[-+*/~.,:;()[\]{}<>=|&!?^%#@$]/y;
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', 0: '\0', '"': '"', '\\': '\\' };

/** Splits a short text into tokens, all at once; the last one has kind `end`. */
export function lexScenario(file: SourceFile): PktTokens {
  const lexer = new PktLexer(file);
  const tokens: PktToken[] = [];
  do {
    tokens.push(lexer.at(tokens.length));
  } while (lastOf(tokens).kind !== 'end');
  return { tokens, diagnostics: lexer.diagnostics };
}

/** Tokens of a file in order, made when they are asked for. */
export class PktLexer implements TokenSource {
  readonly header: HeaderLine[] = [];
  readonly variants: VariantLine[] = [];
  readonly failures: FailureLine[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Values of `-D NAME=value` and `--define=NAME=value`; their tokens stand where the word stands. */
  readonly macros: Map<string, string>;
  private readonly text: string;
  private place = 0;
  private tokens: PktToken[] = [];
  /** How many tokens before those in `tokens` have been forgotten. */
  private forgotten = 0;
  /** Line on which the token before ended. */
  private lastLine = 0;

  constructor(
    private readonly file: SourceFile,
    macros: ReadonlyMap<string, string> = new Map(),
  ) {
    this.macros = new Map(macros);
    const { text } = file;
    this.text = text.length > SIZE_LIMIT || text.includes('\0') ? '' : text;
    if (text.length > SIZE_LIMIT) {
      this.problem(
        0,
        0,
        sentence('this-script-has-count-characters-at-most-limit-are', { count: text.length, limit: SIZE_LIMIT }),
        sentence('split-it-into-several-scripts'),
      );
    } else if (this.text !== text) {
      const nul = text.indexOf('\0');
      this.problem(
        nul,
        nul + 1,
        sentence('this-file-is-no-text-it-contains-a-nul-byte'),
        sentence('save-it-as-utf-8-text'),
      );
    }
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) {
      this.place = 1;
    }
  }

  at(index: number): PktToken {
    while (index >= this.forgotten + this.tokens.length && this.tokens.at(-1)?.kind !== 'end') {
      if (this.place < this.text.length) {
        this.step();
      } else {
        this.push('end', '', this.place);
      }
    }
    if (this.tokens.length > 2 * KEPT && index - this.forgotten > 2 * KEPT - 8) {
      this.tokens = this.tokens.slice(KEPT);
      this.forgotten += KEPT;
    }
    return itemAt(this.tokens, Math.min(index - this.forgotten, this.tokens.length - 1));
  }

  private step(): void {
    const letter = itemAt(this.text, this.place);
    const start = this.place;
    if (letter === '\n') {
      this.place++;
    } else if (this.match(SPACE) !== undefined) {
      return;
    } else if (this.text.startsWith('//', start)) {
      this.lineComment();
    } else if (this.text.startsWith('/*', start)) {
      this.enclosed('*/', 2, sentence('word-comment'));
    } else if (this.text.startsWith('%{', start)) {
      this.push('code', this.enclosed('}%', 2, sentence('word-block-of-code')), start);
    } else if (letter === '`') {
      this.push('command', this.enclosed('`', 1, sentence('word-command')), start);
    } else if (letter === '"') {
      this.string();
    } else {
      this.plain(start);
    }
  }

  private plain(start: number): void {
    for (const [kind, pattern] of [
      ['number', NUMBER],
      ['word', WORD],
      ['punctuation', PUNCTUATION],
    ] as const) {
      const text = kind === 'number' && this.text.startsWith('...', this.place) ? undefined : this.match(pattern);
      if (text !== undefined) {
        this.push(kind, text, start);
        return;
      }
    }
    const point = this.text.codePointAt(start) ?? 0;
    this.place += point > 0xffff ? 2 : 1;
    this.problem(
      start,
      this.place,
      sentence('unexpected-character-point', { point: showCharacter(point) }),
      sentence('remove-it-text-belongs-in-comments'),
    );
  }

  private lineComment(): void {
    const start = this.place;
    const end = this.text.indexOf('\n', start);
    this.place = end < 0 ? this.text.length : end;
    const comment = this.text.slice(start, this.place);
    const variant = variantLine(comment, start);
    const match = /^\/\/!\s*([A-Za-z][\w.-]*)\s*:\s?(.*?)\s*$/.exec(comment);
    const failure = /^\/\/\s*Failure:\s*(.*?)\s*$/.exec(comment);
    if (failure) {
      this.failures.push({ text: itemAt(failure, 1), start });
    } else if (variant) {
      this.variants.push(variant);
    } else if (match) {
      this.header.push({ key: itemAt(match, 1), value: itemAt(match, 2), start, end: this.place });
    } else if (/^\/\/!\s*\w/.test(comment)) {
      this.header.push({ key: '', value: comment, start, end: this.place });
    }
  }

  /** Text up to a closing mark; everything to the end of the file when it is missing. */
  private enclosed(close: string, openLength: number, what: Words): string {
    const start = this.place;
    const end = this.text.indexOf(close, start + openLength);
    const stop = end < 0 ? this.text.length : end;
    const inner = this.text.slice(start + openLength, stop);
    this.place = end < 0 ? stop : stop + close.length;
    if (end < 0) {
      this.problem(
        start,
        start + openLength,
        sentence('this-what-has-no-end', { what }),
        sentence('close-it-with-close', { close }),
      );
    }
    return inner;
  }

  private string(): void {
    const start = this.place++;
    let value = '';
    for (;;) {
      const letter = this.text[this.place];
      if (letter === undefined || letter === '\n') {
        this.problem(start, this.place, sentence('this-string-has-no-end'), sentence('close-it-with'));
        break;
      }
      this.place++;
      if (letter === '"') {
        break;
      }
      value += letter === '\\' ? this.escape() : letter < '\x80' ? letter : this.encoded();
    }
    this.push('string', value, start);
  }

  private escape(): string {
    const hex = /x([0-9a-fA-F]{1,2})/y;
    hex.lastIndex = this.place;
    const match = hex.exec(this.text);
    if (match) {
      this.place += match[0].length;
      return String.fromCharCode(parseInt(itemAt(match, 1), 16));
    }
    const letter = this.text[this.place++] ?? '';
    return ESCAPES[letter] ?? letter;
  }

  /** The bytes that a character outside ASCII has in the file, which is UTF-8, one to a character. */
  private encoded(): string {
    const point = this.text.codePointAt(this.place - 1) ?? 0;
    this.place += point > 0xffff ? 1 : 0;
    return utf8Bytes(point);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.place;
    const text = pattern.exec(this.text)?.[0];
    this.place += text?.length ?? 0;
    return text;
  }

  private push(kind: PktTokenKind, text: string, start: number): void {
    const line = this.lineOf(start);
    const token = { kind, text, start, end: this.place, line, first: line !== this.lastLine };
    const value = kind === 'word' ? this.macros.get(text) : undefined;
    this.tokens.push(...(value === undefined ? [token] : standIns(token, value)));
    this.lastLine = kind === 'command' || kind === 'code' ? this.lineOf(this.place) : line;
  }

  private lineOf(offset: number): number {
    return this.file.positionAt(offset).line + 1;
  }

  private problem(start: number, end: number, message: Words, remedy: Words): void {
    this.diagnostics.push({
      code: 'SS5001',
      severity: 'error',
      span: { file: this.file, start, end },
      message,
      remedy,
    });
  }
}

/** The tokens of a definition's value, in the place of the word. */
function standIns(word: PktToken, value: string): readonly PktToken[] {
  const parts = lexScenario(new SourceFile('', value)).tokens.slice(0, -1);
  // All but the last are empty, so that what belongs together (hex digits) stays adjacent.
  return parts.length === 0
    ? [word]
    : parts.map((part, index) => ({
        ...part,
        start: word.start,
        end: index < parts.length - 1 ? word.start : word.end,
        line: word.line,
        first: word.first && index === 0,
      }));
}

/** A character so that one that cannot be seen can be told: by its number. */
function showCharacter(point: number): string {
  const text = String.fromCodePoint(point);
  const number = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[!-~]$/.test(text)
    ? JSON.stringify(text)
    : /^[\p{L}\p{N}\p{S}\p{P}]$/u.test(text)
      ? `"${text}" (${number})`
      : number;
}

function utf8Bytes(point: number): string {
  return String.fromCharCode(...new TextEncoder().encode(String.fromCodePoint(point)));
}
