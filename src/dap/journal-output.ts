/**
 * What happens in the run, as lines of the debug console.
 *
 * In: the session's journal, which grows while the machine runs forward and shrinks when it travels back. Out: `output`
 * event bodies, each entry once: going back and forward again over the same past prints nothing twice, and a changed past
 * prints what is new. Works by counting: a run is deterministic, so the first n entries stay the same n entries.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { formatDiagnostic, type Diagnostic } from '../source/diagnostic';
import { startOf } from '../source/source-file';
import type { SessionApi } from '../session/session-api';
import type { JournalEntry } from '../session/session-types';
import type { SourceNames } from './source-names';

type Output = DebugProtocol.OutputEvent['body'];

/** Entries printed in one go at most, so that a chatty run cannot flood the client between two stops. */
const mostAtOnce = 2000;

export class JournalOutput {
  private printed = 0;

  constructor(private readonly names: SourceNames) {}

  /** Lines for the entries that were not printed yet. */
  take(session: SessionApi): Output[] {
    const journal = session.journal();
    if (journal.length <= this.printed) {
      return [];
    }
    const fresh = journal.slice(Math.max(this.printed, journal.length - mostAtOnce));
    this.printed = journal.length;
    return fresh.map((entry) => this.outputOf(entry)).filter((output) => output !== undefined);
  }

  /** The past was changed at the present moment: what was printed beyond it happens anew. */
  rewritten(session: SessionApi): void {
    this.printed = Math.min(this.printed, session.journal().length);
  }

  reset(): void {
    this.printed = 0;
  }

  private outputOf(entry: JournalEntry): Output | undefined {
    const text = describeEntry(entry);
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

/** The line for an entry; undefined for those that would only be noise in a console. */
function describeEntry(entry: JournalEntry): string | undefined {
  const word = (key: string): string => {
    const value = entry[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (entry.event) {
    case 'printk':
    case 'log':
      return word('text') || word('message');
    case 'packet':
      return `${word('direction') || '·'} ${word('text') || word('summary')}`.trim();
    case 'state':
      return `${word('what') || word('name') || 'sk->state'}: ${word('from')} → ${word('to')}`;
    case 'switch':
      return undefined;
    case 'call':
      return word('text') ? `→ ${word('text')}` : undefined;
    case 'return':
      return word('text') ? `← ${word('text')}` : undefined;
    case 'fault':
    case 'expectation':
      return word('message') || undefined;
    default:
      return word('text') || word('message') || undefined;
  }
}

/** A problem of the user's as a console line with a link to its place. */
export function diagnosticOutput(diagnostic: Diagnostic, names: SourceNames): Output {
  const { span } = diagnostic;
  const at = span && startOf(span);
  return {
    category: diagnostic.severity === 'error' ? 'stderr' : 'console',
    output: `${formatDiagnostic(diagnostic)}\n`,
    ...(span && at ? { source: names.source(span.file.path), line: at.line, column: at.column } : {}),
  };
}
