/**
 * Values at the ends of lines while the machine stands still: variables and member paths on the lines up to the current
 * one, where they were executed.
 *
 * In: the lines of the function that are visible above the stop, the run's executed statements. Out: expressions for VS
 * Code to evaluate in the frame; each once, at the line where it stands last, so that the screen does not fill with
 * repetitions.
 */
import * as vscode from 'vscode';
import type { RanOrNot } from '../facade/coverage-lines';
import type { SessionApi, StackFrame } from '../facade/session';
import { debugType, type LiveRuns } from './live-runs';
import { explainedDocuments } from './places';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';

/** Lines above the stop that are looked at. */
const mostLines = 30;
const memberPath = /[A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*/g;

/** Which names on some lines are variables; undefined where nobody has read the file. */
export type VariablesOnLines = (path: string, first: number, last: number) => Promise<ReadonlySet<number> | undefined>;

/** Statements of the function of a frame, with which were executed in its run. */
export type StatementsOf = (session: SessionApi, frame: StackFrame) => readonly RanOrNot[];

export function registerInlineValues(
  runs: LiveRuns,
  places: SourcePlaces,
  variables: VariablesOnLines,
  statements: StatementsOf,
): vscode.Disposable {
  return vscode.languages.registerInlineValuesProvider(explainedDocuments, {
    async provideInlineValues(document, viewPort, context) {
      const run =
        vscode.debug.activeDebugSession?.type === debugType && settings.inlineValues() ? runs.active : undefined;
      if (!run) {
        return [];
      }
      const { stop } = run.session;
      const frame = run.session.stack(stop.thread).find((each) => each.path === places.pathOf(document.uri));
      const names = new Set(frame && run.session.locals(frame).map(({ name }) => name));
      const last = context.stoppedLocation.end.line;
      const first = Math.max(viewPort.start.line, last - mostLines, functionStart(frame));
      // The tag in `struct sock *sk` is no variable, though one may be called so.
      const known = await variables(places.pathOf(document.uri), first, last);
      const wasRun = executedAt(frame, frame ? statements(run.session, frame) : []);
      const found = new Map<string, vscode.InlineValue>();
      for (let line = first; line <= last; line++) {
        for (const { index, 0: text } of withoutComments(document.lineAt(line).text).matchAll(memberPath)) {
          const offset = document.offsetAt(new vscode.Position(line, index));
          const isVariable = known?.has(offset) ?? true;
          if (isVariable && wasRun(offset) && names.has(text.split(/->|\./)[0] ?? '')) {
            const range = new vscode.Range(line, index, line, index + text.length);
            found.delete(text);
            found.set(text, new vscode.InlineValueEvaluatableExpression(range, text));
          }
        }
      }
      return [...found.values()];
    },
  });
}

/** Whether the innermost statement around an offset was executed, or is the next; outside all of them it counts as such. */
function executedAt(frame: StackFrame | undefined, statements: readonly RanOrNot[]): (offset: number) => boolean {
  return (offset) => {
    const around = statements
      .filter(({ start, end }) => start <= offset && offset < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const [innermost] = around;
    return !innermost || innermost.ran || (innermost.start === frame?.start && innermost.end === frame.end);
  };
}

/** Zero-based line of a frame's function. */
function functionStart(frame: StackFrame | undefined): number {
  return Math.max(0, (frame?.functionLine ?? 1) - 1);
}

/** The line with comments and strings blanked, so that their words are not taken for variables. */
function withoutComments(line: string): string {
  const blank = (text: string): string => ' '.repeat(text.length);
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*.*?(?:\*\/|$)|\/\/.*$|^\s*\*.*$/g, blank);
}
