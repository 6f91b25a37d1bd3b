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
import { entryText, resultText } from '../session/journal-text';
import type { SourceNames } from './source-names';
import { say, type Language } from './texts';

type Output = DebugProtocol.OutputEvent['body'];

/** Entries printed in one go at most, so that a chatty run cannot flood the client between two stops. */
const mostAtOnce = 2000;

export class JournalOutput {
  private printed = 0;

  constructor(private readonly names: SourceNames) {}

  /** Lines for the entries that were not printed yet. */
  take(session: SessionApi, language: Language): Output[] {
    const journal = session.journal();
    const count = entriesSoFar(session);
    if (count <= this.printed) {
      return [];
    }
    const fresh = journal.slice(-Math.min(count - this.printed, mostAtOnce));
    this.printed = count;
    const result = resultText(session.debug);
    return fresh.map((entry) => this.outputOf(entry, result, language)).filter((output) => output !== undefined);
  }

  /** The past was changed at the present moment: what was printed beyond it happens anew. */
  rewritten(session: SessionApi): void {
    this.printed = Math.min(this.printed, entriesSoFar(session));
  }

  reset(): void {
    this.printed = 0;
  }

  private outputOf(entry: JournalEntry, result: (value: number) => string, language: Language): Output | undefined {
    const text = lineOf(entry, result, language);
    if (text === undefined) {
      return undefined;
    }
    const important = entry.event === 'expectation' || entry.event === 'fault';
    return {
      category: entry.event === 'printk' || entry.event === 'log' ? 'stdout' : important ? 'stderr' : 'console',
      output: `${text}
`,
      ...this.placeOf(entry),
    };
  }

  private placeOf(entry: JournalEntry): Pick<Output, 'source' | 'line'> {
    return entry.event === 'expectation' && entry.path !== undefined
      ? { source: this.names.source(entry.path), line: entry.line }
      : {};
  }
}

/** Entries since the start of the run; the journal itself has forgotten the first of many. */
function entriesSoFar(session: SessionApi): number {
  return session.journal().length + (session.journalForgotten ?? 0);
}
/** Noise in a console: every blocking call sleeps, every boot switches, and C's faults are told as stops. */
const leftOut: ReadonlySet<JournalEntry['event']> = new Set(['switch', 'sleep']);

/** The line for an entry; undefined for those that would only be noise in a console. */
function lineOf(entry: JournalEntry, result: (value: number) => string, language: Language): string | undefined {
  if (leftOut.has(entry.event)) {
    return undefined;
  }
  const text = say(entryText(entry, result), language);
  return entry.event === 'packet' ? `${entry.direction === 'in' ? '<' : '>'} ${text}` : text || undefined;
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
