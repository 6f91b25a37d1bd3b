/** A way back that somebody pauses: nothing was found, and the machine stands where it stood. */
import { expect, test } from 'vitest';
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
