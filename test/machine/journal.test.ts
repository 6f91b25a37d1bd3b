/** The journal of a long run forgets its beginning, and knows the way back and forward. */
import { itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { Journal } from '../../src/machine/journal';
import type { Microseconds } from '../../src/machine/journal-entry';

/** Room for a little more than `entries` small entries. */
const room = (entries: number): number => entries * 160 + 80;

function filled(journal: Journal, from: number, to: number): void {
  for (let clock = from; clock < to; clock++) {
    journal.add(clock % 2 === 0 ? { event: 'note', text: '' } : { event: 'log', text: '' }, clock, 1);
  }
}
const clocks = (journal: Journal): number[] => journal.records.map(({ clock }) => clock);
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test('the newest are kept, the others counted', () => {
  const journal = new Journal(room(100));
  filled(journal, 0, 1000);
  expect(journal.length).toBe(1000);
  expect(journal.records.length).toBeLessThanOrEqual(100);
  expect(clocks(journal)).toEqual(numbers(journal.forgotten, 1000));
  expect(journal.since(990).map(({ clock }) => clock)).toEqual(numbers(990, 1000));
  expect(journal.since(1000)).toEqual([]);
});

test('data counts', () => {
  const journal = new Journal(1 << 20);
  for (let i = 0; i < 1000; i++) {
    const bytes = new Uint8Array(65_536);
    journal.add(
      { event: 'packet', direction: 'in', device: 'wire', packet: 1, bytes, uptime: 0 as Microseconds },
      i,
      1,
    );
  }
  expect([journal.length, journal.records.length <= 16]).toEqual([1000, true]);
});

test('words count', () => {
  const journal = new Journal(1 << 20);
  for (let i = 0; i < 1000; i++) {
    journal.add({ event: 'note', text: 'x'.repeat(65_536) }, i, 1);
  }
  expect([journal.length, journal.records.length <= 16]).toEqual([1000, true]);
});

test('going back over what lies ahead already, and forward again', () => {
  const journal = new Journal();
  const marks = [100, 200, 300, 400].map((clock) => {
    filled(journal, journal.length, clock);
    return journal.mark();
  });
  // Each way back is shorter or longer than the one before it.
  for (const at of [2, 1, 3, 0, 2, 1, 0, 3]) {
    journal.restore(itemAt(marks, at));
    expect([journal.length, clocks(journal)]).toEqual([itemAt(marks, at).length, numbers(0, itemAt(marks, at).length)]);
  }
});

test('back and forward by marks, as if nothing had been left', () => {
  const journal = new Journal();
  const marks = [0, 300, 700, 1000].map((clock) => {
    filled(journal, journal.length, clock);
    return journal.mark();
  });
  filled(journal, 1000, 1200);
  for (const at of [3, 1, 2, 0, 3, 0, 2, 1]) {
    journal.restore(itemAt(marks, at));
    expect(clocks(journal)).toEqual(numbers(0, itemAt(marks, at).length));
  }
  filled(journal, 300, 900);
  expect(clocks(journal)).toEqual(numbers(0, 900));
  journal.restore(itemAt(marks, 3));
  expect(clocks(journal)).toEqual(numbers(0, 1000));
});

test('a mark whose entries are forgotten has the last before it', () => {
  const journal = new Journal(room(500));
  filled(journal, 0, 250);
  const early = journal.mark();
  filled(journal, 250, 3000);
  const late = journal.mark();
  journal.restore(early);
  expect([journal.length, clocks(journal)]).toEqual([250, numbers(50, 250)]);
  filled(journal, 250, 400);
  expect([journal.length, clocks(journal).slice(-3)]).toEqual([400, [397, 398, 399]]);
  journal.restore(late);
  expect([journal.length, clocks(journal)]).toEqual([3000, numbers(journal.forgotten, 3000)]);
  expect(journal.records.length).toBeGreaterThan(200);
});

test('a changed past has another future', () => {
  const journal = new Journal();
  filled(journal, 0, 10);
  const mark = journal.mark();
  filled(journal, 10, 20);
  journal.restore(mark);
  journal.add({ event: 'inject', function: 'f', value: 0 }, 11, 1);
  expect(clocks(journal)).toEqual([...numbers(0, 10), 11]);
  journal.restore({ ...mark, length: 15, recent: [] });
  expect([journal.length, journal.records]).toEqual([15, []]);
});

test('going back and forward again takes no room', () => {
  const [still, moving] = [new Journal(room(50)), new Journal(room(50))];
  for (const journal of [still, moving]) {
    filled(journal, 0, 20);
  }
  const start = { length: 5, recent: moving.records.slice(0, 5) };
  for (let tries = 0; tries < 5; tries++) {
    const end = moving.mark();
    moving.restore(start);
    expect(moving.length).toBe(5);
    moving.restore(end);
    expect(clocks(moving)).toEqual(numbers(0, 20));
  }
  for (let clock = 20; clock < 200; clock++) {
    filled(still, clock, clock + 1);
    filled(moving, clock, clock + 1);
    expect([moving.forgotten, moving.records.length]).toEqual([still.forgotten, still.records.length]);
  }
});

test('a mark remembers as many of the last as it has room for, to the byte', () => {
  const remembered = (bytes: number): number => {
    const journal = new Journal(1 << 20);
    for (let clock = 0; clock < 5; clock++) {
      journal.add({ event: 'note', text: 'x'.repeat(bytes - 160) }, clock, 1);
    }
    return journal.mark().recent.length;
  };
  expect([32_768, 32_769, 65_536, 65_537].map(remembered)).toEqual([2, 1, 1, 0]);
});
