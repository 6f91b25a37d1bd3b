/**
 * An annotated document out of functions of a kernel.
 *
 * In: functions with their C, what is known of the kernel, a language. Out: Markdown: a heading for each function, its
 * note, the file it is from, the listing with our notes as comments behind the statements that they are about. Nothing of
 * the C is changed, so the document runs as the kernel does.
 *
 * A comment stands behind its statement because that is read without doubt. What is composed is read back; a comment that
 * would not be taken for its statement's (two statements on a line, a macro over several lines) stands below the listing.
 */
import type { Bilingual } from '../base/bilingual';
import { oneLine, textsIn, type Language } from '../catalog/language';
import { readDocument } from '../document/read-document';
import { SourceFile } from '../source/source-file';
import type { Query } from './query';

/** A function with the file that defines it and the offsets of the whole definition. */
export interface ChosenFunction {
  readonly name: string;
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface ComposeOptions {
  readonly language: Language;
  /** What the kernel is called in a sentence. */
  readonly kernel: Bilingual;
}

/** The text of the document. */
export function composeDocument(
  chosen: readonly ChosenFunction[],
  query: Query,
  { language, kernel }: ComposeOptions,
): string {
  const names = chosen.map(({ name }) => name);
  const head = textsIn(introduction(kernel), language).join('\n\n');
  const title = oneLine({ en: `Notes on ${names.join(', ')}`, zh: `${names.join('、')} 注释` }, language);
  const sections = chosen.map((each) => sectionOf(each, query, language));
  return [`# ${title}`, head, ...sections].join('\n\n').concat('\n');
}

function introduction(kernel: Bilingual): Bilingual {
  return {
    en: `The listings are the C of ${kernel.en}, and they run: open this page in the editor, choose *Run This Document*, and step.\nComments behind the statements are notes. Write your own; what you change in a listing takes effect in the next run.`,
    zh: `以下代码取自${kernel.zh}，可以直接运行：在编辑器里打开本文，选择“运行这个文档”，然后单步执行。\n语句后面的注释可以换成自己的；改动代码后，下次运行就会生效。`,
  };
}

/** A comment on a statement: where it goes in the listing, and where the statement begins there. */
interface Remark {
  readonly at: number;
  readonly statement: number;
  readonly head: string;
  readonly text: string;
}

function sectionOf(chosen: ChosenFunction, query: Query, language: Language): string {
  const { name, file, start, end } = chosen;
  const about = query.catalog.about('function', name);
  const source = oneLine({ en: `In ${file.path}:`, zh: `代码在 ${file.path}：` }, language);
  const remarks = remarksOn(chosen, query, language);
  const listing = file.text.slice(start, end);
  const [kept, below] = placed(listing, name, remarks);
  return [
    `## ${name}`,
    ...(about ? textsIn(about.text, language) : []),
    source,
    `\`\`\`c\n${withComments(listing, kept).text}\n\`\`\``,
    ...(below.length > 0 ? [below.map(({ head, text }) => `- \`${head}\`: ${text}`).join('\n')] : []),
  ].join('\n\n');
}

/** Remarks on the statements; a note about several of them stands at the first. */
function remarksOn({ file, start, end }: ChosenFunction, query: Query, language: Language): Remark[] {
  const listing = file.text.slice(start, end);
  const said = new Set<string>();
  return query
    .annotatedFile(file)
    .anchors.filter(({ statement }) => start <= statement.start && statement.end <= end)
    .sort((a, b) => a.statement.start - b.statement.start)
    .filter(({ entry }) => !said.has(entry.id) && said.add(entry.id))
    .map(({ statement, entry }) => ({
      at: commentPlace(listing, statement.end - start),
      statement: statement.start - start,
      head: statement.normal,
      text: commentText(oneLine(entry.text, language)),
    }));
}

/** Behind what ends the line, when that ends no more than the statement; else right behind the statement. */
function commentPlace(listing: string, head: number): number {
  const newline = listing.indexOf('\n', head);
  const lineEnd = newline < 0 ? listing.length : newline;
  const rest = listing.slice(head, lineEnd);
  return /^[\s;:{)]*(?:\/\*(?:(?!\*\/)[^])*\*\/\s*)*$/.test(rest)
    ? head + rest.trimEnd().length
    : head + (/^\s*[;:{]?/.exec(rest)?.[0].length ?? 0);
}

function commentText(text: string): string {
  return text.replace(/`/g, '').replace(/\*\//g, '* /').replace(/\s+/g, ' ').trim();
}

/** The remarks that are read back as they are meant, and the others. */
function placed(
  listing: string,
  name: string,
  remarks: readonly Remark[],
): readonly [readonly Remark[], readonly Remark[]] {
  const { text, offsets } = withComments(listing, remarks);
  const { notes, functions } = readDocument(new SourceFile('composed.md', `\`\`\`c\n${text}\n\`\`\`\n`));
  const fence = '```c\n'.length;
  const isRead = (remark: Remark): boolean =>
    notes.some(
      (note) =>
        note.text === remark.text &&
        note.placement === 'same-line' &&
        functions[note.function ?? -1]?.name === name &&
        note.statement?.start === fence + offsets(remark.statement),
    );
  return [remarks.filter(isRead), remarks.filter((each) => !isRead(each))];
}

/** A listing with comments, and where an offset of the listing lies in it. */
function withComments(
  listing: string,
  remarks: readonly Remark[],
): { readonly text: string; readonly offsets: (offset: number) => number } {
  const ordered = [...remarks].sort((a, b) => a.at - b.at);
  let text = '';
  let at = 0;
  const inserted: { readonly at: number; readonly length: number }[] = [];
  for (const remark of ordered) {
    const comment = `\t/* ${remark.text} */`;
    text += listing.slice(at, remark.at) + comment;
    at = remark.at;
    inserted.push({ at, length: comment.length });
  }
  return {
    text: text + listing.slice(at),
    offsets: (offset) => inserted.reduce((sum, each) => (each.at <= offset ? sum + each.length : sum), offset),
  };
}
