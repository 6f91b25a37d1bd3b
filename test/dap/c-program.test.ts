/** The debug adapter over a real run of a small C program: granularity, breakpoints of all kinds, several processes. */
import { expect, test } from 'vitest';
import { openC, path, type Call } from '../session/c-session';
import { AdapterClient } from './adapter-client';

const source = { path: `sockscope-kernel:/${path}` };

async function launched(text: string, calls?: readonly (readonly Call[])[]): Promise<AdapterClient> {
  return AdapterClient.launched(await openC(text, calls), { stopOnEntry: true });
}

/** `inner:3:5` for the innermost frame of a thread. */
async function place(client: AdapterClient, threadId = 2): Promise<string> {
  const { stackFrames } = await client.request('stackTrace', { threadId, levels: 1 });
  const [top] = stackFrames as { name: string; line: number; column: number }[];
  return top ? `${top.name}:${top.line}:${top.column}` : '-';
}

async function value(client: AdapterClient, expression: string): Promise<string> {
  const { stackFrames } = await client.request('stackTrace', { threadId: 2, levels: 1 });
  return (await client.request('evaluate', { expression, frameId: stackFrames[0].id, context: 'watch' })).result;
}

const lines = `int total;
int inner(int n) { total += n; return n; }
int deep(int n) { if (n) return deep(n - 1); return 0; }
int run(void) {
  total = 1; total = 2; total = 3;
  inner(1); inner(2);
  deep(2);
  while (total < 9) total++;
  return total;
}
`;

/** Steps with one granularity and expects the places, one after the other. */
async function checkSteps(
  granularity: string | undefined,
  steps: readonly (readonly [command: string, expected: string])[],
): Promise<void> {
  const client = await launched(lines);
  expect(await place(client)).toBe('run:5:3');
  for (const [index, [command, expected]] of steps.entries()) {
    await client.move(command, { threadId: 2, granularity });
    expect(await place(client), `step ${index + 1}, ${command}`).toBe(expected);
  }
}

test.each([undefined, 'statement', 'instruction'])('granularity %s: each statement is a step', (granularity) =>
  checkSteps(granularity, [
    ['next', 'run:5:14'],
    ['next', 'run:5:25'],
    ['next', 'run:6:3'],
    ['stepIn', 'inner:2:20'],
    ['next', 'inner:2:32'],
    ['stepBack', 'inner:2:20'],
    ['stepOut', 'run:6:13'],
    ['stepBack', 'run:6:3'],
  ]),
);

test('granularity line: a step passes all statements of a line, loops too, and back again', () =>
  checkSteps('line', [
    ['next', 'run:6:3'],
    ['next', 'run:7:3'],
    ['next', 'run:8:10'],
    ['next', 'run:9:3'],
    ['stepBack', 'run:8:10'],
    ['stepBack', 'run:7:3'],
    ['stepBack', 'run:6:13'],
  ]));

test('granularity line: into stops in the function that is entered, also on the same line', () =>
  checkSteps('line', [
    ['next', 'run:6:3'],
    ['stepIn', 'inner:2:20'],
    ['stepOut', 'run:6:13'],
    ['next', 'run:7:3'],
    ['stepIn', 'deep:3:23'],
    ['stepIn', 'deep:3:23'],
    ['stepIn', 'deep:3:23'],
    ['stepIn', 'run:8:10'],
  ]));

test('granularity line: recursion on one line, frame by frame', async () => {
  const client = await launched(lines);
  await client.request('setBreakpoints', { source, breakpoints: [{ line: 7 }] });
  await client.move('continue', { threadId: 2 });
  const seen: string[] = [];
  for (let steps = 0; steps < 3; steps++) {
    await client.move('stepIn', { threadId: 2, granularity: 'line' });
    seen.push(await value(client, 'n'));
  }
  expect(seen).toEqual(['2', '1', '0']);
});

test('granularity line: a breakpoint on the line ends the step', async () => {
  const client = await launched(lines);
  await client.request('setBreakpoints', { source, breakpoints: [{ line: 5, column: 14 }] });
  expect((await client.move('next', { threadId: 2, granularity: 'line' })).reason).toBe('breakpoint');
  expect(await place(client)).toBe('run:5:14');
});

test('a line that never ends: the step gives up, and says where', async () => {
  const client = await launched('int run(void) {\n  for (;;) ;\n}\n');
  expect((await client.move('next', { threadId: 2, granularity: 'line' })).reason).toBe('step');
  expect(await place(client)).toMatch(/^run:2:/);
});

/** Continues to the end and expects the values of `n` at the stops. */
async function checkStops(breakpoint: object, expected: readonly string[]): Promise<AdapterClient> {
  const client = await launched(lines);
  const { breakpoints } = await client.request('setBreakpoints', {
    source,
    breakpoints: [{ line: 3, ...breakpoint }],
  });
  const seen: string[] = [];
  for (let stop = await client.move('continue'); stop.reason === 'breakpoint'; stop = await client.move('continue')) {
    expect(stop.hitBreakpointIds).toEqual([breakpoints[0].id]);
    seen.push(await value(client, 'n'));
  }
  expect(seen).toEqual(expected);
  return client;
}

