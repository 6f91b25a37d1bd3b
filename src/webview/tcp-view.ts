/**
 * TCP's states: the diagram of RFC 793 (figure 6) with the states of the sockets that live now, and the sockets as a
 * list.
 *
 * In: the sockets' states. Out: a section. The list says all that the picture says, so the picture is one image to a
 * screen reader.
 */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { SocketStateModel } from '../protocol/inspector-model';
import type { SideSection } from './side-section';
import { fill, type Words } from './strings';

/** Centre of each state's box. */
const PLACES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  TCP_CLOSE: [160, 12],
  TCP_LISTEN: [54, 40],
  TCP_SYN_SENT: [266, 40],
  TCP_SYN_RECV: [54, 74],
  TCP_ESTABLISHED: [160, 96],
  TCP_FIN_WAIT1: [54, 122],
  TCP_CLOSE_WAIT: [266, 122],
  TCP_FIN_WAIT2: [54, 158],
  TCP_CLOSING: [160, 140],
  TCP_LAST_ACK: [266, 158],
  TCP_TIME_WAIT: [160, 178],
};
const MOVES: readonly (readonly [from: string, to: string])[] = [
  ['TCP_CLOSE', 'TCP_LISTEN'],
  ['TCP_CLOSE', 'TCP_SYN_SENT'],
  ['TCP_LISTEN', 'TCP_SYN_RECV'],
  ['TCP_SYN_SENT', 'TCP_ESTABLISHED'],
  ['TCP_SYN_SENT', 'TCP_SYN_RECV'],
  ['TCP_SYN_RECV', 'TCP_ESTABLISHED'],
  ['TCP_SYN_RECV', 'TCP_FIN_WAIT1'],
  ['TCP_ESTABLISHED', 'TCP_FIN_WAIT1'],
  ['TCP_ESTABLISHED', 'TCP_CLOSE_WAIT'],
  ['TCP_FIN_WAIT1', 'TCP_FIN_WAIT2'],
  ['TCP_FIN_WAIT1', 'TCP_CLOSING'],
  ['TCP_FIN_WAIT2', 'TCP_TIME_WAIT'],
  ['TCP_CLOSING', 'TCP_TIME_WAIT'],
  ['TCP_CLOSE_WAIT', 'TCP_LAST_ACK'],
];
const WIDTH = 84;
const HEIGHT = 18;

export const tcpSection: SideSection = {
  id: 'tcp',
  title: ({ words }) => words.tcpStates,
  count: ({ sockets }) => sockets.length,
  body: ({ words, model, onReveal }) => tcpView(words, model.sockets, onReveal),
};

function tcpView(words: Words, sockets: readonly SocketStateModel[], onReveal: (card: string) => void): TemplateResult {
  if (sockets.length === 0) {
    return html`<p class="muted">${words.noSockets}</p>`;
  }
  const tcp = sockets.filter((socket) => socket.protocol === 'TCP');
  return html` ${tcp.length > 0 ? diagram(words, tcp) : nothing}
    <ul class="sockets">
      ${sockets.map(
        (socket) =>
          html` <li class=${socket.changed ? 'changed' : ''}>
            <button class="link" @click=${() => onReveal(socket.card)}>${socket.title}</button>
            <span class="muted">${socket.protocol}</span>
            <strong>${socket.state.replace(/^TCP_/, '')}</strong>
            ${socket.changed && socket.was ? html`<span class="was">${fill(words.was, socket.was.replace(/^TCP_/, ''))}</span>` : nothing}
            <span class="ends">${[socket.local, socket.remote].filter((end) => end !== undefined).join(' ↔ ')}</span>
          </li>`,
      )}
    </ul>`;
}

function diagram(words: Words, sockets: readonly SocketStateModel[]): TemplateResult {
  return html` <svg class="tcp-diagram" viewBox="0 0 320 190" role="img" aria-label=${words.tcpDiagram}>
    ${MOVES.map(([from, to]) => move(from, to, sockets))}
    ${Object.keys(PLACES).map((state) => box(state, sockets.filter((socket) => socket.state === state).length))}
  </svg>`;
}

function placeOf(state: string): readonly [x: number, y: number] {
  return PLACES[state] ?? [0, 0];
}

function move(from: string, to: string, sockets: readonly SocketStateModel[]): SVGTemplateResult {
  const [x1, y1] = placeOf(from);
  const [x2, y2] = placeOf(to);
  const taken = sockets.some((socket) => socket.changed && socket.was === from && socket.state === to);
  return svg`<line class="move ${taken ? 'taken' : ''}" x1=${x1} y1=${y1} x2=${x2} y2=${y2}></line>`;
}

function box(state: string, count: number): SVGTemplateResult {
  const [x, y] = placeOf(state);
  return svg`
    <g class="state ${count > 0 ? 'on' : ''}">
      <rect x=${x - WIDTH / 2} y=${y - HEIGHT / 2} width=${WIDTH} height=${HEIGHT} rx="3"></rect>
      <text x=${x} y=${y + 3.5} text-anchor="middle">${state.replace(/^TCP_/, '')}${count > 1 ? ` ×${count}` : ''}</text>
    </g>`;
}
