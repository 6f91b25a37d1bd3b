/**
 * "Show Me How To Get Here": finds a bundled scenario that executes the statement under the cursor, runs it, and stops there.
 *
 * In: the cursor's place in kernel C. Out: a debug session standing on the statement, or a sentence why nothing gets there.
 * Scenarios that say they show the function are tried first. Each is run to its end without stops, and the statements that it
 * executed are looked at; the program is compiled once for all of them.
 */
import * as vscode from 'vscode';
import type { SessionApi } from '../session/session-api';
import { scenarioConfiguration } from './debug-configurations';
import { debugType } from './live-runs';
import type { RunOpener } from './run-opener';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

/** Stops of one scenario that are run on from, such as failed expectations. */
const mostStops = 100;

interface Target {
  readonly statement: number;
  readonly function: string;
  /** One-based. */
  readonly line: number;
  readonly unreachable?: string;
}

export function registerHowToGetHere(
  opener: RunOpener,
  scenarios: ScenarioList,
  places: SourcePlaces,
  breathe: () => Promise<void>,
): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.howToGetHere', async () => {
    const editor = vscode.window.activeTextEditor;
    const debug = editor && (await opener.compile());
    const target = debug && targetAt(debug, places.pathOf(editor.document.uri), editor.document.offsetAt(editor.selection.active));
    if (!editor || !target) {
      void vscode.window.showInformationMessage(strings.placeCursor());
      return;
    }
    const what = `${target.function}:${target.line}`;
    if (target.unreachable !== undefined) {
      void vscode.window.showInformationMessage(strings.unreachable(what, target.unreachable));
      return;
    }
    const progress = { location: vscode.ProgressLocation.Notification, title: strings.searching(), cancellable: true };
    const found = await vscode.window.withProgress(progress, (report, cancel) =>
      findScenario(opener, scenarios, target, async (name) => {
        report.report({ message: name });
        await breathe();
        return cancel.isCancellationRequested;
      }),
    );
    if (found === 'cancelled') {
      return;
    }
    if (found === undefined) {
      void vscode.window.showInformationMessage(strings.notReached(what));
      return;
    }
    await runTo(found, new vscode.Location(editor.document.uri, new vscode.Position(target.line - 1, 0)));
  });
}

/** The innermost statement around an offset of a file; else the first one of its line. */
function targetAt(debug: SessionApi['debug'], path: string, offset: number): Target | undefined {
  const owner = debug.functions.find((each) => each.kind === 'compiled' && debug.files[each.file] === path && each.start <= offset && offset <= each.end);
  if (!owner) {
    return undefined;
  }
  let best: number | undefined;
  let nearest = Infinity;
  for (let id = owner.firstStatement; id < owner.firstStatement + owner.statementCount; id++) {
    const { start, end } = debug.statements[id]!;
    // Inside a statement: the shortest one. Outside of all: the one that begins next.
    const distance = start <= offset && offset <= end ? end - start - 1e6 : start > offset ? start - offset : Infinity;
    if (distance < nearest) {
      nearest = distance;
      best = id;
    }
  }
  const statement = best === undefined ? undefined : debug.statements[best];
  return statement && { statement: best!, function: owner.name, line: statement.line, unreachable: statement.unreachable };
}

/** The name of the first scenario that executes the statement. */
async function findScenario(
  opener: RunOpener,
  scenarios: ScenarioList,
  target: Target,
  isCancelled: (name: string) => Promise<boolean>,
): Promise<string | 'cancelled' | undefined> {
  const showing = await scenarios.showing(target.function);
  const others = (await scenarios.all()).filter((each) => !showing.includes(each));
  for (const { name } of [...showing, ...others]) {
    if (await isCancelled(name)) {
      return 'cancelled';
    }
    const { session } = await opener.openQuietly({ scenario: name, kernel: settings.kernel() || undefined, stepBudget: settings.stepBudget() });
    if (session && (await executes(session, target.statement, () => isCancelled(name)))) {
      return name;
    }
  }
  return undefined;
}

/** Runs a session to its end; whether the statement was executed. */
async function executes(session: SessionApi, statement: number, breathe: () => Promise<boolean>): Promise<boolean> {
  try {
    let stop = await session.start({ stopOnEntry: false, breathe });
    for (let stops = 0; stops < mostStops && stop.reason === 'expectation'; stops++) {
      stop = await session.run('continue', { breathe });
    }
    return session.coverage()[statement] === 1;
  } finally {
    session.dispose();
  }
}

/** Debugs the scenario with a breakpoint on the place, which goes away at the first stop unless it was there before. */
async function runTo(scenario: string, place: vscode.Location): Promise<void> {
  const isThere = vscode.debug.breakpoints.some(
    (each) =>
      each instanceof vscode.SourceBreakpoint &&
      each.enabled &&
      each.location.uri.toString() === place.uri.toString() &&
      each.location.range.start.line === place.range.start.line,
  );
  const breakpoint = new vscode.SourceBreakpoint(place);
  if (!isThere) {
    vscode.debug.addBreakpoints([breakpoint]);
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: ({ type, event }: { type?: string; event?: string }) => {
          if (type === 'event' && (event === 'stopped' || event === 'terminated')) {
            tracker.dispose();
            vscode.debug.removeBreakpoints([breakpoint]);
          }
        },
      }),
    });
  }
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.debug.startDebugging(folder, scenarioConfiguration(scenario, { stopOnEntry: false }));
}
