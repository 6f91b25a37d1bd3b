/**
 * Preprocessing tokens (C99 6.4). Two shapes: {@link Token} objects, used only while macros are expanded, and
 * {@link TokenStream}, parallel arrays that hold the finished text of a translation unit (some 80,000 tokens for a file
 * of a kernel tree, so no object per token).
 */
import { assert } from '../base/assert';
import type { SourceFile, Span } from '../source/source-file';
import type { AtomTable } from './atoms';

export const TokenKind = {
  identifier: 1,
  number: 2,
  character: 3,
  string: 4,
  punctuator: 5,
  headerName: 6,
  other: 7,
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** Bits of a token's flags. */
export const TokenFlag = {
  /** White space or a comment stands before it. */
  space: 1,
  /** It is the first on its line. */
  lineStart: 2,
  /** A macro name that must not be expanded any more (C99 6.10.3.4 paragraph 2). */
  painted: 4,
  /** It comes from the body of a macro: its place is the use of the outermost macro. */
  fromMacro: 8,
} as const;

/** One token on its way through macro expansion. `start` is -1 when it was spelt in the body of a macro. */
export class Token {
  constructor(
    readonly kind: number,
    readonly atom: number,
    readonly flags: number,
    readonly start: number,
    readonly end: number,
  ) {}

  withFlags(flags: number): Token {
    return flags === this.flags ? this : new Token(this.kind, this.atom, flags, this.start, this.end);
  }
}

/** A `#pragma` that was not consumed by the preprocessor: it stands before the token `index`. */
export interface Pragma {
  readonly index: number;
  readonly tokens: readonly Token[];
  readonly span: Span;
}

/** Tokens in the columns of a stream. */
export interface TokenColumns {
  readonly kinds: Uint8Array;
  readonly atoms: Int32Array;
  readonly flags: Uint8Array;
  readonly fileOf: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly macros: Int32Array;
}

/** Tokens taken off a stream; pragmas count from the first of them. */
export interface CutTokens extends TokenColumns {
  readonly pragmas: Pragma[];
}

/**
 * The expanded tokens of a translation unit. For token `i`: `kinds[i]`, `atoms[i]`, `flags[i]`, the place where a person
 * sees it (`files[fileOf[i]]`, UTF-16 offsets `starts[i]` up to `ends[i]`), and `macros[i]`, the atom of the outermost
 * macro it came through, or 0.
 */
export class TokenStream {
  kinds: Uint8Array;
  atoms: Int32Array;
  flags: Uint8Array;
  fileOf: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  macros: Int32Array;
  readonly files: SourceFile[] = [];
  readonly pragmas: Pragma[] = [];
  private readonly fileIndexes = new Map<SourceFile, number>();
  length = 0;

  /** `capacity`: how many tokens to make room for at first; `room`: arrays that nobody reads any more. */
  constructor(
    readonly atomTable: AtomTable,
    capacity = 1024,
    room?: TokenColumns,
  ) {
    this.kinds = room?.kinds ?? new Uint8Array(capacity);
    this.atoms = room?.atoms ?? new Int32Array(capacity);
    this.flags = room?.flags ?? new Uint8Array(capacity);
    this.fileOf = room?.fileOf ?? new Uint16Array(capacity);
    this.starts = room?.starts ?? new Int32Array(capacity);
    this.ends = room?.ends ?? new Int32Array(capacity);
    this.macros = room?.macros ?? new Int32Array(capacity);
  }

  /** The index under which `fileOf` names `file`. At most 65,535 files. */
  fileIndex(file: SourceFile): number {
    let index = this.fileIndexes.get(file);
    if (index === undefined) {
      index = this.files.length;
      assert(index < 0xffff, 'too many files in a translation unit');
      this.files.push(file);
      this.fileIndexes.set(file, index);
    }
    return index;
  }

  push(kind: number, atom: number, flags: number, file: number, start: number, end: number, macro: number): void {
    const index = this.length;
    if (index === this.kinds.length) {
      this.grow();
    }
    this.kinds[index] = kind;
    this.atoms[index] = atom;
    this.flags[index] = flags;
    this.fileOf[index] = file;
    this.starts[index] = start;
    this.ends[index] = end;
    this.macros[index] = macro;
    this.length = index + 1;
  }

  /** The spelling of token `index`. */
  text(index: number): string {
    return this.atomTable.text(this.atoms[index] ?? 0);
  }

  file(index: number): SourceFile {
    const file = this.files[this.fileOf[index] ?? 0];
    assert(file, 'token of an unknown file');
    return file;
  }

  /** Where a person sees token `index`. */
  span(index: number): Span {
    return { file: this.file(index), start: this.starts[index] ?? 0, end: this.ends[index] ?? 0 };
  }

  /** The tokens `[from, to)` as text, one space or line end where the source had some: for reading and for tests. */
  toText(from = 0, to = this.length): string {
    let text = '';
    for (let i = from; i < to; i++) {
      const flags = this.flags[i] ?? 0;
      if (i > from) {
        text += flags & TokenFlag.lineStart ? '\n' : flags & TokenFlag.space ? ' ' : '';
      }
      text += this.text(i);
    }
    return text;
  }

  /** The tokens from `from` on, under other numbers of their files. */
  columns(from: number, numberOf: (file: number) => number): TokenColumns {
    const { length } = this;
    return {
      kinds: this.kinds.slice(from, length),
      atoms: this.atoms.slice(from, length),
      flags: this.flags.slice(from, length),
      fileOf: this.fileOf.slice(from, length).map(numberOf),
      starts: this.starts.slice(from, length),
      ends: this.ends.slice(from, length),
      macros: this.macros.slice(from, length),
    };
  }

  /** Puts tokens at the end; `files` has the numbers of their files here. */
  appendColumns({ kinds, atoms, flags, fileOf, starts, ends, macros }: TokenColumns, files: readonly number[]): void {
    const at = this.length;
    const length = at + kinds.length;
    while (this.kinds.length < length) {
      this.grow();
    }
    this.kinds.set(kinds, at);
    this.atoms.set(atoms, at);
    this.flags.set(flags, at);
    this.starts.set(starts, at);
    this.ends.set(ends, at);
    this.macros.set(macros, at);
    for (let i = 0; i < fileOf.length; i++) {
      this.fileOf[at + i] = files[fileOf[i] as number] as number;
    }
    this.length = length;
  }

  /** Takes the tokens from `from` on, and the pragmas among them, off the end. */
  cut(from: number): CutTokens {
    const piece: CutTokens = { ...this.columns(from, (file) => file), pragmas: [] };
    const first = this.pragmas.findIndex(({ index }) => index >= from);
    if (first >= 0) {
      const cut = this.pragmas.splice(first);
      piece.pragmas.push(...cut.map((pragma) => ({ ...pragma, index: pragma.index - from })));
    }
    this.length = from;
    return piece;
  }

  /** Puts tokens `[from, to)` of what was cut at the end. */
  append(piece: CutTokens, from = 0, to = piece.kinds.length): void {
    const shift = this.length - from;
    for (const pragma of piece.pragmas) {
      if (pragma.index >= from && pragma.index < to) {
        this.pragmas.push({ ...pragma, index: pragma.index + shift });
      }
    }
    for (let i = from; i < to; i++) {
      this.push(
        piece.kinds[i] as number,
        piece.atoms[i] as number,
        piece.flags[i] as number,
        piece.fileOf[i] as number,
        piece.starts[i] as number,
        piece.ends[i] as number,
        piece.macros[i] as number,
      );
    }
  }

  private grow(): void {
    const larger = <T extends Uint8Array | Uint16Array | Int32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const size = this.kinds.length * 2;
    this.kinds = larger(this.kinds, new Uint8Array(size));
    this.atoms = larger(this.atoms, new Int32Array(size));
    this.flags = larger(this.flags, new Uint8Array(size));
    this.fileOf = larger(this.fileOf, new Uint16Array(size));
    this.starts = larger(this.starts, new Int32Array(size));
    this.ends = larger(this.ends, new Int32Array(size));
    this.macros = larger(this.macros, new Int32Array(size));
  }
}
