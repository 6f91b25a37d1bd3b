/** Where each end of a connection is, and the steps by which it came there. */
import { describe, expect, test } from 'vitest';
import { sessionStates, stateLines, statesScene, type StatesModel } from '../../src/facade/views';
import { realTree } from '../tree/tree-fixture';
import { withRun, type Wanted } from './run-at';

/** The states at the end, or just behind the last entry about a packet. */
function statesAt(wanted: Wanted, packet?: number): Promise<StatesModel> {
  return withRun(wanted, async ({ session, history }) => {
    const entry = [...session.journal()].reverse().find((each) => 'packet' in each && each.packet === packet);
    if (entry) {
      await session.travelTo(entry.clock + 1);
    }
    return sessionStates(session, history);
  });
}

const pathOf = (model: StatesModel, local: string | RegExp): string[] => {
  const end = model.connections.flatMap(({ ends }) => ends).find((each) => each.remote && each.local.match(local));
  return (end?.steps ?? []).flatMap(({ from, to }, index) => (index === 0 ? [from, to] : [to]));
};

describe.each([false, ...(realTree === undefined ? [] : [true])])('on a real tree: %s', (onTree) => {
  test('requests without a sock are half open, and their other ends believe that they are connected', async () => {
    const model = await statesAt({ scenario: 'backlog-overflow', onTree }, 13);
    const halfOpen = model.connections.filter(({ ends }) => ends.some(({ isHalfOpen }) => isHalfOpen));
    expect(halfOpen).toHaveLength(2);
    for (const { ends } of halfOpen) {
      expect(ends.map(({ state, local }) => [local.endsWith(':8080'), state])).toEqual([
        [false, 'TCP_ESTABLISHED'],
        [true, 'TCP_SYN_RECV'],
      ]);
    }
  });

  test('a listener knows the statement with which it began', async () => {
    const model = await statesAt({ scenario: 'backlog-overflow', onTree }, 13);
    const [listener] = model.connections[0]?.ends ?? [];
    expect(listener).toMatchObject({ local: '0.0.0.0:8080', state: 'TCP_LISTEN' });
    expect(listener?.steps).toMatchObject([{ from: 'TCP_CLOSE', to: 'TCP_LISTEN', place: { file: 'net/ipv4/tcp.c' } }]);
  });

  test('both ends of a life, side by side, to the wait at its end', async () => {
    const model = await statesAt({ scenario: 'connection-life', onTree });
    expect(pathOf(model, /:(?!8080$)\d+$/).map((state) => state.slice(4))).toEqual([
      ...['CLOSE', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT'],
    ]);
    expect(pathOf(model, /:8080$/).map((state) => state.slice(4))).toEqual([
      ...['SYN_RECV', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSE'],
    ]);
    const steps = model.connections.flatMap(({ ends }) => ends).flatMap((end) => end.steps);
    expect(steps.filter(({ place }) => place === undefined)).toEqual([]);
  });
});

test('a bucket that waits in the place of a sock is in the state that the sock was in', async () => {
  const { connections } = await withRun({ scenario: 'connection-life' }, async ({ session, history }) => {
    const entry = session.journal().find((each) => each.event === 'state' && each.from === 'TCP_FIN_WAIT2');
    await session.travelTo((entry?.clock ?? 0) + 400);
    return sessionStates(session, history);
  });
  const waiting = connections.flatMap(({ ends }) => ends).find(({ card }) => card?.startsWith('tcp_tw_bucket@0x'));
  expect(waiting?.state).toBe('TCP_FIN_WAIT2');
  expect(waiting?.steps.at(-1)?.to).toBe('TCP_FIN_WAIT2');
});

test('the past has no future, and a run without connections says so', async () => {
  const model = await withRun({ scenario: 'handshake', until: 1 }, ({ session, history }) =>
    sessionStates(session, history),
  );
  expect(model).toEqual({ connections: [], leftOff: 0 });
  expect(stateLines(model, 'zh')).toEqual([expect.stringContaining('还没有 TCP 连接')]);
});

test('an end on this machine that has no socket yet is not said to be outside', async () => {
  const text = (model: StatesModel, language: 'en' | 'zh'): string =>
    statesScene(model, language)
      .back.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
      .join('\n');
  const early = await statesAt({ scenario: 'handshake', until: 1700 });
  expect(text(early, 'en')).toContain('127.0.0.1:8080, no socket for it now');
  expect(text(early, 'zh')).toContain('127.0.0.1:8080，现在没有对应的 socket');
  expect(text(await statesAt({ scenario: 'syn-lost' }), 'en')).toContain('outside the simulated machine');
});

test('an end outside is one column', async () => {
  const model = await statesAt({ scenario: 'syn-lost' });
  expect(model.connections.map(({ ends }) => ends.length)).toEqual([1]);
});
