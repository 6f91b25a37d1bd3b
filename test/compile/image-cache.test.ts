/** Compiled programs kept in a store: when a stored one is taken, and that it answers like a fresh one. */
import { given } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { expect, test } from 'vitest';
import type { CParser } from '../../src/parse/tree-sitter';
import { compileThroughStore, keptImage, type Compiled, type ImageStore } from '../../src/compile/image-cache';
import { MemoryLoader } from '../../src/source/file-loader';
import type { ProgramSource } from '../../src/compile/program';
import { MapStore } from './map-store';
import { parser } from '../semantic/check-c';

const files: Readonly<Record<string, string>> = {
  'h.h': 'struct s { int a; short b; };\n#define LIMIT 10\n#define TWICE(x) ((x) + (x))\n',
  'a.c':
    '#include "h.h"\n#define OWN 1\nstruct s shared; static int hidden; int f(int n) { hidden = n; shared.a = TWICE(n) + OWN; return shared.a; }',
  'b.c':
    '#include "h.h"\n#define OWN 2\nextern struct s shared; int f(int); int g(void) { return f(LIMIT) + shared.b + OWN; }',
  'c.c': `#define EACH(i, n) for (i = 0; i < n; i++)
int sum(int *a, int n) { int i, s = 0; EACH(i, n) s += a[i] / n; return s; }
int twice(int *a, int n) { int k = 0; while (n--) { k += sum(a, n); if (k > 9) break; } return k; return 0; }
int pick(int (*f)(int), int n) { int a[4]; switch (n) { case 1: return f(n); default: __builtin_trap(); } return a[n]; }`,
  'bad.c': 'int broken(void) { return nowhere; }\n',
};

/** The program, with some texts replaced. */
function sourceOf(changed: Readonly<Record<string, string>>): ProgramSource {
  return {
    loader: new MemoryLoader(Object.entries({ ...files, ...changed })),
    sources: ['a.c', 'b.c', 'c.c', 'bad.c'],
    includePaths: ['first', 'second'],
    defines: {},
    build: { services: new Set(), heapSize: 1 << 16 },
  };
}

/** Compiles with some texts replaced; says whether anything was parsed. */
async function open(
  store: ImageStore,
  changed: Readonly<Record<string, string>> = {},
  name = 'k',
): Promise<Compiled & { readonly parsed: boolean }> {
  let parsed = false;
  const watched = new Proxy(parser, {
    get: (target, property) => {
      parsed ||= property === 'parse';
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value as (this: CParser) => unknown).bind(target) : value;
    },
  });
  const compiled = await compileThroughStore(store, name, sourceOf(changed), watched);
  return { ...compiled, parsed };
}

/** Opens twice and says whether the second time compiled again. */
async function checkAgain(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
  expected: 'compiled' | 'stored',
): Promise<void> {
  const store = new MapStore();
  expect((await open(store, first)).parsed).toBe(true);
  expect((await open(store, second)).parsed ? 'compiled' : 'stored').toBe(expected);
}

test('a program whose files are unchanged is taken from the store', async () => {
  const store = new MapStore();
  const fresh = await open(store);
  const stored = await open(store);
  expect(stored.parsed).toBe(false);
  expect(given(stored.program, 'program').image.wasm).toEqual(given(fresh.program, 'program').image.wasm);
  expect(given(stored.program, 'program').image.data).toEqual(given(fresh.program, 'program').image.data);
  expect(given(stored.program, 'program').image.debug).toEqual(
    JSON.parse(JSON.stringify(given(fresh.program, 'program').image.debug)),
  );
  expect(given(stored.program, 'program').image.functionIds).toEqual(given(fresh.program, 'program').image.functionIds);
});

test('whoever will run it hears of the machine code before the rest is kept or read', async () => {
  const store = new MapStore();
  const heard: string[] = [];
  const hasWasm = (wasm: Uint8Array): void => void heard.push(`${wasm.length > 0} ${store.kept.size}`);
  await compileThroughStore(store, 'k', sourceOf({}), parser, { hasWasm });
  await compileThroughStore(store, 'k', sourceOf({}), parser, { hasWasm });
  expect(heard).toEqual(['true 0', 'true 1']);
});

test('debug information in columns comes back as it was', async () => {
  const store = new MapStore();
  const { functions, statements } = given((await open(store)).program, 'program').image.debug;
  const points = functions.flatMap(({ resumePoints }) => resumePoints);
  expect(new Set(points.map(({ kind }) => kind))).toEqual(new Set(['entry', 'loop', 'statement', 'call', 'fault']));
  expect(points.some(({ quiet }) => quiet)).toBe(true);
  expect(new Set(points.map(({ check }) => check)).size).toBeGreaterThan(3);
  expect(points.some(({ message }) => message !== undefined)).toBe(true);
  expect(statements.some(({ macro }) => macro === 'EACH')).toBe(true);
  expect(statements.some(({ unreachable }) => unreachable !== undefined)).toBe(true);
  const stored = await open(store);
  expect(stored.parsed).toBe(false);
  const again = given(stored.program, 'program').image.debug;
  const plain = (what: unknown): unknown => JSON.parse(JSON.stringify(what));
  expect(again.statements).toEqual(plain(statements));
  expect(again.functions.map((each) => ({ ...each }))).toEqual(plain(functions));
});

