/** Moments told by a place: the next and the last visit of a statement, the first moment of a frame. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { breakAt, path, shown, started, where } from './c-session';

const text = `int total;
int down(int n) {
  total += n;
  if (n > 0)
    down(n - 1);
  return total;
}
int run(void) {
  down(2);
  down(1);
  return total;
}
`;

/** Lines of `text`: the first statement of `down`, its last, the end of `run`. */
const [first, last, end] = [3, 6, 11];

test('the next visits of a statement, one after the other, until there is none', async () => {
  const session = await started(text);
  const seen: (string | undefined)[] = [];
  while (await session.visits.next({ path, line: first })) {
    expect(where(session)).toBe(`1 down:${first} goto`);
    seen.push(shown(session, 'n'));
  }
  expect(seen).toEqual(['2', '1', '0', '1', '0']);
});

test('without a next visit the machine stands where it stood', async () => {
  const session = await started(text);
  await session.visits.next({ path, line: end });
  const { clock } = session.stop;
  expect(await session.visits.next({ path, line: end })).toBeUndefined();
  expect(session.stop.clock).toBe(clock);
  expect(where(session)).toBe(`1 run:${end} goto`);
  expect(await session.visits.next({ path, line: 2000 })).toBeUndefined();
  expect(await session.visits.next({ path: 'other.c', line: end })).toBeUndefined();
  await session.run('continue');
  expect(await session.visits.next({ path, line: first })).toBeUndefined();
  expect(session.stop.reason).toBe('end');
});

test('the last visits of a statement, one before the other', async () => {
  const session = await started(text);
  expect(await session.visits.last({ path, line: first })).toBeUndefined();
  await session.run('continue');
  const seen: (string | undefined)[] = [];
  while (await session.visits.last({ path, line: first })) {
    seen.push(shown(session, 'n'));
  }
  expect(seen).toEqual(['0', '1', '0', '1', '2']);
  const { clock } = session.stop;
  expect(await session.visits.last({ path, line: first })).toBeUndefined();
  expect(session.stop.clock).toBe(clock);
  expect(await session.visits.last({ path, line: 2000 })).toBeUndefined();
});

test('a column tells statements of a line apart', async () => {
  const session = await started('int a;\nint run(void) {\n  a = 1; a = 2;\n  return a;\n}\n');
  await session.visits.next({ path, line: 3, column: 10 });
  expect(shown(session, 'a')).toBe('1');
});

test('breakpoints do not stop the way, and stop as before afterwards', async () => {
  const session = await started(text);
  breakAt(session, { line: 4 });
  expect(await session.visits.next({ path, line: last })).toMatchObject({ reason: 'goto' });
  expect(shown(session, 'total')).toBe('3');
  await session.run('continue');
  expect(where(session)).toBe('1 down:4 breakpoint');
  breakAt(session);
  await session.run('continue');
  expect(session.stop.reason).toBe('end');
});

test('the first moment of a frame is that of this frame, not of another call', async () => {
  const session = await started(text);
  breakAt(session, { line: last, condition: 'n == 1' });
  await session.run('continue');
  const [top, caller] = session.stack(1);
  expect(await session.visits.frameStart(given(top, 'top'))).toMatchObject({ reason: 'goto' });
  expect([where(session), shown(session, 'n'), shown(session, 'total')]).toEqual([`1 down:${first} goto`, '1', '2']);
  const { clock } = session.stop;
  expect(await session.visits.frameStart(itemAt(session.stack(1), 0))).toMatchObject({ clock });
  expect(await session.visits.frameStart(given(caller, 'caller'))).toMatchObject({ reason: 'goto' });
  expect([shown(session, 'n'), shown(session, 'total')]).toEqual(['2', '0']);
});

test('a frame of the second call of a function begins with that call', async () => {
  const session = await started(text);
  breakAt(session, { line: last, condition: 'total == 4' });
  await session.run('continue');
  const [, caller] = session.stack(1);
  await session.visits.frameStart(given(caller, 'caller'));
  expect([shown(session, 'n'), shown(session, 'total')]).toEqual(['1', '3']);
});
