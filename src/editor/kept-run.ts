/**
 * A run that outlives its window: after a reload it stands again where it stood.
 *
 * In: stops of the runs, the workspace's memory. Out: the same run, started anew and taken to the same statement: a run
 * is a function of its inputs, so that what was launched and the clock are all there is to keep. The window that reloads
 * ends its sessions too; a run counts as ended by a person only when the window is still there a moment later. A run of
 * an editor that was closed is not begun by itself but offered.
 */
import * as vscode from 'vscode';
import { customRequests } from '../dap/sockscope-debug-session';
import { debugType, type LiveRuns } from './live-runs';
import { unasked } from './second-run';
import { strings } from './strings';

const key = 'keptRun';
/** Milliseconds within which a window that reloads is gone. */
const goingDown = 2000;
/** A reload is seldom later than this after the last stop; what is older is offered. */
const recent = 10 * 60_000;

interface KeptRun {
  readonly configuration: vscode.DebugConfiguration;
  readonly clock: number;
  /** Which start of the editor it was, and when. */
  readonly editor: string;
  readonly at: number;
}

export function keepRun(runs: LiveRuns, state: vscode.Memento): vscode.Disposable {
  let kept: string | undefined;
  return vscode.Disposable.from(
    runs.onStop(({ run, stop }) => {
      kept = run.debugSession.id;
      void state.update(key, {
        configuration: plain(run.debugSession.configuration),
        clock: stop.clock,
        editor: vscode.env.sessionId,
        at: Date.now(),
      } satisfies KeptRun);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      if (id === kept) {
        kept = undefined;
        setTimeout(() => void (kept === undefined && state.update(key, undefined)), goingDown);
      }
    }),
  );
}

/** Begins the run of the window that was reloaded, or offers that of an editor that was closed. */
export async function resumeRun(runs: LiveRuns, state: vscode.Memento): Promise<void> {
  const kept = state.get<KeptRun>(key);
  if (!kept || kept.configuration?.type !== debugType || vscode.debug.activeDebugSession) {
    return;
  }
  await state.update(key, undefined);
  const isReload = kept.editor === vscode.env.sessionId || Date.now() - kept.at < recent;
  if (!isReload) {
    const yes = strings.goOn();
    const answer = await vscode.window.showInformationMessage(
      strings.runWasPaused(kept.configuration.name, kept.clock),
      yes,
      strings.notNow(),
    );
    if (answer !== yes) {
      return;
    }
  }
  const arrived = runs.onStop(({ run }) => {
    arrived.dispose();
    if (run.session.stop.clock !== kept.clock) {
      void run.request(customRequests.travelTo, { clock: kept.clock });
    }
  });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!(await vscode.debug.startDebugging(folder, unasked(kept.configuration)))) {
    arrived.dispose();
  }
}

/** Without what VS Code adds for itself. */
function plain(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  const own = Object.entries(configuration).filter(([name]) => !name.startsWith('__'));
  return {
    type: configuration.type,
    request: configuration.request,
    name: configuration.name,
    ...Object.fromEntries(own),
  };
}
