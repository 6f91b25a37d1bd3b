/** Conditions, hit counts and messages of breakpoints: C decides which values are true (C99 6.8.4.1). */
import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test, vi } from 'vitest';
import { Machine } from '../../src/machine/machine';
import { compileProgram } from '../../src/compile/program';
import { Session } from '../../src/session/session';
import type { BreakpointRequest } from '../../src/session/session-types';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';
import { logOf, started } from './c-session';

const text = `enum color { RED, GREEN = 5, FAR = -1 };
struct point { int x; int y; };
struct flags { unsigned low:1, zero:3, high:4; int minus:2; enum color tint:4; };
struct point origin = { 0, 0 };
struct flags flags = { 1, 0, 8, -1, RED };
char empty[4];
int function(void) { return 0; }
int (*call)(void) = function;
int (*nowhere)(void);
int run(int n) {
  int i = 0, zero = 0, minus = -1;
  unsigned char byte = 200;
  double half = 0.5, none = 0.0, negative = -0.0, tiny = 5e-324, nan = 0.0;
  float single = 1e-30f;
  long double wide = 0.25L;
  long long far = 1LL << 40, nothing = 0;
  unsigned long long most = ~0ULL;
  struct point *null = 0, *there = &origin;
  enum color red = RED, green = GREEN, away = FAR;
  _Bool yes = 1, no = 0;
  nan = none / none;
  for (i = 0; i < 10; i++)
    n += i; /* here */
  return n;
}
`;
const line = text.slice(0, text.indexOf('/* here */')).split('\n').length;

/** Compiled once: each session has a machine of its own. */
const { program, diagnostics } = compileProgram(
  {
    loader: new MemoryLoader([['t.c', text]]),
    sources: ['t.c'],
    includePaths: [],
    defines: {},
    build: { services: new Set<string>(), heapSize: 1 << 16 },
  },
  parser,
);

async function sessionWith(requests: readonly Omit<BreakpointRequest, 'line'>[]): Promise<Session> {
  expect(diagnostics).toEqual([]);
  const machine = await Machine.create(given(program, 'program').image, { modules: [], checkpointInterval: 50 });
  machine.environment = { returned: () => undefined, advance: () => 'end', save: () => null, restore: () => undefined };
  const task = machine.host.createTask();
  machine.currentTask = task;
  machine.host.pushCall(task, given(program, 'program').image.functionIds['run']!, [2], null);
  const session = new Session({ machine, program: given(program, 'program'), parser, stepBudget: 100_000 });
  session.setBreakpoints(
    't.c',
    requests.map((request) => ({ line, ...request })),
  );
  return session;
}

/** Values of `i` at which the breakpoint stops. */
async function stopsAt(request: Omit<BreakpointRequest, 'line'>): Promise<string[]> {
  const session = await sessionWith([request]);
  const seen: string[] = [];
  for (let stop = await session.start({ stopOnEntry: false }); stop.reason === 'breakpoint';) {
    expect(stop.badCondition).toBeUndefined();
    seen.push(given(session.evaluate('i', session.stack(stop.thread)[0]).value, 'value').display);
    stop = await session.run('continue');
  }
  return seen;
}

const ALL = '0123456789'.split('');

describe('a condition holds when it compares unequal to 0', () => {
  test.each([
    ...['half', '0.5', '-0.5', 'tiny', 'single', 'wide', 'nan', '1e300 * 1e300'],
    ...['far', 'most', '1LL << 63', 'minus', 'byte', '0x100', "'a'", 'yes', '!null'],
    ...['there', 'call', 'function', 'empty', '"text"', '""', '"text"[3]', '&origin', 'null == 0', '(char *) 4096'],
    ...['flags.low', 'flags.high', 'flags.minus', 'green', 'away', 'GREEN', '1, 2'],
  ])('%s', async (condition) => expect(await stopsAt({ condition })).toEqual(ALL));

  test.each([
    ...['0', '0x0', '0.0', '-0.0', 'none', 'negative', '0.0f', '0 * half', 'nan == nan', '-none'],
    ...['nothing', '0LL', '0ULL', 'zero', 'byte - 200', "'\\0'", 'no', '1, 0'],
    ...[
      'null',
      'nowhere',
      '(void *) 0',
      '!there',
      'flags.zero',
      'flags.tint',
      'red',
      'RED',
      'there->x',
      'empty[1]',
      '""[0]',
    ],
  ])('not %s', async (condition) => expect(await stopsAt({ condition })).toEqual([]));

  test.each([
    ['i', ALL.slice(1)],
    ['i - 3', ALL.filter((each) => each !== '3')],
    ['i % 5 == 2', ['2', '7']],
    ['i * 0.5 - 2', ALL.filter((each) => each !== '4')],
    ['(i > 2) ? there : null', ALL.slice(3)],
  ])('%s, each time anew', async (condition, seen) => expect(await stopsAt({ condition })).toEqual(seen));
});

