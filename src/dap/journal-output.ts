/**
 * What happens in the run, as lines of the debug console.
 *
 * In: the session's journal, which grows while the machine runs forward and shrinks when it travels back. Out: `output`
 * event bodies, each entry once: going back and forward again over the same past prints nothing twice, and a changed
 * past prints what is new. Works by counting: a run is deterministic, so the first n entries stay the same n entries.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { formatDiagnostic, type Diagnostic } from '../source/diagnostic';
import { inLanguage } from '../source/diagnostic-language';
import { startOf } from '../source/source-file';
import type { SessionApi } from '../session/session-api';
import type { JournalEntry } from '../session/session-types';
import { packetEntryText } from '../session/value-packet';
import type { SourceNames } from './source-names';
import type { Language } from './texts';

type Output = DebugProtocol.OutputEvent['body'];

/** Entries printed in one go at most, so that a chatty run cannot flood the client between two stops. */
const mostAtOnce = 2000;

export class JournalOutput {
  private printed = 0;

  constructor(private readonly names: SourceNames) {}

  /** Lines for the entries that were not printed yet. */
  take(session: SessionApi): Output[] {
    const journal = session.journal();
    const count = entriesSoFar(session);
    if (count <= this.printed) {
      return [];
    }
    const fresh = journal.slice(-Math.min(count - this.printed, mostAtOnce));
    this.printed = count;
    const nameError = errorNames(session);
    return fresh.map((entry) => this.outputOf(entry, nameError)).filter((output) => output !== undefined);
  }

  /** The past was changed at the present moment: what was printed beyond it happens anew. */
  rewritten(session: SessionApi): void {
    this.printed = Math.min(this.printed, entriesSoFar(session));
  }

  reset(): void {
    this.printed = 0;
  }

  private outputOf(entry: JournalEntry, nameError: (value: number) => string): Output | undefined {
    const text = describeEntry(entry, nameError);
    if (text === undefined) {
      return undefined;
    }
    const important = entry.event === 'expectation' || entry.event === 'fault';
    return {
      category: entry.event === 'printk' || entry.event === 'log' ? 'stdout' : important ? 'stderr' : 'console',
      output: text.endsWith('\n') ? text : `${text}\n`,
      ...this.placeOf(entry),
    };
  }

  private placeOf(entry: JournalEntry): Pick<Output, 'source' | 'line' | 'column'> {
    const { path, file, line, column } = entry;
    const where = typeof path === 'string' ? path : typeof file === 'string' ? file : undefined;
    if (where === undefined || typeof line !== 'number') {
      return {};
    }
    return { source: this.names.source(where), line, ...(typeof column === 'number' ? { column } : {}) };
  }
}

/** Entries since the start of the run; the journal itself has forgotten the first of many. */
function entriesSoFar(session: SessionApi): number {
  return session.journal().length + (session.journalForgotten ?? 0);
}

/** The line for an entry; undefined for those that would only be noise in a console. */
function describeEntry(entry: JournalEntry, errorName: (value: number) => string): string | undefined {
  const word = (...keys: readonly string[]): string => {
    const found = keys.map((key) => entry[key]).find((value) => typeof value === 'string' || typeof value === 'number');
    return found === undefined ? '' : String(found);
  };
  const who = word('process') === '' ? '' : `${word('process')}: `;
  switch (entry.event) {
    case 'packet': {
      const text = packetEntryText(entry) ?? word('text', 'summary');
      return `${entry.direction === 'in' ? '<' : '>'} ${text}`;
    }
    case 'state':
      return `${word('what', 'name', 'path') || 'sk->state'}: ${word('from')} → ${word('to')}`;
    case 'call':
      return `${who}${callText(word('text', 'name'))}`;
    case 'return':
      return `${who}${callText(word('text', 'name'))} = ${typeof entry.value === 'number' ? errorName(entry.value) : word('value')}`;
    case 'expectation':
      return word('message') || `${word('text')}: ${word('expected')} ≠ ${word('actual')}`;
    case 'switch':
    case 'sleep':
      return undefined;
    default:
      return word('text', 'message') || undefined;
  }
}

/** A call as the script writes it, without the result that the script expects. */
function callText(text: string): string {
  return text.replace(/\)\s*=[^()]*(?:\([^()]*\)[^()]*)?$/, ')');
}

/** `-22 (-EINVAL)`, by the names that the program's own headers give. */
function errorNames(session: SessionApi): (value: number) => string {
  const names = new Map(
    Object.entries(session.debug.constants)
      .filter(([name]) => /^E[A-Z0-9]+$/.test(name))
      .map(([name, value]) => [value, name]),
  );
  return (value) => (value < 0 && names.has(-value) ? `${value} (-${names.get(-value)})` : String(value));
}

/** A problem of the user's as a console line with a link to its place. */
export function diagnosticOutput(diagnostic: Diagnostic, names: SourceNames, language: Language): Output {
  const { span } = diagnostic;
  const at = span && startOf(span);
  return {
    category: diagnostic.severity === 'error' ? 'stderr' : 'console',
    output: `${formatDiagnostic(inLanguage(diagnostic, language))}\n`,
    ...(span && at ? { source: names.source(span.file.path), line: at.line, column: at.column } : {}),
  };
}
