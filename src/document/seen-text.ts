/**
 * A document's text as the C compiler is to see it, while it is being mended.
 *
 * In: the text. Out: the same number of UTF-16 units, in which layout (tags, line numbers, quote marks) is blank and signs
 * that stand for others are replaced; and what was replaced, in order to tell it. Line ends stay. What an earlier layer
 * replaced (an entity) may be mended again in place: it stays one replacement.
 */
import { itemAt } from '../base/checked-access';
import type { MendKind } from './document-model';

/** In this order they are told. */
const mendKinds: readonly MendKind[] = [
  'dash',
  'minus',
  'curly-quote',
  'full-width',
  'full-stop',
  'wide-space',
  'no-break-space',
  'zero-width',
  'entity',
  'tag',
  'line-number',
  'quote-mark',
  'prompt',
  'caret-escape',
  'prose-between',
];

const BLANK = 32;

/** Operators of two signs that must not be torn apart by what was taken out between them. */
const operators = new Set([
  ...['->', '++', '--', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
  '##',
]);

/** Tags within an operator are no longer than this. */
const widestGap = 400;

export class SeenText {
  readonly codes: Uint16Array;
  /** For each unit the kind (index in {@link mendKinds}, plus one) that replaced it. */
  private readonly touched: Uint8Array;
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(readonly original: string) {
    this.codes = new Uint16Array(original.length);
    this.touched = new Uint8Array(original.length);
    for (let i = 0; i < original.length; i++) {
      this.codes[i] = original.charCodeAt(i);
    }
  }

  get length(): number {
    return this.codes.length;
  }

  /** The seen text of a range. */
  slice(start: number, end: number): string {
    let at = start;
    while (at < end && this.touched[at] === 0) {
      at++;
    }
    if (at >= end) {
      return this.original.slice(start, end);
    }
    const pieces = [this.original.slice(start, at)];
    for (; at < end; at += 4096) {
      pieces.push(String.fromCharCode(...this.codes.subarray(at, Math.min(end, at + 4096))));
    }
    return pieces.join('');
  }

  /** Puts `text` at the beginning of a range and blanks behind it, all as one replacement. */
  replace(kind: MendKind, start: number, end: number, text = ''): void {
    if (start >= end) {
      return;
    }
    const known = this.touched[start] !== 0;
    for (let i = start; i < end; i++) {
      const code = this.codes[i] ?? BLANK;
      const isLineEnd = code === 10 || code === 13;
      this.codes[i] = i - start < text.length ? text.charCodeAt(i - start) : isLineEnd ? code : BLANK;
      this.touched[i] ||= mendKinds.indexOf(kind) + 1;
    }
    if (!known) {
      this.kinds.push(mendKinds.indexOf(kind));
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /**
   * Draws the operator together whose second sign is at `end`, when what lies between it and the first was taken out:
   * the second one moves to the first.
   */
  closeGap(end: number): void {
    let start = end;
    while (start > 0 && end - start < widestGap && this.touched[start - 1] !== 0 && this.codes[start - 1] === BLANK) {
      start--;
    }
    if (start <= 0 || end >= this.length || start === end) {
      return;
    }
    const second = itemAt(this.codes, end);
    const pair = String.fromCharCode(itemAt(this.codes, start - 1), second);
    if (operators.has(pair)) {
      this.codes[start] = second;
      this.codes[end] = BLANK;
      this.touched[end] ||= itemAt(this.touched, start);
    }
  }

  /** Whether an earlier replacement covers the unit. */
  isTouched(at: number): boolean {
    return this.touched[at] !== 0;
  }

  /** What was replaced, in the order of the text. */
  replacements(): { readonly kind: MendKind; readonly start: number; readonly end: number }[] {
    return this.starts
      .map((start, index) => ({
        kind: itemAt(mendKinds, itemAt(this.kinds, index)),
        start,
        end: itemAt(this.ends, index),
      }))
      .sort((a, b) => a.start - b.start || b.end - a.end);
  }
}

export function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
}
