/** Pages of a checkpoint: which hold state, which are shared, what comes back; and which checkpoints are kept. */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { MemoryMap } from '../../src/abi/memory-map';
import { CheckpointList, restorePages, savePages, statePages, type Checkpoint } from '../../src/machine/checkpoint';
import { Memory } from '../../src/machine/memory';

const PAGE = 4096;
const map: MemoryMap = {
  dataStart: 0x1000,
  dataEnd: 0x2800,
  heapStart: 0x3000,
  heapEnd: 0x9000,
  userStart: 0x9000,
  userEnd: 0xa000,
  stacksStart: 0xa000,
  stacksEnd: 0xc000,
  flagsStart: 0xc000,
  flagsEnd: 0xd000,
  slabStart: 0xd000,
  slabEnd: 0xe000,
  shadowStart: 0x10000,
  pages: 2,
};

describe('pages that can hold state', () => {
  test.each([
    ['before anything was allocated', 0x3000, [1, 2, 9, 10, 11, 13, 16]],
    ['with a little of the heap', 0x3010, [1, 2, 3, 9, 10, 11, 13, 16]],
    ['with a whole page of it', 0x4000, [1, 2, 3, 9, 10, 11, 13, 16]],
    ['with more', 0x5001, [1, 2, 3, 4, 5, 9, 10, 11, 13, 16]],
    ['as if nothing was, below the heap', 0x1000, [1, 2, 9, 10, 11, 13, 16]],
  ])('%s', (_what, heapHigh, expected) => expect(statePages(map, heapHigh)).toEqual(expected));

  test('each but once, where regions share a page', () =>
    expect(statePages({ ...map, userStart: 0x9800, stacksStart: 0xa800, heapStart: 0x9000 }, 0x9400)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16,
    ]));
  test('the shadow of a large heap takes several', () => {
    const large = { ...map, heapStart: 0x3_0000, heapEnd: 0x20_0000, shadowStart: 0x20_0000 };
    const shadow = statePages(large, 0x6_0000).filter((page) => page >= 0x200);
    expect(shadow).toEqual([0x203, 0x204, 0x205, 0x206]);
  });
});

describe('saved pages', () => {
  const filled = (): Memory => {
    const memory = new Memory(new ArrayBuffer(8 * PAGE));
    memory.bytes.forEach((_, at) => (memory.bytes[at] = at % 251));
    return memory;
  };
  test('are copies; those that did not change are shared with the ones before', () => {
    const memory = filled();
    const first = savePages(memory, [1, 2, 5], undefined);
    expect([...first.keys()]).toEqual([1, 2, 5]);
    expect(first.get(2)).toEqual(memory.read(2 * PAGE, PAGE));
    for (const [at, page] of [
      [PAGE, 1],
      [2 * PAGE - 1, 1],
      [2 * PAGE, 2],
      [6 * PAGE - 1, 5],
      ...Array.from({ length: 24 }, (_, word) => [PAGE + 8 * word + (word % 8), 1] as const),
    ] as const) {
      const old = memory.u8(at);
      memory.setU8(at, old ^ 1);
      const now = savePages(memory, [1, 2, 3, 5], first);
      for (const each of [1, 2, 5]) {
        expect(now.get(each) === first.get(each), `page ${each}, changed at ${at}`).toBe(each !== page);
      }
      expect(now.get(page)).toEqual(memory.read(page * PAGE, PAGE));
      expect(now.get(3)).toEqual(memory.read(3 * PAGE, PAGE));
      memory.setU8(at, old);
    }
    expect(first.get(1)).toEqual(memory.read(PAGE, PAGE));
  });
  test('come back; those that were not saved become what they were at the start', () => {
    const memory = filled();
    const saved = savePages(memory, [1, 2], undefined);
    const before = memory.bytes.slice();
    const initial = memory.read(0, PAGE);
    memory.bytes.fill(7);
    restorePages(memory, saved, [1, 2, 4, 5], (page) => (page === 4 ? initial : 9));
    const page = (number: number): Uint8Array => memory.read(number * PAGE, PAGE);
    expect([page(1), page(2)]).toEqual([before.slice(PAGE, 2 * PAGE), before.slice(2 * PAGE, 3 * PAGE)]);
    expect(page(4)).toEqual(initial);
    expect([...new Set(page(5))]).toEqual([9]);
    expect([...new Set([...page(0), ...page(3), ...page(6), ...page(7)])]).toEqual([7]);
  });
});

