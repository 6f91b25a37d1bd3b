/** What a stopped machine shows beside variables: bytes, names, returned values, threads, and faults in words. */
import { given, itemAt } from '../../src/base/checked-access';
import { sameText } from '../../src/base/bilingual';
import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/machine/fault';
import { faultMeaning, faultTitle } from '../../src/session/fault-text';
import type { StackFrame } from '../../src/values/value-model';
import { addressOf, started, where } from './c-session';

const text = `int word = 0x04030201;
const int fixed = 3;
char *name = "text";
struct s { short a; } one = { 5 };
enum e { FIRST = 1, SECOND };
long long wide(int n) { return (long long) n << 33; }
float half(int n) { return n / 2.0f; }
void nothing(void) { word++; }
struct s whole(void) { return one; }
int *place(void) { return &word; }
int sleep_here(void);
int run(int n) {
  int n2 = n;
  wide(n);
  half(n);
  nothing();
  whole();
  place();
  { int n2 = 7; word += n2; }
  return sleep_here();
}
`;

test('bytes within memory, and no others', async () => {
  const session = await started(text);
  const address = addressOf(session, 'word');
  const read = (at: number, count: number): unknown => {
    const { address: from, bytes } = session.readMemory(at, count);
    return [from, bytes.length];
  };
  expect([...session.readMemory(address, 4).bytes]).toEqual([1, 2, 3, 4]);
  const [end] = read(0xffff_ffff, 4) as [number];
  expect(read(end - 2, 4)).toEqual([end - 2, 2]);
  expect(read(end, 4)).toEqual([end, 0]);
  expect(read(-4, 6)).toEqual([0, 2]);
  expect(read(-4, 2)).toEqual([0, 0]);
});

test('bytes are written as by an assignment: what came after is void', async () => {
  const session = await started(text);
  await session.run('continue');
  await session.travelTo(0);
  const address = addressOf(session, 'word');
  expect(session.writeMemory(address + 1, Uint8Array.of(9, 8))).toEqual({ written: 2, diagnostics: [] });
  expect([...session.readMemory(address, 4).bytes]).toEqual([1, 9, 8, 4]);
  expect(session.stop.frontier).toBe(0);
  const refused = session.writeMemory(4, Uint8Array.of(1));
  expect([refused.written, refused.diagnostics.length]).toEqual([0, 1]);
});

test('what is not allocated is not written', async () => {
  const session = await started(text);
  const { heapStart, shadowStart } = session.reader.map;
  const write = (address: number, count: number): number =>
    session.writeMemory(address, new Uint8Array(count).fill(1)).written;
  expect([heapStart + 64, shadowStart, shadowStart - 8].map((address) => write(address, 4))).toEqual([0, 0, 0]);
  const [frame] = session.stack(1);
  expect(write(given(frame, 'frame').address, 4)).toBe(4);
});

test('a value by address and type', async () => {
  const session = await started(text);
  const node = session.valueAt(addressOf(session, 'one'), 'struct s')!;
  expect([node.name, node.display]).toEqual(['struct s', '{a = 5}']);
  expect(session.valueAt(addressOf(session, 'one'), 'struct s', 'mine')!.name).toBe('mine');
  expect(session.valueAt(4096, 'struct t')).toBeUndefined();
});

