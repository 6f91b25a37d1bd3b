/** Where a run stops first: a function, a breakpoint before it, or the first statement. */
import { expect, test } from 'vitest';
import type { Session } from '../../src/session/session';
import { breakAt, openC } from './c-session';

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
