/** The kernel's own variables over time, each point at the statement that made it. */
import { describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { curveLines, curvesScene, curveTable, sessionCurves, type CurvesModel } from '../../src/facade/views';
import { realTree } from '../tree/tree-fixture';
import { withRun, type Wanted } from './run-at';

async function curvesOf(wanted: Wanted, choice?: string): Promise<CurvesModel> {
  const model = await withRun(wanted, ({ session, history }) => sessionCurves(session, history, { choice }));
  if (!model) {
    throw new Error('cancelled');
  }
  return model;
}

const valuesOf = ({ ends }: CurvesModel, wanted: string): number[] =>
  (ends[0]?.panels ?? [])
    .flatMap(({ curves }) => curves)
    .filter(({ name }) => name === wanted)
    .flatMap(({ points }) => points.map(({ value }) => value));

describe.each([false, ...(realTree === undefined ? [] : [true])])('on a real tree: %s', (onTree) => {
  test('a lost SYN doubles the time to its next repetition, and closes the window', async () => {
    const model = await curvesOf({ scenario: 'syn-lost', onTree });
    expect(valuesOf(model, 'rto').slice(0, 4)).toEqual([3000, 6000, 12000, 24000]);
    expect(valuesOf(model, 'cwnd').at(-1)).toBe(1);
    const times = model.ends[0]?.panels.flatMap(({ curves }) => curves).find(({ name }) => name === 'rto')?.points;
    expect(times?.slice(0, 3).map(({ time }) => Math.round(time / 100_000))).toEqual([1, 31, 91]);
  });

  test('an accept queue fills to one more than the backlog', async () => {
    const model = await curvesOf({ scenario: 'backlog-overflow', onTree }, '0.0.0.0:8080');
    expect(valuesOf(model, 'accept').slice(0, 5)).toEqual([0, 1, 2, 1, 0]);
    expect(valuesOf(model, 'accept-limit').at(-1)).toBe(2);
  });
});

test('sequence numbers count from the first one, and what is acknowledged follows what was sent', async () => {
  const model = await curvesOf({ scenario: 'fast-retransmit' });
  expect(valuesOf(model, 'sent').at(-1)).toBe(6901);
  expect(valuesOf(model, 'acknowledged').at(-1)).toBe(6901);
  expect(valuesOf(model, 'ssthresh')).toEqual([2]);
});

test('what a timer changes stands at its time, before a packet tells of it', async () => {
  await withRun({ scenario: 'data-retransmit' }, async ({ session, history }) => {
    const again = session.journal().filter((entry) => entry.event === 'packet' && entry.direction === 'out');
    await session.travelTo(given(again[2], 'retransmission').clock);
    const model = given(await sessionCurves(session, history), 'curves');
    const cwnd = model.ends[0]?.panels.flatMap(({ curves }) => curves).find(({ name }) => name === 'cwnd');
    expect(cwnd?.points.at(-1)?.time).toBe(3_300_000);
    expect(model.time).toBe(3_300_000);
  });
});

test('each point is the moment before the statement that made it', async () => {
  await withRun({ scenario: 'fast-retransmit' }, async ({ session, history }) => {
    const model = await sessionCurves(session, history);
    const points = model?.ends[0]?.panels[1]?.curves[0]?.points ?? [];
    for (const { clock } of points.slice(1)) {
      await session.travelTo(clock);
      // A statement that calls something writes when that has returned.
      const frames = session.stack(session.stop.thread).slice(0, 2);
      const text = frames
        .map(({ path = '', start, end }) => session.sourceFile(path)?.text.slice(start, end))
        .join('\n');
      expect(text).toContain('snd_cwnd');
    }
    expect(points.length).toBeGreaterThan(2);
  });
});

test('the past has no future, and nothing to draw is a sentence', async () => {
  const model = await curvesOf({ scenario: 'fast-retransmit', until: 7000 });
  expect(valuesOf(model, 'sent')).toEqual([1, 1001, 2001]);
  const none = await curvesOf({ scenario: 'handshake', until: 1 });
  expect(curveLines(none, 'en')).toEqual([expect.stringContaining('no connection yet')]);
  expect(curvesScene(none, 'en').items).toEqual([]);
});

test('the table has a row for each change', async () => {
  const rows = curveTable(await curvesOf({ scenario: 'syn-lost' })).split('\r\n');
  expect(rows[0]).toBe('seconds,statement,local,remote,curve,member,value');
  expect(rows).toContainEqual(expect.stringMatching(/^3\.100000,\d+,192\.168\.0\.1:\d+,192\.0\.2\.1:\d+,rto,.*,6000$/));
});
