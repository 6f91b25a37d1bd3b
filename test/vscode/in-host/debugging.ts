/** A run through VS Code's debugging API: to a stop in the kernel, a step, the step back, the end. */
import * as vscode from 'vscode';
import type { Claims } from './claims';

/** The stops that the debug adapter tells, one after the other. */
class Stops {
  private readonly told: unknown[] = [];
  private wake: () => void = () => undefined;

  readonly watching = vscode.debug.registerDebugAdapterTrackerFactory('sockscope', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage: (message: { readonly type?: string; readonly event?: string }) => {
        if (message.type === 'event' && message.event === 'stopped') {
          this.told.push(message);
          this.wake();
        }
      },
    }),
  });

  async next(): Promise<void> {
    while (this.told.length === 0) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.told.shift();
  }
}

interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
}

export async function debugSteps(claims: Claims): Promise<void> {
  const stops = new Stops();
  const session = (): vscode.DebugSession => {
    if (!vscode.debug.activeDebugSession) {
      throw new Error('no session is active');
    }
    return vscode.debug.activeDebugSession;
  };
  let threadId = 0;
  const top = async (): Promise<Frame> => {
    const { threads } = (await session().customRequest('threads')) as { threads: readonly { readonly id: number }[] };
    threadId = threads[0]?.id ?? 0;
    const { stackFrames } = (await session().customRequest('stackTrace', { threadId })) as { stackFrames: Frame[] };
    return stackFrames[0] ?? { id: 0, name: 'no frame', line: 0 };
  };
  await claims.step('a scenario starts and stops in inet_create', async () => {
    const configuration = { type: 'sockscope', request: 'launch', name: 'in host', scenario: 'tcp-socket' };
    const started = await vscode.debug.startDebugging(undefined, { ...configuration, stopAt: 'inet_create' });
    claims.equal(started, true);
    await stops.next();
    claims.equal((await top()).name, 'inet_create');
  });
  await claims.step('a step forward and the step back lead to the same line and values', async () => {
    const value = async (frame: Frame): Promise<string> => {
      const given = { expression: '*sock', frameId: frame.id, context: 'watch' };
      return JSON.stringify(((await session().customRequest('evaluate', given)) as { result: string }).result);
    };
    const before = await top();
    const was = await value(before);
    await session().customRequest('next', { threadId });
    await stops.next();
    claims.equal((await top()).line > before.line, true);
    await session().customRequest('stepBack', { threadId });
    await stops.next();
    const again = await top();
    claims.equal(again.line, before.line);
    claims.equal(await value(again), was);
  });
  await claims.step('the session ends', async () => {
    const ended = new Promise<void>((resolve) => vscode.debug.onDidTerminateDebugSession(() => resolve()));
    const nothingActive = new Promise<void>((resolve) =>
      vscode.debug.onDidChangeActiveDebugSession((active) => active ?? resolve()),
    );
    await vscode.debug.stopDebugging();
    await Promise.all([ended, nothingActive]);
  });
  stops.watching.dispose();
}
