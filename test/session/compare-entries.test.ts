/** What two journals tell otherwise: packets and results of calls. */
import { expect, test } from 'vitest';
import type { Happening, JournalEntry, Microseconds } from '../../src/machine/journal-entry';
import { callDifferences, packetDifferences } from '../../src/session/compare-entries';

const at = (happening: Happening, clock: number): JournalEntry => ({ ...happening, clock, thread: 1 });
const microseconds = (time: number): Microseconds => time as Microseconds;

/** A packet that is told by its length, and the time of it. */
function packet(length: number, time: number, direction: 'in' | 'out' = 'out'): JournalEntry {
  const uptime = microseconds(time);
  return at({ event: 'packet', direction, device: 'wire', packet: 1, bytes: new Uint8Array(length), uptime }, time);
}

function call(process: string, text: string, clock = 1): JournalEntry {
  const pid = process.charCodeAt(0);
  return at({ event: 'call', pid, process, text, entry: 'sys_socketcall', uptime: microseconds(clock) }, clock);
}

function returned(process: string, text: string, value: number, clock = 2): JournalEntry {
  const pid = process.charCodeAt(0);
  const uptime = microseconds(clock);
  return at({ event: 'return', pid, process, text, value, entry: 'sys_socketcall', uptime }, clock);
}

const packets = (a: JournalEntry[], b: JournalEntry[]): string[] =>
  packetDifferences(a, b).map(
    ({ a: left, b: right }) =>
      `${left ? `${left.direction} ${left.text} ${left.clock} ${left.uptime}` : '-'} | ` +
      (right ? `${right.direction} ${right.text} ${right.clock} ${right.uptime}` : '-'),
  );

const calls = (a: JournalEntry[], b: JournalEntry[]): string[] =>
  callDifferences(a, b, (value) => `<${value}>`).map(
    ({ process, text, a: left, b: right }) =>
      `${process} ${text}: ${left ? `${left.text} ${left.value} ${left.clock}` : '-'} | ` +
      (right ? `${right.text} ${right.value} ${right.clock}` : '-'),
  );

test('packets that only one has, and the same packet at another time', () => {
  expect(packets([packet(1, 10), packet(2, 20)], [packet(1, 10), packet(2, 20)])).toEqual([]);
  expect(packets([packet(1, 10), packet(2, 20)], [packet(2, 20)])).toEqual(['out 1 bytes 10 10 | -']);
  expect(packets([packet(2, 20)], [packet(2, 25), packet(3, 30, 'in')])).toEqual([
    'out 2 bytes 20 20 | out 2 bytes 25 25',
    '- | in 3 bytes 30 30',
  ]);
  expect(packets([packet(4, 1, 'in')], [packet(4, 1, 'out')])).toEqual(['in 4 bytes 1 1 | -', '- | out 4 bytes 1 1']);
  expect(packets([call('A', 'x()')], [packet(4, 1)])).toEqual(['- | out 4 bytes 1 1']);
});

test('calls are compared by process and position; a call that has not returned has no result', () => {
  const one = [call('A', 'a()'), returned('A', 'a()', 0), call('A', 'b()'), returned('A', 'b()', 3, 9)];
  expect(calls(one, one)).toEqual([]);
  expect(calls(one, [call('A', 'a()'), returned('A', 'a()', 0), call('A', 'b()'), returned('A', 'b()', -9)])).toEqual([
    'A b(): <3> 3 9 | <-9> -9 2',
  ]);
  expect(calls(one, one.slice(0, 3))).toEqual(['A b(): <3> 3 9 | -']);
  expect(calls(one.slice(0, 3), one)).toEqual(['A b(): - | <3> 3 9']);
  expect(calls(one, one.slice(0, 2))).toEqual(['A b(): <3> 3 9 | -']);
  expect(calls(one.slice(0, 2), one)).toEqual(['A b(): - | <3> 3 9']);
  expect(calls(one.slice(0, 3), one.slice(0, 2))).toEqual(['A b(): - | -']);
  expect(calls(one.slice(0, 2), one.slice(0, 3))).toEqual(['A b(): - | -']);
});

test('another call in its place is two differences', () => {
  const b = [call('A', 'c()'), returned('A', 'c()', 1)];
  expect(calls([call('A', 'a()'), returned('A', 'a()', 1)], b)).toEqual(['A a(): <1> 1 2 | -', 'A c(): - | <1> 1 2']);
  expect(calls([call('A', 'a()')], [call('A', 'c()')])).toEqual(['A a(): - | -', 'A c(): - | -']);
});

test('calls of processes that take turns do not mix; a call under way at the start has its result only', () => {
  const one = [call('A', 'a()'), call('B', 'b()'), returned('B', 'b()', 1), returned('A', 'a()', 2)];
  const other = [call('B', 'b()'), returned('B', 'b()', 1), call('A', 'a()'), returned('A', 'a()', 3)];
  expect(calls(one, other)).toEqual(['A a(): <2> 2 2 | <3> 3 2']);
  const begun = [returned('A', 'read()', 5), call('A', 'a()'), returned('A', 'a()', 0)];
  expect(calls(begun, begun)).toEqual([]);
  expect(calls(begun, [returned('A', 'read()', 6), ...begun.slice(1)])).toEqual(['A read(): <5> 5 2 | <6> 6 2']);
});
