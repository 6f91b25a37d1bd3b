/**
 * Changes to a text that keep every offset. In: pieces to be written over a text, each as long as what it covers. Out:
 * the text with them.
 */

export interface SameLengthEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Spaces over everything but line ends. */
export function blank(source: string, from: number, to: number): SameLengthEdit {
  return { from, to, text: source.slice(from, to).replace(/[^\r\n]/g, ' ') };
}

/** `text` with the edits made; of edits that overlap the one that begins first counts. */
export function withEdits(text: string, edits: readonly SameLengthEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    if (edit.from >= at) {
      pieces.push(text.slice(at, edit.from), edit.text);
      at = edit.to;
    }
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
