/**
 * Blocks of a document: ranges that are read for themselves, as types and with what is asked of them everywhere.
 */
import type { ListingTokens } from './lex-listing';
import type { SeenText } from './seen-text';

export interface Block {
  readonly start: number;
  readonly end: number;
  readonly set: 'fence' | 'pre' | 'bare';
  readonly language?: string;
  /** Where the mark that opens it stands. */
  readonly mark?: number;
  /** Its end is that of the text, or a place where its mark was missing. */
  readonly open?: boolean;
}

/** A block with its tokens. */
export interface ReadBlock {
  readonly block: Block;
  readonly tokens: ListingTokens;
}

/** The tokens of a definition within one block. */
export interface Piece {
  readonly block: number;
  /** Indexes of its first token, and of the one behind its last. */
  readonly from: number;
  readonly to: number;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The ranges between blocks, with their marks left out. */
export function gapsOf(blocks: readonly Block[], length: number): TextRange[] {
  const gaps: TextRange[] = [];
  let at = 0;
  for (const { start, end, mark } of blocks) {
    if ((mark ?? start) > at) {
      gaps.push({ start: at, end: mark ?? start });
    }
    at = Math.max(at, end);
  }
  if (at < length) {
    gaps.push({ start: at, end: length });
  }
  return gaps;
}

/** Lines without their ends. */
export function* linesOf(seen: SeenText, from = 0, to = seen.length): Generator<TextRange> {
  const codes = seen.codes.subarray(0, to);
  for (let start = from; start <= to;) {
    const next = codes.indexOf(10, start);
    const end = next < 0 ? to : next;
    yield { start, end: end > start && codes[end - 1] === 13 ? end - 1 : end };
    start = end + 1;
  }
}
