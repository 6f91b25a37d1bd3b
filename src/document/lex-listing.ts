/**
 * Tokens and comments of a listing, mending signs on the way.
 *
 * In: a range of the {@link SeenText}. Out: tokens as parallel lists and the comments between them; signs of word
 * processors and input methods outside comments and strings are replaced in the text. It never fails: what can be no C
 * is a token of kind `prose`. A comment that does not end before the range does ends with its line. Of `#if … #else …
 * #endif` the first branch is `visible` (the second of `#if 0`), so that braces balance.
 */
import { closingQuotes, isEllipsis, signOf } from './signs';
import { isWordCode, type SeenText } from './seen-text';
import { Branches, endOfDirective } from './listing-directives';

export const enum Lex {
  word,
  number,
  string,
  /** One sign of C; its code is that of the text. */
  sign,
  /** Letters of other scripts and what else C has not. */
  prose,
  /** Three dots or their like. */
  ellipsis,
  /** A whole line of the preprocessor. */
  directive,
}

export interface ListingComment {
  readonly start: number;
  readonly end: number;
  readonly style: 'block' | 'line';
  /** Index of the first token behind it. */
  readonly token: number;
  /** Code stands before it, or behind it, on its line. */
  readonly codeBefore: boolean;
  codeBehind: boolean;
  /** It has no end. */
  readonly open: boolean;
}

const noUint8s = new Uint8Array(0);
const noInt32s = new Int32Array(0);

export class ListingTokens {
  kinds = noUint8s;
  starts = noInt32s;
  ends = noInt32s;
  /** 1: first on its line. */
  first = noUint8s;
  /** 1: in the branch of the conditionals that is kept. */
  visible = noUint8s;
  length = 0;
  readonly comments: ListingComment[] = [];
  /** Typographic signs that stand in comments and strings: `[offset]`. */
  readonly untouchedSigns: number[] = [];

  constructor(readonly seen: SeenText) {}

  push(kind: Lex, start: number, end: number, first: boolean, visible: boolean): void {
    const at = this.length++;
    if (at === this.kinds.length) {
      const size = Math.max(16, 2 * at);
      this.kinds = grown(this.kinds, new Uint8Array(size));
      this.starts = grown(this.starts, new Int32Array(size));
      this.ends = grown(this.ends, new Int32Array(size));
      this.first = grown(this.first, new Uint8Array(size));
      this.visible = grown(this.visible, new Uint8Array(size));
    }
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.first[at] = first ? 1 : 0;
    this.visible[at] = visible ? 1 : 0;
  }

  /** Where a token begins: behind the last one, the end of the text. */
  startOf(index: number): number {
    return (index < this.length ? this.starts[index] : undefined) ?? this.seen.length;
  }

  /** Where a token ends: before the first one, the beginning of the text. */
  endOf(index: number): number {
    return this.ends[index] ?? 0;
  }

  text(index: number): string {
    return index >= 0 && index < this.length ? this.seen.slice(this.startOf(index), this.endOf(index)) : '';
  }

  /** Whether the token is this one sign of C. */
  is(index: number, sign: string): boolean {
    return this.kindOf(index) === Lex.sign && this.seen.codes[this.starts[index] ?? 0] === sign.charCodeAt(0);
  }

  isWord(index: number): boolean {
    return this.kindOf(index) === Lex.word;
  }

  /** Undefined outside of the tokens. */
  kindOf(index: number): Lex | undefined {
    return index < this.length ? this.kinds[index] : undefined;
  }
}

function grown<T extends Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Reads a range. `bare`: text that was not set off as a listing, where `/*` and `//` also stand in paths. */
export function lexListing(seen: SeenText, from: number, to: number, bare: boolean): ListingTokens {
  return new ListingLexer(seen, from, to, bare).read();
}

const LINE = 10;

class ListingLexer {
  private readonly out: ListingTokens;
  private readonly branches = new Branches();
  private at: number;
  private lineFirst = true;
  /** A comment stands before on this line and no code yet. */
  private lastComment: ListingComment | undefined;
  /** No end of a comment comes after this place. */
  private noEnd = false;

  constructor(
    private readonly seen: SeenText,
    from: number,
    private readonly to: number,
    private readonly bare: boolean,
    private readonly inDirective = false,
  ) {
    this.out = new ListingTokens(seen);
    this.at = from;
  }

