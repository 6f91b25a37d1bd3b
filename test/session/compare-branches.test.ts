/** Two lines of time of a C program compared: the first statement that differs, and how each came to its end. */
import { expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import type { Comparison } from '../../src/session/branch-types';
import type { Session } from '../../src/session/session';
import { openC, started, where } from './c-session';

const text = `int total, limit = 3, by = 1;
int run(void) {
  while (total < limit)
    total
      += by;
  return 12 / by;
}
`;

async function compared(session: Session, a = 'first', b = 'branch-1'): Promise<Comparison> {
  const result = await session.branches.compare(a, b);
  if (typeof result !== 'object' || !('calls' in result)) {
    throw new Error(wording(result, 'en'));
  }
  return result;
}

test('one that goes on where the other has ended, and the other way round', async () => {
  const session = await started(text);
  await session.travelTo(4);
  session.assign('limit', '2', undefined);
  const { clock } = session.stop;
  const longer = await compared(session);
  expect([longer.common, longer.a.kind, longer.b.kind, longer.a.clock - longer.b.clock]).toEqual([4, 'end', 'end', 2]);
  expect(longer.a.what).toBeUndefined();
  expect(longer.statement?.a).toMatchObject({ thread: 1, process: '', function: 'run', path: 't.c', line: 4 });
  expect(longer.statement?.a?.text).toBe('total += by;');
  expect(longer.statement?.b).toMatchObject({ line: 6, text: 'return 12 / by;', clock: longer.statement?.a?.clock });
  expect([longer.packets, longer.calls, longer.leftOff]).toEqual([[], [], 0]);
  const shorter = await compared(session, 'branch-1', 'first');
  expect(shorter.statement).toEqual({ a: longer.statement?.b, b: longer.statement?.a });
  expect([shorter.a.name, shorter.b.name]).toEqual(['branch-1', 'first']);
  expect([session.stop.clock, session.branches.list()[1]?.isCurrent, where(session)]).toEqual([
    clock,
    true,
    '1 run:3 goto',
  ]);
});

test('a branch that ends in a fault says which; its last statement has no other beside it', async () => {
  const session = await started(text);
  await session.travelTo(7);
  expect(where(session)).toBe('1 run:6 goto');
  session.assign('by', '0', undefined);
  const { a, b, statement } = await compared(session);
  expect([a.kind, b.kind]).toEqual(['end', 'fault']);
  expect(b.what && wording(b.what, 'en')).toMatch(/divides by zero/);
  expect(statement?.b).toBeUndefined();
});

test('branches that do the same differ in no statement', async () => {
  const session = await started(text);
  await session.travelTo(2);
  session.branches.begin('same');
  const { statement, a, b } = await compared(session, 'first', 'same');
  expect([statement, a.clock, a.kind]).toEqual([undefined, b.clock, b.kind]);
});

test('a branch without an end is followed as far as the budget goes', async () => {
  const session = await openC(text, undefined, 500);
  await session.start();
  await session.travelTo(4);
  session.assign('by', '0', undefined);
  const { a, b } = await compared(session);
  expect([a.kind, b.kind, b.clock >= 500, b.what]).toEqual(['end', 'budget', true, undefined]);
});

test('a comparison that is called off tells no statement', async () => {
  const session = await openC(text, undefined, 5_000_000);
  await session.start();
  session.assign('limit', '400000', undefined);
  session.branches.begin('same');
  let breaths = 0;
  const result = await session.branches.compare('branch-1', 'same', {
    breathe: () => Promise.resolve(++breaths > 0),
  });
  expect(result).toMatchObject({ a: { kind: 'budget' }, b: { kind: 'budget' } });
  expect(breaths).toBeGreaterThan(0);
});
