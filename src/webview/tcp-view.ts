/**
 * TCP's states: the diagram of RFC 793 (figure 6) with the states of the sockets that live now, and the sockets as a
 * list.
 *
 * In: the sockets' states. Out: a section. The list says all that the picture says, so the picture is one image to a
 * screen reader.
 */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { CardModel, InspectorModel, SocketStateModel } from '../protocol/inspector-model';
import { shortState, STATE_BOX, STATE_MOVES, STATE_PLACES } from '../views/state-diagram';
import type { SideSection } from './side-section';
import { fill, type Words } from './strings';
import { textOf } from './wording';

export const tcpSection: SideSection = {
  id: 'tcp',
  title: ({ words }) => words.tcpStates,
  of: ({ model }) => [model.sockets, ...halfOpenIn(model)],
  count: (model) => model.sockets.length + halfOpenIn(model).length,
  body: ({ words, model, onReveal }) => tcpView(words, model.sockets, halfOpenIn(model), onReveal),
};

function tcpView(
  words: Words,
  sockets: readonly SocketStateModel[],
  halfOpen: readonly CardModel[],
  onReveal: (card: string) => void,
): TemplateResult {
  if (sockets.length === 0) {
    return html`<p class="muted">${words.noSockets}</p>`;
  }
  const tcp = sockets.filter(({ protocol }) => protocol === 'TCP');
  const others = sockets.filter(({ protocol }) => protocol !== 'TCP');
  const list = (shown: readonly SocketStateModel[]): TemplateResult =>
    html`<ul class="sockets">
      ${shown.map((socket) => socketLine(words, socket, onReveal))}
    </ul>`;
  return html` ${tcp.length > 0 ? diagram(words, tcp, halfOpen.length) : nothing} ${list(tcp)}
  ${
    halfOpen.length === 0
      ? nothing
      : html`<ul class="sockets">
          ${halfOpen.map(
            ({ id, summary, title }) =>
              html`<li>
                <button class="link" @click=${() => onReveal(id)}>${summary ?? title}</button>
                <span class="muted">${words.halfOpen}</span>
                <strong>SYN_RECV</strong>
              </li>`,
          )}
        </ul>`
  }
  ${
    others.length === 0
      ? nothing
      : html`<h3 class="muted">${words.otherSockets}</h3>
          ${list(others)}`
  }`;
}

/** Connections whose SYN was answered and that have no sock yet. */
function halfOpenIn({ cards }: InspectorModel): readonly CardModel[] {
  return cards.filter(
    ({ kind, state, rows }) =>
      kind === 'request' && state !== 'freed' && rows.some(({ id, pointer }) => id === 'sk' && pointer === 0),
  );
}

function socketLine(words: Words, socket: SocketStateModel, onReveal: (card: string) => void): TemplateResult {
  const name = socket.name ? textOf(words, socket.name) : socket.title;
  const ends = [socket.local, socket.remote].filter((end) => end !== undefined).join(' ↔ ');
  return html` <li class=${socket.changed ? 'changed' : ''}>
    <button class="link" @click=${() => onReveal(socket.card)}>${name}</button>
    <span class="muted">${socket.protocol}</span>
    <strong>${shortState(socket.state)}</strong>
    ${socket.changed && socket.was ? html`<span class="was">${fill(words.was, shortState(socket.was))}</span>` : nothing}
    ${name.includes(ends) ? nothing : html`<span class="ends">${ends}</span>`}
  </li>`;
}

function diagram(words: Words, sockets: readonly SocketStateModel[], halfOpen: number): TemplateResult {
  const count = (state: string): number =>
    sockets.filter((socket) => socket.state === state).length + (state === 'TCP_SYN_RECV' ? halfOpen : 0);
  return html` <svg class="tcp-diagram" viewBox="8 0 304 190" role="img" aria-label=${words.tcpDiagram}>
    ${STATE_MOVES.map(([from, to]) => move(from, to, sockets))}
    ${Object.keys(STATE_PLACES).map((state) => box(state, count(state)))}
  </svg>`;
}

function placeOf(state: string): readonly [x: number, y: number] {
  return STATE_PLACES[state] ?? [0, 0];
}

function move(from: string, to: string, sockets: readonly SocketStateModel[]): SVGTemplateResult {
  const [x1, y1] = placeOf(from);
  const [x2, y2] = placeOf(to);
  const taken = sockets.some((socket) => socket.changed && socket.was === from && socket.state === to);
  return svg`<line class="move ${taken ? 'taken' : ''}" x1=${x1} y1=${y1} x2=${x2} y2=${y2}></line>`;
}

function box(state: string, count: number): SVGTemplateResult {
  const [x, y] = placeOf(state);
  // Beside the box, where there is room.
  const side = x > 200 ? -1 : 1;
  return svg`
    <g class="state ${count > 0 ? 'on' : ''}">
      <rect x=${x - STATE_BOX.width / 2} y=${y - STATE_BOX.height / 2} width=${STATE_BOX.width} height=${STATE_BOX.height} rx="3"></rect>
      <text x=${x} y=${y + 4} text-anchor="middle">${shortState(state)}</text>
      ${count > 1 ? svg`<text class="times" x=${x + side * (STATE_BOX.width / 2 + 3)} y=${y + 4} text-anchor=${side > 0 ? 'start' : 'end'}>×${count}</text>` : nothing}
    </g>`;
}
