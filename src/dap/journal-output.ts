/**
 * What happens in the run, as lines of the debug console.
 *
 * In: the session's journal, which grows while the machine runs forward and shrinks when it travels back. Out: `output`
 * event bodies, each entry once: going back and forward again over the same past prints nothing twice, and a changed
 * past prints what is new. A run is deterministic, so what was printed is told by its last clock and how many entries of
 * that clock there were. What log points say is no part of the run: it is printed each time it is said, so that one that
 * is set in the past speaks too.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { itemAt } from '../base/checked-access';
import type { Disposable } from '../base/events';
import { formatDiagnostic, type Diagnostic } from '../source/diagnostic';
import { startOf } from '../source/source-file';
import type { SessionApi, JournalEntry } from '../facade/session';
import type { SourceNames } from './source-names';
import { say, type Language } from './texts';

type Output = DebugProtocol.OutputEvent['body'];

/** Entries printed in one go at most, so that a chatty run cannot flood the client between two stops. */
const mostAtOnce = 2000;

/** The end of a journal: its last clock, and how many entries have that clock. */
interface End {
  readonly clock: number;
  readonly count: number;
}

const nothing: End = { clock: -1, count: 0 };

export class JournalOutput {
  private printed = nothing;
  /** The end of the journal at the last stop. */
  private here = nothing;
  private said: JournalEntry[] = [];
  private listening: Disposable | undefined;

  constructor(private readonly names: SourceNames) {}

  /** Begins with a session of which nothing was printed. */
  begin(session: SessionApi): void {
    this.listening?.dispose();
    this.printed = nothing;
    this.here = nothing;
    this.said = [];
    this.listening = session.onJournal((entry) => {
      if (entry.event === 'log') {
        this.said.push(entry);
      }
    });
  }

  /** Lines for the entries that were not printed yet. */
  take(session: SessionApi, language: Language): Output[] {
    const happened = this.notPrinted(session.journal());
    this.here = endOf(session.journal());
    this.printed = later(this.printed, this.here);
    const fresh = this.said.length === 0 ? happened : [...happened, ...this.said].sort((a, b) => a.clock - b.clock);
    this.said = [];
    return fresh
      .slice(-mostAtOnce)
      .map((entry) => this.outputOf(session, entry, language))
      .filter((output) => output !== undefined);
  }

  /** The past was changed at the present moment: what was printed beyond it happens anew, and what the change made is new. */
  rewritten(session: SessionApi): void {
    const end = endOf(session.journal());
    const left = later(this.here, end) === end ? this.here : end;
    if (later(this.printed, left) === this.printed) {
      this.printed = left;
    }
  }

  /** The newest entries of the run, log points left aside, from the first that was not printed. */
  private notPrinted(journal: readonly JournalEntry[]): JournalEntry[] {
    const { clock, count } = this.printed;
    const run = from(journal, clock);
    return run.filter((entry, index) => entry.clock > clock || index >= count);
  }

  private outputOf(session: SessionApi, entry: JournalEntry, language: Language): Output | undefined {
    const text = lineOf(session, entry, language);
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

/** The entries of the run, log points left aside, that are not older than a clock. */
function from(journal: readonly JournalEntry[], clock: number): JournalEntry[] {
  let first = journal.length;
  while (first > 0 && itemAt(journal, first - 1).clock >= clock) {
    first--;
  }
  return journal.slice(first).filter(({ event }) => event !== 'log');
}

function endOf(journal: readonly JournalEntry[]): End {
  let last = journal.length - 1;
  while (journal[last]?.event === 'log') {
    last--;
  }
  const entry = journal[last];
  return entry ? { clock: entry.clock, count: from(journal, entry.clock).length } : nothing;
}

function later(a: End, b: End): End {
  return a.clock > b.clock || (a.clock === b.clock && a.count >= b.count) ? a : b;
}

/** Noise in a console: every blocking call sleeps, every boot switches, and C's faults are told as stops. */
const leftOut: ReadonlySet<JournalEntry['event']> = new Set(['switch', 'sleep']);

/** The line for an entry; undefined for those that would only be noise in a console. */
function lineOf(session: SessionApi, entry: JournalEntry, language: Language): string | undefined {
  if (leftOut.has(entry.event)) {
    return undefined;
  }
  const text = say(session.entryText(entry), language);
  return entry.event === 'packet' ? `${entry.direction === 'in' ? '<' : '>'} ${text}` : text || undefined;
}

/** A problem of the user's as a console line with a link to its place. */
export function diagnosticOutput(diagnostic: Diagnostic, names: SourceNames, language: Language): Output {
  const { span } = diagnostic;
  const at = span && startOf(span);
  return {
    category: diagnostic.severity === 'error' ? 'stderr' : 'console',
    output: `${formatDiagnostic(diagnostic, language)}\n`,
    ...(span && at ? { source: names.source(span.file.path), line: at.line, column: at.column } : {}),
  };
}
