/**
 * Why the machine stands still, what is about to run, and at the ends of a run what can be done next.
 *
 * In: the model's stop and statement. Out: a template.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { EventModel, InspectorModel, PlaceModel, StopModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import { fill, type Words } from './strings';
import { EVENT_ICONS, eventWord, reasonText, switchText, textOf } from './wording';

/** A call and a switch show in the stack. */
const OF_CALLS: ReadonlySet<EventModel['kind']> = new Set(['call', 'return', 'switch', 'fault', 'expectation']);

export interface StatementParts {
  readonly words: Words;
  readonly model: InspectorModel;
  readonly onReveal: (place: PlaceModel) => void;
}

export function statementView({ words, model, onReveal }: StatementParts): TemplateResult {
  const { statement, stop } = model;
  const next = nextText(words, stop);
  const bad = stop.reason === 'fault' || stop.expectation !== undefined;
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
    ${happeningNow(model).map((event) => happening(words, event))}
    ${next === undefined ? nothing : html`<p class="next"><span class="codicon codicon-lightbulb" aria-hidden="true"></span>${next}</p>`}
    ${statement ? html`<code class="code" aria-label=${words.statement}>${inC(statement.text)}</code>` : nothing}
  </div>`;
}

function happening(words: Words, { kind, text }: EventModel): TemplateResult {
  return html`<p class="happening">
    <span class="codicon codicon-${EVENT_ICONS[kind]}" aria-hidden="true"></span>
    ${kind === 'other' ? nothing : html`<span class="visually-hidden">${eventWord(words, kind)}</span>`}
    <span>${textOf(words, text)}</span>
  </p>`;
}

/** Of what is told beside calls, what is of this very moment; on the way of a drag the list is that of another one. */
function happeningNow({ events, stop, isPassing }: InspectorModel): readonly EventModel[] {
  return isPassing ? [] : events.filter(({ clock, kind }) => clock === stop.clock && !OF_CALLS.has(kind)).slice(0, 2);
}

/** Where a beginner does not know how to go on. */
function nextText(words: Words, { reason, clock, frontier, expectation }: StopModel): string | undefined {
  if (expectation) {
    return words.nextAtFault;
  }
  switch (reason) {
    case 'entry':
      return words.nextAtEntry;
    case 'end':
      return clock >= frontier ? words.nextAtEnd : undefined;
    case 'start':
      return words.nextAtStart;
    case 'fault':
      return words.nextAtFault;
    default:
      return undefined;
  }
}

/** `af_inet.c:402`. */
export function place({ path, line }: PlaceModel): string {
  return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}
