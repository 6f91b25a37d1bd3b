/**
 * A document as headings, paragraphs and listings.
 *
 * In: the blocks, the lines of prose (those that are not empty) as they were before mending, and the ranges that turned out to be C. Out: parts in
 * order. A heading is one of Markdown or HTML, or, in plain text, a short line that begins with a number and ends without
 * a full stop; lines of prose up to an empty one are a paragraph.
 */
import { itemAt, lastOf } from '../base/checked-access';
import type { SourceFile } from '../source/source-file';
import type { ReadBlock, TextRange } from './blocks';
import type { AnnotatedDocument, DocumentNote, DocumentPart } from './document-model';
import type { ProseLine } from './document-layout';

/** Parts in the order of the text; `ranges`: functions and declarations, `notes`: comments that may stand before them. */
export function partsOf(
  file: SourceFile,
  form: AnnotatedDocument['form'],
  blocks: readonly ReadBlock[],
  prose: readonly ProseLine[],
  ranges: readonly TextRange[],
  notes: readonly DocumentNote[],
): DocumentPart[] {
  const listings: DocumentPart[] = blocks
    .filter(({ block, tokens }) => block.set !== 'bare' && tokens.length + tokens.comments.length > 0)
    .map(({ block }) => ({
      kind: 'listing',
      span: { file, start: block.start, end: block.end },
      set: block.set as 'fence' | 'pre',
      ...(block.language ? { language: block.language } : {}),
    }));
  const bare = bareListings(file, form, blocks, [
    ...ranges,
    ...notes.filter(({ placement }) => placement === 'function').map(({ span }) => span),
  ]);
  const text = paragraphs(
    file,
    form,
    prose,
    bare.map(({ span }) => span),
  );
  return [...listings, ...bare, ...text].sort((a, b) => a.span.start - b.span.start);
}

/** C that stands in the text without marks: ranges that touch but for blank space are one listing. */
function bareListings(
  file: SourceFile,
  form: AnnotatedDocument['form'],
  blocks: readonly ReadBlock[],
  ranges: readonly TextRange[],
): DocumentPart[] {
  const within = blocks.filter(({ block }) => block.set === 'bare').map(({ block }) => block);
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  let at = 0;
  for (const { start, end } of sorted) {
    while (at < within.length && itemAt(within, at).end <= start) {
      at++;
    }
    if (at === within.length || itemAt(within, at).start > start) {
      continue;
    }
    const last = joined[joined.length - 1];
    if (last && file.text.slice(last.end, start).trim() === '') {
      last.end = Math.max(last.end, end);
    } else if (!last || start >= last.end) {
      joined.push({ start, end });
    }
  }
  return joined.map(({ start, end }) => {
    const from = file.text.lastIndexOf('\n', start - 1) + 1;
    const indented = form === 'markdown' && /^(?: {4}|\t)/.test(file.text.slice(from, start + 1));
    return { kind: 'listing', span: { file, start, end }, set: indented ? 'indented' : 'bare' };
  });
}

function paragraphs(
  file: SourceFile,
  form: AnnotatedDocument['form'],
  prose: readonly ProseLine[],
  taken: readonly TextRange[],
): DocumentPart[] {
  const parts: DocumentPart[] = [];
  let lines: ProseLine[] = [];
  let next = 0;
  const flush = (): void => {
    if (lines.length > 0) {
      const span = { file, start: itemAt(lines, 0).start, end: lastOf(lines).end };
      parts.push({ kind: 'paragraph', span, text: lines.map(({ text }) => plain(text, form)).join('\n') });
      lines = [];
    }
  };
  for (const line of prose) {
    while (next < taken.length && itemAt(taken, next).end <= line.start) {
      next++;
    }
    const isCode = next < taken.length && itemAt(taken, next).start < line.end;
    const heading = isCode ? undefined : headingOf(line, form, file.text);
    if (isCode || heading || line.apart) {
      flush();
    }
    if (!isCode && !heading) {
      lines.push(line);
    }
    if (heading) {
      parts.push({ kind: 'heading', span: { file, start: line.start, end: line.end }, ...heading });
    }
  }
  flush();
  return parts;
}

function headingOf(
  { start, text }: ProseLine,
  form: AnnotatedDocument['form'],
  source: string,
): { readonly level: number; readonly text: string } | undefined {
  if (form === 'html') {
    // The line end that a tag becomes stands where the tag begins.
    const level = /^[^<]?\s*<h([1-6])[\s>]/i.exec(source.slice(Math.max(0, start - 1), start + 8))?.[1];
    return level === undefined || text.trim() === '' ? undefined : { level: Number(level), text: plain(text, form) };
  }
  const marked = /^ {0,3}(#{1,6})[ \t]*(?=[^#\s])(?!\s*(?:define|include|if|ifdef|ifndef|endif|else|undef)\b)/.exec(
    text,
  );
  if (form === 'markdown') {
    return marked ? { level: itemAt(marked, 1).length, text: plain(text, form) } : undefined;
  }
  const numbered = /^\s*(\d+(?:\.\d+){0,4})[.、)\s]*(?=[^\d\s.])/.exec(text);
  const isShort = text.trim().length <= 60 && !/[。；;{}]\s*$/.test(text);
  if (numbered && isShort) {
    return { level: itemAt(numbered, 1).split('.').length, text: text.trim() };
  }
  const chapter = /^\s*(?:第[一二三四五六七八九十百\d]+[章节部篇]|[一二三四五六七八九十]+[、.])/.test(text);
  return chapter && isShort ? { level: 1, text: text.trim() } : undefined;
}

function plain(text: string, form: AnnotatedDocument['form']): string {
  const bare = form === 'markdown' ? text.replace(/^ {0,3}#{1,6}[ \t]*/, '').replace(/[ \t]+#+[ \t]*$/, '') : text;
  return bare.replace(/[ \t]+/g, ' ').trim();
}