describe('a condition that cannot be decided stops and says why', () => {
  test.each([
    ['origin', 'this has no value that could be compared with 0'],
    ['*there', 'this has no value that could be compared with 0'],
    ['(void) i', 'this has no value that could be compared with 0'],
    ['unknown > 1', 'unknown'],
    ['null->x', "'null' is null"],
    ['i++', 'would change the program'],
    ['i +', ''],
  ])('%s', async (condition, message) => {
    const session = await sessionWith([{ condition }]);
    const stop = await session.start({ stopOnEntry: false });
    expect(stop).toMatchObject({ reason: 'breakpoint', badCondition: { text: condition } });
    expect(wording(given(stop.badCondition, 'bad condition').problem.message, 'en')).toContain(message);
    session.setBreakpoints('t.c', [{ line, condition: 'i == 5' }]);
    expect((await session.run('continue')).badCondition).toBeUndefined();
  });
});

describe('a hit count counts where the condition holds', () => {
  test.each<[string, string[]]>([
    ['3', ['2']],
    ['== 3', ['2']],
    ['=3', ['2']],
    ['>= 9', ['8', '9']],
    ['> 9', ['9']],
    ['<= 2', ['0', '1']],
    ['< 2', ['0']],
    ['% 4', ['3', '7']],
    ['% 0', []],
    ['often', []],
  ])('%s', async (hitCondition, seen) => expect(await stopsAt({ hitCondition })).toEqual(seen));

  test('2 of the odd ones', async () =>
    expect(await stopsAt({ condition: 'i % 2', hitCondition: '2' })).toEqual(['3']));
});

describe('a log point', () => {
  async function logged(request: Omit<BreakpointRequest, 'line'>): Promise<string[]> {
    const session = await sessionWith([request]);
    const said = logOf(session);
    expect((await session.start({ stopOnEntry: false })).reason).toBe('end');
    return said;
  }

  test('writes values into its message and never stops', async () =>
    expect(await logged({ logMessage: 'i is {i}, {there->x + i}: {green} {half}{null}', condition: 'i > 7' })).toEqual([
      'i is 8, 8: 5 (GREEN) 0.5NULL',
      'i is 9, 9: 5 (GREEN) 0.5NULL',
    ]));
  test('says why an expression has no value', async () =>
    expect(await logged({ logMessage: '{unknown} {i}', hitCondition: '2' })).toEqual([
      "{unknown: 'unknown' is not declared} 1",
    ]));
  test('says nothing going backwards, and does not count', async () => {
    const session = await sessionWith([{ logMessage: 'now' }, { condition: 'i == 4' }]);
    await session.start({ stopOnEntry: false });
    const before = session.journal().length;
    expect((await session.run('back-continue')).reason).toBe('start');
    expect(session.journal().length).toBeLessThanOrEqual(before);
  });
});

test('however many are looked at, one module holds on to the table of functions: an engine may keep each that does', async () => {
  const made: boolean[] = [];
  const { Instance } = WebAssembly;
  vi.spyOn(WebAssembly, 'Instance').mockImplementation(function (
    module: WebAssembly.Module,
    imports: WebAssembly.Imports,
  ) {
    made.push(WebAssembly.Module.imports(module).some(({ kind }) => kind === 'table'));
    return new Instance(module, imports);
  } as never);
  const session = await started('int twice(int n) { return 2 * n; }\nint run(int n) {\n  n++;\n  return n;\n}\n', [
    [['run', 2]],
  ]);
  const [frame] = session.stack(session.stop.thread);
  const values = ['n + 1', 'n * 2', 'n > 1 ? n : 0', 'twice(n)', 'twice(n) + n'].map(
    (each) => session.evaluate(each, frame).value?.display,
  );
  vi.restoreAllMocks();
  expect(values).toEqual(['3', '4', '2', '4', '6']);
  expect([made.length, made.filter((hasTable) => hasTable).length]).toEqual([values.length + 1, 1]);
});
