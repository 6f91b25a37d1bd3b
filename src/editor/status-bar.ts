/**
 * The status bar: which process is in the kernel, its virtual time, and where in the run we stand.
 *
 * In: stops of the active run. Out: one item; a click asks for a step to travel to.
 */
import * as vscode from 'vscode';
import { sessionSeconds } from '../facade/ladder';
import type { LiveRun, LiveRuns } from './live-runs';
import { strings } from './strings';

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('sockscope.clock', vscode.StatusBarAlignment.Left, 50);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly runs: LiveRuns) {
    this.item.name = 'SockScope';
    this.item.command = 'sockscope.travelTo';
    this.subscriptions = [this.item, runs.onStop(() => this.update()), runs.onActiveChange(() => this.update())];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private update(): void {
    const run = this.runs.active;
    // Before the first stop there is nothing to tell.
    if (!run || (run.session.stop.clock === 0 && run.session.stop.thread < 0)) {
      this.item.hide();
      return;
    }
    const { stop } = run.session;
    const thread = run.session.threads().find(({ id }) => id === stop.thread);
    const process = thread ? `${thread.name} (${thread.pid})` : strings.runIsOver();
    const isPast = stop.clock < stop.frontier;
    const step = isPast ? strings.pastStep(stop.clock, stop.frontier) : strings.step(stop.clock);
    const time = virtualTime(run);
    this.item.text = [
      `$(${isPast ? 'history' : 'pulse'}) ${process}`,
      ...(time === undefined ? [] : [time]),
      step,
    ].join(' · ');
    this.item.tooltip = strings.statusTooltip();
    this.item.show();
  }
}

/** Seconds since the first system call, as in every picture of the run. */
function virtualTime(run: LiveRun): string | undefined {
  const seconds = sessionSeconds(run.session);
  return seconds === undefined ? undefined : `${seconds.toFixed(2)} s`;
}
