/** The journal against a plain list of everything: what it still has is the end of that list, however one goes about. */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Journal, type JournalMark } from '../../src/machine/journal';
import type { Happening } from '../../src/machine/journal-entry';

/** The entry that a run has at a place: a run is deterministic. */
function entryAt(place: number): Happening {
  return place % 3 === 0 ? { event: 'log', text: 'x'.repeat(place % 40) } : { event: 'printk', level: place, text: '' };
}
const clocksOf = (journal: Journal): number[] => journal.records.map(({ clock }) => clock);
const ending = (length: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => length - count + index);

const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('add' as const), n: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ act: fc.constant('mark' as const), n: fc.constant(0) }),
    fc.record({ act: fc.constant('restore' as const), n: fc.nat(20) }),
  ),
  { maxLength: 40 },
);

test('it has an end of what happened, in order, and all of it while there is room', () =>
  fc.assert(
    fc.property(acts, fc.constantFrom(160 * 30, 160 * 120, 1 << 20), (done, room) => {
      const journal = new Journal(room);
      const marks: JournalMark[] = [];
      let length = 0;
      for (const { act, n } of done) {
        if (act === 'add') {
          for (let count = 0; count < n; count++, length++) {
            journal.add(entryAt(length), length, 1);
          }
        } else if (act === 'mark') {
          marks.push(journal.mark());
        } else if (marks.length > 0) {
          const mark = itemAt(marks, n % marks.length);
          journal.restore(mark);
          ({ length } = mark);
        }
        expect(journal.length).toBe(length);
        expect(clocksOf(journal)).toEqual(ending(length, journal.records.length));
        expect(journal.forgotten).toBe(length - journal.records.length);
        if (room === 1 << 20) {
          expect(journal.forgotten).toBe(0);
        }
        const since = Math.max(0, length - 7);
        expect(journal.since(since).map(({ clock }) => clock)).toEqual(
          ending(length, Math.min(length - since, journal.records.length)),
        );
        const mark = journal.mark();
        expect([mark.length, mark.recent]).toEqual([length, journal.records.slice(-mark.recent.length || length)]);
        expect(mark.recent.length).toBe(Math.min(200, journal.records.length));
      }
    }),
    { numRuns: 300 },
  ));

test('an entry is the object that was handed over, with when and who', () => {
  const journal = new Journal();
  const happening: Happening = { event: 'log', text: 'hello' };
  journal.add(happening, 7, 3);
  expect(journal.records).toEqual([{ event: 'log', text: 'hello', clock: 7, thread: 3 }]);
  expect(journal.records[0]).toBe(happening);
});

test('when room is used up the oldest quarter goes, and at least one', () => {
  const journal = new Journal(160 * 40);
  for (let clock = 0; clock <= 40; clock++) {
    journal.add({ event: 'inject', function: 'f', value: 0 }, clock, 1);
  }
  expect([journal.forgotten, journal.records.length]).toEqual([10, 31]);
  const small = new Journal(10);
  small.add({ event: 'log', text: '' }, 0, 1);
  expect([small.forgotten, small.records.length, small.length]).toEqual([1, 0, 1]);
});

test('text and bytes count as what they take', () => {
  const journal = new Journal(160 * 10 + 1000);
  for (let clock = 0; clock < 10; clock++) {
    journal.add({ event: 'log', text: clock === 0 ? 'x'.repeat(1000) : '' }, clock, 1);
  }
  expect(journal.forgotten).toBe(0);
  journal.add({ event: 'log', text: 'x' }, 10, 1);
  expect(journal.forgotten).toBe(2);
});

test('a mark remembers no more than fits', () => {
  const journal = new Journal();
  for (let clock = 0; clock < 100; clock++) {
    journal.add({ event: 'log', text: 'x'.repeat(10_000) }, clock, 1);
  }
  expect(journal.mark().recent.map(({ clock }) => clock)).toEqual([94, 95, 96, 97, 98, 99]);
});

test('after going back, another future takes the place of the one that was', () => {
  for (const other of [
    { event: 'log', text: '', at: 6 },
    { event: 'inject', function: 'f', value: 0, at: 5 },
  ] as const) {
    const journal = new Journal();
    for (let clock = 0; clock < 10; clock++) {
      journal.add({ event: 'log', text: '' }, clock, 1);
      if (clock === 4) {
        journal.add({ event: 'log', text: 'marked' }, clock, 1);
      }
    }
    const late = journal.mark();
    const early = { length: 6, recent: journal.records.slice(0, 6) };
    journal.restore(early);
    const { at, ...happening } = other;
    journal.add({ ...happening }, at, 1);
    journal.restore({ ...late, recent: [] });
    expect(journal.records).toEqual([]);
    expect(journal.length).toBe(late.length);
  }
});