test('a condition', async () => void (await checkStops({ condition: 'n == 1' }, ['1'])));
test('a hit count', async () => void (await checkStops({ hitCondition: '>= 2' }, ['1', '0'])));
test('neither: empty texts, as some clients send', async () =>
  void (await checkStops({ condition: '', hitCondition: '', logMessage: '' }, ['2', '1', '0'])));

function printed(client: AdapterClient): string[] {
  return client.heard('output').map(({ body }) => `${body.category} ${body.output}`);
}

test('a log point prints and does not stop', async () => {
  const client = await checkStops({ logMessage: 'deep {n}', condition: 'n < 2' }, []);
  expect(printed(client)).toEqual(['stdout deep 1\n', 'stdout deep 0\n']);
});

const counting = 'int run(void) {\n  int i;\n  for (i = 0; i < 6; i++)\n    i += 0;\n  return i;\n}\n';

test('a log point prints each time the run comes by, not on the way back', async () => {
  const client = await launched(counting);
  await client.request('setBreakpoints', {
    source,
    breakpoints: [
      { line: 4, logMessage: 'i {i}' },
      { line: 4, condition: 'i == 3' },
    ],
  });
  const says = (...numbers: number[]): string[] => numbers.map((n) => `stdout i ${n}\n`);
  await client.move('continue');
  expect(printed(client)).toEqual(says(0, 1, 2, 3));
  await client.move('stepBack', { threadId: 2 });
  await client.move('reverseContinue');
  await client.move('sockscope/travelTo', { clock: 7 });
  expect(printed(client)).toEqual(says(0, 1, 2, 3));
  await client.move('continue');
  expect(printed(client)).toEqual(says(0, 1, 2, 3, 2, 3));
  await client.move('continue');
  expect(printed(client)).toEqual(says(0, 1, 2, 3, 2, 3, 4, 5));
});

test('a log point that is set in the past speaks about it', async () => {
  const client = await launched(counting);
  expect((await client.move('continue')).description).toContain('over');
  await client.move('sockscope/travelTo', { clock: 0 });
  await client.request('setBreakpoints', { source, breakpoints: [{ line: 4, logMessage: '{i}', condition: 'i > 3' }] });
  await client.move('continue');
  expect(printed(client)).toEqual(['stdout 4\n', 'stdout 5\n']);
});

test('function breakpoints with a hit count', async () => {
  const client = await launched(lines);
  const { breakpoints } = await client.request('setFunctionBreakpoints', {
    breakpoints: [{ name: 'deep', hitCondition: '3' }, { name: 'nowhere' }],
  });
  expect(breakpoints.map((each: { verified: boolean }) => each.verified)).toEqual([true, false]);
  expect(breakpoints[1]).toMatchObject({ reason: 'failed', message: 'no function is called nowhere' });
  const stop = await client.move('continue');
  expect([stop.reason, await value(client, 'n')]).toEqual(['function breakpoint', '0']);
});

test('a data breakpoint on a variable', async () => {
  const client = await launched(lines);
  const { dataId } = await client.request('dataBreakpointInfo', { name: 'total' });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId }] });
  const seen: string[] = [];
  for (let stops = 0; stops < 4; stops++) {
    expect((await client.move('continue')).reason).toBe('data breakpoint');
    seen.push(`${await place(client)} ${await value(client, 'total')}`);
  }
  expect(seen).toEqual(['run:5:14 1', 'run:5:25 2', 'run:6:3 3', 'inner:2:32 4']);
});

const sleepers = `int sleep_here(void);
void wake(int n, int value);
int sleeper(void) {
  int why = sleep_here();
  return why;
}
int waker(int n, int value) {
  wake(n, value);
  return 0;
}
`;

test('steps of a process that sleeps, and of the next call', async () => {
  const calls: Call[][] = [
    [['sleeper'], ['sleeper']],
    [
      ['waker', 1, 7],
      ['waker', 1, 8],
    ],
  ];
  const client = await launched(sleepers, calls);
  expect(await place(client)).toBe('sleeper:4:3');
  await client.move('next', { threadId: 2 });
  expect([await place(client), await value(client, 'why')]).toEqual(['sleeper:5:3', '7']);
  await client.request('setBreakpoints', { source, breakpoints: [{ line: 8 }] });
  const stop = await client.move('stepOut', { threadId: 2 });
  expect([stop.reason, stop.threadId, await place(client, 3)]).toEqual(['breakpoint', 3, 'waker:8:3']);
  expect(stop.description).toContain('it has returned from its system call');
  // A process without a call has no statement of its own: the next one of anybody.
  expect((await client.move('next', { threadId: 2 })).threadId).toBe(3);
  expect(await place(client, 3)).toBe('waker:9:3');
});

test('a read of a local that was never written is a stop when its filter is on, and the run goes on from it', async () => {
  const text = 'int total;\nint run(void) { int n; total = 1; total = n; return total; }\n';
  const silent = await launched(text);
  expect((await silent.move('continue', { threadId: 2 })).reason).not.toBe('exception');
  const client = await launched(text);
  await client.request('setExceptionBreakpoints', { filters: ['uninitialized'] });
  expect(await client.move('continue', { threadId: 2 })).toMatchObject({ reason: 'exception' });
  expect(await place(client)).toMatch(/^run:2:/);
  const { exceptionId } = await client.request('exceptionInfo', { threadId: 2 });
  expect(exceptionId).toBe('uninitialised-read');
});
