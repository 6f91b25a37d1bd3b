/** Memory as services may touch it: what is wrong with an address that C handed over, and what is never the program's. */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  NULL_LIMIT,
  SHADOW_FREED,
  SHADOW_GUARD,
  SHADOW_UNALLOCATED,
  SHADOW_USER,
  SHADOW_VALID,
  type MemoryMap,
} from '../../src/abi/memory-map';
import { GuardedMemory, rangeFault, ServiceFault, ServiceMemory } from '../../src/machine/guarded-memory';
import { Memory, MemoryRangeError } from '../../src/machine/memory';
import { wording } from '../../src/sentences/wording';

const map: MemoryMap = {
  dataStart: 0x1000,
  dataEnd: 0x2000,
  heapStart: 0x2000,
  heapEnd: 0x4000,
  userStart: 0x4000,
  userEnd: 0x5000,
  stacksStart: 0x5000,
  stacksEnd: 0x6000,
  flagsStart: 0x6000,
  flagsEnd: 0x7000,
  slabStart: 0x7000,
  slabEnd: 0x8000,
  shadowStart: 0x8000,
  pages: 1,
};

/** Memory in which all up to the flags may be used, user memory being foreign. */
function prepared(): Memory {
  const memory = new Memory(new ArrayBuffer(0x9000));
  const shadow = (from: number, to: number, state: number): void =>
    void memory.bytes.fill(state, map.shadowStart + (from >> 4), map.shadowStart + (to >> 4));
  shadow(0, NULL_LIMIT, SHADOW_GUARD);
  shadow(map.dataStart, map.stacksEnd, SHADOW_VALID);
  shadow(map.userStart, map.userEnd, SHADOW_USER);
  return memory;
}

function mark(memory: Memory, address: number, state: number): void {
  memory.setU8(map.shadowStart + (address >> 4), state);
}

const tell = (address: number, size: number, user = true, memory = prepared()): string => {
  const fault = rangeFault(memory, map, address, size, 'memcpy', user);
  return fault ? `${fault.kind} ${fault.address?.toString(16)}` : 'fine';
};

describe('what is wrong with a range', () => {
  const holed = prepared();
  mark(holed, 0x2100, SHADOW_FREED);
  mark(holed, 0x2200, SHADOW_UNALLOCATED);
  mark(holed, 0x4100, SHADOW_FREED);
  test.each<[string, number, number, boolean, string]>([
    ['nothing of no bytes, wherever', 0, 0, true, 'fine'],
    ['nothing of fewer than none', 0x10, -4, true, 'fine'],
    ['the null pointer', 0, 4, true, 'null-dereference 0'],
    ['the last byte of the null page', 0xfff, 1, true, 'null-dereference fff'],
    ['the first byte behind it', 0x1000, 1, true, 'fine'],
    ['to where the shadow begins, in what nobody allocated', 0x7ff0, 16, true, 'wild-dereference 7ff0'],
    ['over where the shadow begins', 0x7ff0, 17, true, 'wild-dereference 7ff0'],
    ['an address that is none', 0xffff_fff0, 4, true, 'wild-dereference fffffff0'],
    ['over the end of the stacks', 0x5ffc, 8, true, 'wild-dereference 6000'],
    ['up to it', 0x5ffc, 4, true, 'fine'],
    ['freed memory', 0x2104, 4, true, 'use-after-free 2104'],
    ['into freed memory', 0x20fc, 8, true, 'use-after-free 2100'],
    ['up to freed memory', 0x20f0, 16, true, 'fine'],
    ['over freed memory', 0x2000, 0x180, true, 'use-after-free 2100'],
    ['behind freed memory', 0x2110, 16, true, 'fine'],
    ['a hole in the heap', 0x21f0, 0x20, true, 'wild-dereference 2200'],
    ['user memory, where it will do', 0x4000, 0x100, true, 'fine'],
    ['user memory, where it will not', 0x4000, 0x100, false, 'user-dereference 4000'],
    ['from the kernel into user memory', 0x3ff0, 0x20, true, 'fine'],
    ['from the kernel into user memory, where it will not do', 0x3ff0, 0x20, false, 'user-dereference 4000'],
    ['from user memory into the stacks', 0x4ff0, 0x20, true, 'fine'],
    ['a hole in user memory', 0x40f0, 0x20, true, 'use-after-free 4100'],
    ['behind a hole in user memory', 0x4000, 0x1010, true, 'use-after-free 4100'],
  ])('%s', (_what, address, size, user, expected) => expect(tell(address, size, user, holed)).toBe(expected));

  test('is the first bad byte, whatever lies before and behind it', () => {
    const states = fc.constantFrom(SHADOW_VALID, SHADOW_VALID, SHADOW_USER, SHADOW_FREED, SHADOW_UNALLOCATED);
    fc.assert(
      fc.property(
        fc.array(states, { minLength: 1, maxLength: 40 }),
        fc.nat(15),
        fc.nat(15),
        fc.boolean(),
        (cells, skip, short, user) => {
          const memory = prepared();
          cells.forEach((state, index) => mark(memory, 0x3000 + 16 * index, state));
          const [from, to] = [0x3000 + skip, 0x3000 + 16 * cells.length - short];
          const fits = (state: number): boolean => state === SHADOW_VALID || (user && state === SHADOW_USER);
          let bad: number | undefined;
          for (let at = from; at < to && bad === undefined; at++) {
            bad = fits(itemAt(cells, (at - 0x3000) >> 4)) ? undefined : at;
          }
          expect(rangeFault(memory, map, from, to - from, '', user)?.address).toBe(bad);
        },
      ),
    );
  });

  test('is said in words, with whose access it was and the address', () => {
    const said = (address: number, user = true): string =>
      wording(rangeFault(holed, map, address, 4, 'memcpy', user)!.message, 'en');
    const sentences = [said(4), said(0x2100), said(0x2200), said(0x4000, false)];
    expect(new Set(sentences).size).toBe(4);
    for (const [index, address] of ['0x00000004', '0x00002100', '0x00002200', '0x00004000'].entries()) {
      expect(sentences[index]).toContain('memcpy');
      expect(sentences[index]).toContain(address);
    }
  });
});

const faultOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof ServiceFault ? error.fault.kind : error instanceof MemoryRangeError ? 'range' : error;
  }
  return 'fine';
};

describe('the pointers of a caller', () => {
  test('are read and written where something is allocated', () => {
    const all = prepared();
    mark(all, 0x2100, SHADOW_FREED);
    const memory = new GuardedMemory(all, map);
    memory.setU32(0x3000, 7);
    memory.setU8(0x4000, 5);
    expect([all.u32(0x3000), memory.u8(0x4000)]).toEqual([7, 5]);
    expect(faultOf(() => memory.u32(0x2100))).toBe('use-after-free');
    expect(faultOf(() => memory.setU32(0x2100, 1))).toBe('use-after-free');
    expect(faultOf(() => memory.read(8, 0))).toBe('fine');
    expect(faultOf(() => memory.write(8, new Uint8Array(0)))).toBe('fine');
    expect(faultOf(() => memory.u8(8))).toBe('null-dereference');
    expect(faultOf(() => memory.u8(0x8100))).toBe('wild-dereference');
    expect(all.u32(0x2100)).toBe(0);
  });
  test('a fault names the service', () => {
    const memory = new GuardedMemory(prepared(), map);
    memory.what = 'copy_from_user';
    let thrown: unknown;
    try {
      memory.u8(0);
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof ServiceFault && wording(thrown.fault.message, 'en')).toContain('copy_from_user');
    expect((thrown as Error).message).toBe('null-dereference');
  });
});

describe('what services write by themselves', () => {
  const all = prepared();
  const memory = new ServiceMemory(all, map);
  test.each([
    [0, 'range'],
    [NULL_LIMIT - 1, 'range'],
    [NULL_LIMIT, 'fine'],
    [0x2100, 'fine'],
    [map.stacksEnd - 4, 'fine'],
    [map.stacksEnd - 3, 'range'],
    [map.flagsStart, 'range'],
    [map.shadowStart, 'range'],
  ])('a word at %i: %s', (at, expected) => {
    expect(faultOf(() => memory.setU32(at, 1))).toBe(expected);
    expect(faultOf(() => memory.u32(at))).toBe('fine');
  });
  test('no bytes, anywhere', () =>
    expect(faultOf(() => memory.write(map.shadowStart, new Uint8Array(0)))).toBe('fine'));
  test('an address that is no memory cannot be read either', () =>
    expect(faultOf(() => memory.u32(0xffff_0000))).toBe('range'));
});
