/**
 * What is about to run, and the note on it.
 *
 * In: the model's stop, statement and notes; the language of the notes. Out: a template. Notes are plain text with C
 * between backticks: nothing in them is taken for HTML.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { InspectorModel, NoteLanguage, NoteModel, PlaceModel } from '../protocol/inspector-model';
import { fill, type Words } from './strings';
import { reasonText, switchText } from './wording';

export interface StatementParts {
  readonly words: Words;
  readonly model: InspectorModel;
  readonly notes: NoteLanguage;
  readonly onReveal: (place: PlaceModel) => void;
}

export function statementView({ words, model, notes, onReveal }: StatementParts): TemplateResult {
  const { statement, stop } = model;
  const bad = stop.reason === 'fault' || stop.reason === 'expectation';
  return html` <div class="statement">
    <p class="reason ${bad ? 'bad' : ''}">
      ${bad ? html`<span class="codicon codicon-error" aria-hidden="true"></span>` : nothing}
      <span>${reasonText(words, stop)}</span>
      ${
        statement
          ? html`<button
              class="link"
              title=${fill(words.showSource, place(statement.place))}
              @click=${() => onReveal(statement.place)}
            >
              ${statement.function} · ${place(statement.place)}
            </button>`
          : nothing
      }
      ${stop.switched ? html`<span class="switched"><span class="codicon codicon-arrow-swap" aria-hidden="true"></span>${switchText(words, stop)}</span>` : nothing}
    </p>
    ${statement ? html`<code class="code" aria-label=${words.statement}>${statement.text}</code>` : nothing}
    ${statement ? html`<div class="notes">${model.notes.length === 0 ? html`<p class="muted">${words.noNote}</p>` : model.notes.map((note) => noteView(words, note, notes))}</div>` : nothing}
  </div>`;
}

function noteView(words: Words, note: NoteModel, notes: NoteLanguage): TemplateResult {
  const text = (language: 'en' | 'zh'): TemplateResult =>
    html` <div class="note-text" lang=${language === 'zh' ? 'zh-CN' : 'en'}>
      ${note.title?.[language] ? html`<strong>${withCode(note.title[language])}</strong> ` : nothing}${withCode(note[language])}
    </div>`;
  return html` <section class="note" aria-label=${words.notes}>
    ${notes === 'en' ? nothing : text('zh')} ${notes === 'zh' ? nothing : text('en')}
    ${note.source ? html`<p class="note-source">${fill(words.source, note.source)}</p>` : nothing}
  </section>`;
}

/** What stands between backticks as code; a backtick without a second one stays as it is. */
function withCode(text: string): (string | TemplateResult)[] {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`.+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part));
}

/** `af_inet.c:402`. */
export function place({ path, line }: PlaceModel): string {
  return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}
