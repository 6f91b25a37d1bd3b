/** What an address belongs to, and what lies where in a program's types: the questions under every value that is shown. */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DebugType } from '../../src/abi/debug-info';
import { NULL_LIMIT, TEXT_BASE, TEXT_STEP } from '../../src/abi/memory-map';
import { globalAt, globalWord, isReadable, placeOf, symbolAt } from '../../src/values/value-context';
import { meaningOfField, meaningOfVariable } from '../../src/values/view-facts';
import {
  completeId,
  findField,
  recordOf,
  shownFields,
  spellType,
  structId,
  typeOf,
  withMoreTypes,
} from '../../src/values/value-types';
import { KernelMemory } from './kernel-memory';

const kernel = new KernelMemory({ node: { next: '*node', value: 'u32' } });
const entry = kernel.function('start');
const last = kernel.function('stop');
const words = kernel.global('words', 'u32[3]');
const flag = kernel.global('flag', 'u8');
const live = kernel.allocate('node');
const dead = kernel.allocate('node');
kernel.free(dead);
const { context, map } = kernel;

describe('an address', () => {
  test.each([
    [0, 'null'],
    [1, 'invalid'],
    [NULL_LIMIT - 1, 'invalid'],
    [map.dataStart, 'data'],
    [map.dataEnd - 1, 'data'],
    [live, 'heap'],
    [live + 15, 'heap'],
    [dead, 'freed'],
    [map.heapEnd - 1, 'unallocated'],
    [map.userStart, 'user'],
    [map.userEnd - 1, 'user'],
    [map.stacksStart, 'stack'],
    [map.stacksEnd - 1, 'stack'],
    [map.shadowStart, 'invalid'],
    [map.flagsStart, 'invalid'],
    [map.flagsEnd, 'invalid'],
    [0x7fff_0000, 'invalid'],
    [TEXT_BASE, 'function'],
    [entry, 'function'],
    [last, 'function'],
    [last + TEXT_STEP, 'invalid'],
    [entry + 1, 'invalid'],
    [TEXT_BASE - TEXT_STEP, 'invalid'],
  ])('%i is in: %s', (address, place) => {
    expect(placeOf(context, address)).toBe(place);
    const readable = !['null', 'invalid', 'function', 'unallocated'].includes(place);
    expect(isReadable(context, address, 1)).toBe(readable);
    expect(isReadable(context, address, 0)).toBe(readable);
    expect(isReadable(context, address, 0x10_0000)).toBe(false);
  });
  test('that nothing was allocated at outside of the heap is none', () => {
    const other = new KernelMemory({});
    other.memory.fill(other.map.shadowStart + (other.map.userStart >> 4), 1, 0);
    expect(placeOf(other.context, other.map.userStart)).toBe('invalid');
  });
  test('without a map of memory: all that is there may be the heap, but for the null page', () => {
    const { debug, memory } = context;
    expect([0, 8, map.shadowStart, map.flagsEnd].map((address) => placeOf({ debug, memory }, address))).toEqual([
      'null',
      'invalid',
      'heap',
      'invalid',
    ]);
  });
});

