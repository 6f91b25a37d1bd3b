/** The functions that ran in a span are those that the call stack shows at each of its moments. */
import { expect, test } from 'vitest';
import type { CallSpan } from '../../src/history/call-spans';
import { withRun } from '../views/run-at';

const at = (calls: readonly CallSpan[], pid: number, clock: number): string[] =>
  calls
    .filter((call) => call.pid === pid && call.from <= clock && clock < call.to)
    .sort((a, b) => a.depth - b.depth)
    .map((call) => call.function);

test('at each moment the calls that are under way are the frames of the stack', async () => {
  await withRun({ scenario: 'handshake' }, async ({ session, history }) => {
    const connect = session.journal().find((each) => each.event === 'call' && each.text.startsWith('connect('));
    const from = connect?.clock ?? 0;
    const calls = (await history.calls({ from, to: from + 2500 })) ?? [];
    expect(calls.length).toBeGreaterThan(50);
    for (let clock = from + 1; clock < from + 2500; clock += 61) {
      await session.travelTo(clock);
      const { thread } = session.stop;
      const running = session.threads().find(({ id }) => id === thread);
      // A service is no C and has no statement to be seen at.
      const compiled = session.stack(thread).filter(({ kind }) => kind === 'compiled');
      const stack = compiled.map((frame) => frame.function);
      expect(at(calls, running?.pid ?? -1, clock), `${clock}`).toEqual(stack.reverse());
    }
  });
});

test('a process that has left its system call is in no function', async () => {
  await withRun({ scenario: 'handshake' }, async ({ session, history }) => {
    const done = session.journal().find((each) => each.event === 'return' && each.text.startsWith('listen('));
    const { clock = 0 } = done ?? {};
    const calls = (await history.calls({ from: clock - 100, to: clock + 300 })) ?? [];
    const listen = calls.find((call) => call.function === 'sys_listen');
    expect(listen?.to).toBeLessThanOrEqual(clock);
  });
});

test('moments at places are told in order, within the span', async () => {
  await withRun({ scenario: 'handshake' }, async ({ session, history }) => {
    session.setFunctionBreakpoints([{ name: 'tcp_v4_rcv' }]);
    const [statement] = session.breakpointStatements;
    const all = (await history.visits([statement ?? -1], { from: 0, to: session.stop.clock })) ?? [];
    expect(all.length).toBeGreaterThan(3);
    expect(all.every(({ place }) => place?.function === 'tcp_v4_rcv')).toBe(true);
    const [first, second] = all;
    const part = await history.visits([statement ?? -1], { from: (first?.clock ?? 0) + 1, to: second?.clock ?? 0 });
    expect(part?.map(({ clock }) => clock)).toEqual([second?.clock]);
  });
});
