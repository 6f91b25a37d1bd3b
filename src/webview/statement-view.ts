/**
 * Why the machine stands still, what is about to run, and at the ends of a run what can be done next.
 *
 * In: the model's stop and statement. Out: a template.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { InspectorModel, PlaceModel, StopModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import { fill, type Words } from './strings';
import { reasonText, switchText } from './wording';

export interface StatementParts {
  readonly words: Words;
  readonly model: InspectorModel;
  readonly onReveal: (place: PlaceModel) => void;
}

export function statementView({ words, model, onReveal }: StatementParts): TemplateResult {
  const { statement, stop } = model;
  const next = nextText(words, stop);
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
    ${next === undefined ? nothing : html`<p class="next"><span class="codicon codicon-lightbulb" aria-hidden="true"></span>${next}</p>`}
    ${statement ? html`<code class="code" aria-label=${words.statement}>${inC(statement.text)}</code>` : nothing}
  </div>`;
}

/** Where a beginner does not know how to go on. */
function nextText(words: Words, { reason, clock, frontier }: StopModel): string | undefined {
  switch (reason) {
    case 'entry':
      return words.nextAtEntry;
    case 'end':
      return clock >= frontier ? words.nextAtEnd : undefined;
    case 'start':
      return words.nextAtStart;
    case 'fault':
    case 'expectation':
      return words.nextAtFault;
    default:
      return undefined;
  }
}

/** `af_inet.c:402`. */
export function place({ path, line }: PlaceModel): string {
  return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}
