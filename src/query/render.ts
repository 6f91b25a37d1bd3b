/**
 * Turns hovers and notes into text for the language that the reader chose. In: plain data of `query-types.ts`. Out:
 * markdown for the editor (notes come from files that people write, so nothing in them is taken as HTML, and as little
 * as possible as markup), or plain text for the command line and screen readers.
 */
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
  return [heading, ...texts, ...sourceLine(note, language).map((line) => `*${escapeMarkdown(line)}*`)].join('\n\n');
}

/** Plain text of one note, a line for each language. */
export function notePlain(note: Note, language: Language): string {
  return [oneLine(note.title, language), ...textsIn(note.text, language), ...sourceLine(note, language)].join('\n');
}

function sourceLine(note: Note, language: Language): string[] {
  return note.source.length === 0 ? [] : [`${oneLine(words.source, language)}: ${note.source.join('; ')}`];
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
