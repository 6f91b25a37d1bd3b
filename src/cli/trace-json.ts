/**
 * A trace as JSON, one object a line. A statement is `{statement, process, pid, time, function, file, line, column,
 * text, note?, notes?, changes}` where `statement` counts from 1, `time` is virtual seconds, `note` is the text in both
 * languages of all its notes; an event is `{event, clock, process, …}` with what the event brings.
 */
import type { Note } from '../query/query-types';
import { packetEntryText } from '../session/value-packet';
import type { Traced, TracedEvent, TracedStatement } from './trace';
import { hexText } from './value-text';

/** One line of output. */
export function tracedJson(traced: Traced): object {
  return traced.kind === 'statement' ? statementJson(traced) : eventJson(traced);
}

function statementJson(traced: TracedStatement): object {
  const { clock, process, pid, time, file, line, column, text, notes, changes } = traced;
  return {
    statement: clock,
    process,
    pid,
    time,
    function: traced.function,
    file,
    line,
    column,
    text,
    ...(notes.length > 0
      ? {
          note: { en: joined(notes, 'en'), zh: joined(notes, 'zh') },
          notes: notes.map(({ id, title, source }) => ({ id, title, source })),
        }
      : {}),
    changes: changes.map(({ path, from, to }) => ({ path, from, to })),
  };
}

function joined(notes: readonly Note[], language: 'en' | 'zh'): string {
  return notes.map((note) => note.text[language]).join('\n');
}

/** What an event brings, as JSON can hold it: packets with a line of text and their bytes in hex. */
export function eventJson({ event, clock, process, entry }: TracedEvent): object {
  const plain: Record<string, unknown> = { event, clock, process };
  for (const [key, value] of Object.entries(entry)) {
    if (key === 'event' || key === 'clock' || key === 'thread' || key === 'task') {
      continue;
    }
    plain[key] = value instanceof Uint8Array ? hexText(value) : typeof value === 'bigint' ? String(value) : value;
  }
  plain['text'] ??= packetEntryText(entry);
  // A system call's own entry and return name the C function that serves it, as those of other functions do.
  plain['function'] ??= typeof entry['entry'] === 'string' ? entry['entry'] : undefined;
  return plain;
}
