/** The bytes of an earlier moment: what differs since is what a look at each byte finds, and what was there can be read. */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemorySnapshot } from '../../src/values/memory-snapshot';
import { prepare } from '../machine/c-machine';

const text = `char data[300]; int inner(int n) { int a[40]; a[n] = n; return a[n] + 1; }
int run(int n) { int b[20]; b[n] = n; data[n] = 1; return inner(n) + b[n]; }
`;
const { machine } = await prepare(text, 'run', [3]);
machine.flags.setStepping(true);
for (let steps = 0; steps < 4; steps++) {
  machine.advance(1000);
}
const { memory, map } = machine;
const task = machine.tasks.get(machine.currentTask)!;
machine.host.setShadow(map.heapStart, 4096, 1);
const low = task.top - itemAt(machine.debug.functions, memory.u32(task.top + 4)).frameSize;
const shadow = map.shadowStart + (map.heapStart >> 4);

/** Places that are remembered: data, the used heap, the used part of the stack, the heap's shadow. */
const regions = [
  [map.dataStart, map.heapStart + 4096],
  [low, task.stackHigh],
  [shadow, shadow + 256],
] as const;
const address = fc
  .tuple(fc.nat(2), fc.nat(1 << 20))
  .map(([region, at]) => regions[region]![0] + (at % (regions[region]![1] - regions[region]![0])));

test('what differs, and what was there', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(address, { maxLength: 12 }),
      address,
      fc.integer({ min: 1, max: 40 }),
      (changed, at, size) => {
        const snapshot = new MemorySnapshot(machine).take();
        const before = memory.bytes.slice(0, map.shadowStart + 8192);
        changed.forEach((each) => (memory.bytes[each]! ^= 0x55));
        const words = [...new Set(changed.map((each) => each & -8))].sort((a, b) => a - b);
        const told = snapshot.changedRanges();
        const covered = told.flatMap(({ start, end }) =>
          Array.from({ length: (end - start) / 8 }, (_, index) => start + index * 8),
        );
        expect([...covered].sort((a, b) => a - b)).toEqual(words);
        expect(told.some(({ end }) => told.some(({ start }) => start === end))).toBe(false);
        expect(snapshot.changed(at, size)).toBe(changed.some((each) => each >= at && each < at + size));
        for (const each of changed) {
          expect([snapshot.changed(each, 1), snapshot.changed(each + 1, 1)]).toEqual([
            true,
            changed.includes(each + 1),
          ]);
          expect(snapshot.u8(each)).toBe(before[each]);
        }
        const view = new DataView(before.buffer);
        const from = Math.min(...[at], at) & -8;
        expect([snapshot.u16(from), snapshot.u32(from), snapshot.u64(from)]).toEqual([
          view.getUint16(from, true),
          view.getUint32(from, true),
          view.getBigUint64(from, true),
        ]);
        changed.forEach((each) => (memory.bytes[each]! ^= 0x55));
        expect(snapshot.changedRanges()).toBe(told);
      },
    ),
  ));

describe('a snapshot', () => {
  test('that is taken anew forgets the moment before', () => {
    const snapshot = new MemorySnapshot(machine).take();
    memory.bytes[map.dataStart]! ^= 1;
    expect(snapshot.changed(map.dataStart, 1)).toBe(true);
    const now = memory.u8(map.dataStart);
    expect(snapshot.take()).toBe(snapshot);
    expect([snapshot.changed(map.dataStart, 1), snapshot.changedRanges(), snapshot.u8(map.dataStart)]).toEqual([
      false,
      [],
      now,
    ]);
    snapshot.take();
    memory.bytes[map.dataStart]! ^= 1;
    expect([snapshot.changed(map.dataStart, 1), snapshot.u8(map.dataStart)]).toEqual([true, now]);
    memory.bytes[map.dataStart]! ^= 1;
  });
  test('reads what it does not hold from the present', () => {
    const snapshot = new MemorySnapshot(machine).take();
    memory.setU32(map.userStart, 5);
    expect([snapshot.u32(map.userStart), snapshot.changed(map.userStart, 4)]).toEqual([5, false]);
    memory.setU32(map.userStart, 6);
    expect(snapshot.u32(map.userStart)).toBe(6);
    expect([...snapshot.read(map.userStart, 4)]).toEqual([6, 0, 0, 0]);
    expect([snapshot.contains(map.dataStart, 8), snapshot.contains(0xffff_fff0, 8)]).toEqual([true, false]);
  });
  test('of a stack holds what is in use, whatever lies below it', () => {
    const snapshot = new MemorySnapshot(machine).take();
    memory.bytes[low]! ^= 1;
    memory.bytes[low - 64]! ^= 1;
    memory.bytes[task.stackHigh - 1]! ^= 1;
    expect([low, low - 64, task.stackHigh - 1].map((at) => snapshot.changed(at, 1))).toEqual([true, false, true]);
    memory.bytes[low]! ^= 1;
    memory.bytes[low - 64]! ^= 1;
    memory.bytes[task.stackHigh - 1]! ^= 1;
  });
  test('holds the heap up to where it is used', () => {
    const snapshot = new MemorySnapshot(machine).take();
    memory.bytes[map.heapStart + 4095]! ^= 1;
    memory.bytes[map.heapStart + 4096]! ^= 1;
    expect([4095, 4096].map((at) => snapshot.changed(map.heapStart + at, 1))).toEqual([true, false]);
    memory.bytes[map.heapStart + 4095]! ^= 1;
    memory.bytes[map.heapStart + 4096]! ^= 1;
  });
});
