/** What a step means: over, into and out, through sleeping, interrupts, other processes and the ends of calls. */
import { expect, test } from 'vitest';
import type { StepKind } from '../../src/session/session-types';
import { started, where, type Call } from './c-session';

/** Runs the commands one after the other and expects where each ends. */
async function check(
  text: string,
  calls: readonly (readonly Call[])[],
  first: string,
  ...steps: readonly (readonly [StepKind, string])[]
): Promise<void> {
  const session = await started(text, calls);
  expect(where(session)).toBe(first);
  for (const [index, [kind, expected]] of steps.entries()) {
    expect(where(session, await session.run(kind)), `step ${index + 1}, ${kind}`).toBe(expected);
  }
}

const calls = `int count;
int inner(int n) {
  count += n;
  return count;
}
int run(int n) {
  n = inner(n);
  return n + 1;
}
int wide(int a, int b, int c, int d, int e, int f) {
  count = a + b + c;
  return d + e + f;
}
`;

test('into enters a call, over passes it, out ends in the caller', () =>
  check(
    calls,
    [[['run', 1]]],
    '1 run:7 entry',
    ['into', '1 inner:3 step'],
    ['out', '1 run:8 step'],
    ['back-over', '1 run:7 step'],
    ['over', '1 run:8 step'],
    ['back-into', '1 inner:4 step'],
    ['back-out', '1 run:7 step'],
    ['into', '1 inner:3 step'],
    ['over', '1 inner:4 step'],
    ['over', '1 run:8 step'],
  ));

test('over at the last statement of a call comes to the next call of the process, however its frame lies', () =>
  check(
    calls,
    [
      [
        ['run', 1],
        ['wide', 1, 2, 3, 4, 5, 6],
        ['run', 2],
      ],
    ],
    '1 run:7 entry',
    ['over', '1 run:8 step'],
    ['over', '1 wide:11 step'],
    ['over', '1 wide:12 step'],
    ['over', '1 run:7 step'],
    ['over', '1 run:8 step'],
    ['over', '- end'],
    ['over', '- end'],
  ));

test('out of a call comes to the next call of the process, also when that has the same frame', () =>
  check(
    calls,
    [
      [
        ['run', 1],
        ['run', 2],
        ['wide', 1, 2, 3, 4, 5, 6],
      ],
    ],
    '1 run:7 entry',
    ['out', '1 run:7 step'],
    ['into', '1 inner:3 step'],
    ['out', '1 run:8 step'],
    ['out', '1 wide:11 step'],
    ['out', '- end'],
    ['back-over', '1 wide:12 step'],
  ));

const sleepers = `int sleep_here(void);
void wake(int n, int value);
int woken;
int sleeper(void) {
  int why;
  why = sleep_here();
  return why;
}
int waker(int n, int value) {
  woken++;
  wake(n, value);
  return woken;
}
int third(void) {
  return 0;
}
`;

test('over a call that sleeps stays with the process, until it goes on', () =>
  check(
    sleepers,
    [[['sleeper']], [['waker', 1, 7]], [['third']]],
    '1 sleeper:6 entry',
    ['over', '1 sleeper:7 step'],
    ['back-over', '1 sleeper:6 step'],
    ['out', '- end'],
  ));

test('into a call that sleeps stays with the process too, and so does the way back', () =>
  check(
    sleepers,
    [[['sleeper']], [['waker', 1, 7]]],
    '1 sleeper:6 entry',
    ['into', '1 sleeper:7 step'],
    ['back-into', '1 sleeper:6 step'],
  ));

test('another process is stepped back when it is named', async () => {
  const session = await started(sleepers, [[['sleeper']], [['waker', 1, 7]]]);
  await session.run('over');
  expect(where(session, await session.run('back-into', { thread: 2 }))).toBe('2 waker:12 step');
  expect(where(session, await session.run('back-over', { thread: 2 }))).toBe('2 waker:11 step');
  expect(where(session, await session.run('back-over', { thread: 1 }))).toBe('1 sleeper:6 step');
});

