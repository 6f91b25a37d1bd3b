/** Names of a program: which global or function a name means, where members of records lie. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { TEXT_BASE, TEXT_STEP } from '../../src/abi/memory-map';
import { Symbols } from '../../src/machine/symbols';
import { prepare } from './c-machine';

const text = `struct point { int x, y; };
struct outer { char tag; struct point at; union { int number; struct { short low, high; }; }; struct point *next; };
union both { int number; char bytes[9]; };
typedef struct { long long wide; char last; } named;
int global = 1;
static int hidden = 2;
static int twice(int n) { static int global = 3; return n * global; }
int run(void) { named n; struct outer o; union both b; n.last = o.tag = b.number = 0; return twice(global) + hidden; }
`;
const { machine } = await prepare(text);
const symbols = new Symbols(machine.debug);

test('a global by its name, and no static of a function', () => {
  const at = (name: string): number => machine.memory.u32(symbols.globalAddress(name)!);
  expect([at('global'), at('hidden')]).toEqual([1, 2]);
  expect(symbols.globalAddress('nowhere')).toBeUndefined();
});

test('functions by name and by pointer', () => {
  const id = given(symbols.functionId('twice'), 'function');
  expect(itemAt(machine.debug.functions, id).name).toBe('twice');
  expect(symbols.functionId('thrice')).toBeUndefined();
  expect(symbols.functionPointer(id)).toBe(TEXT_BASE + id * TEXT_STEP);
  expect(symbols.functionAt(symbols.functionPointer(id))).toBe(id);
  expect(symbols.functionAt(symbols.functionPointer(id) | 0)).toBe(id);
  expect(symbols.functionAt(symbols.functionPointer(0))).toBe(0);
  const beyond = symbols.functionPointer(machine.debug.functions.length);
  for (const pointer of [0, id, TEXT_BASE - TEXT_STEP, symbols.functionPointer(id) + 1, beyond, 0xffff_fff0]) {
    expect(symbols.functionAt(pointer), pointer.toString(16)).toBeUndefined();
  }
});

test.each([
  ['outer', 'tag', 0],
  ['outer', 'at', 4],
  ['outer', 'at.y', 8],
  ['outer', 'number', 12],
  ['outer', 'high', 14],
  ['outer', 'next', 16],
  ['outer', 'next.y', undefined],
  ['outer', 'tag.x', undefined],
  ['outer', 'nothing', undefined],
  ['outer', 'at.nothing', undefined],
  ['both', 'bytes', 0],
  ['named', 'last', 8],
  ['nowhere', 'x', undefined],
])('%s.%s', (record, path, offset) => {
  expect(symbols.fieldOffset(record, path)).toBe(offset);
  expect(symbols.fieldOffset(record, path)).toBe(offset);
});

test.each([
  ['point', 8],
  ['outer', 20],
  ['both', 12],
  ['named', 12],
  ['nowhere', undefined],
  ['int', undefined],
])('size of %s', (record, size) => expect(symbols.structSize(record)).toBe(size));

test('of several with one name, the one that the linker sees; of internal ones the first', () => {
  const [fn] = machine.debug.functions;
  const [global] = machine.debug.globals;
  const own = (linkage: 'external' | 'internal', address: number): object => ({
    ...global,
    function: undefined,
    name: 'same',
    linkage,
    address,
  });
  const functions = (['internal', 'external', 'internal'] as const).map((linkage) => ({
    ...given(fn, 'fn'),
    name: 'same',
    linkage,
  }));
  const of = (globals: readonly object[], fns = functions): Symbols =>
    new Symbols({ ...machine.debug, globals: globals as typeof machine.debug.globals, functions: fns });
  expect(of([own('internal', 4), own('external', 8), own('internal', 12)]).globalAddress('same')).toBe(8);
  expect(of([own('internal', 4), own('internal', 12)]).globalAddress('same')).toBe(4);
  expect(of([]).functionId('same')).toBe(1);
  expect(of([], [itemAt(functions, 0), itemAt(functions, 2)]).functionId('same')).toBe(0);
});

test('a pointer to a function leads back to it; what lies between and outside of them is none', () => {
  const ids = machine.debug.functions.map((_, id) => id);
  expect(ids.map((id) => symbols.functionAt(symbols.functionPointer(id)))).toEqual(ids);
  expect(symbols.functionPointer(0)).toBe(TEXT_BASE);
  const outside = [TEXT_BASE + 1, TEXT_BASE - TEXT_STEP, TEXT_BASE + ids.length * TEXT_STEP, 0];
  expect(outside.map((pointer) => symbols.functionAt(pointer))).toEqual(outside.map(() => undefined));
});
