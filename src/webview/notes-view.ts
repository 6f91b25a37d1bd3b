/**
 * The notes on the next statement, whole.
 *
 * In: the model's notes, the language they are read in. Out: a section. Notes are plain text with C between backticks:
 * nothing in them is taken for HTML.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { NoteLanguage, NoteModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import type { SideSection, SideView } from './side-section';
import { fill, type Words } from './strings';

export const notesSection: SideSection = {
  id: 'notes',
  title: ({ words }) => words.notes,
  of: ({ model }) => [model.notes],
  count: ({ notes }) => notes.length,
  body: notesView,
};

function notesView({ words, model, notes }: SideView): TemplateResult {
  return html`<div class="notes">
    ${
      model.notes.length === 0
        ? html`<p class="muted">${words.noNote}</p>`
        : model.notes.map((note) => noteView(words, note, notes))
    }
  </div>`;
}

export function noteView(words: Words, note: NoteModel, notes: NoteLanguage): TemplateResult {
  const text = (language: 'en' | 'zh'): TemplateResult =>
    html` <div class="note-text" lang=${language === 'zh' ? 'zh-CN' : 'en'}>
      ${note.title?.[language] ? html`<strong>${withCode(note.title[language])}</strong> ` : nothing}${withCode(note[language])}
    </div>`;
  return html` <section class="note" aria-label=${words.notes}>
    ${notes === 'en' ? nothing : text('zh')} ${notes === 'zh' ? nothing : text('en')}
    ${note.source ? html`<p class="note-source">${fill(words.source, note.source)}</p>` : nothing}
  </section>`;
}

/** Code of so many letters stands in one line. */
const LONGEST = 28;

/** What stands between backticks as code; a backtick without a second one stays as it is. */
function withCode(text: string): (string | TemplateResult)[] {
  return text.split(/(`[^`\n]+`)/).map((part) => (/^`.+`$/.test(part) ? code(part.slice(1, -1)) : part));
}

function code(text: string): TemplateResult {
  return text.length > LONGEST ? html`<code>${inC(text)}</code>` : html`<code class="piece">${text}</code>`;
}
