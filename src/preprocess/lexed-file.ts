/**
 * A file cut into preprocessing tokens, once, for all translation units that include it (C99 5.1.1.2 phases 1 to 3).
 * Goes in: a {@link SourceFile}; comes out: {@link LexedFile}: parallel arrays of tokens, the directives with their
 * token ranges and the links between `#if` and its `#elif`/`#else`/`#endif`, and the include guard if the file has one.
 * Algorithm: one pass over the UTF-16 units with a switch on the first one.
 */
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { known, type AtomTable } from './atoms';
import { resolveConflicts } from './conflict-markers';
import { withBytes } from './literal';
import type { Macro } from './macro';
import {
  digraphAt,
  endOfIdentifier,
  endOfLineComment,
  endOfMultilineString,
  endOfNumber,
  endOfQuoted,
  isDigit,
  isIdentifierStart,
  punctuatorLength,
  spliceLength,
  withoutSplices,
} from './scan';
import { TokenFlag, TokenKind } from './token';

/** Larger files are refused: no C source is that long. */
const maximumLength = 50_000_000;

export interface Directive {
  /** Atom of the directive's name; 0 for a null directive, -1 for something that is no name. */
  readonly name: number;
  /** Index of the `#` token. */
  readonly hash: number;
  /** Tokens behind the name, `[from, to)`; `to` is also where the text behind the directive begins. */
  readonly from: number;
  readonly to: number;
  /** For conditionals: index of the next directive of the same `#if` … `#endif`, or -1. */
  next: number;
  /** The macro a `#define` makes, kept from its first use: the same for every unit. */
  macro?: Macro;
}

export interface LexedFile {
  readonly file: SourceFile;
  /** The text that was cut: the file's, with conflict markers resolved. */
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly atoms: Int32Array;
  readonly flags: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly length: number;
  readonly directives: readonly Directive[];
  /** Atom of the macro that guards the whole file against double inclusion, or 0. */
  readonly guard: number;
  readonly diagnostics: readonly Diagnostic[];
  /** It stands in a document: it may include nothing. */
  readonly isolated?: boolean;
}

/** The tokens between two text offsets of a file, with the directives among them, as a file of their own. */
export function sliceOf(lexed: LexedFile, start: number, end: number, isolated: boolean): LexedFile {
  const from = firstAt(lexed, start);
  const to = Math.max(from, firstAt(lexed, end));
  const directives = lexed.directives
    .filter(({ hash }) => hash >= from && hash < to)
    .map(({ name, hash, from: first, to: last }) => ({
      name,
      hash: hash - from,
      from: first - from,
      to: Math.min(last, to) - from,
      next: -1,
    }));
  linkConditionals(directives);
  return {
    file: lexed.file,
    text: lexed.text,
    kinds: lexed.kinds.subarray(from, to),
    atoms: lexed.atoms.subarray(from, to),
    flags: lexed.flags.subarray(from, to),
    starts: lexed.starts.subarray(from, to),
    ends: lexed.ends.subarray(from, to),
    length: to - from,
    directives,
    guard: 0,
    diagnostics: [],
    isolated,
  };
}