test('into one of the calls of a statement steps over the others, and over all when it is not called', async () => {
  const session = await started(
    `int count;
int first(int n) {
  return n + 1;
}
int second(int n) {
  count = first(n);
  return count;
}
int run(void) {
  count = second(first(1)) + first(2);
  return count;
}
`,
  );
  await session.run('into');
  const first = session.stack(1)[0]?.functionId;
  await session.run('out');
  expect(where(session)).toBe('1 run:11 step');
  await session.run('back-over');
  const from = session.stop.clock;
  const into = async (id: number | undefined): Promise<string> => {
    await session.travelTo(from);
    return where(session, await session.run('into', { into: id }));
  };
  expect(await into(first)).toBe('1 first:3 step');
  expect(await into(1000)).toBe('1 run:11 step');
  await session.travelTo(from);
  await session.run('into');
  await session.run('over');
  expect(where(session)).toBe('1 second:6 step');
  const second = session.stack(1)[0]?.functionId;
  expect(await into(second)).toBe('1 second:6 step');
  expect(await into(undefined)).toBe('1 first:3 step');
});

test('a process that never goes on: the step ends with the run', async () => {
  const session = await started(sleepers, [[['sleeper']], [['third']]]);
  const stop = await session.run('over');
  expect(stop).toMatchObject({ reason: 'fault', fault: { kind: 'deadlock' } });
  expect(where(session, await session.run('over'))).toContain('fault');
});

test('another process is stepped when it is named', async () => {
  const session = await started(sleepers, [[['sleeper']], [['waker', 1, 7]], [['third']]]);
  expect(where(session, await session.run('over', { thread: 2 }))).toBe('2 waker:10 step');
  expect(where(session, await session.run('over', { thread: 2 }))).toBe('2 waker:11 step');
  expect(where(session, await session.run('over', { thread: 1 }))).toBe('1 sleeper:7 step');
});

test('a breakpoint in another process ends a step, which says that it left and why', async () => {
  const session = await started(sleepers, [[['sleeper']], [['waker', 1, 7]]]);
  session.setBreakpoints('t.c', [{ line: 10 }]);
  const stop = await session.run('over');
  expect(where(session, stop)).toBe('2 waker:10 breakpoint');
  expect(stop.switched).toEqual({ from: 1, to: 2, because: 'sleeps' });
});

const interrupts = `int interrupt_here(void (*handler)(void));
int ticks;
void tick(void) {
  ticks++;
  ticks++;
}
int run(void) {
  interrupt_here(tick);
  return ticks;
}
`;

test('over passes an interrupt on top of the process, into goes through it, out of it leads back', () =>
  check(
    interrupts,
    [[['run']]],
    '1 run:8 entry',
    ['over', '1 run:9 step'],
    ['back-over', '1 run:8 step'],
    ['into', '1 tick:4 step'],
    ['over', '1 tick:5 step'],
    ['over', '1 run:9 step'],
    ['back-into', '1 tick:5 step'],
    ['out', '1 run:9 step'],
  ));

test('back over a call of the function itself stays in the frame', () =>
  check(
    `int fact(int n) {
  int r = 1;
  if (n > 1)
    r = n * fact(n - 1);
  return r;
}
int run(void) { return fact(3); }
`,
    [[['run']]],
    '1 run:7 entry',
    ['into', '1 fact:2 step'],
    ['over', '1 fact:3 step'],
    ['over', '1 fact:4 step'],
    ['over', '1 fact:5 step'],
    ['back-over', '1 fact:4 step'],
    ['back-over', '1 fact:3 step'],
    ['over', '1 fact:4 step'],
    ['into', '1 fact:2 step'],
    ['back-out', '1 fact:4 step'],
    ['back-out', '1 run:7 step'],
  ));

test('the beginning: there is nothing before it', () =>
  check(calls, [[['run', 1]]], '1 run:7 entry', ['back-over', '1 run:7 start'], ['back-into', '1 run:7 start']));
