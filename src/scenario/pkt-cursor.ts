/**
 * A cursor over the tokens of a scenario, shared by the parsers of events, arguments and packets.
 *
 * Parsers ask `take…` for what the grammar wants next. What is missing is reported once for each event; after that
 * `failed` is set and the event parser skips to the next line that can start an event.
 */
import { given } from '../base/checked-access';
import { sentence, type SentenceArgument, type Words } from '../sentences/sentence';
import type { Diagnostic, Severity } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import type { PktToken, PktTokenKind, TokenSource } from './pkt-lexer';

export class PktCursor {
  private index = 0;
  /** The event being read has been found wrong. */
  failed = false;

  constructor(
    readonly file: SourceFile,
    private readonly tokens: TokenSource,
    readonly diagnostics: Diagnostic[],
  ) {}

  /** The token `ahead` places on; the last token is always of kind `end`. */
  peek(ahead = 0): PktToken {
    return this.tokens.at(this.index + ahead) ?? given(this.tokens.at(-1), 'end of the script');
  }

  /** The token just taken. */
  get previous(): PktToken {
    return given(this.tokens.at(Math.max(0, this.index - 1)), 'token');
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  next(): PktToken {
    const token = this.peek();
    this.index += token.kind === 'end' ? 0 : 1;
    return token;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && token.kind !== 'string' && token.kind !== 'command' && token.kind !== 'code';
  }

  /** Takes the token when it is the given mark or word. */
  accept(text: string): boolean {
    if (this.is(text)) {
      this.next();
      return true;
    }
    return false;
  }

  /** Takes the given mark or reports that it is missing. */
  expect(text: string, remedy: Words): boolean {
    if (!this.failed && this.accept(text)) {
      return true;
    }
    this.fail(sentence('expected-something-here-found', { expected: text, found: this.shown() }), remedy);
    return false;
  }

  /** Takes a token of a kind or reports that it is missing. */
  expectKind(kind: PktTokenKind, what: Words, remedy: Words): PktToken | undefined {
    if (!this.failed && this.peek().kind === kind) {
      return this.next();
    }
    this.fail(sentence('expected-something-here-found', { expected: what, found: this.shown() }), remedy);
    return undefined;
  }

  /** Whether the next token stands right behind the one before, without blanks. */
  get adjacent(): boolean {
    return this.peek().start === this.previous.end;
  }

  fail(message: Words, remedy: Words, code: DiagnosticCode = 'SS5001', token = this.peek()): void {
    if (!this.failed) {
      this.report('error', code, token.start, Math.max(token.end, token.start + 1), message, remedy);
    }
    this.failed = true;
  }

  report(severity: Severity, code: DiagnosticCode, start: number, end: number, message: Words, remedy: Words): void {
    this.diagnostics.push({ code, severity, span: { file: this.file, start, end }, message, remedy });
  }

  /** Skips to the next token that may begin an event, past the token `from` at least. */
  skipEvent(from: PktToken): void {
    if (this.peek() === from) {
      this.next();
    }
    while (!this.atEnd && !(this.peek().first && this.beginsEvent)) {
      this.next();
    }
  }

  /** Whether the next token may begin an event: a time, a process, shell or code. */
  private get beginsEvent(): boolean {
    const { kind } = this.peek();
    return (
      kind === 'number' || kind === 'command' || kind === 'code' || this.is('+') || this.is('*') || this.is(':', 1)
    );
  }

  /** The next token as a sentence shows it. */
  shown(): SentenceArgument {
    const token = this.peek();
    return token.kind === 'end' ? sentence('the-end-of-the-file') : JSON.stringify(token.text);
  }
}