  read(): ListingTokens {
    const { codes } = this.seen;
    while (this.at < this.to) {
      const code = codes[this.at] ?? 0;
      if (code === LINE || (code === 13 && codes[this.at + 1] !== LINE)) {
        this.newLine();
        this.at++;
      } else if (code <= 32) {
        this.at++;
      } else if (code === 47 && this.isComment()) {
        this.comment();
      } else if (code === 35 && this.lineFirst && !this.inDirective && this.directive()) {
        continue;
      } else if (code < 128) {
        this.token(code);
      } else {
        this.foreign(code);
      }
    }
    return this.out;
  }

  private newLine(): void {
    this.lineFirst = true;
    this.lastComment = undefined;
  }

  private push(kind: Lex, start: number, end: number): void {
    this.out.push(kind, start, end, this.lineFirst, this.branches.kept);
    this.lineFirst = false;
    if (this.lastComment) {
      this.lastComment.codeBehind = true;
    }
    this.at = end;
  }

  private isComment(): boolean {
    const { codes } = this.seen;
    const next = codes[this.at + 1];
    if (next !== 42 && next !== 47) {
      return false;
    }
    // `net/ipv4/*.c` and `http://` in prose.
    const before = this.at > 0 ? (codes[this.at - 1] ?? 0) : 32;
    return !(this.bare && (next === 47 ? before === 58 : isWordCode(before) && isPathTail(codes, this.at + 2)));
  }

  private comment(): void {
    const { codes } = this.seen;
    const start = this.at;
    const isLine = codes[start + 1] === 47;
    let end = isLine ? this.endOfLine(start) : this.endOfBlock(start + 2);
    const open = end < 0;
    if (open) {
      end = this.endOfLine(start);
    }
    const comment: ListingComment = {
      start,
      end: isLine && codes[end - 1] === 13 ? end - 1 : end,
      style: isLine ? 'line' : 'block',
      token: this.out.length,
      codeBefore: !this.lineFirst,
      codeBehind: false,
      open,
    };
    this.out.comments.push(comment);
    this.noteSigns(start, end);
    const lines = codes.subarray(start, end).includes(LINE);
    this.at = end;
    if (lines) {
      this.lineFirst = true;
    }
    this.lastComment = comment;
  }

  private endOfBlock(from: number): number {
    if (this.noEnd) {
      return -1;
    }
    const codes = this.seen.codes.subarray(0, this.to);
    for (let i = codes.indexOf(42, from); i >= 0; i = codes.indexOf(42, i + 1)) {
      if (codes[i + 1] === 47) {
        return i + 2;
      }
    }
    this.noEnd = true;
    return -1;
  }

  private endOfLine(from: number): number {
    const codes = this.seen.codes.subarray(0, this.to);
    let end = codes.indexOf(LINE, from);
    const alone = codes.subarray(from, end < 0 ? this.to : end).indexOf(13);
    if (alone >= 0 && codes[from + alone + 1] !== LINE) {
      end = from + alone;
    }
    return end < 0 || end > this.to ? this.to : end;
  }

  /** Signs that would be mended in code. */
  private noteSigns(from: number, to: number): void {
    const { codes } = this.seen;
    for (let i = from; i < to; i++) {
      const code = codes[i] ?? 0;
      if (code >= 128 && signOf(code) !== undefined) {
        this.out.untouchedSigns.push(i);
      }
    }
  }

  private directive(): boolean {
    const end = endOfDirective(this.seen, this.at, this.to);
    if (end === undefined) {
      return false;
    }
    const { codes } = this.seen;
    // Signs of the line are mended, its comments are comments.
    const line = new ListingLexer(this.seen, this.at + 1, end, this.bare, true);
    line.lineFirst = false;
    const inner = line.read();
    this.branches.directive(this.seen.slice(this.at + 1, end));
    this.out.untouchedSigns.push(...inner.untouchedSigns);
    const shown = inner.length > 0 ? inner.endOf(inner.length - 1) : this.at + 1;
    this.push(Lex.directive, this.at, shown);
    for (const comment of inner.comments) {
      this.out.comments.push({ ...comment, token: this.out.length, codeBefore: true });
    }
    this.at = Math.max(end, inner.comments.at(-1)?.end ?? 0);
    this.lineFirst = codes[this.at - 1] === LINE;
    return true;
  }

