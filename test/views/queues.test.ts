/** What waits in which queue at moments of bundled scenarios, against the limits, and what was refused for them. */
import { describe, expect, test } from 'vitest';
import { queueLines, sessionQueues, type QueuesModel } from '../../src/facade/views';
import type { JournalEntry } from '../../src/facade/session';
import { realTree } from '../tree/tree-fixture';
import { withRun, type RunAt, type Wanted } from './run-at';

/** The queues just behind the last of the journal's entries that fit. */
function queuesBehind(wanted: Wanted, fits: (entry: JournalEntry) => boolean): Promise<QueuesModel> {
  return withRun(wanted, async ({ session, history }: RunAt) => {
    const entry = [...session.journal()].reverse().find(fits);
    await session.travelTo((entry?.clock ?? 0) + 1);
    return sessionQueues(session, history);
  });
}

const queuesOf = (wanted: Wanted): Promise<QueuesModel> =>
  withRun(wanted, ({ session, history }) => sessionQueues(session, history));

describe.each([false, ...(realTree === undefined ? [] : [true])])('on a real tree: %s', (onTree) => {
  test('a full accept queue holds one more than the backlog, and names the packets that it refused', async () => {
    const wanted = { scenario: 'backlog-overflow', onTree };
    const model = await queuesBehind(wanted, (entry) => entry.event === 'drop' && entry.packet === 13);
    const listener = model.sockets[0];
    expect(listener).toMatchObject({ state: 'TCP_LISTEN', local: '0.0.0.0:8080' });
    const [syn, accept] = listener?.queues ?? [];
    expect(syn).toMatchObject({ name: 'syn', length: 2, isFull: false, refusals: [] });
    expect(syn?.items.map(({ card }) => card)).toEqual([
      expect.stringMatching(/^open_request@0x/),
      expect.stringMatching(/^open_request@0x/),
    ]);
    expect(accept).toMatchObject({ name: 'accept', length: 2, limit: 2, isFull: true });
    expect(accept?.refusals.map(({ packet }) => packet)).toEqual([9, 12, 13]);
  });

  test('what has not happened yet is not refused', async () => {
    const wanted = { scenario: 'backlog-overflow', onTree };
    const model = await queuesBehind(wanted, (entry) => entry.event === 'drop' && entry.packet === 9);
    expect(model.sockets[0]?.queues[1]?.refusals.map(({ packet }) => packet)).toEqual([9]);
  });

  test('segments before their turn wait out of order, with their bytes', async () => {
    const wanted = { scenario: 'out-of-order', onTree };
    const waits = await withRun(wanted, async ({ session, history }) => {
      const packets = session.journal().filter((entry) => entry.event === 'packet');
      for (const { clock } of packets) {
        await session.travelTo(clock);
        const model = await sessionQueues(session, history);
        const queue = model.sockets
          .flatMap(({ queues }) => queues)
          .find((each) => each.name === 'out-of-order' && each.length > 0);
        if (queue) {
          return queue;
        }
      }
      return undefined;
    });
    expect(waits?.length).toBeGreaterThan(0);
    expect(waits?.bytes).toBeGreaterThan(0);
    expect(waits?.items[0]).toMatchObject({ card: expect.stringMatching(/^sk_buff@0x/) as string });
  });
});

test('a datagram is refused when the received ones take all the memory there is', async () => {
  const model = await queuesOf({ scenario: 'udp-full-queue' });
  expect(model.sockets[0]?.queues[0]).toMatchObject({ name: 'receive', refusals: [{ packet: 3 }, { packet: 4 }] });
});

test('no sockets, no queues, and a sentence', async () => {
  const model = await queuesOf({ scenario: 'handshake' });
  expect(model.sockets).toEqual([]);
  expect(queueLines(model, 'en')).toEqual([expect.stringContaining('no socket yet')]);
  expect(queueLines(model, 'zh')).toEqual([expect.stringContaining('还没有')]);
});

test('of hundreds of sockets those with something in them are shown, the others counted', async () => {
  const clients = Array.from({ length: 300 }, (_, index) => `+0 socket(AF_INET, SOCK_DGRAM, 0) = ${index + 4}`).join(
    '\n',
  );
  const script = `0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n${clients}\n`;
  const model = await withRun({ scenario: 'many', script }, async ({ session, history }) => {
    const calls = session.journal().filter(({ event }) => event === 'return');
    await session.travelTo(calls.at(-1)?.clock ?? 0);
    return sessionQueues(session, history);
  });
  expect(model.sockets.length + model.leftOff).toBe(301);
  expect(model.sockets.length).toBe(200);
  expect(model.sockets[0]?.state).toBe('TCP_LISTEN');
});
