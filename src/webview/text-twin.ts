/**
 * Everything shown, as indented text: what "copy as text" puts on the clipboard.
 *
 * In: a model, the language's strings. Out: lines. The same words as the labels of the tree view.
 */
import type {
  FrameModel,
  InspectorModel,
  NoteLanguage,
  SocketStateModel,
  ThreadModel,
} from '../protocol/inspector-model';
import { fill, type Words } from './strings';
import {
  cardText,
  changeText,
  eventWord,
  grouped,
  hexText,
  listed,
  momentText,
  reasonText,
  rowText,
  textOf,
  threadWord,
} from './wording';

/** Events told, the newest. */
const EVENTS = 30;

export function textTwin(words: Words, model: InspectorModel, notes: NoteLanguage): string {
  const { statement } = model;
  const lines = [`${reasonText(words, model.stop)} · ${momentText(words, model.stop)}`];
  if (statement) {
    lines.push(`${statement.place.path}:${statement.place.line} ${statement.function}: ${statement.text}`);
  }
  for (const note of model.notes) {
    lines.push(
      ...(notes === 'en' ? [note.en] : notes === 'zh' ? [note.zh] : [note.zh, note.en]).map((text) =>
        text.replaceAll('`', ''),
      ),
    );
  }
  lines.push('', `${words.changes}:`);
  lines.push(
    ...(model.changes.length === 0
      ? [`  ${words.noChanges}`]
      : model.changes.map((change) => `  ${changeText(words, change)}`)),
  );
  lines.push('', `${words.threads}:`, ...model.threads.map((thread) => `  ${threadText(words, thread)}`));
  if (model.stack.length > 0) {
    lines.push('', `${words.stack}:`, ...model.stack.map((frame) => `  ${frameText(words, frame)}`));
  }
  if (model.sockets.length > 0) {
    lines.push('', `${words.tcpStates}:`, ...model.sockets.map((socket) => `  ${socketText(words, socket)}`));
  }
  for (const card of model.cards) {
    lines.push('', `${cardText(words, card)} @ ${hexText(card.address)}`);
    lines.push(...card.rows.map((row) => `  ${rowText(words, row)}`));
    if (card.hiddenRows > 0) {
      lines.push(`  (${fill(words.hiddenFields, card.hiddenRows)})`);
    }
  }
  const past = model.events.filter(({ clock }) => clock <= model.stop.clock);
  if (past.length > 0) {
    lines.push('', `${words.events}:`);
    lines.push(
      ...past
        .slice(-EVENTS)
        .map((event) => `  ${grouped(event.clock)} ${eventWord(words, event.kind)}: ${textOf(words, event.text)}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** `client :32768: TCP, TCP_ESTABLISHED, 127.0.0.1:32768 ↔ 127.0.0.1:8080`. */
function socketText(words: Words, { name, title, protocol, state, local, remote }: SocketStateModel): string {
  const ends = [local, remote].filter((end) => end !== undefined).join(' ↔ ');
  return `${name ? textOf(words, name) : title}: ${listed(words, [protocol, state, ends])}`;
}

/** `tcp_rcv_established, client :32768, net/ipv4/tcp_input.c:31`. */
function frameText(words: Words, { function: name, place, socket }: FrameModel): string {
  const where = place && `${place.path}:${place.line}`;
  return listed(words, [name, socket && textOf(words, socket), where]);
}

/** `A (pid 100): sleeping in wait_for_connect, accept(3, ..., ...)`. */
function threadText(words: Words, thread: ThreadModel): string {
  const { name, pid, call } = thread;
  return `${textOf(words, name)} (pid ${pid}): ${listed(words, [threadWord(words, thread), call])}`;
}