  private token(code: number): void {
    const { codes } = this.seen;
    const start = this.at;
    if (code === 34 || code === 39) {
      this.literal(start);
    } else if (code === 77 && codes[start + 1] === 45 && this.escapedBytes(start)) {
      return;
    } else if (isWordCode(code)) {
      this.word(start);
    } else if (code === 46 && codes[start + 1] === 46 && codes[start + 2] === 46) {
      this.ellipsis(start);
    } else if (code === 94 && this.caretEscape(start)) {
      return;
    } else if (code === 38 && this.entity(start)) {
      return;
    } else {
      this.push(Lex.sign, start, start + 1);
    }
  }

  private ellipsis(start: number): void {
    const { codes } = this.seen;
    let end = start;
    while (end < this.to && (codes[end] === 46 || codes[end] === codes[start] || isEllipsis(codes[end] ?? 0))) {
      end++;
    }
    this.push(Lex.ellipsis, start, end);
  }

  /** `M-bM-^@M-^S`: the three bytes of a dash as `cat -v` writes them. */
  private escapedBytes(start: number): boolean {
    const found = /^M-[b-o](?:M-(?:\^.|[ -~])){2}/.exec(this.seen.slice(start, Math.min(this.to, start + 12)));
    const bytes = (found?.[0].match(/M-(?:\^.|.)/g) ?? []).map((each) =>
      each[2] === '^' && each.length > 3 ? 0x80 | (each.charCodeAt(3) ^ 64) : 0x80 | each.charCodeAt(2),
    );
    const [lead = 0, middle = 0, last = 0] = bytes;
    const sign = signOf(((lead & 15) << 12) | ((middle & 63) << 6) | (last & 63));
    if (!found || sign?.text.length !== 1) {
      return false;
    }
    this.seen.replace('caret-escape', start, start + found[0].length, sign.text);
    this.seen.closeGap(start + found[0].length);
    return true;
  }

  /** A word or a number; signs of no width in the middle of it are taken out. */
  private word(start: number): void {
    const { codes } = this.seen;
    let end = start;
    const first = codes[start] ?? 0;
    const isNumber = first >= 48 && first <= 57;
    for (;;) {
      const code = end < this.to ? (codes[end] ?? 0) : 0;
      if (isWordCode(code) || (isNumber && code === 46 && codes[end + 1] !== 46)) {
        end++;
      } else if (code > 128 && signOf(code)?.kind === 'zero-width' && isWordCode(codes[end + 1] ?? 0)) {
        break;
      } else {
        this.push(isNumber ? Lex.number : Lex.word, start, end);
        return;
      }
    }
    const from = end;
    let letters = '';
    for (; end < this.to; end++) {
      const code = codes[end] ?? 0;
      if (isWordCode(code)) {
        letters += String.fromCharCode(code);
      } else if (signOf(code)?.kind !== 'zero-width') {
        break;
      }
    }
    this.seen.replace('zero-width', from, end, letters);
    this.push(isNumber ? Lex.number : Lex.word, start, from + letters.length);
    this.at = end;
  }

  private literal(start: number): void {
    const end = this.endOfLiteral(start);
    if (end === undefined) {
      this.push(Lex.sign, start, start + 1);
      return;
    }
    this.mendQuote(start);
    this.mendQuote(end - 1);
    this.noteSigns(start + 1, end - 1);
    this.push(Lex.string, start, end);
  }

  private mendQuote(at: number): void {
    const code = this.seen.codes[at] ?? 0;
    const sign = code >= 128 ? signOf(code) : undefined;
    if (sign) {
      this.seen.replace(sign.kind, at, at + 1, sign.text);
    }
  }

  /** The end of a literal that ends on its line; of a string in a listing also within the next two lines. */
  private endOfLiteral(start: number): number | undefined {
    const { codes } = this.seen;
    const quote = codes[start] ?? 0;
    const [own, ...others] = closingQuotes(quote);
    const single = own === 39;
    let other: number | undefined;
    let lines = 0;
    const limit = Math.min(this.to, start + (single ? 12 : 20_000));
    for (let i = start + 1; i < limit; i++) {
      const code = codes[i] ?? 0;
      if (code === 92) {
        i++;
      } else if (code === LINE) {
        if (single || this.bare || ++lines > 2 || quote !== 34) {
          break;
        }
      } else if (code === own && (quote === own || other === undefined)) {
        return i + 1;
      } else if (others.includes(code)) {
        return i + 1;
      } else if (quote === own && lines === 0 && code >= 128 && closes(code, single)) {
        other ??= i + 1;
      }
    }
    return other;
  }

