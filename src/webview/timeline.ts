/**
 * The time line: a slider over the statements of the run, with marks where something happened; play both ways.
 *
 * In: the model's stop and events. Out: a template; the run follows the slider while it moves. Marks are told apart by shape as
 * well as colour.
 */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import type { EventModel, InspectorModel } from '../protocol/inspector-model';
import { PACES, type Player } from './player';
import { fill, type Words } from './strings';
import { button } from './toolbar';
import { grouped, momentText, timeText } from './wording';

/** Marks drawn at most: two on one pixel say no more than one. */
const MARKS = 240;

export interface TimelineParts {
  readonly words: Words;
  readonly model: InspectorModel;
  /** A command runs that did not begin here. */
  readonly running: boolean;
  /** The moment that is on its way. */
  readonly goal: number | undefined;
  readonly onTravel: (clock: number) => void;
  readonly player: Pick<Player, 'direction' | 'pace'>;
  readonly onPlay: (direction: 1 | -1 | undefined) => void;
  readonly onPace: (pace: number) => void;
}

export function timeline(parts: TimelineParts): TemplateResult {
  const { words, model, running, goal, onTravel } = parts;
  const { stop } = model;
  const past = stop.clock < stop.frontier;
  const time = timeText(words, stop);
  return html` <div class="timeline ${past ? 'in-past' : ''}">
    <span class="limit" title=${words.oldest}>${grouped(stop.oldest)}</span>
    <span class="track">
      <svg class="marks" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        ${guard([model.events, stop.oldest, stop.frontier], () => marks(model))}
      </svg>
      <input
        type="range"
        aria-label=${words.timeline}
        aria-valuetext=${momentText(words, stop)}
        min=${stop.oldest}
        max=${Math.max(stop.frontier, stop.oldest + 1)}
        step="1"
        .value=${live(String(goal ?? stop.clock))}
        ?disabled=${running || stop.frontier <= stop.oldest}
        title=${fill(words.statementOf, grouped(stop.clock), grouped(stop.frontier))}
        @input=${(event: Event) => onTravel(Number((event.target as HTMLInputElement).value))}
      />
    </span>
    <span class="limit" title=${words.frontier}>${grouped(stop.frontier)}</span>
    <span class="moment"
      >${past ? html`<span class="codicon codicon-history" aria-hidden="true"></span>` : nothing}${momentText(words, stop)}</span
    >
    ${time === undefined ? nothing : html`<span class="muted time" title=${words.virtualTimeAbout}>${time}</span>`}
    ${playing(parts)}
  </div>`;
}

/** Play both ways, and how fast. */
function playing({ words, model: { stop }, running, player, onPlay, onPace }: TimelineParts): TemplateResult {
  const play = (direction: 1 | -1): TemplateResult => {
    const isOn = player.direction === direction;
    const off = !isOn && (running || (direction < 0 && stop.clock <= stop.oldest));
    const label = isOn ? words.endPlaying : direction > 0 ? words.play : words.playBack;
    const icon = isOn ? 'debug-stop' : 'play';
    const onClick = (): void => onPlay(isOn ? undefined : direction);
    return button({ icon, label, off, flipped: direction < 0, onClick });
  };
  return html`<span class="playing">
    ${play(-1)} ${play(1)}
    <select
      aria-label=${words.pace}
      title=${words.pace}
      @change=${(event: Event) => onPace(Number((event.target as HTMLSelectElement).value))}
    >
      ${PACES.map((pace) => html`<option value=${pace} ?selected=${pace === player.pace}>${fill(words.paceOf, pace)}</option>`)}
    </select>
  </span>`;
}

function marks({ stop, events }: InspectorModel): readonly SVGTemplateResult[] {
  const span = Math.max(stop.frontier - stop.oldest, 1);
  const seen = new Set<string>();
  const drawn: SVGTemplateResult[] = [];
  for (const event of events) {
    const x = Math.round(((event.clock - stop.oldest) / span) * 1000);
    const key = `${event.kind} ${Math.round(x / 4)}`;
    if (event.kind !== 'return' && x >= 0 && drawn.length < MARKS && !seen.has(key)) {
      seen.add(key);
      drawn.push(mark(event, x));
    }
  }
  return drawn;
}

function mark({ kind }: EventModel, x: number): SVGTemplateResult {
  switch (kind) {
    case 'packet':
      return svg`<path class="mark packet" d="M ${x - 3} 9 L ${x} 1 L ${x + 3} 9 z"></path>`;
    case 'state':
      return svg`<path class="mark state" d="M ${x} 0 L ${x + 3} 5 L ${x} 10 L ${x - 3} 5 z"></path>`;
    case 'fault':
    case 'expectation':
      return svg`<path class="mark fault" d="M ${x - 2} 0 h 4 v 10 h -4 z"></path>`;
    default:
      return svg`<path class="mark other" d="M ${x - 1} 3 h 2 v 7 h -2 z"></path>`;
  }
}