test('names of everything, and which are functions with C', async () => {
  const session = await started(text);
  const all = [...session.names()].map(({ name, kind, type }) => `${kind} ${name}${type ? `: ${type}` : ''}`);
  expect(all).toEqual(
    expect.arrayContaining([
      'variable word: int',
      'variable one: struct s',
      'function run',
      'function sleep_here',
      'constant SECOND',
    ]),
  );
  expect(['run', 'sleep_here', 'word', 'nowhere'].map((name) => session.hasFunction(name))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('literals are no globals', async () => {
  const session = await started(text);
  expect(
    session
      .globals()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['fixed', 'name', 'one', 'word']);
});

test('globals of one file', async () => {
  const session = await started(text);
  expect(session.globals('t.c').map(({ name }) => name)).toContain('word');
  expect(session.globals('other.c')).toEqual([]);
});

test('parameters are told from variables', async () => {
  const session = await started(text, [[['run', 3]]]);
  await session.run('over');
  const locals = session.locals(itemAt(session.stack(1), 0));
  expect(locals.map(({ name, parameter }) => [name, parameter])).toEqual([
    ['n', true],
    ['n2', undefined],
  ]);
});

test('what a function returned', async () => {
  const session = await started(text, [[['run', 3]]]);
  const returned = async (name: string): Promise<unknown> => {
    let inner: StackFrame | undefined;
    for (;;) {
      await session.run('into');
      const [top] = session.stack(1);
      if (given(top, 'top').function === name) {
        inner = top;
      } else if (inner) {
        return session.returnValue(inner);
      }
    }
  };
  expect(await returned('wide')).toEqual({ kind: 'integer', value: 3n << 33n, signed: true });
  expect(await returned('half')).toEqual({ kind: 'floating', value: 1.5 });
  expect(await returned('nothing')).toEqual({ kind: 'none' });
  expect(await returned('whole')).toEqual({ kind: 'none' });
  expect(await returned('place')).toMatchObject({ kind: 'pointer', symbol: 'word' });
  const [top] = session.stack(1);
  expect(session.returnValue({ ...given(top, 'top'), functionId: 9999 })).toEqual({ kind: 'none' });
});

test('a function that has not returned has no result, the one just left is $ret', async () => {
  const session = await started(text, [[['run', 3]]]);
  const ret = (): string | undefined => session.evaluate('$ret', session.stack(1)[0]).value?.display;
  await session.run('over');
  expect([session.returnValue(itemAt(session.stack(1), 0)), ret()]).toEqual([{ kind: 'none' }, undefined]);
  await session.run('into');
  const inner = itemAt(session.stack(1), 0);
  await session.run('over');
  expect(session.returnValue(inner).kind).toBe('integer');
  expect([where(session), ret()]).toEqual(['1 run:15 step', String(3n << 33n)]);
  await session.run('over');
  expect(ret()).toBeUndefined();
});

test('what a function returned, also after going statement by statement', async () => {
  const session = await started(text, [[['run', 3]]]);
  const values: unknown[] = [];
  for (let stop = session.stop; stop.reason === 'entry' || stop.reason === 'goto';) {
    const before = session.stack(1);
    stop = await session.travelTo(stop.clock + 1);
    if (before.length > session.stack(1).length && stop.reason === 'goto') {
      values.push(session.returnValue(itemAt(before, 0)));
    }
  }
  expect(values.slice(0, 2)).toMatchObject([{ value: 3n << 33n }, { value: 1.5 }]);
});

test('a variable hides one of its name around it', async () => {
  const session = await started(text, [[['run', 3]]]);
  session.setBreakpoints('t.c', [{ line: 19, column: 17 }]);
  await session.run('continue');
  expect(where(session)).toContain('run:19');
  const [frame] = session.stack(1);
  expect(session.locals(given(frame, 'frame')).map(({ name, display }) => `${name} ${display}`)).toEqual([
    'n 3',
    'n2 7',
  ]);
  await session.run('over');
  const [after] = session.stack(1);
  expect(session.locals(given(after, 'after')).map(({ name, display }) => `${name} ${display}`)).toEqual([
    'n 3',
    'n2 3',
  ]);
});

test('threads, and frames of services, which have no variables', async () => {
  const session = await started(text, [[['run', 3]], [['nothing']]]);
  expect(session.threads()).toEqual([
    { id: 1, pid: 1, name: 'main', state: 'running' },
    { id: 2, pid: 2, name: 'main', state: 'idle' },
  ]);
  session.setBreakpoints('t.c', [{ line: 8 }]);
  await session.run('continue');
  session.setBreakpoints('t.c', []);
  await session.run('out');
  const stop = await session.run('continue');
  expect(stop.fault?.kind ?? stop.reason).toBe('deadlock');
  const [service, run] = session.stack(1);
  expect([
    given(service, 'service').function,
    given(service, 'service').kind,
    given(service, 'service').path,
    given(run, 'run').function,
  ]).toEqual(['sleep_here', 'service', undefined, 'run']);
  expect(session.locals(given(service, 'service'))).toEqual([]);
  expect(session.stack(99)).toEqual([]);
});

test('frames have numbers that no other frame had', async () => {
  const session = await started(text);
  const seen = new Map<number, string>();
  for (let steps = 0; steps < 12; steps++) {
    for (const { id, address, functionId, start } of session.stack(1)) {
      const place = `${functionId} at ${address}, ${start}`;
      expect(seen.get(id) ?? place).toBe(place);
      seen.set(id, place);
    }
    await session.run('into');
  }
  expect(seen.size).toBeGreaterThan(3);
});

test('a frame that waits keeps its number, however many come and go above it', async () => {
  const session = await started(`int c(int n) { n++; return n; }
int b(int n) { n = c(n); return n; }
int run(void) { return b(1); }
`);
  const ids = (): number[] => session.stack(1).map(({ id }) => id);
  await session.run('into');
  const [inB, run, ...others] = ids();
  await session.run('into');
  const [inC, ...below] = ids();
  expect([below, others]).toEqual([[inB, run], []]);
  await session.run('into');
  expect(ids().slice(1)).toEqual([inB, run]);
  expect(ids()[0]).not.toBe(inC);
  await session.run('out');
  expect(ids().slice(1)).toEqual([run]);
});

describe('faults in words', () => {
  const kinds: readonly FaultKind[] = [
    'null-dereference',
    'wild-dereference',
    'use-after-free',
    'user-dereference',
    'out-of-bounds',
    'division-by-zero',
    'stack-overflow',
    'stack-damaged',
    'bug',
    'panic',
    'missing-function',
    'bad-function-pointer',
    'trap',
    'deadlock',
    'budget',
    'out-of-memory',
    'double-free',
    'corruption',
  ];
  test('each kind has its own title and meaning, in both languages', () => {
    const told = kinds.flatMap((kind) => [
      faultTitle({ kind, message: sameText('') }),
      faultMeaning({ kind, message: sameText('') }),
    ]);
    expect(new Set(told.map(({ en }) => en)).size).toBe(told.length);
    expect(new Set(told.map(({ zh }) => zh)).size).toBe(told.length);
  });
  test('expression and address stand behind the title', () => {
    const title = (more: object): string => faultTitle({ kind: 'bug', message: sameText(''), ...more }).en;
    expect(title({})).toBe('BUG()');
    expect(title({ expression: '*p' })).toBe('BUG(): *p');
    expect(title({ address: 0 })).toBe('BUG() (0x00000000)');
    expect(title({ expression: '*p', address: 16 })).toBe('BUG(): *p (0x00000010)');
  });
});