describe('a name for an address', () => {
  test.each([
    [entry, 'start'],
    [last, 'stop'],
    [last + TEXT_STEP, undefined],
    [words, 'words'],
    [words + 4, 'words+4'],
    [words + 11, 'words+11'],
    [words + 12, undefined],
    [words - 1, undefined],
    [flag, 'flag'],
    [flag + 1, undefined],
    [live, undefined],
    [0, undefined],
  ])('%i: %s', (address, name) => expect(symbolAt(kernel.debug, address)).toBe(name));

  test('is the global whose bytes contain it, among any globals in any order', () => {
    const layout = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(layout, fc.nat(30), (pieces, turn) => {
        let at = 100;
        const globals = pieces.map(([gap, size], index) => {
          const address = (at += gap);
          at += Math.max(size, 1);
          return { ...itemAt(kernel.debug.globals, 0), name: `g${index}`, address, size };
        });
        const order = [...globals.slice(turn % (globals.length + 1)), ...globals.slice(0, turn % (globals.length + 1))];
        const debug = { ...kernel.debug, globals: order };
        for (let address = 99; address < at + 2; address++) {
          const inside = globals.find(
            (each) => address >= each.address && address < each.address + Math.max(each.size, 1),
          );
          expect(globalAt(debug, address)?.name).toBe(inside?.name);
        }
      }),
    );
  });
  test('the word of a global', () => {
    const own = new KernelMemory({});
    own.memory.setU32(own.global('jiffies', 'u32'), 77);
    own.global('small', 'u8');
    expect([
      globalWord(own.context, 'jiffies'),
      globalWord(own.context, 'small'),
      globalWord(own.context, 'x'),
    ]).toEqual([77, undefined, undefined]);
    const debug = { ...own.debug, globals: own.debug.globals.map((each) => ({ ...each, address: 0x7000_0000 })) };
    expect(globalWord({ ...own.context, debug }, 'jiffies')).toBeUndefined();
  });
});

describe('what a number stands for', () => {
  test('is known of fields and variables by their names, and of no others', () => {
    expect(meaningOfField({}, 'sock', 'state')?.kind).toBe('values');
    expect(meaningOfField({}, 'tcp_opt', 'ack.pending')?.kind).toBe('flags');
    expect(meaningOfVariable({}, 'err')?.kind).toBe('negative-errno');
    expect(meaningOfVariable({}, 'copied')?.kind).toBe('negative-errno'); // bytes, or why there are none
    for (const name of ['constructor', 'toString', 'nothing']) {
      expect([meaningOfField({}, 'sock', name), meaningOfVariable({}, name)]).toEqual([undefined, undefined]);
    }
    expect(meaningOfVariable({}, '__proto__')).toBeUndefined();
  });
});

