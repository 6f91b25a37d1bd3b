/**
 * What one can do when a scenario is over.
 *
 * In: stops of the runs. Out: a message with the next moves, once for each session.
 */
import * as vscode from 'vscode';
import { toWireThread } from '../dap/stops';
import type { LiveRun, LiveRuns } from './live-runs';
import { strings } from './strings';

export function offerNextMoves(runs: LiveRuns): vscode.Disposable {
  const told = new Set<string>();
  return runs.onStop(({ run, stop }) => {
    const { id } = run.debugSession;
    if (stop.reason === 'end' && !told.has(id)) {
      told.add(id);
      void offer(run);
    }
  });
}

async function offer(run: LiveRun): Promise<void> {
  const [back, again, other] = [strings.stepBack(), strings.runAgain(), strings.anotherScenario()];
  const answer = await vscode.window.showInformationMessage(
    strings.scenarioIsOver(run.debugSession.name),
    back,
    again,
    other,
  );
  if (answer === back) {
    await run.request('stepBack', { threadId: toWireThread(Math.max(0, run.session.stop.thread)) });
  } else if (answer === again) {
    await vscode.commands.executeCommand('workbench.action.debug.restart');
  } else if (answer === other) {
    await vscode.commands.executeCommand('sockscope.runScenario');
  }
}
