/**
 * The tokens of a file that a reader of one branch sees, with their brackets paired. In: a file cut into tokens, and
 * ranges of its text that are hidden. Out: parallel arrays over the tokens that are neither hidden nor in directives.
 * Unbalanced brackets have no partner; a closing bracket also closes what was left open inside.
 */
import { itemAt, lastOf } from '../base/checked-access';
import { known } from '../preprocess/atoms';
import type { LexedFile } from '../preprocess/lexed-file';
import { TokenKind } from '../preprocess/token';
import { wordClass, WordClass } from '../parse/keywords';

/** Where a token stands. */
export const TokenPlace = { file: 0, body: 1, other: 2 } as const;

export class RawTokens {
  readonly length: number;
  /** Index of the bracket that belongs to a bracket, or -1. */
  readonly partner: Int32Array;
  /** {@link TokenPlace}: outside of braces, right in the block of a function, in braces of another kind. */
  readonly places: Uint8Array;
  /** Index of the token in the file. */
  private readonly indexes: Int32Array;

  constructor(
    readonly lexed: LexedFile,
    hidden: readonly (readonly [number, number])[],
    private readonly textOf: (atom: number) => string,
  ) {
    this.indexes = visible(lexed, hidden);
    this.length = this.indexes.length;
    this.partner = new Int32Array(this.length).fill(-1);
    this.places = new Uint8Array(this.length);
    this.pair();
  }

  atom(i: number): number {
    return this.lexed.atoms[this.indexes[i] ?? -1] ?? -1;
  }

  text(i: number): string {
    return i >= 0 && i < this.length ? this.textOf(this.atom(i)) : '';
  }

  start(i: number): number {
    return this.lexed.starts[this.indexes[i] ?? -1] ?? 0;
  }

  end(i: number): number {
    return this.lexed.ends[this.indexes[i] ?? -1] ?? 0;
  }

  flags(i: number): number {
    return this.lexed.flags[this.indexes[i] ?? -1] ?? 0;
  }

  /** An identifier or a keyword. */
  isWord(i: number): boolean {
    return this.lexed.kinds[this.indexes[i] ?? -1] === TokenKind.identifier;
  }

  /** An identifier that is no keyword. */
  isName(i: number): boolean {
    return this.isWord(i) && wordClass(this.atom(i)) === WordClass.none;
  }

  /** {@link WordClass} of a word; -1 for what is none. */
  wordClass(i: number): number {
    return this.isWord(i) ? wordClass(this.atom(i)) : -1;
  }

  private pair(): void {
    const open: number[] = [];
    /** Those of them that are braces. */
    const braces: number[] = [];
    for (let i = 0; i < this.length; i++) {
      const atom = this.atom(i);
      const opener =
        atom === known[')'] ? known['('] : atom === known[']'] ? known['['] : atom === known['}'] ? known['{'] : -1;
      if (opener >= 0) {
        let at = open.length - 1;
        while (at >= 0 && this.atom(itemAt(open, at)) !== opener) {
          at--;
        }
        if (at >= 0) {
          this.partner[i] = itemAt(open, at);
          this.partner[itemAt(open, at)] = i;
          open.length = at;
          while (braces.length > 0 && lastOf(braces) >= itemAt(this.partner, i)) {
            braces.pop();
          }
        }
      }
      const outer = braces[braces.length - 1] ?? -1;
      this.places[i] = outer < 0 ? TokenPlace.file : this.inside(outer);
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        open.push(i);
      }
      if (atom === known['{']) {
        braces.push(i);
      }
    }
  }

  /** What lies directly in the braces that open at `brace`: a block's statements or something else. */
  private inside(brace: number): number {
    const before = this.atom(brace - 1);
    const outer = this.places[brace];
    if (outer === TokenPlace.file) {
      // A body stands behind its parameters, or behind the declarations of old-style ones.
      return before === known[')'] || before === known[';'] ? TokenPlace.body : TokenPlace.other;
    }
    const isBlock =
      outer === TokenPlace.body &&
      (before === known[')'] ||
        before === known['('] ||
        before === known[';'] ||
        before === known['{'] ||
        before === known['}'] ||
        before === known[':'] ||
        before === known.else ||
        before === known.do);
    return isBlock ? TokenPlace.body : TokenPlace.other;
  }
}

/** Indexes of the tokens outside of the hidden ranges, which are in order. */
function visible(lexed: LexedFile, hidden: readonly (readonly [number, number])[]): Int32Array {
  const indexes = new Int32Array(lexed.length);
  let count = 0;
  let next = 0;
  let hiddenTo = 0;
  for (let i = 0; i < lexed.length; i++) {
    const start = itemAt(lexed.starts, i);
    for (let range = hidden[next]; range && range[0] <= start; range = hidden[++next]) {
      hiddenTo = Math.max(hiddenTo, range[1]);
    }
    if (start >= hiddenTo) {
      indexes[count++] = i;
    }
  }
  return indexes.subarray(0, count);
}
