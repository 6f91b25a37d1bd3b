/**
 * A trace as JSON, one object a line. A statement is `{statement, process, pid, time, function, file, line, column,
 * text, note?, notes?, changes}` where `statement` counts from 1, `time` is virtual seconds, `note` is the text in both
 * languages of all its notes; an event is `{event, clock, process, …}` with what the event brings.
 */
import { wording } from '../sentences/wording';
import type { Note } from '../query/query-types';
import { packetText } from '../facade/session';
import type { Traced, TracedEntry, TracedEvent, TracedStatement } from './trace';
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
          notes: notes.map(({ id, kind, title, source }) => ({ id, ...(kind ? { kind } : {}), title, source })),
        }
      : {}),
    changes: changes.map(({ path, from, to }) => ({ path, from, to })),
  };
}

function joined(notes: readonly Note[], language: 'en' | 'zh'): string {
  return notes.map((note) => note.text[language]).join('\n');
}

/** What an event brings, as JSON can hold it: packets with a line of text and their bytes in hex. */
export function eventJson(event: TracedEvent): object {
  const { clock, process } = event;
  switch (event.kind) {
    case 'call':
    case 'return': {
      const { function: name, file, line } = event;
      const value = event.kind === 'return' ? { value: event.value, shown: event.shown } : {};
      return { event: event.kind, clock, process, function: name, file, line, ...value };
    }
    case 'state':
      return { event: 'state', clock, process, path: event.path, from: event.from, to: event.to };
    case 'fault': {
      const { fault, function: name, file, line } = event;
      return {
        event: 'fault',
        clock,
        process,
        ...fault,
        message: wording(fault.message, 'en'),
        function: name,
        file,
        line,
      };
    }
    case 'entry':
      return entryJson(event);
  }
}

function entryJson({ clock, process, entry, seconds }: TracedEntry): object {
  const { event, thread: _thread, clock: _clock, ...rest } = entry;
  const head = {
    event,
    clock,
    process,
    ...rest,
    ...(seconds === undefined ? {} : { uptime: undefined, time: seconds }),
  };
  switch (entry.event) {
    case 'call':
    case 'return':
      // The C function that serves the call, as other functions' calls name theirs.
      return { ...head, function: entry.entry };
    case 'packet':
    case 'drop':
      return { ...head, bytes: hexText(entry.bytes), text: packetText(entry.bytes, entry.length) };
    case 'expectation':
      return { ...head, expected: wording(entry.expected, 'en'), actual: wording(entry.actual, 'en') };
    case 'note':
      return { ...head, text: wording(entry.text, 'en') };
    default:
      return head;
  }
}
