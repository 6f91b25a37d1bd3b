/**
 * A file cut into words and signs for the index of names: faster than for the compiler, because comments, numbers and
 * strings are told apart and no more.
 *
 * In: a text. Out: two lists of tokens: the C, and the words of directives (macros' bodies, conditions). Every branch of a
 * conditional is in the C except `#if 0`. Where the first branch opens or closes brackets, those of the other branches
 * are left out, so that brackets balance.
 */
import { known, type AtomTable } from '../preprocess/atoms';
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
} from '../preprocess/scan';
import { TokenList, tokenNumber, tokenOther, tokenText } from './token-list';

/** What a directive is: where its words are in the second list. */
export interface CutDirective {
  /** Atom of its name. */
  readonly name: number;
  /** Tokens behind the name, `[from, to)` of the second list. */
  readonly from: number;
  readonly to: number;
  /** Offset behind its last line. */
  readonly end: number;
}

export interface CutFile {
  readonly code: TokenList;
  readonly words: TokenList;
  readonly directives: readonly CutDirective[];
}

/** Atoms of signs of one character, by its code. */
const signAtoms = new Int32Array(128).fill(tokenOther);
for (const sign of '[](){}.&*+-~!/%<>^|?:;=,#') {
  signAtoms[sign.charCodeAt(0)] = known[sign as '['];
}

interface Conditional {
  /** Open brackets at its `#if`. */
  readonly depth: number;
  /** Open brackets behind its first branch. */
  first: number | undefined;
  /** Whether the words around it were left out, and their brackets. */
  readonly wasDead: boolean;
  readonly wasWithout: boolean;
}

export function cutFile(text: string, atoms: AtomTable): CutFile {
  return new Cutter(text, atoms).run();
}

class Cutter {
  private readonly code: TokenList;
  private readonly words: TokenList;
  private readonly directives: CutDirective[] = [];
  private readonly open: Conditional[] = [];
  private depth = 0;
  /** The words are not compiled: `#if 0`. */
  private dead = false;
  /** Brackets are left out. */
  private without = false;

  constructor(
    private readonly text: string,
    private readonly atoms: AtomTable,
  ) {
    this.code = new TokenList(text.length >> 2);
    this.words = new TokenList(text.length >> 4);
  }

  run(): CutFile {
    const { text } = this;
    let lineStart = true;
    for (let i = 0; i < text.length;) {
      const code = text.charCodeAt(i);
      if (code === 10) {
        lineStart = true;
        i++;
      } else if (code <= 32) {
        i++;
      } else if (code === 35 && lineStart) {
        i = this.directive(i);
      } else {
        const behind = this.token(i, code, this.code);
        // A comment leaves the beginning of a line where it is.
        lineStart &&= code === 47 && behind > i + 1;
        i = behind;
      }
    }
    return { code: this.code, words: this.words, directives: this.directives };
  }

