/**
 * The runs that are being debugged right now, for views in the same process: inspector, lenses, status bar.
 *
 * In: debug sessions as the adapter opens and closes them. Out: the run of the active debug session, and events when it
 * stops, starts to move, or is another one. The machine itself is read through `SessionApi`; moving it always goes
 * through the debug adapter ({@link LiveRun.request}), so that the editor's own debug views stay right.
 */
import * as vscode from 'vscode';
import type { LaunchArguments } from '../dap/launch-arguments';
import type { History } from '../facade/history';
import type { SessionApi, Stop } from '../facade/session';

export const debugType = 'sockscope';

export interface LiveRun {
  readonly debugSession: vscode.DebugSession;
  readonly session: SessionApi;
  readonly history: History | undefined;
  readonly launch: LaunchArguments;
  /** Sends a request to the run's debug adapter. */
  request(command: string, args?: object): Promise<unknown>;
}

export class LiveRuns implements vscode.Disposable {
  private readonly runs = new Map<string, LiveRun>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly stopped = new vscode.EventEmitter<{ readonly run: LiveRun; readonly stop: Stop }>();
  private readonly resumed = new vscode.EventEmitter<LiveRun>();
  private readonly changed = new vscode.EventEmitter<LiveRun | undefined>();

  /** The machine of a run stands still. */
  readonly onStop = this.stopped.event;
  /** The machine of a run is about to move. */
  readonly onResume = this.resumed.event;
  /** Another run (or none) is the active one. */
  readonly onActiveChange = this.changed.event;

  constructor() {
    this.subscriptions.push(
      this.stopped,
      this.resumed,
      this.changed,
      vscode.debug.onDidChangeActiveDebugSession(() => this.changed.fire(this.active)),
    );
  }

  /** The run of the active debug session, or else the one opened last. */
  get active(): LiveRun | undefined {
    const { activeDebugSession } = vscode.debug;
    return (activeDebugSession && this.runs.get(activeDebugSession.id)) ?? [...this.runs.values()].at(-1);
  }

  add(
    debugSession: vscode.DebugSession,
    session: SessionApi,
    history: History | undefined,
    launch: LaunchArguments,
  ): void {
    const run: LiveRun = {
      debugSession,
      session,
      history,
      launch,
      request: async (command, args = {}) => debugSession.customRequest(command, args) as Promise<unknown>,
    };
    this.runs.set(debugSession.id, run);
    this.changed.fire(this.active);
  }

  remove(debugSession: vscode.DebugSession): void {
    if (this.runs.delete(debugSession.id)) {
      this.changed.fire(this.active);
    }
  }

  /** Called by the adapter's tracker: what VS Code itself was told. */
  didStop(debugSession: vscode.DebugSession): void {
    const run = this.runs.get(debugSession.id);
    if (run) {
      this.stopped.fire({ run, stop: run.session.stop });
    }
  }

  willMove(debugSession: vscode.DebugSession): void {
    const run = this.runs.get(debugSession.id);
    if (run) {
      this.resumed.fire(run);
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }
}
