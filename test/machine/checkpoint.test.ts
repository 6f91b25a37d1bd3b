/** Checkpoints are bounded in number and in memory, and the first is always there. */
import { expect, test } from 'vitest';
import { CheckpointList, type Checkpoint } from '../../src/machine/checkpoint';

/** A checkpoint of `pages` pages of which `fresh` differ from every other's. */
function checkpoint(clock: number, fresh: number, shared: ReadonlyMap<number, Uint8Array>): Checkpoint {
  const pages = new Map(shared);
  for (let page = 0; page < fresh; page++) {
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

const shared = new Map(Array.from({ length: 50 }, (_, page) => [1000 + page, new Uint8Array(1)]));

function clocks(list: CheckpointList, end: number): number[] {
  const found = new Set<number>();
  for (let clock = 0; clock <= end; clock++) {
    found.add(list.before(clock)!.clock);
  }
  return [...found];
}

test('pages that all share count once', () => {
  const list = new CheckpointList(8, 10, 100);
  for (let clock = 0; clock < 80; clock += 10) {
    list.add(checkpoint(clock, 5, shared));
  }
  expect(clocks(list, 100)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
});

test('when pages are too many, every second is dropped until they are not', () => {
  const list = new CheckpointList(64, 10, 100);
  for (let clock = 0; clock <= 1000; clock++) {
    if (list.isDue(clock)) {
      list.add(checkpoint(clock, 20, shared));
    }
  }
  const kept = clocks(list, 1000);
  expect(kept[0]).toBe(0);
  expect(kept.length).toBeLessThanOrEqual(3);
  expect(kept.length).toBeGreaterThan(1);
  expect(list.interval).toBeGreaterThanOrEqual(320);
});