  /** Cuts what begins at `i`; answers the offset behind it. */
  private token(i: number, code: number, into: TokenList): number {
    const { text } = this;
    if (isIdentifierStart(code)) {
      const end = endOfIdentifier(text, i + 1);
      if (!this.dead) {
        const word = text.slice(i, end);
        into.add(this.atoms.intern(word.includes('\n') ? withoutSplices(word) : word), i);
      }
      return end;
    }
    if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(i + 1)))) {
      const end = endOfNumber(text, i + 1);
      this.add(tokenNumber, i, into);
      return end;
    }
    if (code === 34 || code === 39) {
      return this.quoted(i, code, into);
    }
    const behind = this.endOfComment(i, code);
    return behind > i ? behind : this.sign(i, code, into);
  }

  /** Behind a comment that begins at `i`; `i` itself when none does. */
  private endOfComment(i: number, code: number): number {
    const { text } = this;
    const next = code === 47 ? text.charCodeAt(i + 1) : 0;
    if (next === 42) {
      const end = text.indexOf('*/', i + 2);
      return end < 0 ? text.length : end + 2;
    }
    return next === 47 ? endOfLineComment(text, i) : i;
  }

  private quoted(i: number, code: number, into: TokenList): number {
    let end = endOfQuoted(this.text, i);
    if (end < 0 && code === 34 && into === this.code) {
      end = endOfMultilineString(this.text, i);
    }
    this.add(tokenText, i, into);
    return end < 0 ? i + 1 : end;
  }

  private sign(i: number, code: number, into: TokenList): number {
    const { text } = this;
    const digraph = code === 60 || code === 58 || code === 37 ? digraphAt(text, i) : undefined;
    const length = digraph ? digraph.length : punctuatorLength(text, i);
    if (length === 0) {
      return i + (spliceLength(text, i) || 1);
    }
    const atom = digraph
      ? known[digraph.spelling as '[']
      : length === 1
        ? (signAtoms[code] ?? tokenOther)
        : (this.atoms.find(text.slice(i, i + length)) ?? tokenOther);
    const isOpening = atom === known['('] || atom === known['['] || atom === known['{'];
    const isClosing = atom === known[')'] || atom === known[']'] || atom === known['}'];
    if (into === this.code && !this.dead && (isOpening || isClosing)) {
      if (this.without) {
        return i + length;
      }
      this.depth += isOpening ? 1 : -1;
    }
    this.add(atom, i, into);
    return i + length;
  }

  private add(atom: number, start: number, into: TokenList): void {
    if (!this.dead) {
      into.add(atom, start);
    }
  }

  /** A directive that begins at `hash`; answers the offset of the line end behind it. */
  private directive(hash: number): number {
    const { text } = this;
    let i = hash + 1;
    while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) {
      i++;
    }
    const end = endOfIdentifier(text, i);
    const name = this.atoms.find(text.slice(i, end)) ?? 0;
    this.conditional(name, end);
    const wantsWords =
      name === known.define ||
      name === known.undef ||
      name === known.ifdef ||
      name === known.ifndef ||
      name === known.if ||
      name === known.elif;
    const from = this.words.length;
    const behind = this.line(end, wantsWords && !this.dead);
    if (wantsWords && !this.dead) {
      this.directives.push({ name, from, to: this.words.length, end: behind });
    }
    return behind;
  }

  /** The rest of a directive's line; cuts its words when they are wanted. */
  private line(from: number, isWanted: boolean): number {
    const { text } = this;
    let i = from;
    while (i < text.length) {
      const code = text.charCodeAt(i);
      if (code === 10) {
        return i;
      }
      if (code <= 32) {
        i++;
      } else if (code === 92) {
        i += spliceLength(text, i) || 1;
      } else {
        i = isWanted ? this.token(i, code, this.words) : Math.max(i + 1, this.endOfComment(i, code));
      }
    }
    return i;
  }

  /** Which branch begins or ends with a directive. */
  private conditional(name: number, end: number): void {
    if (name === known.if || name === known.ifdef || name === known.ifndef) {
      this.open.push({ depth: this.depth, first: undefined, wasDead: this.dead, wasWithout: this.without });
      this.dead ||= name === known.if && /^[ \t]+0\b/.test(this.text.slice(end, end + 20));
      return;
    }
    const inner = this.open[this.open.length - 1];
    if (!inner) {
      return;
    }
    if (name === known.else || name === known.elif) {
      const branchWasDead = this.dead && !inner.wasDead;
      this.dead = inner.wasDead;
      inner.first ??= branchWasDead ? undefined : this.depth;
      this.without = inner.wasWithout || (inner.first !== undefined && inner.first !== inner.depth);
    } else if (name === known.endif) {
      this.open.pop();
      this.dead = inner.wasDead;
      this.without = inner.wasWithout;
      this.depth = inner.first ?? this.depth;
    }
  }
}
