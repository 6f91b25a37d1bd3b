/** Reading and writing the linear memory: little-endian words, ranges, strings; what lies outside is an error that says where. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Memory, MemoryRangeError } from '../../src/machine/memory';

const SIZE = 256;
const memoryOf = (bytes: readonly number[] = []): Memory => {
  const memory = new Memory(new ArrayBuffer(SIZE));
  memory.bytes.set(bytes);
  return memory;
};

test('words of each width are little-endian, at any address', () => {
  const memory = memoryOf();
  memory.setU64(1, 0xfedc_ba98_7654_3210n);
  expect([...memory.read(0, 10)]).toEqual([0, 0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe, 0]);
  expect([memory.u8(8), memory.u16(7), memory.u32(5), memory.i32(5), memory.u64(1)]).toEqual([
    0xfe,
    0xfedc,
    0xfedcba98,
    0xfedcba98 | 0,
    0xfedc_ba98_7654_3210n,
  ]);
  memory.setU32(3, 0x01020304);
  memory.setU16(12, 0xa1a2);
  memory.setU8(15, 0x77);
  expect([...memory.read(3, 4), ...memory.read(12, 4)]).toEqual([4, 3, 2, 1, 0xa2, 0xa1, 0, 0x77]);
});

/** Each kind of access to `size` bytes at an address. */
const accesses: readonly (readonly [string, number, (memory: Memory, at: number) => unknown])[] = [
  ['u8', 1, (memory, at) => memory.u8(at)],
  ['u16', 2, (memory, at) => memory.u16(at)],
  ['u32', 4, (memory, at) => memory.u32(at)],
  ['i32', 4, (memory, at) => memory.i32(at)],
  ['u64', 8, (memory, at) => memory.u64(at)],
  ['setU8', 1, (memory, at) => memory.setU8(at, 1)],
  ['setU16', 2, (memory, at) => memory.setU16(at, 1)],
  ['setU32', 4, (memory, at) => memory.setU32(at, 1)],
  ['setU64', 8, (memory, at) => memory.setU64(at, 1n)],
  ['read', 12, (memory, at) => memory.read(at, 12)],
  ['write', 12, (memory, at) => memory.write(at, new Uint8Array(12))],
  ['fill', 12, (memory, at) => memory.fill(at, 12, 1)],
  ['a long fill', 40, (memory, at) => memory.fill(at, 40, 1)],
  ['a move from there', 12, (memory, at) => memory.move(0, at, 12)],
  ['a move to there', 12, (memory, at) => memory.move(at, 0, 12)],
  ['a search', 12, (memory, at) => memory.firstUnlike(at, 12, 0)],
];

describe.each(accesses)('%s of %i bytes', (_name, size, access) => {
  test('reaches to the last byte', () => void access(memoryOf(), SIZE - size));
  test.each([SIZE - size + 1, SIZE, 0xffff_fff0, -1])('not at %i', (at) => {
    const memory = memoryOf(Array.from({ length: SIZE }, (_, i) => i));
    const before = [...memory.bytes];
    let thrown: unknown;
    try {
      access(memory, at);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MemoryRangeError);
    expect(thrown).toMatchObject({ address: at, size });
    expect(String(thrown)).toContain(`0x${(at >>> 0).toString(16)} (${size} bytes)`);
    expect([...memory.bytes]).toEqual(before);
  });
});

test('what lies in memory', () => {
  const memory = memoryOf();
  expect([memory.contains(0, SIZE), memory.contains(SIZE, 0), memory.contains(SIZE - 1, 1)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([memory.contains(1, SIZE), memory.contains(-1, 1), memory.contains(4, -1)]).toEqual([false, false, false]);
});

test('a memory that is only the front of its buffer ends there', () => {
  const memory = new Memory(new ArrayBuffer(SIZE), 100);
  expect([memory.bytes.length, memory.view.byteLength, memory.words.length]).toEqual([100, 100, 25]);
  expect(memory.u32(96)).toBe(0);
  expect(() => memory.u32(97)).toThrow(MemoryRangeError);
});

test('what is read is a copy', () => {
  const memory = memoryOf([1, 2, 3]);
  const copy = memory.read(0, 3);
  memory.setU8(1, 9);
  expect([...copy]).toEqual([1, 2, 3]);
});

/** A few long runs of few different bytes, so that runs cross every border of words. */
const runs = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 0x6b, 255), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 8 })
  .map((each) => each.flatMap(([byte, count]) => Array<number>(count).fill(byte)).slice(0, SIZE));
const stretch = fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([a, b]) => [Math.min(a, b), Math.abs(a - b)] as const);

test('the first byte unlike another is the one that a look at each finds', () =>
  fc.assert(
    fc.property(runs, stretch, fc.constantFrom(0, 1, 0x6b, 255), (bytes, [at, size], byte) => {
      const memory = memoryOf(bytes);
      const found = [...memory.bytes.subarray(at, at + size)].findIndex((each) => each !== byte);
      expect(memory.firstUnlike(at, size, byte)).toBe(found < 0 ? undefined : at + found);
    }),
    { numRuns: 500 },
  ));

test('bytes are filled and moved as an array would, also over themselves', () =>
  fc.assert(
    fc.property(stretch, stretch, fc.nat(255), ([at, size], [from, length], value) => {
      const memory = memoryOf(Array.from({ length: SIZE }, (_, i) => i));
      const model = [...memory.bytes];
      memory.fill(at, size, value);
      model.fill(value, at, at + size);
      expect([...memory.bytes]).toEqual(model);
      const count = Math.min(length, SIZE - at);
      memory.move(at, from, count);
      model.splice(at, count, ...model.slice(from, from + count));
      expect([...memory.bytes]).toEqual(model);
    }),
  ));

describe('a string', () => {
  const memory = memoryOf([...'hello'].map((each) => each.charCodeAt(0)));
  memory.bytes.fill(0xe9, 200);
  test.each([
    ['to its zero', 0, undefined, 'hello'],
    ['from its middle', 3, undefined, 'lo'],
    ['an empty one', 5, undefined, ''],
    ['at most so many bytes', 0, 3, 'hel'],
    ['just as many as there are', 0, 5, 'hello'],
    ['without a zero, as far as it may go', 200, 10, 'é'.repeat(10)],
  ] as const)('%s', (_what, at, limit, expected) => expect(memory.cString(at, limit)).toBe(expected));
  test('without a zero, to the end of memory, is none', () =>
    expect(() => memory.cString(250)).toThrow(MemoryRangeError));
  test.each([SIZE, SIZE + 10])('at %i is none', (at) => expect(() => memory.cString(at)).toThrow(MemoryRangeError));
  test('of many thousand bytes', () => {
    const big = new Memory(new ArrayBuffer(20_000));
    big.fill(3, 10_000, 65);
    big.setU8(4_200, 66);
    const text = big.cString(3, 15_000);
    expect([text.length, text.indexOf('B'), text.lastIndexOf('B')]).toEqual([10_000, 4_197, 4_197]);
    expect(big.cString(3)).toHaveLength(4096);
  });
});
