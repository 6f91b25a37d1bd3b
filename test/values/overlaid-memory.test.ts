/** Memory in which some bytes are others: what is read, wherever it begins and ends. */
import { expect, test } from 'vitest';
import { Memory } from '../../src/machine/memory';
import { OverlaidMemory } from '../../src/values/overlaid-memory';

const size = 16;
const below = new Memory(Uint8Array.from({ length: size }, (_, index) => index).buffer);

test('every range of it', () => {
  for (const [start, length] of [
    [4, 6],
    [0, 3],
    [13, 3],
    [5, 0],
  ] as const) {
    const laid = Uint8Array.from({ length }, (_, index) => 100 + index);
    const memory = new OverlaidMemory(below, start, laid);
    const whole = Array.from({ length: size }, (_, at) => laid[at - start] ?? at);
    for (let from = 0; from <= size; from++) {
      for (let to = from; to <= size; to++) {
        expect([...memory.read(from, to - from)], `${from} to ${to}`).toEqual(whole.slice(from, to));
      }
    }
  }
  expect([...below.read(0, size)]).toEqual(Array.from({ length: size }, (_, at) => at));
});

test('numbers, least byte first; what lies wholly in the bytes laid over need not be memory', () => {
  const memory = new OverlaidMemory(below, 1000, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 0x88));
  expect([memory.u8(1001), memory.u16(1000), memory.u32(1002), memory.u64(1000)]).toEqual([
    2,
    0x0201,
    0x06050403,
    0x8807060504030201n,
  ]);
  expect(memory.u32(4)).toBe(0x07060504);
  expect([memory.contains(0, size), memory.contains(1, size)]).toEqual([true, false]);
  expect(() => memory.read(1004, 8)).toThrow();
});
