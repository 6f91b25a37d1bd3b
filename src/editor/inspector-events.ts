/**
 * The run's journal as the inspector's event list.
 *
 * In: journal entries of the session, and its words for one. Out: events with their lines in both languages, the last `EVENTS` of them.
 */
import type { Bilingual } from '../base/bilingual';
import type { EventModel } from '../protocol/inspector-model';
import type { JournalEntry } from '../facade/session';

/** Events that go to the view. */
const EVENTS = 400;

/** Noise for a reader: every blocking call sleeps, every boot switches. */
const LEFT_OUT: ReadonlySet<string> = new Set(['sleep']);

/** Entries that have been put into words: from stop to stop they stay the same. */
export type KnownEvents = WeakMap<JournalEntry, EventModel>;

export function eventModels(
  journal: readonly JournalEntry[],
  textOf: (entry: JournalEntry) => Bilingual,
  known: KnownEvents = new WeakMap(),
): {
  readonly events: readonly EventModel[];
  readonly leftOff: number;
} {
  const told = journal.filter((entry) => !LEFT_OUT.has(entry.event));
  const shown = told.slice(-EVENTS);
  const modelOf = (entry: JournalEntry): EventModel => {
    const model = known.get(entry) ?? eventModel(entry, textOf);
    known.set(entry, model);
    return model;
  };
  return { events: shown.map(modelOf), leftOff: told.length - shown.length };
}

const KINDS: ReadonlySet<string> = new Set<EventModel['kind']>([
  'call',
  'return',
  'printk',
  'packet',
  'state',
  'switch',
  'fault',
  'expectation',
]);

function eventModel(entry: JournalEntry, textOf: (entry: JournalEntry) => Bilingual): EventModel {
  return {
    clock: entry.clock,
    thread: entry.thread,
    kind: KINDS.has(entry.event) ? (entry.event as EventModel['kind']) : 'other',
    text: textOf(entry),
    ...('uptime' in entry ? { microseconds: entry.uptime } : {}),
    ...(entry.event === 'packet' ? { direction: entry.direction } : {}),
  };
}