  /** `^M` at the end of a line, `^I` before code, `M-bM-^@M-^S` for the bytes of a dash: as `cat -v` writes them. */
  private caretEscape(start: number): boolean {
    const { codes } = this.seen;
    const behind = codes[start + 2] ?? LINE;
    const next = codes[start + 1];
    if (next === 77 && (start + 2 >= this.to || behind === LINE || behind === 13)) {
      this.seen.replace('caret-escape', start, start + 2);
    } else if (next === 73 && (this.lineFirst || behind <= 32 || (codes[start - 1] ?? 32) <= 32)) {
      this.seen.replace('caret-escape', start, start + 2);
    } else {
      return false;
    }
    this.at = start + 2;
    return true;
  }

  /** An entity of HTML in the middle of code. */
  private entity(start: number): boolean {
    const found = /^&(lt|gt|amp|quot|apos|nbsp|#39|#34|#38|#60|#62|#160);/.exec(
      this.seen.slice(start, Math.min(this.to, start + 7)),
    );
    if (!found) {
      return false;
    }
    const [, name = ''] = found;
    const sign = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }[name] ?? '';
    const end = start + found[0].length;
    this.seen.replace('entity', start, end, sign || String.fromCharCode(Number(name.slice(1))).replace('\u00a0', ' '));
    this.seen.closeGap(start);
    if (this.seen.codes[end] !== 38) {
      this.seen.closeGap(end);
    }
    return true;
  }

  private foreign(code: number): void {
    const start = this.at;
    if (isEllipsis(code, this.seen.codes[start + 1])) {
      this.ellipsis(start);
      return;
    }
    const sign = signOf(code);
    if (!sign) {
      this.prose(start);
    } else if (sign.kind === 'curly-quote') {
      this.quote(start, sign.text);
    } else if (sign.text.trim() === '') {
      this.seen.replace(sign.kind, start, start + 1, sign.text || ' ');
      this.seen.closeGap(start + 1);
      this.at++;
    } else if (code === 0x3002 || code === 0xff61) {
      this.fullStop(start);
    } else if (sign.text.length === 1) {
      this.seen.replace(sign.kind, start, start + 1, sign.text);
    } else if (this.seen.codes[start + 1] === 32) {
      this.seen.replace(sign.kind, start, start + 2, sign.text);
    } else {
      this.prose(start);
    }
  }

  private quote(start: number, plain: string): void {
    if (this.endOfLiteral(start) !== undefined) {
      this.literal(start);
    } else {
      this.seen.replace('curly-quote', start, start + 1, plain);
      this.push(Lex.sign, start, start + 1);
    }
  }

  /** `。`: the end of a statement, or of a sentence that is code, or a point between names. */
  private fullStop(start: number): void {
    const { out, seen } = this;
    const last = out.length - 1;
    const afterValue =
      last >= 0 && (out.isWord(last) || out.kindOf(last) === Lex.number || out.is(last, ')') || out.is(last, ']'));
    const between = out.ends[last] === start && isWordCode(seen.codes[start + 1] ?? 0);
    if (!afterValue) {
      seen.replace('full-stop', start, start + 1);
      this.at++;
    } else {
      seen.replace('full-stop', start, start + 1, between ? '.' : ';');
    }
  }

  private prose(start: number): void {
    const { codes } = this.seen;
    let end = start + 1;
    while (end < this.to && isProseCode(codes[end] ?? 0)) {
      end++;
    }
    this.push(Lex.prose, start, end);
  }
}

/** Whether a closing quote of a word processor ends what a plain one began. */
function closes(code: number, single: boolean): boolean {
  return single ? code === 0x2019 : code === 0x201d;
}

/** `.c`, `.h` or the end of the word behind a star: a path. */
function isPathTail(codes: Uint16Array, at: number): boolean {
  return codes[at] === 46 || codes[at] === 47;
}

const isProseCode = (code: number): boolean => code >= 128 && signOf(code) === undefined && !isEllipsis(code);
