/**
 * What becomes of a paused run when another one is started.
 *
 * In: a configuration about to be started, the runs there are. Out: whether it is to go on; the person is asked once, and
 * the paused run ended or left as it is. VS Code shows the stops of a run only while no other has the focus; what is
 * started as a child of the paused run gets it.
 */
import * as vscode from 'vscode';
import type { LiveRuns } from './live-runs';
import { strings } from './strings';

/** Attribute of a configuration that was asked about. */
const besideOthers = 'besideOthers';

/** False: nothing is to be started here any more. */
export async function makeRoom(
  configuration: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
  runs: LiveRuns,
): Promise<boolean> {
  const paused = runs.active?.debugSession;
  if (!paused || configuration.noDebug === true || configuration[besideOthers] === true) {
    return true;
  }
  const [end, keep] = [strings.endRun(), strings.keepBoth()];
  const question = strings.runIsPaused(paused.name);
  const options = { modal: true, detail: strings.keepBothDetail() };
  const answer = await vscode.window.showInformationMessage(question, options, end, keep);
  if (answer === end) {
    await vscode.debug.stopDebugging(paused);
    return true;
  }
  if (answer === keep) {
    const beside = { ...configuration, [besideOthers]: true };
    void vscode.debug.startDebugging(folder, beside, { parentSession: paused, compact: true });
  }
  return false;
}

/** A configuration that nobody is asked about. */
export function unasked(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  return { ...configuration, [besideOthers]: true };
}