test('the bytes may lie anywhere in a buffer, also in one of Node', async () => {
  const store = new MapStore();
  const fresh = given((await open(store)).program, 'program').image.debug;
  const [[key, bytes]] = [...store.kept] as [[string, Uint8Array]];
  for (const shift of [0, 1, 2, 4]) {
    store.kept.set(key, Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(3)]).subarray(shift, -3));
    const stored = await open(store);
    expect(stored.parsed).toBe(false);
    const { functions, statements } = given(stored.program, 'program').image.debug;
    expect(statements).toEqual(fresh.statements);
    expect(functions.map((each) => ({ ...each }))).toEqual(fresh.functions);
  }
});

test('diagnostics and macros of a stored program are those of a fresh one', async () => {
  const store = new MapStore();
  const fresh = await open(store);
  const stored = await open(store);
  const tell = ({ diagnostics }: Compiled): unknown[] =>
    diagnostics.map(({ code, message, span }) => [code, english(message), span?.file.path, span?.start, span?.end]);
  expect(tell(fresh).length).toBeGreaterThan(0);
  expect(tell(stored)).toEqual(tell(fresh));
  for (const [name, path] of [
    ['LIMIT', 'a.c'],
    ['TWICE', 'b.c'],
    ['OWN', 'a.c'],
    ['OWN', 'b.c'],
    ['OWN', 'bad.c'],
    ['absent', 'a.c'],
    ['constructor', 'a.c'],
  ] as const) {
    const tellMacro = ({ program }: Compiled): unknown => {
      const macro = given(program, 'program').macro!(name, path);
      return (
        macro && [macro.name, macro.body, macro.parameters, macro.variadic, macro.span?.file.path, macro.span?.start]
      );
    };
    expect(tellMacro(stored)).toEqual(tellMacro(fresh));
  }
  expect(stored.parsed).toBe(false);
});

test('any change to a file that was read compiles again', () =>
  checkAgain({}, { 'h.h': `${files['h.h']}\n` }, 'compiled'));
test('a file that was not read may change', () =>
  checkAgain({ 'other.h': 'int x;' }, { 'other.h': 'int y;' }, 'stored'));
test('a header that appears where it was looked for in vain compiles again', async () => {
  const main = { 'b.c': '#include <h2.h>\nint g(void) { return sizeof(h2); }', 'second/h2.h': 'typedef int h2;' };
  await checkAgain(main, { ...main, 'first/h2.h': 'typedef short h2;' }, 'compiled');
});

test('damaged and foreign entries are compiled again and replaced', async () => {
  const store = new MapStore();
  await open(store);
  const [[key, good]] = [...store.kept] as [[string, Uint8Array]];
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(24),
    good.subarray(0, good.length - 1),
    good.map((byte, index) => (index === 500 ? byte ^ 1 : byte)),
  ]) {
    store.kept.set(key, bytes);
    expect((await open(store)).parsed).toBe(true);
    expect(store.kept.get(key)).toEqual(good);
  }
});

test("two kernels do not take each other's place", async () => {
  const store = new MapStore();
  await open(store, {}, 'one');
  await open(store, {}, 'two');
  expect(store.kept.size).toBe(2);
});

/** Files with stamps, which says what was read. */
function stamped(texts: Readonly<Record<string, string>>, stamps: Readonly<Record<string, string>>) {
  const files = new MemoryLoader(Object.entries(texts));
  const read: string[] = [];
  const loader = {
    load: (path: string) => {
      read.push(path);
      return files.load(path);
    },
    stamp: (path: string) => stamps[path],
  };
  return { loader, read };
}

test('a file in the state in which it was read is not read again; another state is, and its content counts', async () => {
  const stamps = Object.fromEntries(Object.keys(files).map((path) => [path, `state of ${path}`]));
  const store = new MapStore();
  const second = async (
    texts: Readonly<Record<string, string>>,
    now: Readonly<Record<string, string>>,
  ): Promise<readonly [outcome: string, read: readonly string[]]> => {
    const { loader, read } = stamped(texts, now);
    const kept = await keptImage(store, 'k', { ...sourceOf({}), loader });
    return [kept ? 'stored' : 'changed', read.filter((path) => path in files)];
  };
  await compileThroughStore(store, 'k', { ...sourceOf({}), loader: stamped(files, stamps).loader }, parser);
  const { 'b.c': _, ...withoutB } = stamps;
  const edited = { ...files, 'b.c': 'int g(void) { return 2; }' };
  expect(await second(files, stamps)).toEqual(['stored', []]);
  expect(await second(files, { ...stamps, 'b.c': 'touched' })).toEqual(['stored', ['b.c']]);
  expect(await second(files, withoutB)).toEqual(['stored', ['b.c']]);
  expect(await second(edited, { ...stamps, 'b.c': 'edited' })).toEqual(['changed', ['b.c']]);
  expect(await second(edited, withoutB)).toEqual(['changed', ['b.c']]);
});
