/** Where a run stops first: a function, a breakpoint before it, or the first statement. */
import { expect, test } from 'vitest';
import { Machine } from '../../src/machine/machine';
import { compileProgram } from '../../src/compile/program';
import { Session } from '../../src/session/session';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

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
  const { program } = compileProgram(
    {
      loader: new MemoryLoader([['t.c', text]]),
      sources: ['t.c'],
      includePaths: [],
      defines: {},
      build: { services: new Set<string>(), heapSize: 1 << 16 },
    },
    parser,
  );
  const machine = await Machine.create(program!.image, { modules: [], checkpointInterval: 50 });
  machine.environment = { returned: () => undefined, advance: () => 'end', save: () => null, restore: () => undefined };
  const task = machine.host.createTask();
  machine.currentTask = task;
  machine.host.pushCall(task, program!.image.functionIds['run']!, [2], null);
  const session = new Session({ machine, program: program!, parser, stepBudget: 100_000 });
  session.setBreakpoints(
    't.c',
    breakpoints.map((line) => ({ line })),
  );
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
