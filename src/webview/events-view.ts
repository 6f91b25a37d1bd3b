/**
 * The event list: system calls, packets, messages, states; a click travels to the moment.
 *
 * In: the model's events (oldest first), which kinds are hidden, how many to list. Out: a section, newest first. Long
 * lists come in pages, so a long run costs no more to draw than a short one.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { SideSection, SideView } from './side-section';
import { fill } from './strings';
import { EVENT_ICONS, eventWord, grouped, lineIn } from './wording';

/** Events listed while one drags through the run. */
const HURRIED = 12;

export const eventsSection: SideSection = {
  id: 'events',
  title: ({ words }) => words.events,
  of: ({ model: { events, eventsLeftOff, stop }, events: { hidden, limit } }) => {
    // Most steps lead past no event.
    const past = events.filter(({ clock }) => clock <= stop.clock).length;
    return [events, eventsLeftOff, past, hidden, limit];
  },
  count: ({ events, eventsLeftOff }) => events.length + eventsLeftOff,
  body: eventsView,
};

function eventsView({
  words,
  model,
  notes,
  onTravel,
  isHurried,
  events: { hidden, limit, onMore, onFilter },
}: SideView): TemplateResult {
  const kinds = [...new Set(model.events.map((event) => event.kind))];
  const listed = model.events.filter((event) => !hidden.has(event.kind)).reverse();
  const newest = listed.findIndex((event) => event.clock <= model.stop.clock);
  if (model.events.length === 0) {
    return html`<p class="muted">${words.noEvents}</p>`;
  }
  return html` <fieldset class="filters">
      <legend class="visually-hidden">${words.filterEvents}</legend>
      ${kinds.map((kind) => html`<label><input type="checkbox" .checked=${!hidden.has(kind)} @change=${(event: Event) => onFilter(kind, (event.target as HTMLInputElement).checked)} />${eventWord(words, kind)}</label>`)}
    </fieldset>
    <ol class="events">
      ${listed.slice(0, isHurried ? HURRIED : limit).map(
        (event, index) =>
          html` <li class="event ${event.kind} ${event.clock > model.stop.clock ? 'future' : ''}">
            <button
              class="row-button"
              aria-current=${index === newest ? 'step' : 'false'}
              title=${fill(words.travelToEvent, grouped(event.clock))}
              @click=${() => onTravel(event.clock)}
            >
              <span class="codicon codicon-${EVENT_ICONS[event.kind]}" aria-hidden="true"></span>
              <span class="visually-hidden">${eventWord(words, event.kind)}</span>
              <span class="clock">${grouped(event.clock)}</span>
              <span class="text"
                >${event.direction ? html`<span class="direction">${event.direction === 'in' ? '◂' : '▸'}</span>` : nothing}${lineIn(event.text, notes)}</span
              >
            </button>
          </li>`,
      )}
    </ol>
    ${listed.length > limit ? html`<button class="link" @click=${onMore}>${fill(words.showMore, Math.min(listed.length - limit, limit))}</button>` : nothing}
    ${model.eventsLeftOff > 0 ? html`<p class="muted">${fill(words.eventsLeftOff, model.eventsLeftOff)}</p>` : nothing}`;
}
