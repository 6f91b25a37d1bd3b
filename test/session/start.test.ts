/** Where a run stops first: a function, a breakpoint before it, or the first statement. */
import { expect, test, vi } from 'vitest';
import { Machine } from '../../src/machine/machine';
import type { Session } from '../../src/session/session';
import { breakAt, openC } from './c-session';
import { openScript } from './kernel-session';

const text = `int later(int n) { return n + 1; }
int earlier(int n) { return n + 2; }
int run(int n) { n = earlier(n); return later(n); }
`;

type Start = NonNullable<Parameters<Session['start']>[0]>;

async function check(
  options: Start,
  breakpoints: readonly number[],
  reason: string,
  fn: string | undefined,
): Promise<void> {
  const session = await openC(text, [[['run', 2]]]);
  breakAt(session, ...breakpoints.map((line) => ({ line })));
  const stop = await session.start(options);
  expect([stop.reason, session.stack(stop.thread)[0]?.function]).toEqual([reason, fn]);
}

test('at the first statement', () => check({}, [], 'entry', 'run'));
test('at a function', () => check({ stopAtFunction: 'later' }, [], 'function-breakpoint', 'later'));
test('at a function, also without a stop on entry', () =>
  check({ stopAtFunction: 'later', stopOnEntry: false }, [], 'function-breakpoint', 'later'));
test('at a breakpoint before the function', () =>
  check({ stopAtFunction: 'later', stopOnEntry: false }, [2], 'breakpoint', 'earlier'));
test('at a breakpoint only', () => check({ stopOnEntry: false }, [1], 'breakpoint', 'later'));
test('nowhere', () => check({ stopOnEntry: false }, [], 'end', undefined));

/** How a run on the bundled kernel comes to its first stop, and how often the machine was asked to go on. */
async function began(options: Start): Promise<unknown> {
  const session = await openScript('0 socket(AF_INET, SOCK_STREAM, 0) = 3\n');
  const advance = vi.spyOn(Machine.prototype, 'advance');
  const { reason, clock, thread } = await session.start(options);
  const asked = advance.mock.calls.length;
  advance.mockRestore();
  return { reason, function: session.stack(thread)[0]?.function, isBooted: clock > 100, asked };
}

test('the kernel boots without a stop at each of its statements', async () => {
  const reached = { isBooted: true, asked: 1 };
  expect(await began({})).toEqual({ ...reached, reason: 'entry', function: 'sys_socket' });
  expect(await began({ stopAtFunction: 'inet_create' })).toEqual({
    ...reached,
    reason: 'function-breakpoint',
    function: 'inet_create',
  });
});

test('a function that is called only while the kernel boots is stopped at there', async () => {
  const session = await openScript('0 socket(AF_INET, SOCK_STREAM, 0) = 3\n');
  const { reason, thread } = await session.start({ stopAtFunction: 'sock_register' });
  expect([reason, session.stack(thread)[0]?.function]).toEqual(['function-breakpoint', 'sock_register']);
});
