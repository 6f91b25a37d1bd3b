/** Time is counted from the run's first system call, also where the journal has no room for that call any more. */
import { expect, test } from 'vitest';
import { sessionLadder, sessionSeconds } from '../../src/facade/ladder';
import { sessionCurves, sessionStates } from '../../src/facade/views';
import { openHistory } from '../history/history-session';

async function timesAtEnd(journalRoom: number | undefined): Promise<object> {
  const { session, history } = await openHistory('connection-life', { journalRoom });
  await session.start();
  await session.run('continue');
  expect((session.journalForgotten ?? 0) > 0).toBe(journalRoom !== undefined);
  const { rows, origin } = sessionLadder(session);
  const { connections } = await sessionStates(session, history);
  const curves = await sessionCurves(session, history);
  return {
    header: sessionSeconds(session),
    ladder: [origin, rows.at(-1)?.time],
    states: Math.max(...connections.flatMap(({ ends }) => ends.flatMap(({ steps }) => steps.map(({ time }) => time)))),
    graphs: curves?.time,
  };
}

test('header, ladder, states and graphs have the same times with little room', async () => {
  const all = await timesAtEnd(undefined);
  expect(all).toMatchObject({ ladder: [10_000_000, expect.any(Number)] });
  expect(await timesAtEnd(4_000)).toEqual(all);
});
