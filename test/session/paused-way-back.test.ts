/** A way back that somebody pauses: nothing was found, and the machine stands where it stood. */
import { expect, test, vi } from 'vitest';
import { StopFlags } from '../../src/machine/stop-flags';
import type { StepKind } from '../../src/session/session-types';
import { breakAt, openC, shown, where } from './c-session';

const text = `int total;
int add(int n) {
  while (n-- > 0)
    total++;
  return total;
}
int run(void) {
  add(400000);
  total = -1;
  return total;
}
`;

test.each<StepKind>(['back-continue', 'back-over', 'back-out'])('%s', async (kind) => {
  const session = await openC(text, undefined, 5_000_000);
  breakAt(session, kind === 'back-out' ? { line: 5 } : { line: 9 });
  await session.start();
  const { clock } = await session.run('continue');
  expect(shown(session, 'total')).toBe('400000');
  const before = where(session);
  const stop = await session.run(kind, { breathe: () => Promise.resolve(true) });
  expect(stop).toMatchObject({ reason: 'pause', clock, thread: 1 });
  expect(shown(session, 'total')).toBe('400000');
  expect(before.split(' ')[1]).toBe(where(session).split(' ')[1]);
  const back = await session.run(kind);
  expect(where(session, back)).toBe(kind === 'back-continue' ? '1 run:8 start' : '1 run:8 step');
});

test('a way back to a moment that was changed by hand is one run, not one for each statement', async () => {
  const session = await openC(text, undefined, 5_000_000);
  breakAt(session, { line: 9 });
  await session.start();
  await session.run('continue');
  session.evaluate('total = 7', session.stack(1)[0], { sideEffects: true });
  await session.run('over');
  const changes = vi.spyOn(StopFlags.prototype, 'setStepping');
  try {
    await session.run('back-over');
    expect(where(session)).toBe('1 run:9 step');
    expect(shown(session, 'total')).toBe('7');
    await session.run('back-over');
    expect(where(session)).toBe('1 run:8 step');
    const switched = changes.mock.calls.filter(([on], index, calls) => on !== calls[index - 1]?.[0]);
    expect(switched.length).toBeLessThan(100);
  } finally {
    changes.mockRestore();
  }
});
