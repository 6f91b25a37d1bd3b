/**
 * What all renderers share: a place in the tokens, the rendering being written, and giving up a stretch that cannot be
 * understood. `problem` remembers the first thing wrong in the innermost guarded stretch; the guard then replaces the
 * stretch by a placeholder and goes on behind it.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { Span } from '../source/source-file';
import { known } from '../preprocess/atoms';
import { TokenFlag, TokenKind, type TokenStream } from '../preprocess/token';
import { Rendering, type PackChanges, type PieceNote, type Region } from './rendering';
import type { Scopes } from './scopes';
import { WordClass, wordClass } from './keywords';

/** Stretches found unparsable in an earlier round: key of {@link regionKey} → what to say. */
export type BadRegions = ReadonlyMap<string, { readonly to: number; readonly message: Words }>;

export function regionKey(kind: Region['kind'], from: number): string {
  return `${kind}:${from}`;
}

interface Failure {
  readonly message: Words;
  readonly token: number;
  /** Something is only missing: what stands at the current token is a new beginning. */
  readonly resume: boolean;
}

/** Deepest nesting of parentheses, braces and declarators. */
const maximumDepth = 200;

export interface RenderInput {
  readonly tokens: TokenStream;
  readonly from: number;
  readonly to: number;
  readonly scopes: Scopes;
  readonly pack: PackChanges;
  readonly bad: BadRegions;
  readonly report: (diagnostic: Diagnostic) => void;
}

export abstract class RenderBase {
  protected at: number;
  protected end: number;
  protected out = new Rendering();
  protected failure: Failure | undefined;
  private nesting = 0;
  protected readonly tokens: TokenStream;
  protected readonly scopes: Scopes;

  constructor(protected readonly input: RenderInput) {
    this.tokens = input.tokens;
    this.scopes = input.scopes;
    this.at = input.from;
    this.end = input.to;
  }

  /** Atom of the token at `index`; 0 behind the end. */
  protected atom(index = this.at): number {
    return index < this.end ? (this.tokens.atoms[index] as number) : 0;
  }

  protected kind(index = this.at): number {
    return index < this.end ? (this.tokens.kinds[index] as number) : 0;
  }

  /** Whether the token is the punctuator with this atom. */
  protected is(atom: number, index = this.at): boolean {
    return this.atom(index) === atom && index < this.end;
  }

  /** Whether the token is an identifier and no keyword. */
  protected isName(index = this.at): boolean {
    return this.kind(index) === TokenKind.identifier && wordClass(this.atom(index)) === WordClass.none;
  }

  protected startsLine(index = this.at): boolean {
    return ((this.tokens.flags[index] ?? 0) & TokenFlag.lineStart) !== 0;
  }

  /** Adds the current token as itself and goes on. */
  protected emit(text = this.tokens.text(this.at), note?: PieceNote): number {
    const index = this.at++;
    return this.out.add(text, index, index, note);
  }

  /** Adds a piece that no token stands for. */
  protected emitSynthetic(text: string): number {
    const index = Math.min(this.at, this.end - 1);
    return this.out.add(text, index, index, { kind: 'synthetic' });
  }

  /** Takes the punctuator, or notes that it is missing. */
  protected expect(atom: number): boolean {
    if (this.is(atom)) {
      this.emit();
      return true;
    }
    this.expected(sentence('a-sign', { sign: this.tokens.atomTable.text(atom) }));
    return false;
  }

  protected expected(what: Words): void {
    this.problem(
      this.at < this.end
        ? sentence('expected-what-before-shown', { what, shown: this.shown(this.at) })
        : sentence('expected-what-at-the-end', { what }),
    );
  }

  /** Spelling of a token, shortened, for messages. */
  protected shown(index: number): string {
    const text = this.tokens.text(index);
    return text.length > 40 ? `${text.slice(0, 37)}...` : text;
  }

  /** The end of a statement or declaration. When a new line begins instead, reading goes on there. */
  protected expectSemicolon(): void {
    if (this.is(known[';'])) {
      this.emit();
    } else if (this.at >= this.end || this.startsLine() || this.is(known['}'])) {
      const before = Math.max(this.input.from, this.at - 1);
      this.failure ??= {
        message: sentence('expected-after-before', { before: this.shown(before) }),
        token: before,
        resume: true,
      };
    } else {
      this.expected(sentence('a-sign', { sign: ';' }));
    }
  }

  protected problem(message: Words, token = this.at): void {
    this.failure ??= { message, token, resume: false };
  }

  /** Runs `action` one level deeper; too deep is a problem of the stretch. */
  protected deeper(action: () => void): void {
    if (this.nesting >= maximumDepth) {
      this.problem(sentence('this-is-nested-too-deeply'));
      this.skipBalanced();
      return;
    }
    this.nesting++;
    action();
    this.nesting--;
  }

