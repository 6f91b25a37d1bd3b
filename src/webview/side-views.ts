/**
 * The smaller lists beside the graph: changes, processes, call stack.
 *
 * In: the model, callbacks. Out: sections.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChangeModel, FrameModel, InspectorModel, PlaceModel, ThreadModel } from '../protocol/inspector-model';
import { pieces } from './card-rows';
import type { SideSection, SideView } from './side-section';
import { place } from './statement-view';
import { fill, type Words } from './strings';
import { textOf, threadWord, valueText } from './wording';

/** Changes listed; a long move changes more than anyone reads. */
const CHANGES = 40;
/** While one drags through the run: as many as are in sight. */
const HURRIED_CHANGES = 12;

/** Letters that fit in a line of the list. */
const LONGEST_PIECE = 26;

export const changesSection: SideSection = {
  id: 'changes',
  title: ({ words }) => words.changes,
  of: ({ model }) => [model.changes],
  count: ({ changes }) => changes.length,
  body: changesView,
};

function changesView({ words, model: { changes }, say, onReveal, isHurried }: SideView): TemplateResult {
  const most = isHurried ? HURRIED_CHANGES : CHANGES;
  if (changes.length === 0) {
    return html`<p class="muted">${words.noChanges}</p>`;
  }
  const path = ({ card, row, path: member, socket }: ChangeModel): TemplateResult => {
    // A way in C goes on in the next line behind an arrow or a dot, never within an arrow.
    const inC = pieces(member).map(
      (piece) => html`<span class=${piece.length > LONGEST_PIECE ? '' : 'piece'}>${piece}</span><wbr />`,
    );
    const name = socket ? html`${say(socket)}: ${inC}` : inC;
    return card === undefined
      ? html`<span class="path">${name}</span>`
      : html`<button class="link path" @click=${() => onReveal(card, row)}>${name}</button>`;
  };
  return html` <ul class="changes">
      ${changes.slice(0, most).map((change) => html`<li>${path(change)} <span class="from">${valueText(words, change.from)}</span> <span class="arrow" aria-hidden="true">→</span> <span class="to">${valueText(words, change.to)}</span></li>`)}
    </ul>
    ${changes.length > most ? html`<p class="muted">${fill(words.moreElements, changes.length - most)}</p>` : nothing}`;
}

export const threadsSection: SideSection = {
  id: 'threads',
  title: ({ words }) => words.threads,
  of: ({ model }) => [model.threads],
  count: ({ threads }) => threads.length,
  body: ({ words, model, onThread }) => threadsView(words, model, onThread),
};

const THREAD_ICONS: Readonly<Record<ThreadModel['state'], string>> = {
  running: 'play',
  ready: 'clock',
  sleeping: 'debug-pause',
  woken: 'bell',
  idle: 'circle-large-outline',
  exited: 'circle-slash',
};

function threadsView(words: Words, { threads }: InspectorModel, onSelect: (thread: number) => void): TemplateResult {
  return html` <ul class="threads">
    ${threads.map((thread) => threadItem(words, thread, onSelect))}
  </ul>`;
}

function threadItem(words: Words, thread: ThreadModel, onSelect: (thread: number) => void): TemplateResult {
  const name = textOf(words, thread.name);
  return html` <li class=${thread.current ? 'current' : ''}>
    <button
      class="link"
      aria-current=${thread.current ? 'true' : 'false'}
      aria-label=${fill(words.selectThread, name)}
      title=${fill(words.selectThread, name)}
      @click=${() => onSelect(thread.id)}
    >
      <span class="codicon codicon-${THREAD_ICONS[thread.state]}" aria-hidden="true"></span>${name}
    </button>
    <span class="muted">pid ${thread.pid} · ${threadWord(words, thread)}</span>
    ${thread.call ? html`<code>${thread.call}</code>` : nothing}
  </li>`;
}

export const stackSection: SideSection = {
  id: 'stack',
  title: ({ words }) => words.stack,
  of: ({ model }) => [model.stack],
  count: ({ stack }) => stack.length,
  body: ({ words, model, onSource }) => stackView(words, model, onSource),
};

const CONTEXTS: Readonly<Partial<Record<NonNullable<FrameModel['context']>, keyof Words>>> = {
  interrupt: 'contextInterrupt',
  boot: 'contextBoot',
};
const KINDS: Readonly<Partial<Record<FrameModel['kind'], keyof Words>>> = {
  service: 'kindService',
  missing: 'kindMissing',
  refused: 'kindRefused',
};

function stackView(words: Words, { stack }: InspectorModel, onReveal: (place: PlaceModel) => void): TemplateResult {
  const badge = (key: keyof Words | undefined): TemplateResult | typeof nothing =>
    key === undefined ? nothing : html`<span class="badge">${words[key]}</span>`;
  const placed = (name: string, at: PlaceModel): TemplateResult =>
    html`<button class="link" title=${fill(words.showSource, place(at))} @click=${() => onReveal(at)}>${name}</button>
      <span class="muted">${place(at)}</span>`;
  return html` <ol class="stack">
    ${stack.map(
      (frame, index) =>
        html` <li class=${index === 0 ? 'current' : ''}>
          ${frame.place ? placed(frame.function, frame.place) : html`<span>${frame.function}</span>`}
          ${frame.socket ? html`<span class="socket-name">${textOf(words, frame.socket)}</span>` : nothing}
          ${badge(KINDS[frame.kind])} ${badge(frame.context && CONTEXTS[frame.context])}
        </li>`,
    )}
  </ol>`;
}