/** Index of the first token that begins at a text offset or behind it. */
function firstAt({ starts, length }: LexedFile, offset: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function lexFile(file: SourceFile, atomTable: AtomTable): LexedFile {
  const lexer = new Lexer(file, atomTable);
  return lexer.run();
}

class Lexer {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private kinds: Uint8Array;
  private atoms: Int32Array;
  private flags: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private length = 0;
  private readonly hashes: number[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly atomTable: AtomTable,
  ) {
    const resolved = this.readable() ? resolveConflicts(file) : { text: '', diagnostics: [] };
    this.text = resolved.text;
    resolved.diagnostics.forEach((diagnostic) => this.diagnostics.push(diagnostic));
    const guess = 64 + (this.text.length >> 2);
    this.kinds = new Uint8Array(guess);
    this.atoms = new Int32Array(guess);
    this.flags = new Uint8Array(guess);
    this.starts = new Int32Array(guess);
    this.ends = new Int32Array(guess);
  }

  private readable(): boolean {
    const { text } = this.file;
    const why =
      text.length > maximumLength
        ? sentence('the-file-is-larger-than-50-mb-and-was-not-read')
        : text.includes('\0')
          ? sentence('the-file-is-not-text-and-was-not-read')
          : undefined;
    if (why) {
      this.diagnostics.push({
        code: 'SS1010',
        severity: 'error',
        span: { file: this.file, start: 0, end: 0 },
        message: why,
        remedy: sentence('give-a-c-source-file'),
      });
    }
    return !why;
  }

  run(): LexedFile {
    this.scan();
    const directives = this.collectDirectives();
    linkConditionals(directives);
    return {
      file: this.file,
      text: this.text,
      kinds: this.kinds.slice(0, this.length),
      atoms: this.atoms.slice(0, this.length),
      flags: this.flags.slice(0, this.length),
      starts: this.starts.slice(0, this.length),
      ends: this.ends.slice(0, this.length),
      length: this.length,
      directives,
      guard: this.findGuard(directives),
      diagnostics: this.diagnostics,
    };
  }

  private scan(): void {
    const { text } = this;
    const size = text.length;
    let i = 0;
    let flags: number = TokenFlag.lineStart;
    let inDirective = false;
    while (i < size) {
      const code = text.charCodeAt(i);
      if (code === 10) {
        flags = TokenFlag.lineStart;
        inDirective = false;
        i++;
        continue;
      }
      const behind = this.endOfBlank(i, code);
      if (behind > i) {
        // A comment that spans lines ends no directive, but a token behind it is still behind a line end.
        flags |= TokenFlag.space;
        i = behind;
        continue;
      }
      if (isIdentifierStart(code)) {
        i = this.word(i, code, flags, inDirective);
      } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(i + 1)))) {
        const start = i;
        i = endOfNumber(text, i + 1);
        this.push(TokenKind.number, flags, start, i);
      } else if (code === 34 || code === 39) {
        i = this.quoted(i, code, flags, inDirective);
      } else {
        const hashes = this.hashes.length;
        i = this.sign(i, code, flags);
        inDirective ||= this.hashes.length > hashes;
      }
      flags = 0;
    }
  }

  /** Behind a blank, a comment or a joined line that begins at `i`; `i` itself when none does. */
  private endOfBlank(i: number, code: number): number {
    const { text } = this;
    switch (code) {
      case 32:
      case 9:
      case 11:
      case 12:
      case 13:
      case 0xa0:
      case 0xfeff:
      case 0x3000:
        return i + 1;
      case 47: {
        const next = text.charCodeAt(i + 1);
        if (next === 47) {
          return endOfLineComment(text, i);
        }
        if (next !== 42) {
          return i;
        }
        const end = text.indexOf('*/', i + 2);
        if (end < 0) {
          this.unterminatedComment(i);
        }
        return end < 0 ? text.length : end + 2;
      }
      default:
        return i + spliceLength(text, i);
    }
  }

  /** A name, or a wide literal; behind `#include`, its file name too. */
  private word(start: number, code: number, flags: number, inDirective: boolean): number {
    const { text } = this;
    const i = endOfIdentifier(text, start + 1);
    const quote = text.charCodeAt(i);
    if ((quote === 34 || quote === 39) && i - start === 1 && code === 76 /* L */) {
      const end = endOfQuoted(text, i);
      if (end >= 0) {
        this.push(quote === 34 ? TokenKind.string : TokenKind.character, flags, start, end);
        return end;
      }
    }
    this.push(TokenKind.identifier, flags, start, i);
    const end = inDirective && this.isIncludeName() ? this.headerName(i) : 0;
    return end > 0 ? end : i;
  }

  private quoted(start: number, code: number, flags: number, inDirective: boolean): number {
    const { text } = this;
    let end = endOfQuoted(text, start);
    if (end < 0 && code === 34 && !inDirective) {
      end = endOfMultilineString(text, start);
    }
    const kind = end < 0 ? TokenKind.other : code === 34 ? TokenKind.string : TokenKind.character;
    const behind = end < 0 ? start + 1 : end;
    this.push(kind, flags, start, behind);
    return behind;
  }

  /** A punctuator, or what is no token of C; a `#` that begins a line is noted. */
  private sign(start: number, code: number, flags: number): number {
    const { text } = this;
    const digraph = code === 60 || code === 58 || code === 37 ? digraphAt(text, start) : undefined;
    const length = digraph ? digraph.length : punctuatorLength(text, start);
    const end = start + (length || (code >= 0xd800 && code <= 0xdbff ? 2 : 1));
    if (
      flags & TokenFlag.lineStart &&
      (code === 35 || digraph?.spelling === '#') &&
      length <= 2 &&
      text.charCodeAt(start + 1) !== 35
    ) {
      this.hashes.push(this.length);
    }
    this.push(length ? TokenKind.punctuator : TokenKind.other, flags, start, end, digraph?.spelling);
    return end;
  }

  private push(kind: number, flags: number, start: number, end: number, spelling?: string): void {
    const index = this.length;
    if (index === this.kinds.length) {
      this.grow();
    }
    let text = spelling ?? this.text.slice(start, end);
    if (end - start > 2 && text.includes('\\') && text.includes('\n')) {
      text = withoutSplices(text);
    }
    if (this.file.encoding !== 'utf-8' && (kind === TokenKind.string || kind === TokenKind.character)) {
      text = withBytes(text, this.file.encoding);
    }
    this.kinds[index] = kind;
    this.atoms[index] = this.atomTable.intern(text);
    this.flags[index] = flags;
    this.starts[index] = start;
    this.ends[index] = end;
    this.length = index + 1;
  }

  private grow(): void {
    const size = this.kinds.length * 2;
    const copy = <T extends Uint8Array | Int32Array>(fresh: T, old: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.kinds = copy(new Uint8Array(size), this.kinds);
    this.atoms = copy(new Int32Array(size), this.atoms);
    this.flags = copy(new Uint8Array(size), this.flags);
    this.starts = copy(new Int32Array(size), this.starts);
    this.ends = copy(new Int32Array(size), this.ends);
  }

  /** Whether the token just pushed is the name of an `#include`. */
  private isIncludeName(): boolean {
    const atom = this.atoms[this.length - 1];
    return (
      (atom === known.include || atom === known.include_next || atom === known.import) &&
      this.hashes[this.hashes.length - 1] === this.length - 2
    );
  }

  /** Pushes `<…>` behind `#include` as one token; gives its end, or 0 when there is none. */
  private headerName(at: number): number {
    const match = /^[ \t]*(<[^>\n]*>)/.exec(this.text.slice(at, at + 1000));
    if (!match?.[1]) {
      return 0;
    }
    const end = at + match[0].length;
    this.push(TokenKind.headerName, TokenFlag.space, end - match[1].length, end);
    return end;
  }

  private unterminatedComment(at: number): void {
    this.diagnostics.push({
      code: 'SS1005',
      severity: 'error',
      span: { file: this.file, start: at, end: at + 2 },
      message: sentence('comment-is-not-closed-before-the-end-of-the-file'),
      remedy: sentence('add-the-end-of-the-comment'),
    });
  }

  private collectDirectives(): Directive[] {
    const directives: Directive[] = [];
    for (const hash of this.hashes) {
      let to = hash + 1;
      while (to < this.length && !((this.flags[to] ?? 0) & TokenFlag.lineStart)) {
        to++;
      }
      let name = 0;
      let from = hash + 1;
      if (to > hash + 1) {
        name =
          this.kinds[hash + 1] === TokenKind.identifier
            ? (this.atoms[hash + 1] ?? 0)
            : this.kinds[hash + 1] === TokenKind.number
              ? known.line
              : -1;
        from = this.kinds[hash + 1] === TokenKind.identifier ? hash + 2 : hash + 1;
      }
      directives.push({ name, hash, from, to, next: -1 });
    }
    return directives;
  }

  /** The macro of an `#ifndef X` … `#endif` that holds the whole file. */
  private findGuard(directives: readonly Directive[]): number {
    const first = directives[0];
    if (!first || first.hash !== 0 || first.name !== known.ifndef || first.to - first.from !== 1 || first.next < 0) {
      return 0;
    }
    const last = directives[first.next];
    return last && last.name === known.endif && last.to === this.length ? (this.atoms[first.from] ?? 0) : 0;
  }
}

/** Says of each conditional which one follows it in its `#if` … `#endif`. */
function linkConditionals(directives: readonly Directive[]): void {
  const open: Directive[] = [];
  directives.forEach((directive, index) => {
    const { name } = directive;
    if (name === known.if || name === known.ifdef || name === known.ifndef) {
      open.push(directive);
    } else if (name === known.elif || name === known.else || name === known.endif) {
      const before = open.pop();
      if (before) {
        before.next = index;
        if (name !== known.endif) {
          open.push(directive);
        }
      }
    }
  });
}