  /** Skips one token, or a whole bracketed group; always moves on. */
  protected skipBalanced(): void {
    let depth = 0;
    do {
      const atom = this.atom();
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        depth++;
      } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
        depth--;
      }
      this.at++;
    } while (depth > 0 && this.at < this.end);
  }

  /** The matching closer of the bracket at `open`, or the end. */
  protected matching(open: number): number {
    let depth = 0;
    for (let i = open; i < this.end; i++) {
      const atom = this.atom(i);
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        depth++;
      } else if ((atom === known[')'] || atom === known[']'] || atom === known['}']) && --depth === 0) {
        return i;
      }
    }
    return this.end;
  }

  /** Renders tokens `[from, to)` by themselves with `action`, without touching what is being written. */
  protected apart(from: number, to: number, action: () => void): Rendering {
    const saved = { out: this.out, at: this.at, end: this.end };
    this.out = new Rendering();
    this.at = from;
    this.end = to;
    action();
    if (this.at < to) {
      this.problem(sentence('shown-is-not-expected-here', { shown: this.shown(this.at) }));
    }
    const made = this.out;
    this.out = saved.out;
    this.at = saved.at;
    this.end = saved.end;
    return made;
  }

  /**
   * Renders one stretch with `action`. When a problem comes up in it, or an earlier round found it unparsable, it is
   * replaced by `placeholder`, a diagnostic is given, and reading goes on behind it. `closer` is what ends an expression
   * given up.
   */
  protected guarded(kind: Region['kind'], placeholder: string, action: () => void, closer: number = known[')']): void {
    const from = this.at;
    const firstPiece = this.out.length;
    const bad = this.input.bad.get(regionKey(kind, from));
    if (bad) {
      this.at = kind === 'expression' ? bad.to : Math.max(bad.to, from + 1);
      this.out.add(placeholder, from, Math.max(from, this.at - 1), { kind: 'error', message: bad.message });
      return;
    }
    const saved = this.failure;
    const scopeDepth = this.scopes.depth;
    this.failure = undefined;
    const { nesting } = this;
    action();
    const failure = this.failure as Failure | undefined;
    if (failure) {
      this.nesting = nesting;
      this.scopes.cutTo(scopeDepth);
      this.out.truncate(firstPiece);
      if (!failure.resume) {
        this.recover(kind, from, closer);
      }
      if (kind !== 'expression') {
        this.at = Math.max(this.at, Math.min(from + 1, this.end));
      }
      this.input.report({
        code: 'SS2001',
        severity: 'error',
        span: this.placeOf(failure.token),
        message: failure.message,
        remedy: sentence('correct-the-source-here-what-could-not-be-read-was'),
      });
      this.out.add(placeholder, from, Math.max(from, this.at - 1), { kind: 'error', message: failure.message });
    } else {
      this.out.regions.push({ kind, from, to: this.at, firstPiece, endPiece: this.out.length });
    }
    this.failure = saved;
  }

  /** Goes to where reading can go on after a stretch that began at `from` was given up. */
  private recover(kind: Region['kind'], from: number, closer: number): void {
    if (kind === 'expression') {
      let depth = 0;
      while (this.at < this.end) {
        const atom = this.atom();
        if (atom === known[';'] || atom === known['{'] || atom === known['}'] || (depth === 0 && atom === closer)) {
          break;
        }
        depth += atom === known['('] ? 1 : atom === known[')'] ? -1 : 0;
        this.at++;
      }
      return;
    }
    const before = this.atom(this.at - 1);
    if (this.at > from && (before === known[';'] || (before === known['}'] && kind === 'statement'))) {
      return;
    }
    while (this.at < this.end && !this.is(known['}'])) {
      if (this.is(known[';'])) {
        this.at++;
        return;
      }
      if (this.at > from && this.startsLine() && this.startsStatement()) {
        return;
      }
      if (this.is(known['{'])) {
        this.skipBalanced();
        if (kind === 'statement') {
          return;
        }
      } else {
        this.at++;
      }
    }
  }

  /** A token at the start of a line that plainly begins something new. */
  private startsStatement(): boolean {
    const value = wordClass(this.atom());
    return (
      value === WordClass.statement ||
      value === WordClass.storage ||
      value === WordClass.typeWord ||
      value === WordClass.record
    );
  }

  /**
   * Where to tell a problem at `token`: at the token before when the problem is that something is missing at a line end.
   */
  protected placeOf(token: number): Span {
    const index = Math.max(0, Math.min(token, this.tokens.length - 1));
    return this.tokens.span(index);
  }
}
