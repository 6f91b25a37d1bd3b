/**
 * Plain shapes that pictures are made of, in CSS pixels, with a class each for the colours; and how wide a text is.
 *
 * In: nothing. Out: types, and widths estimated from the text, two columns for a Chinese character, so that no label is
 * cut or stands on another.
 */

export type Shape =
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly class: string;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly class: string;
    }
  | { readonly kind: 'path'; readonly d: string; readonly class: string }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly class: string;
    };

/** The languages that pictures are worded in. */
export type PictureLanguage = 'en' | 'zh';

/** Pixels of a letter at the size of labels. */
const LETTER = 6.6;

/** Pixels that a text takes, roughly. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const letter of text) {
    columns += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  }
  return columns * LETTER;
}

/** As much of a text as fits into a width. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) {
    return text;
  }
  const letters = [...text];
  while (letters.length > 0 && widthOf(letters.join('')) + LETTER > width) {
    letters.pop();
  }
  return letters.length === 0 ? '' : `${letters.join('')}…`;
}
