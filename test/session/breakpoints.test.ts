/** Breakpoints: where they are set, how often they stop, what they log, at lines, functions and bytes of memory. */
import { given, itemAt } from '../../src/base/checked-access';
import { wordsOf } from '../../src/sentences/sentence';
import { wording } from '../../src/sentences/wording';
import { expect, test } from 'vitest';
import type { BreakpointRequest, DataBreakpointRequest } from '../../src/session/session-types';
import type { Session } from '../../src/session/session';
import { addressOf, breakAt, logOf, openC, path, shown, started, where } from './c-session';

const loop = `int total;
int add(int n) {
  total += n;

  /* nothing here */
  return total;
}
int run(void) {
  int i;
  for (i = 1; i <= 10; i++)
    add(i);
  return total;
}
int other(void) { total = 1; total = 2; return 3; }
`;

/** Continues to the end and expects the values of `n` at the stops. */
async function checkStops(request: Omit<BreakpointRequest, 'line'>, expected: readonly number[]): Promise<void> {
  const session = await started(loop);
  const [id] = breakAt(session, { line: 3, ...request });
  const seen: string[] = [];
  for (let stop = await session.run('continue'); stop.reason !== 'end'; stop = await session.run('continue')) {
    expect(where(session, stop)).toBe('1 add:3 breakpoint');
    expect(stop.breakpointIds).toEqual([id]);
    seen.push(shown(session, 'n')!);
  }
  expect(seen).toEqual(expected.map(String));
}

