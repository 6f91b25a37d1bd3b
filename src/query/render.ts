/**
 * Turns hovers and notes into text for the language that the reader chose. In: plain data of `query-types.ts`. Out:
 * markdown for the editor (notes come from files that people write, so nothing in them is taken as HTML, and as little
 * as possible as markup), or plain text for the command line and screen readers.
 */
import type { Bilingual } from '../base/bilingual';
import { oneLine, textsIn, type Language } from '../catalog/language';
import type { Hover, HoverPart, Note } from './query-types';
import { words } from './words';

/** Markdown of a hover, parts separated by blank lines. */
export function hoverMarkdown(hover: Hover, language: Language): string {
  return hover.parts.map((part) => partMarkdown(part, language)).join('\n\n');
}

/** Plain text of a hover. */
export function hoverPlain(hover: Hover, language: Language): string {
  return hover.parts.map((part) => partPlain(part, language)).join('\n');
}

/** Markdown of one note: heading, text in each chosen language, sources. */
function noteMarkdown(note: Note, language: Language): string {
  const heading = `**${escapeMarkdown(oneLine(note.title, language))}**`;
  const texts = textsIn(note.text, language).map(escapeMarkdown);
  const picture = note.picture === undefined ? [] : [`\`\`\`text\n${note.picture.replaceAll('```', "'''")}\n\`\`\``];
  const further = furtherLines(note, language).map((line) => `*${escapeMarkdown(line)}*`);
  return [heading, ...texts, ...picture, ...further].join('\n\n');
}

/** Plain text of one note, a line for each language. */
export function notePlain(note: Note, language: Language): string {
  return [
    oneLine(note.title, language),
    ...textsIn(note.text, language),
    ...(note.picture === undefined ? [] : [note.picture]),
    ...furtherLines(note, language),
  ].join('\n');
}

/** At most so many moments are named; `annotations --check` plays them all. */
const mostMoments = 4;

/** Where to go on: whose part it is, the code, the moments of scenarios, related notes, sources. */
function furtherLines(note: Note, language: Language): string[] {
  const line = (label: Bilingual, items: readonly string[] = []): string[] =>
    items.length === 0 ? [] : [`${oneLine(label, language)}: ${items.join('; ')}`];
  const moments = note.moments?.slice(0, mostMoments).map(({ scenario, at }) => `${scenario}, ${at}`);
  return [
    ...line(words.partOf, note.partOf === undefined ? [] : [note.partOf]),
    ...line(words.inCode, note.code),
    ...line(words.inRuns, [...new Set(moments)]),
    ...line(
      words.related,
      note.related?.map(({ id, title }) => `${oneLine(title, language)} (${id})`),
    ),
    ...line(words.source, note.source),
  ];
}

function partMarkdown(part: HoverPart, language: Language): string {
  switch (part.kind) {
    case 'code':
      return `\`\`\`c\n${part.text.replaceAll('```', "'''")}\n\`\`\``;
    case 'text':
      return textsIn(part.text, language).map(escapeMarkdown).join('\n\n');
    case 'facts':
      return part.items
        .map(({ label, value }) => `${oneLine(label, language)}: ${escapeMarkdown(oneLine(value, language))}`)
        .join('  \n');
    case 'note':
      return noteMarkdown(part.note, language);
  }
}

function partPlain(part: HoverPart, language: Language): string {
  switch (part.kind) {
    case 'code':
      return part.text;
    case 'text':
      return textsIn(part.text, language).join('\n');
    case 'facts':
      return part.items
        .map(({ label, value }) => `${oneLine(label, language)}: ${oneLine(value, language)}`)
        .join('\n');
    case 'note':
      return notePlain(part.note, language);
  }
}

/**
 * Keeps `code` spans, which notes use for C names; everything else that markdown or HTML would take as markup is
 * escaped.
 */
function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\*_{}[\]<>#|~`]/g, '\\$&')))
    .join('');
}
