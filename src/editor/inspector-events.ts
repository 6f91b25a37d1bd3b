/**
 * The run's journal as the inspector's event list.
 *
 * In: journal entries of the session (`JournalEntry`, whose keys depend on the event). Out: events in the words of C and
 * of the protocols, the last `EVENTS` of them; a key that an entry lacks is left out of its line.
 */
import type { EventModel } from '../protocol/inspector-model';
import type { JournalEntry } from '../session/session-types';
import { packetEntryText } from '../session/value-packet';

/** Events that go to the view. */
const EVENTS = 400;

/** Noise for a reader: every blocking call sleeps, every boot switches. */
const LEFT_OUT: ReadonlySet<string> = new Set(['sleep']);

export function eventModels(journal: readonly JournalEntry[]): {
  readonly events: readonly EventModel[];
  readonly leftOff: number;
} {
  const told = journal.filter((entry) => !LEFT_OUT.has(entry.event));
  const shown = told.slice(-EVENTS);
  return { events: shown.map(eventModel), leftOff: told.length - shown.length };
}

const KINDS: Readonly<Record<string, EventModel['kind']>> = {
  call: 'call',
  return: 'return',
  printk: 'printk',
  packet: 'packet',
  state: 'state',
  switch: 'switch',
  fault: 'fault',
  expectation: 'expectation',
};

function eventModel(entry: JournalEntry): EventModel {
  const kind = KINDS[entry.event] ?? 'other';
  const { time, direction } = entry;
  return {
    clock: entry.clock,
    thread: entry.thread,
    kind,
    text: eventText(entry),
    ...(typeof time === 'number' ? { jiffies: time } : {}),
    ...(direction === 'in' || direction === 'out' ? { direction } : {}),
  };
}

function eventText(entry: JournalEntry): string {
  const word = (...keys: readonly string[]): string => {
    const found = keys.map((key) => entry[key]).find((value) => typeof value === 'string' || typeof value === 'number');
    return found === undefined ? '' : String(found);
  };
  const who = word('process');
  switch (entry.event) {
    case 'packet':
      return packetEntryText(entry) ?? word('text', 'summary');
    case 'call':
      return [who && `${who}:`, callText(word('text', 'name', 'function'))].filter(Boolean).join(' ');
    case 'return':
      return `${[who && `${who}:`, callText(word('text', 'name', 'function'))].filter(Boolean).join(' ')} = ${word('value')}`;
    case 'state':
      return `${word('what', 'name', 'path') || 'sk->state'}: ${word('from')} → ${word('to')}`;
    case 'switch':
      return `→ ${[word('process'), word('to') && `pid ${word('to')}`].filter(Boolean).join(' ')}`;
    case 'fault':
      return word('message', 'kind');
    case 'expectation':
      return word('message') || `${word('expected')} ≠ ${word('actual')}`;
    case 'printk':
      return word('text', 'message').trimEnd();
    default:
      return [entry.event, who, word('text', 'message', 'cache')].filter((part) => part !== '').join(' ');
  }
}

/** A call as the scenario writes it, without the result it expects. */
function callText(text: string): string {
  return text.replace(/\)\s*=\s*(-?\d|\?|0x).*$/s, ')');
}