test('a breakpoint stops each time', () => checkStops({}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
test.each([
  ['3', [3]],
  ['== 3', [3]],
  ['= 3', [3]],
  ['>= 8', [8, 9, 10]],
  ['>8', [9, 10]],
  ['<= 2', [1, 2]],
  ['< 2', [1]],
  ['% 4', [4, 8]],
  [' %5 ', [5, 10]],
  ['0', []],
])('a hit count of "%s"', (hitCondition, expected) => checkStops({ hitCondition }, expected));
test('hits are counted where the condition holds', () =>
  checkStops({ condition: 'n % 2 == 0', hitCondition: '3' }, [6]));
test('a null pointer as condition does not hold, any other does', async () => {
  const session = await started(
    'struct s { int a; } one;\nint f(struct s *p) {\n return p != 0; }\nint run(void) { f(0); return f(&one); }\n',
  );
  breakAt(session, { line: 3, condition: 'p' });
  await session.run('continue');
  expect(shown(session, 'p == &one')).toBe('1');
  expect((await session.run('continue')).reason).toBe('end');
});
test('hits are counted from the start of the run, whenever the breakpoint was set, and go back with it', async () => {
  const session = await started(loop);
  breakAt(session, { line: 3 }, { line: 12 });
  for (let hits = 0; hits < 5; hits++) {
    await session.run('continue');
  }
  expect(shown(session, 'n')).toBe('5');
  breakAt(session, { line: 3, hitCondition: '% 4' });
  for (const [kind, n] of [
    ['continue', '8'],
    ['back-continue', '4'],
    ['continue', '8'],
  ] as const) {
    expect((await session.run(kind)).reason).toBe('breakpoint');
    expect(shown(session, 'n')).toBe(n);
  }
  await session.travelTo(session.stop.oldest);
  await session.run('continue');
  expect(shown(session, 'n')).toBe('4');
});

test.each([
  ['a line', (session: Session) => void breakAt(session, { line: 3 })],
  ['a condition', (session: Session) => void breakAt(session, { line: 3, condition: 'n % 3 == 1' })],
  ['a hit count', (session: Session) => void breakAt(session, { line: 3, hitCondition: '>= 4' })],
  ['a function', (session: Session) => void session.setFunctionBreakpoints([{ name: 'add', hitCondition: '% 3' }])],
  ['bytes', (session: Session) => watch(session, {})],
  ['bytes with a condition', (session: Session) => watch(session, { condition: 'total > 20' })],
  ['bytes with a hit count', (session: Session) => watch(session, { hitCondition: '% 3' })],
  ['reads', (session: Session) => watch(session, { access: 'read' })],
  ['reads with a condition', (session: Session) => watch(session, { access: 'read', condition: 'total > 20' })],
  ['reads with a hit count', (session: Session) => watch(session, { access: 'read', hitCondition: '% 3' })],
  ['reads and changes', (session: Session) => watch(session, { access: 'readWrite' })],
  [
    'reads and changes with a hit count',
    (session: Session) => watch(session, { access: 'readWrite', hitCondition: '% 3' }),
  ],
])('%s: the stops backwards are those forwards', async (_name, set) => {
  const session = await started(loop);
  set(session);
  const forwards: number[] = [];
  while ((await session.run('continue')).reason !== 'end') {
    forwards.push(session.stop.clock);
  }
  expect(forwards.length).toBeGreaterThan(2);
  const backwards: number[] = [];
  while ((await session.run('back-continue')).reason !== 'start') {
    backwards.push(session.stop.clock);
  }
  expect(backwards.reverse()).toEqual(forwards);
});

/** Watches `total`. */
function watch(session: Session, wanted: Pick<DataBreakpointRequest, 'condition' | 'hitCondition' | 'access'>): void {
  session.setDataBreakpoints([{ address: addressOf(session, 'total'), size: 4, label: 'total', ...wanted }]);
}

const reads = `struct pair { int a, b; } one, two;
int total, other;
unsigned char bytes[8];
long long wide;
int get(int *p) {
  return *p; }
int run(int n) {
  int i, mine = 0;
  other = total;
  total = 5;
  total += 1;
  mine = other;
  if (total > 3)
    mine++;
  mine = get(&total);
  for (i = 0; i < 2; i++)
    mine += total;
  mine = get(&other) + total;
  mine = get(&other);
  two = one;
  mine = one.a;
  bytes[3] = 7;
  mine = bytes[4];
  mine += *(int *)&bytes[0];
  wide++;
  mine += (int)(wide >> 32);
  return mine;
}
int last(void) { return total; }
`;

/** The lines behind which it stops until the run's end, with what it says of the bytes. */
async function touched(session: Session, data: DataBreakpointRequest): Promise<string[]> {
  expect(session.setDataBreakpoints([data])).toMatchObject([{ verified: true }]);
  const seen: string[] = [];
  while ((await session.run('continue')).reason !== 'end') {
    const { read, watched, reason } = session.stop;
    expect(reason).toBe('data-breakpoint');
    const { line } = itemAt(session.stack(1), 0);
    seen.push(`${line}${read ? ' read' : ''}${watched ? ' changed' : ''}`);
  }
  return seen;
}

test.each([
  // Where each stop stands: at the statement behind the one that read. What the condition of a loop reads is read before its body.
  ['total', 'read', ['10 read', '12 read', '14 read', '16 read', '16 read', '16 read', '19 read']],
  ['total', 'write', ['11 changed', '12 changed']],
  ['total', 'readWrite', ['10 read', '11 changed', '12 changed']],
  ['one.b', 'read', ['21 read']],
  ['one.a', 'read', ['21 read', '22 read']],
  ['bytes[3]', 'read', ['25 read']],
  ['bytes[4]', 'read', ['24 read']],
  ['*((int *)&wide + 1)', 'read', ['26 read', '27 read']],
] as const)('who reads and who changes %s, asked for %s', async (expression, access, expected) => {
  const session = await started(reads);
  const { value } = session.evaluate(expression, session.stack(1)[0]);
  const { address, size } = given(value, expression);
  const seen = await touched(session, {
    ...{ address: given(address, 'address'), size: given(size, 'size'), label: expression, access },
  });
  expect(access === 'readWrite' ? seen.slice(0, 3) : seen).toEqual(expected);
});

test('reads by conditions and by oneself are none of the run; with none watched the run goes on as before', async () => {
  const session = await started(reads);
  breakAt(session, { line: 12, condition: 'get(&total) == 6' }, { line: 20, condition: 'get(&total) == 9' });
  session.setDataBreakpoints([
    { address: addressOf(session, 'total'), size: 4, label: 'total', access: 'read' },
    { address: addressOf(session, 'other'), size: 4, label: 'other', access: 'read', condition: 'get(&total) == 7' },
  ]);
  const seen: string[] = [];
  for (let stops = 0; stops < 4; stops++) {
    seen.push(where(session, await session.run('continue')));
    expect(shown(session, 'get(&total)')).toBe(stops === 0 ? '0' : '6');
  }
  expect(seen).toEqual([
    ...['1 run:10 data-breakpoint', '1 run:12 data-breakpoint', '1 run:14 data-breakpoint', '1 run:16 data-breakpoint'],
  ]);
  session.setDataBreakpoints([]);
  expect((await session.run('continue')).reason).toBe('end');
});

test('of a local variable reads are not told', async () => {
  const session = await started(reads);
  await session.run('over');
  const { value } = session.evaluate('mine', session.stack(1)[0]);
  const address = given(value?.address, 'address');
  expect(session.watchable({ address, size: 4 })).toEqual(['write']);
  const [set] = session.setDataBreakpoints([{ address, size: 4, label: 'mine', access: 'readWrite' }]);
  expect([set?.verified, wording(given(wordsOf(set?.message), 'message'), 'en')]).toEqual([
    false,
    expect.stringContaining('local variable'),
  ]);
});

test('bytes that differ only because one went back, or changed them oneself, are no change', async () => {
  const session = await started(loop);
  watch(session, {});
  await session.run('continue');
  await session.run('continue');
  expect(shown(session, 'total')).toBe('3');
  await session.travelTo(session.stop.oldest);
  expect(where(session, await session.run('over'))).toBe('1 run:10 step');
  session.assign('total', '100', session.stack(1)[0]);
  await session.run('continue');
  expect([session.stop.reason, shown(session, 'total')]).toEqual(['data-breakpoint', '101']);
});

/** Goes to where `first` has given its local `mine` a value, and watches it. */
async function watchMine(session: Session): Promise<void> {
  session.setFunctionBreakpoints([{ name: 'first' }]);
  await session.run('continue');
  session.setFunctionBreakpoints([]);
  await session.run('over');
  const { value: mine } = session.evaluate('mine', session.stack(1)[0]);
  session.setDataBreakpoints([{ address: given(given(mine, 'mine').address, 'address'), size: 4, label: 'mine' }]);
}

test('a watched local stops in its own function only, each time that runs', async () => {
  const session = await started(`int total;
int first(int n) { int mine = n; mine += 1; return mine; }
int second(int n) { int other = n; other += 7; other += 8; return other; }
int run(void) { total += first(1); total += second(2); total += first(3); return total; }
`);
  await watchMine(session);
  const seen: string[] = [];
  while ((await session.run('continue')).reason !== 'end') {
    seen.push(`${itemAt(session.stack(1), 0).function} ${shown(session, 'mine')}`);
  }
  expect(seen).toEqual(['first 2', 'first 3', 'first 4']);
});

test('another function that keeps what looks like the frame of a watched local does not stop', async () => {
  // `second` fills the place with the number that every function might have: where the frame of `first` was it looks whole.
  const session = await started(`int total;
int before(void) { return total; }
int first(int n) { int mine = n; mine += 1; return mine; }
int between(int n) { return first(n); }
int put(int *at, int id) { *at = id; return id; }
int second(int id) { int junk[64]; int i; for (i = 63; i >= 0; i--) put(&junk[i], id); return junk[id]; }
int run(void) { int id; total += between(1); for (id = 0; id < 12; id++) total += second(id); return total; }
`);
  await watchMine(session);
  const seen: string[] = [];
  while ((await session.run('continue')).reason !== 'end') {
    seen.push(itemAt(session.stack(1), 0).function);
  }
  const back: string[] = [];
  while ((await session.run('back-continue')).reason !== 'start') {
    back.push(itemAt(session.stack(1), 0).function);
  }
  // Back there is the first value, too.
  expect([seen, back]).toEqual([['first'], ['first', 'first']]);
});

test('breakpoints of a file are replaced as a whole', async () => {
  const session = await started(loop);
  breakAt(session, { line: 3 }, { line: 12 });
  breakAt(session, { line: 12 });
  expect(where(session, await session.run('continue'))).toBe('1 run:12 breakpoint');
  breakAt(session);
  expect(where(session, await session.run('back-continue'))).toBe('1 run:10 start');
});

test('two at one statement: both are told; one that does not hold is not', async () => {
  const session = await started(loop);
  const ids = breakAt(session, { line: 3 }, { line: 3, condition: 'n > 1' }, { line: 3, hitCondition: '2' });
  expect((await session.run('continue')).breakpointIds).toEqual([ids[0]]);
  expect((await session.run('continue')).breakpointIds).toEqual(ids);
});

test('a line without a statement: the next one of the function; behind all functions none', async () => {
  const session = await openC(loop);
  const set = session.setBreakpoints(path, [
    { line: 4 },
    { line: 5 },
    { line: 7 },
    { line: 14, column: 20 },
    { line: 99 },
  ]);
  expect(set.map(({ verified, line, column }) => [verified, line, column])).toEqual([
    [true, 6, 3],
    [true, 6, 3],
    [false, 7, undefined],
    [true, 14, 30],
    [false, 99, undefined],
  ]);
  expect(wording(given(itemAt(set, 4).message, 'message'), 'en')).toContain('no statement');
  expect(itemAt(session.setBreakpoints('other.c', [{ line: 1 }]), 0).verified).toBe(false);
  expect(new Set(set.map(({ id }) => id)).size).toBe(5);
});

test('a line above a function leads into it', async () => {
  const session = await openC(`\n\n${loop}`);
  expect(session.setBreakpoints(path, [{ line: 1 }])[0]).toMatchObject({ verified: true, line: 5 });
});

test('places where breakpoints can go', async () => {
  const session = await openC(loop);
  expect(session.breakpointLocations(path, 13, 14).map(({ line, column }) => [line, column])).toEqual([
    [14, 19],
    [14, 30],
    [14, 41],
  ]);
  expect(session.breakpointLocations(path, 4, 6)).toEqual([{ line: 6, column: 3, endLine: 6, endColumn: 16 }]);
  expect(session.breakpointLocations('other.c', 1, 99)).toEqual([]);
});

test('function breakpoints stop at the first statement, under their own name, with condition and hit count', async () => {
  const session = await started(loop);
  const set = session.setFunctionBreakpoints([
    { name: ' add ', hitCondition: '% 5' },
    { name: 'wake' },
    { name: 'nowhere' },
    { name: 'other', condition: 'total == 0' },
  ]);
  expect(set.map(({ verified, line, message }) => [verified, line, message && wording(message, 'en')])).toEqual([
    [true, 3, undefined],
    [false, undefined, expect.stringContaining('wake')],
    [false, undefined, expect.stringContaining('nowhere')],
    [true, 14, undefined],
  ]);
  const stop = await session.run('continue');
  expect([where(session, stop), shown(session, 'n')]).toEqual(['1 add:3 function-breakpoint', '5']);
  expect(stop.breakpointIds).toEqual([itemAt(set, 0).id]);
  session.setFunctionBreakpoints([]);
  expect((await session.run('continue')).reason).toBe('end');
});

test('a line and a function breakpoint at one statement: a breakpoint', async () => {
  const session = await started(loop);
  const [line] = breakAt(session, { line: 3 });
  const [fn] = session.setFunctionBreakpoints([{ name: 'add' }]);
  const stop = await session.run('continue');
  expect([stop.reason, stop.breakpointIds]).toEqual(['breakpoint', [line, given(fn, 'fn').id]]);
});

test('a breakpoint ends a step that would have gone past it', async () => {
  const session = await started(loop);
  breakAt(session, { line: 6, condition: 'n == 2' });
  expect(where(session, await session.run('over'))).toBe('1 run:10 step');
  expect(where(session, await session.run('over'))).toBe('1 run:11 step');
  session.setFunctionBreakpoints([{ name: 'add' }]);
  expect(where(session, await session.run('over'))).toBe('1 add:3 function-breakpoint');
  session.setFunctionBreakpoints([]);
  expect(where(session, await session.run('out'))).toBe('1 run:10 step');
  expect(where(session, await session.run('out'))).toBe('1 add:6 breakpoint');
  expect(shown(session, 'n')).toBe('2');
});

test('a log point says what it is told to, with values, and does not stop', async () => {
  const session = await started(loop);
  const said = logOf(session);
  breakAt(session, { line: 3, logMessage: 'n is {n}, {total + n} then; {nothing} {', condition: 'n < 3' });
  expect((await session.run('continue')).reason).toBe('end');
  expect(said).toEqual([
    "n is 1, 1 then; {nothing: 'nothing' is not declared} {",
    "n is 2, 3 then; {nothing: 'nothing' is not declared} {",
  ]);
});

test('a log point says something at its hits only', async () => {
  const session = await started(loop);
  const said = logOf(session);
  breakAt(session, { line: 3, logMessage: '{n}', hitCondition: '>= 9' });
  await session.run('continue');
  expect(said).toEqual(['9', '10']);
});

test('a log point beside a breakpoint', async () => {
  const session = await started(loop);
  const said = logOf(session);
  const [, stops] = breakAt(session, { line: 3, logMessage: 'here' }, { line: 3 });
  const stop = await session.run('continue');
  expect([stop.breakpointIds, said]).toEqual([[stops], ['here']]);
});

test('back to the last breakpoint whose condition holds', async () => {
  const session = await started(loop);
  await session.run('continue');
  breakAt(session, { line: 3, condition: 'n == 4 || n == 7' });
  for (const n of ['7', '4']) {
    expect(where(session, await session.run('back-continue'))).toBe('1 add:3 breakpoint');
    expect(shown(session, 'n')).toBe(n);
  }
  expect((await session.run('back-continue')).reason).toBe('start');
});

test('watched bytes: a stop after each statement that changes them', async () => {
  const session = await started(loop);
  const address = addressOf(session, 'total');
  const set = session.setDataBreakpoints([
    { address, size: 4, label: 'total' },
    { address: 0xffffff00, size: 4, label: 'nothing' },
    { address, size: 0, label: 'empty' },
  ]);
  expect(set.map(({ verified, message }) => [verified, message && wording(message, 'en')])).toEqual([
    [true, undefined],
    [false, 'nothing is not in memory'],
    [false, 'empty is not in memory'],
  ]);
  for (const total of ['1', '3', '6']) {
    expect(where(session, await session.run('continue'))).toBe('1 add:6 data-breakpoint');
    expect(shown(session, 'total')).toBe(total);
  }
  expect(where(session, await session.run('out'))).toBe('1 run:10 step');
  expect(where(session, await session.run('out'))).toBe('1 add:6 data-breakpoint');
  session.setDataBreakpoints([]);
  expect((await session.run('continue')).reason).toBe('end');
});

test('a stop says which of the watched have changed', async () => {
  const session = await started('int a, b; int run(void) {\n a = 1;\n b = 1;\n a = b = 2;\n return a; }\n');
  const both = ['a', 'b'].map((label) => ({ address: addressOf(session, label), size: 4, label }));
  session.setDataBreakpoints(both);
  const told: (readonly string[] | undefined)[] = [];
  while ((await session.run('continue')).reason !== 'end') {
    told.push(session.stop.watched);
  }
  expect(told).toEqual([['a'], ['b'], ['a', 'b']]);
  expect(session.stop.watched).toBeUndefined();
});

test('one watched byte of a word', async () => {
  const session = await started(
    'int word; int run(void) {\n word = 1;\n word = 0x1ff;\n word = 0x2ff;\n return word; }',
  );
  const address = addressOf(session, 'word');
  session.setDataBreakpoints([{ address: address + 1, size: 1, label: 'word' }]);
  expect(where(session, await session.run('continue'))).toBe('1 run:4 data-breakpoint');
  expect(where(session, await session.run('continue'))).toBe('1 run:5 data-breakpoint');
});

test('travelling is no change of what is watched', async () => {
  const session = await started(loop);
  const address = addressOf(session, 'total');
  session.setDataBreakpoints([{ address, size: 4, label: 'total' }]);
  await session.run('continue');
  await session.run('continue');
  await session.travelTo(0);
  expect(where(session, await session.run('continue'))).toBe('1 add:6 data-breakpoint');
  expect(shown(session, 'total')).toBe('1');
});

test('what is no hit condition is refused with the forms there are, at lines, functions and bytes', async () => {
  const session = await started(loop);
  const said = (results: readonly { readonly verified: boolean; readonly message?: unknown }[]): boolean[] =>
    results.map(({ verified, message }) => verified || JSON.stringify(message).includes('this-is-no-hit-condition'));
  const refused = ['abc', '!= 2', '-1', '3.5', '% 0', '>'].map((hitCondition) => ({ hitCondition }));
  const address = addressOf(session, 'total');
  const answers = [
    session.setBreakpoints(
      path,
      refused.map((each) => ({ line: 3, ...each })),
    ),
    session.setFunctionBreakpoints(refused.map((each) => ({ name: 'add', ...each }))),
    session.setDataBreakpoints(refused.map((each) => ({ address, size: 4, label: 'total', ...each }))),
  ];
  for (const results of answers) {
    expect(results.map(({ verified }) => verified)).toEqual(refused.map(() => false));
    expect(said(results)).toEqual(refused.map(() => true));
  }
  expect((await session.run('continue')).reason).toBe('end');
});