const shared = new Uint8Array(1);
function checkpoint(clock: number, fresh = 0): Checkpoint {
  const pages = new Map([[0, shared]]);
  for (let page = 1; page <= fresh; page++) {
    pages.set(page, new Uint8Array(1));
  }
  return {
    clock,
    charged: clock,
    pages,
    tasks: { tasks: [], nextId: 1 },
    currentTask: 0,
    modules: new Map(),
    environment: null,
    interceptions: [],
    journal: { length: 0, recent: [] },
    heapHigh: 0,
  };
}

/** Clocks of what is kept up to `end`. */
const kept = (list: CheckpointList, end: number): number[] => [
  ...new Set(Array.from({ length: end + 1 }, (_, clock) => list.before(clock)?.clock ?? -1)),
];

describe('a list of checkpoints', () => {
  test('is empty at first, and wants one', () => {
    const list = new CheckpointList(4, 10);
    expect([list.oldest, list.last, list.before(1000), list.isDue(0)]).toEqual([0, undefined, undefined, true]);
  });
  test('wants the next one when the distance is reached', () => {
    const list = new CheckpointList(4, 10);
    list.add(checkpoint(5));
    expect([5, 14, 15, 16].map((clock) => list.isDue(clock))).toEqual([false, false, true, true]);
    expect([list.oldest, given(list.last, 'last').clock, list.interval]).toEqual([5, 5, 10]);
    expect([4, 5, 6].map((clock) => list.before(clock)?.clock)).toEqual([undefined, 5, 5]);
  });
  test('that is full drops every second one, and then takes them half as often', () => {
    const list = new CheckpointList(4, 10);
    [0, 10, 20, 30].forEach((clock) => list.add(checkpoint(clock)));
    expect([kept(list, 30), list.interval]).toEqual([[0, 10, 20, 30], 10]);
    list.add(checkpoint(40));
    expect([kept(list, 40), list.interval]).toEqual([[0, 20, 40], 20]);
  });
  test('drops some when the pages are too many, but never the first', () => {
    const list = new CheckpointList(64, 10, 21);
    list.add(checkpoint(0, 10));
    list.add(checkpoint(10, 10));
    expect(kept(list, 10)).toEqual([0, 10]);
    list.add(checkpoint(20, 10));
    expect([kept(list, 20), list.interval]).toEqual([[0, 20], 20]);
    list.add(checkpoint(40, 100));
    expect([kept(list, 40), list.interval]).toEqual([[0], 80]);
  });
  test('counts what is left after that', () => {
    const list = new CheckpointList(64, 10, 25);
    [0, 10, 20].forEach((clock) => list.add(checkpoint(clock, 10)));
    expect(kept(list, 20)).toEqual([0, 20]);
    list.add(checkpoint(40, 4));
    expect([kept(list, 40), list.interval]).toEqual([[0, 20, 40], 20]);
  });
  test('can be had up to a moment, and from then on goes its own way', () => {
    const list = new CheckpointList(8, 10);
    [0, 10, 20, 30].forEach((clock) => list.add(checkpoint(clock)));
    const early = list.upTo(20);
    expect([kept(early, 50), given(early.last, 'last').clock, early.interval]).toEqual([[0, 10, 20], 20, 10]);
    early.add(checkpoint(25));
    expect([kept(list, 50), kept(early, 50), kept(list.upTo(19), 50)]).toEqual([
      [0, 10, 20, 30],
      [0, 10, 20, 25],
      [0, 10],
    ]);
  });
});
