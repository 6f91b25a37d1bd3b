/**
 * Tokens of a scenario file (`.pkt`, packetdrill's language).
 *
 * In: the text of a file. Out: tokens with offsets, the `//!` header lines, and diagnostics for what is no token. Never
 * throws: an unterminated string, comment or command ends at the end of its line or file.
 *
 *   number  = digits ["." digits] | "." digits | "0x" hexdigits        ("0...0.2" is three tokens)
 *   word    = letter (letter | digit | "_")*
 *   string  = '"' (character | "\" escape)* '"'
 *   command = "`" any text "`"          shell: refused by the parser, never run
 *   code    = "%{" any text "}%"        Python: refused by the parser, never run
 *   comment = "//" to end of line | "/*" to "*" "/"
 */
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
  readonly header: readonly HeaderLine[];
  readonly variants: readonly VariantLine[];
  /** `// Failure: text` comments. */
  readonly failures: readonly FailureLine[];
  readonly diagnostics: readonly Diagnostic[];
}

/** packetdrill's own tests announce so that they fail at the next event. */
export interface FailureLine {
  readonly text: string;
  readonly start: number;
}

/** Scenario files above this size are cut: nobody writes them by hand. */
const SIZE_LIMIT = 4_000_000;

const SPACE = /[ \t\r\f\v]+/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const PUNCTUATION = /\.\.\.|->|[-+*/~.,:;()[\]{}<>=|&!?^%#@$]/y;
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', 0: '\0', '"': '"', '\\': '\\' };

/** Splits a scenario file into tokens; the last one has kind `end`. */
export function lexScenario(file: SourceFile): PktTokens {
  const lexer = new PktLexer(file);
  lexer.run();
  return {
    tokens: lexer.tokens,
    header: lexer.header,
    variants: lexer.variants,
    failures: lexer.failures,
    diagnostics: lexer.diagnostics,
  };
}

/** The tokens with words that `-D NAME=value` defines replaced by their values. They stand where the word stands. */
export function withDefinitions(tokens: readonly PktToken[], macros: ReadonlyMap<string, string>): readonly PktToken[] {
  return macros.size === 0
    ? tokens
    : tokens.flatMap((token) => {
        const value = token.kind === 'word' ? macros.get(token.text) : undefined;
        const parts = value === undefined ? [] : lexScenario(new SourceFile('', value)).tokens.slice(0, -1);
        // All but the last are empty, so that what belongs together (hex digits) stays adjacent.
        return parts.length === 0
          ? [token]
          : parts.map((part, index) => ({
              ...part,
              start: token.start,
              end: index < parts.length - 1 ? token.start : token.end,
              line: token.line,
              first: token.first && index === 0,
            }));
      });
}

class PktLexer {
  readonly tokens: PktToken[] = [];
  readonly header: HeaderLine[] = [];
  readonly variants: VariantLine[] = [];
  readonly failures: FailureLine[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private at = 0;
  /** Line on which the token before ended. */
  private lastLine = 0;

  constructor(private readonly file: SourceFile) {
    this.text = file.text.slice(0, SIZE_LIMIT);
  }

  run(): void {
    while (this.at < this.text.length) {
      this.step();
    }
    this.push('end', '', this.at);
  }

  private step(): void {
    const letter = this.text[this.at]!;
    const start = this.at;
    if (letter === '\n') {
      this.at++;
    } else if (this.match(SPACE) !== undefined) {
      return;
    } else if (this.text.startsWith('//', start)) {
      this.lineComment();
    } else if (this.text.startsWith('/*', start)) {
      this.enclosed('*/', 2, 'comment');
    } else if (this.text.startsWith('%{', start)) {
      this.push('code', this.enclosed('}%', 2, 'code'), start);
    } else if (letter === '`') {
      this.push('command', this.enclosed('`', 1, 'command'), start);
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
      const text = kind === 'number' && this.text.startsWith('...', this.at) ? undefined : this.match(pattern);
      if (text !== undefined) {
        this.push(kind, text, start);
        return;
      }
    }
    this.at++;
    this.problem(
      start,
      this.at,
      `unexpected character ${JSON.stringify(this.text[start])}`,
      'Remove it; text belongs in // comments.',
    );
  }

  private lineComment(): void {
    const start = this.at;
    const end = this.text.indexOf('\n', start);
    this.at = end < 0 ? this.text.length : end;
    const comment = this.text.slice(start, this.at);
    const variant = variantLine(comment, start);
    const match = /^\/\/!\s*([A-Za-z][\w.-]*)\s*:\s?(.*?)\s*$/.exec(comment);
    const failure = /^\/\/\s*Failure:\s*(.*?)\s*$/.exec(comment);
    if (failure) {
      this.failures.push({ text: failure[1]!, start });
    } else if (variant) {
      this.variants.push(variant);
    } else if (match) {
      this.header.push({ key: match[1]!, value: match[2]!, start, end: this.at });
    }
  }

  /** Text up to a closing mark; everything to the end of the file when it is missing. */
  private enclosed(close: string, openLength: number, what: string): string {
    const start = this.at;
    const end = this.text.indexOf(close, start + openLength);
    const stop = end < 0 ? this.text.length : end;
    const inner = this.text.slice(start + openLength, stop);
    this.at = end < 0 ? stop : stop + close.length;
    if (end < 0) {
      this.problem(start, start + openLength, `this ${what} has no end`, `Close it with ${close}.`);
    }
    return inner;
  }

  private string(): void {
    const start = this.at++;
    let value = '';
    for (;;) {
      const letter = this.text[this.at];
      if (letter === undefined || letter === '\n') {
        this.problem(start, this.at, 'this string has no end', 'Close it with ".');
        break;
      }
      this.at++;
      if (letter === '"') {
        break;
      }
      value += letter === '\\' ? this.escape() : letter;
    }
    this.push('string', value, start);
  }

  private escape(): string {
    const hex = /x([0-9a-fA-F]{1,2})/y;
    hex.lastIndex = this.at;
    const match = hex.exec(this.text);
    if (match) {
      this.at += match[0].length;
      return String.fromCharCode(parseInt(match[1]!, 16));
    }
    const letter = this.text[this.at++] ?? '';
    return ESCAPES[letter] ?? letter;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.text)?.[0];
    this.at += text?.length ?? 0;
    return text;
  }

  private push(kind: PktTokenKind, text: string, start: number): void {
    const line = this.lineOf(start);
    this.tokens.push({ kind, text, start, end: this.at, line, first: line !== this.lastLine });
    this.lastLine = kind === 'command' || kind === 'code' ? this.lineOf(this.at) : line;
  }

  private lineOf(offset: number): number {
    return this.file.positionAt(offset).line + 1;
  }

  private problem(start: number, end: number, message: string, remedy: string): void {
    this.diagnostics.push({
      code: 'SS5001',
      severity: 'error',
      span: { file: this.file, start, end },
      message,
      remedy,
    });
  }
}
