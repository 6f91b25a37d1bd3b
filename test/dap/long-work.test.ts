/** A machine that is long under way, forwards or back, hears its client: it pauses, tells how far it is, and can be cancelled. */
import { expect, test } from 'vitest';
import { breakAt, openC, path } from '../session/c-session';
import { connections } from '../../bench/workloads';
import { openHistory } from '../history/history-session';
import { AdapterClient } from './adapter-client';

const source = { path: `sockscope-kernel:/${path}` };
const threadId = 2;

const text = `int total;
int run(int count) {
  int i;
  for (i = 0; i < count; i++)
    total += i & 3;
  return total;
}
`;

/** A client that stands at the end of a loop, with a breakpoint in it whose condition never holds. */
async function afterLoop(args: object = {}): Promise<AdapterClient> {
  const session = await openC(text, [[['run', 1_000]]]);
  breakAt(session, { line: 6 });
  const client = new AdapterClient({ open: () => Promise.resolve({ session, diagnostics: [] }) });
  await client.initialize({ supportsProgressReporting: true, ...args });
  await client.request('launch', { scenario: 'tcp-socket', stopOnEntry: false });
  const stopped = client.event('stopped');
  await client.request('configurationDone');
  await stopped;
  await client.request('setBreakpoints', { source, breakpoints: [{ line: 5, condition: 'total < 0' }] });
  return client;
}

const place = async (client: AdapterClient): Promise<unknown> =>
  (await client.request('stackTrace', { threadId })).stackFrames[0].line;

test('a journey back is paused, and stands where it began', async () => {
  const client = await afterLoop();
  const began = client.event('progressStart');
  const stopped = client.event('stopped');
  await client.request('reverseContinue', { threadId });
  await began;
  await client.request('pause', { threadId });
  expect((await stopped).body.reason).toBe('pause');
  expect(await place(client)).toBe(6);
});

test('it is cancelled by the number of its progress, which then ends', async () => {
  const client = await afterLoop();
  const began = client.event('progressStart');
  const stopped = client.event('stopped');
  await client.request('reverseContinue', { threadId });
  const { progressId, cancellable } = (await began).body;
  expect(cancellable).toBe(true);
  await client.request('cancel', { progressId });
  expect((await stopped).body.reason).toBe('pause');
  const ended = client.heard('progressEnd').map(({ body }) => body.progressId);
  expect(ended).toContain(progressId);
  // The launch, perhaps the run to the end of the loop, and this journey: one each.
  expect(client.heard('progressStart').length).toBeLessThanOrEqual(3);
  await expect(client.request('cancel', { progressId })).rejects.toThrow('nothing of that number');
});

test('without a pause it goes to the end of the search', async () => {
  const client = await afterLoop({ supportsProgressReporting: false });
  const stop = await client.move('reverseContinue', { threadId });
  expect([stop.reason, stop.description]).toEqual(['step', expect.stringContaining('oldest')]);
  expect(client.heard('progressStart')).toEqual([]);
});

test('the launch tells its progress', async () => {
  const client = await afterLoop();
  expect(client.heard('progressStart')[0]?.body).toMatchObject({ title: 'Preparing the kernel', cancellable: true });
  expect(client.heard('progressEnd').length).toBe(client.heard('progressStart').length);
});

const questions: readonly (readonly [command: string, args: object])[] = [
  // Nothing ever writes it, or has written it: each goes over the whole run.
  ['sockscope/nextChange', { expression: 'inet_family_ops' }],
  ['sockscope/whoWrote', { expression: 'inet_family_ops' }],
  ['sockscope/changes', { expression: 'jiffies' }],
  ['sockscope/ask', { question: 'calls(tcp_v4_rcv) where skb->len > 100000' }],
  ['evaluate', { expression: 'ask calls(tcp_v4_rcv)', context: 'repl' }],
];

test('a question is cancelled by the number of its request or of its progress; the machine stands where it stood', async () => {
  const { session, history } = await openHistory({ script: connections(300, 0) });
  const client = new AdapterClient({ open: () => Promise.resolve({ session, history, diagnostics: [] }) });
  await client.initialize({ supportsProgressReporting: true });
  await client.request('launch', { scenario: 'tcp-socket', stopOnEntry: false });
  await client.move('configurationDone', {});
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'sys_socket' }] });
  const ended = async (command: string): Promise<void> => {
    const goesOn = command === 'sockscope/nextChange';
    await client.move('sockscope/travelTo', { clock: goesOn ? session.stop.oldest : session.stop.frontier });
  };
  for (const [command, args] of questions) {
    await ended(command);
    const { clock } = session.stop;
    for (const by of ['progressId', 'requestId']) {
      const began = client.event('progressStart');
      const seq = client.seq;
      const order: string[] = [];
      const refused = expect(
        client.request(command, args).finally(() => order.push('the question ends')),
        command,
      ).rejects.toThrow(/^cancelled$/);
      const { progressId } = (await began).body;
      await client.request('cancel', by === 'requestId' ? { requestId: seq } : { progressId });
      order.push('cancel is answered');
      await refused;
      expect([command, ...order]).toEqual([command, 'cancel is answered', 'the question ends']);
      expect(client.heard('progressEnd').map(({ body }) => body.progressId)).toContain(progressId);
      await expect(client.request('cancel', { requestId: seq })).rejects.toThrow('nothing of that number');
    }
    expect(session.stop.clock).toBe(clock);
  }
});

test('where a value comes from is cancelled by the number of its request or of its progress', async () => {
  const { session, history } = await openHistory({ script: connections(300, 0) });
  const client = new AdapterClient({ open: () => Promise.resolve({ session, history, diagnostics: [] }) });
  await client.initialize({ supportsProgressReporting: true });
  await client.request('launch', { scenario: 'tcp-socket' });
  await client.move('configurationDone', {});
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'sys_close', hitCondition: '590' }] });
  await client.move('continue', { threadId });
  const { clock } = session.stop;
  for (const by of ['progressId', 'requestId']) {
    const began = client.event('progressStart');
    const seq = client.seq;
    // It is as it was loaded: the question goes back to the beginning of the run.
    const refused = expect(client.request('sockscope/origin', { expression: 'inet_family_ops' })).rejects.toThrow(
      /^cancelled$/,
    );
    const { progressId } = (await began).body;
    await client.request('cancel', by === 'requestId' ? { requestId: seq } : { progressId });
    await refused;
  }
  expect((await client.request('sockscope/origin', { expression: 'inet_family_ops' })).origin.kind).toBe('initial');
  expect(session.stop.clock).toBe(clock);
});