describe('types', () => {
  const own = new KernelMemory({
    inner: { a: 'u8', b: 'i32' },
    outer: {
      tag: 'char',
      _anonymous: { union: { word: 'u32', _anonymous: { low: 'u16', high: 'u16' } } },
      there: 'inner',
      far: '*inner',
      list: 'inner[2]',
    },
  });
  const outer = own.type('outer');
  const more = (type: DebugType): number => own.types.push(type) - 1;
  const declared = more({
    kind: 'record',
    tag: 'struct',
    name: 'inner',
    size: 0,
    align: 1,
    complete: false,
    fields: [],
  });
  const elsewhere = more({
    kind: 'record',
    tag: 'union',
    name: 'inner',
    size: 0,
    align: 1,
    complete: false,
    fields: [],
  });
  const untagged = more({ kind: 'record', tag: 'union', name: '', size: 0, align: 1, complete: false, fields: [] });

  test.each([
    ['tag', 0],
    ['word', 4],
    ['low', 4],
    ['high', 6],
    ['there', 8],
    ['there.b', 12],
    ['list', 20],
    ['far.a', undefined],
    ['tag.a', undefined],
    ['nothing', undefined],
    ['there.nothing', undefined],
  ])('member %s of a record', (path, offset) => {
    expect(findField(own.debug, outer, path)?.offset).toBe(offset);
    expect(findField(own.debug, outer, path)?.field.name).toBe(
      offset === undefined ? undefined : path.split('.').at(-1),
    );
  });
  test('of something else has none', () => expect(findField(own.debug, own.type('u32'), 'a')).toBeUndefined());

  test('a declaration stands for the definition of the same tag and name', () => {
    expect(completeId(own.debug, declared)).toBe(own.type('inner'));
    expect([completeId(own.debug, elsewhere), completeId(own.debug, untagged)]).toEqual([elsewhere, untagged]);
    expect(completeId(own.debug, own.type('u32'))).toBe(own.type('u32'));
    expect(typeOf(own.debug, declared)).toBe(own.types[own.type('inner')]);
    expect([
      recordOf(own.debug, declared)?.size,
      recordOf(own.debug, elsewhere),
      recordOf(own.debug, own.type('u8')),
    ]).toEqual([8, undefined, undefined]);
    expect([structId(own.debug, 'inner'), structId(own.debug, 'nothing')]).toEqual([own.type('inner'), undefined]);
    const { typeNames } = own.debug;
    expect(structId({ ...own.debug, typeNames: { ...typeNames, 'struct gone': elsewhere } }, 'gone')).toBeUndefined();
  });
  test('types that come later do not change what a name means', () => {
    const first = own.debug;
    expect(completeId(first, declared)).toBe(own.type('inner'));
    const other: DebugType = {
      kind: 'record',
      tag: 'struct',
      name: 'inner',
      size: 1,
      align: 1,
      complete: true,
      fields: [],
    };
    const longer = withMoreTypes(first, [...first.types, other]);
    expect(completeId(longer, declared)).toBe(own.type('inner'));
    expect(longer.types).toHaveLength(first.types.length + 1);
  });

  const pointer = (to: number): number => more({ kind: 'pointer', size: 4, to });
  const array = (of: number, length: number): number => more({ kind: 'array', size: 0, of, length });
  const fn = (returns: number, parameters: readonly number[], variadic: boolean): number =>
    more({ kind: 'function', size: 0, returns, parameters, variadic });
  const int = own.type('i32');
  test.each([
    [own.type('void'), '', 'void'],
    [own.type('double'), 'x', 'double x'],
    [declared, '', 'struct inner'],
    [untagged, 'u', 'union {…} u'],
    [more({ kind: 'enum', name: 'color', size: 4, signed: true, enumerators: [] }), '', 'enum color'],
    [more({ kind: 'enum', name: '', size: 4, signed: true, enumerators: [] }), '', 'enum {…}'],
    [pointer(pointer(int)), 'p', 'int **p'],
    [array(pointer(int), 3), 'a', 'int *a[3]'],
    [pointer(array(int, 3)), 'p', 'int (*p)[3]'],
    [array(array(int, 2), -1), '', 'int [][2]'],
    [array(int, 0), '', 'int [0]'],
    [fn(int, [], false), 'f', 'int f(void)'],
    [fn(int, [], true), 'f', 'int f(...)'],
    [pointer(fn(own.type('void'), [int, pointer(int)], true)), 'f', 'void (*f)(int, int *, ...)'],
    [pointer(fn(pointer(array(int, 2)), [int], false)), '', 'int (*(*)(int))[2]'],
    [9999, 'x', '?'],
  ])('type %i around "%s" is spelled %s', (id, inner, spelled) =>
    expect(spellType(own.debug, id, inner)).toBe(spelled),
  );

  test('of a union one member is enough, the one that the socket layer uses if there is one', () => {
    const field = (name: string): object => ({ name, type: int, spelling: 'int', offset: 0 });
    const record = (tag: 'struct' | 'union', ...names: string[]): Parameters<typeof shownFields>[0] => ({
      kind: 'record',
      tag,
      name: 'x',
      size: 4,
      align: 4,
      complete: true,
      fields: names.map(field) as never,
    });
    const names = (...args: Parameters<typeof record>): string[] =>
      shownFields(record(...args)).map(({ name }) => name);
    expect(names('struct', 'a', 'af_tcp')).toEqual(['a', 'af_tcp']);
    expect(names('union', 'a', 'b')).toEqual(['a']);
    expect(names('union', 'a', 'af_tcp')).toEqual(['af_tcp']);
    expect(names('union', 'a', 'af_inet')).toEqual(['af_inet']);
    expect(names('union', 'a', 'socket_i')).toEqual(['socket_i']);
    expect(names('union')).toEqual([]);
  });
});
