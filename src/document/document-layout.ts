/**
 * What form a document has, and its blocks with their tokens.
 *
 * In: a file; its {@link SeenText}. Out: the form; the blocks in order, each with tokens; and the text of the lines that are
 * prose, taken before signs in it are mended.
 */
import type { SourceFile } from '../source/source-file';
import { gapsOf, linesOf, type Block, type ReadBlock } from './blocks';
import type { AnnotatedDocument } from './document-model';
import { findBlocks } from './find-blocks';
import { htmlRegions } from './html-layer';
import { blankBesideCode } from './html-tables';
import { lexListing } from './lex-listing';
import { blankPrefixes } from './line-prefixes';
import type { SeenText } from './seen-text';

/** A line of prose as a person reads it. */
export interface ProseLine {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** An empty line stands before it, or a tag that breaks lines. */
  readonly apart: boolean;
}

/** By the name of the file, else by how it begins. */
export function formOf({ path, text }: SourceFile): AnnotatedDocument['form'] {
  if (/\.x?html?$/i.test(path) || /^\s*<(?:!doctype\s+html|html[\s>]|\?xml[^>]*>\s*<html)/i.test(text.slice(0, 400))) {
    return 'html';
  }
  return /\.(?:md|mkd|mkdn|markdown|mdown|mdx)$/i.test(path) || /^ {0,3}(?:```|~~~)/m.test(text.slice(0, 2_000_000))
    ? 'markdown'
    : 'text';
}

/** No document has more listings, with what stands between them. */
const mostBlocks = 20_000;

/** Blocks in the order of the text, and the offset up to which it was read. */
export function readBlocks(
  seen: SeenText,
  form: AnnotatedDocument['form'],
): { readonly blocks: ReadBlock[]; readonly prose: ProseLine[]; readonly readTo: number } {
  const all = form === 'html' ? htmlBlocks(seen) : findBlocks(seen);
  const blocks = all.slice(0, mostBlocks);
  const prose = blocks.filter(({ set }) => set === 'bare').flatMap((block) => [...proseOf(seen, block)]);
  return {
    blocks: blocks.map((block) => {
      blankPrefixes(seen, block);
      return { block, tokens: lexListing(seen, block.start, block.end, block.set === 'bare') };
    }),
    prose,
    readTo: all[mostBlocks]?.start ?? seen.length,
  };
}

/** Lines that are not empty. */
function* proseOf(seen: SeenText, { start, end }: Block): Generator<ProseLine> {
  let apart = false;
  for (const line of linesOf(seen, start, end)) {
    const text = seen.slice(line.start, Math.min(line.end, line.start + longestLine));
    apart ||= line.start > 0 && seen.isTouched(line.start - 1);
    if (text.trim() !== '') {
      yield { ...line, text, apart };
    }
    apart = text.trim() === '';
  }
}

/** Characters of a line of prose that are shown. */
const longestLine = 4000;

function htmlBlocks(seen: SeenText): Block[] {
  blankBesideCode(seen);
  const pre = htmlRegions(seen, [{ start: 0, end: seen.length }], 'all');
  const bare = gapsOf(pre, seen.length).map((gap): Block => ({ ...gap, set: 'bare' }));
  return [...pre, ...bare].sort((a, b) => a.start - b.start || a.end - b.end);
}
