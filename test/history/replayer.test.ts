/** A span run once more: what is seen, in what order, and that the session does not notice. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import type { Looks } from '../../src/history/replayer';
import { openHistory, ranToEnd, type OpenedHistory } from './history-session';

/** Everything that a look tells, as text. */
async function seen({ history }: OpenedHistory, span: { from: number; to: number }, looks: Looks): Promise<string[]> {
  const lines: string[] = [];
  await history.replayer.replay(span, {
    ...looks,
    onStatement: (stop, machine) => {
      lines.push(`${machine.clock} ${itemAt(machine.debug.statements, stop.statement).line}`);
    },
    onReturn: ({ clock, functionId, bytes }, machine) => {
      const value = new DataView(bytes.buffer).getInt32(0, true);
      lines.push(`${clock} ${itemAt(machine.debug.functions, functionId).name} = ${value}`);
    },
    onEntry: ({ clock, event }) => {
      lines.push(`${clock} ${event}`);
    },
  });
  return lines;
}

function firstOf(opened: OpenedHistory, name: string): Promise<{ statement: number; id: number }> {
  return opened.history.replayer.at(0, ({ debug }) => {
    const id = debug.functions.findIndex((fn) => fn.name === name);
    return { statement: itemAt(debug.functions, id).firstStatement, id };
  });
}

test('calls of a function over the whole run, seen forwards as a breakpoint sees them', async () => {
  const opened = await ranToEnd('handshake');
  const { session } = opened;
  const before = { stop: session.stop, journal: session.journal().length };
  const { statement } = await firstOf(opened, 'tcp_v4_rcv');
  const calls = await seen(opened, { from: 0, to: session.stop.frontier }, { statements: [statement] });
  const fresh = await openHistory('handshake');
  await fresh.session.start();
  fresh.session.setFunctionBreakpoints([{ name: 'tcp_v4_rcv' }]);
  const hits: string[] = [];
  while ((await fresh.session.run('continue')).reason === 'function-breakpoint') {
    hits.push(`${fresh.session.stop.clock} ${itemAt(fresh.session.stack(fresh.session.stop.thread), 0).line}`);
  }
  expect(calls.filter((line) => /^\d+ \d+$/.test(line))).toEqual(hits);
  expect(hits.length).toBeGreaterThan(2);
  expect({ stop: session.stop, journal: session.journal().length }).toEqual(before);
});

test('returns with their values, also on the way to a span that begins later', async () => {
  const opened = await ranToEnd('tcp-socket');
  const { id } = await firstOf(opened, 'inet_create');
  const to = opened.session.stop.frontier;
  const all = await seen(opened, { from: 0, to }, { returnsOf: [id] });
  const returns = all.filter((line) => line.includes('inet_create'));
  expect(returns).toHaveLength(1);
  expect(returns[0]).toContain('= 0');
  const clock = Number(itemAt(returns, 0).split(' ')[0]);
  expect(await seen(opened, { from: clock, to }, { returnsOf: [id] })).toContain(returns[0]);
  expect(await seen(opened, { from: 0, to: clock - 1 }, { returnsOf: [id] })).not.toContain(returns[0]);
});

test('the journal of a span is told as it was', async () => {
  const opened = await ranToEnd('handshake');
  const told = await seen(opened, { from: 0, to: opened.session.stop.frontier }, {});
  const journal = opened.session.journal().map(({ clock, event }) => `${clock} ${event}`);
  expect(told).toEqual(journal);
});

test('every statement, until enough', async () => {
  const { session, history } = await ranToEnd('handshake');
  const clocks: number[] = [];
  const outcome = await history.replayer.replay(
    { from: 1000, to: 2000 },
    {
      statements: 'all',
      onStatement: (_stop, machine) => {
        clocks.push(machine.clock);
        return clocks.length === 300 ? 'enough' : undefined;
      },
    },
  );
  expect(outcome).toBe('enough');
  expect(clocks).toEqual(Array.from({ length: 300 }, (_, index) => 1000 + index));
  expect(session.stop.reason).toBe('end');
});

test('a replay is cancelled between two slices', async () => {
  const { history, session } = await ranToEnd('handshake');
  const outcome = await history.replayer.replay(
    { from: 0, to: session.stop.frontier },
    { statements: 'all', breathe: () => Promise.resolve(true) },
  );
  expect(outcome).toBe('cancelled');
});

test('a moment on the way to which somebody has had enough is not looked at', async () => {
  const { history, session } = await ranToEnd('handshake');
  const end = session.stop.frontier;
  const clockAt = (clock: number, breathe?: () => Promise<boolean>): Promise<number | undefined> =>
    history.replayer.at(clock, (machine) => machine.clock, breathe);
  expect(await clockAt(end - 10, () => Promise.resolve(true))).toBeUndefined();
  expect(await clockAt(end - 10)).toBe(end - 10);
  expect(await clockAt(5_000, () => Promise.resolve(false))).toBe(5_000);
});

test('a question that is given up while its copy is made can be asked again', async () => {
  const { history, session } = await ranToEnd('handshake');
  const span = { from: 0, to: session.stop.frontier };
  const bytes = { address: given(history.target('jiffies', undefined).target, 'target').range.address, size: 4 };
  let [outcome, breaths] = ['cancelled', 0];
  for (; outcome === 'cancelled'; breaths++) {
    let left = breaths;
    const breathe = (): Promise<boolean> => Promise.resolve(left-- === 0);
    outcome = await history.replayer.replay(span, { bytes, breathe });
  }
  expect(outcome).toBe('done');
  expect(breaths, 'turns that somebody else has').toBeGreaterThan(4);
  const clocks: number[] = [];
  const onChange = ({ clock }: { clock: number }): void => void clocks.push(clock);
  expect(await history.replayer.replay(span, { bytes, onChange })).toBe('done');
  expect(clocks.length).toBeGreaterThan(0);
});

test('what was changed by hand is in the past that leads here, and in no other', async () => {
  const opened = await openHistory('handshake');
  const { session, history } = opened;
  await session.start();
  await session.travelTo(3000);
  session.evaluate('jiffies = 77777', undefined, { sideEffects: true });
  await session.travelTo(3500);
  const jiffies = (): string | undefined => session.evaluate('jiffies', undefined).value?.display;
  const address = given(given(session.evaluate('jiffies', undefined).value, 'value').address, 'address');
  const values: number[] = [];
  await history.replayer.replay(
    { from: 2995, to: 3005 },
    {
      statements: 'all',
      onStatement: (_stop, machine) => {
        values.push(machine.memory.u32(address));
      },
    },
  );
  expect(jiffies()).toBe('77777');
  expect(values.slice(0, 5).every((value) => value !== 77777)).toBe(true);
  expect(values.slice(5)).toEqual([77777, 77777, 77777, 77777, 77777, 77777]);
});
