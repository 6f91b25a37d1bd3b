/**
 * What two journals tell otherwise: packets by a longest common subsequence of their texts, calls by process and position.
 *
 * In: the entries of two runs from the moment on up to which they are one. Out: the differences, in the order of the runs.
 */
import { packetText } from '../values/value-packet';
import type { EntryOf, JournalEntry } from '../machine/journal-entry';
import { aligned } from './aligned';
import type { CallDifference, ComparedPacket, ComparedResult, PacketDifference } from './branch-types';
import type { ResultText } from './journal-text';

/** Packets of a side that are compared. */
const PACKETS = 1000;

/** Packets that only one has, and those that it has at another time. */
export function packetDifferences(a: readonly JournalEntry[], b: readonly JournalEntry[]): PacketDifference[] {
  const [one, other] = [packetsOf(a), packetsOf(b)];
  const differences: PacketDifference[] = [];
  const same = (i: number, j: number): boolean =>
    one[i]?.text === other[j]?.text && one[i]?.direction === other[j]?.direction;
  for (const [i, j] of aligned(one.length, other.length, same)) {
    const [left, right] = [one[i ?? -1], other[j ?? -1]];
    if (!left || !right || left.uptime !== right.uptime) {
      differences.push({ ...(left ? { a: left } : {}), ...(right ? { b: right } : {}) });
    }
  }
  return differences;
}

function packetsOf(entries: readonly JournalEntry[]): ComparedPacket[] {
  return entries
    .filter((entry): entry is EntryOf<'packet'> => entry.event === 'packet')
    .slice(0, PACKETS)
    .map(({ clock, direction, uptime, bytes, length }) => ({
      clock,
      direction,
      uptime,
      text: packetText(bytes, length),
    }));
}

/** A call that was made, with its result when it has one. */
interface MadeCall {
  readonly process: string;
  readonly text: string;
  readonly result?: ComparedResult;
}

/** Calls that are not the same, or have not the same result. */
export function callDifferences(
  a: readonly JournalEntry[],
  b: readonly JournalEntry[],
  result: ResultText,
): CallDifference[] {
  const [one, other] = [callsOf(a, result), callsOf(b, result)];
  const differences: CallDifference[] = [];
  for (const [key, left] of one) {
    const right = other.get(key);
    if (left.text !== right?.text) {
      differences.push({ process: left.process, text: left.text, ...(left.result ? { a: left.result } : {}) });
      if (right) {
        differences.push({ process: right.process, text: right.text, ...(right.result ? { b: right.result } : {}) });
      }
    } else if (left.result?.value !== right.result?.value) {
      differences.push({
        process: left.process,
        text: left.text,
        ...(left.result ? { a: left.result } : {}),
        ...(right.result ? { b: right.result } : {}),
      });
    }
  }
  for (const [key, right] of other) {
    if (!one.has(key)) {
      differences.push({ process: right.process, text: right.text, ...(right.result ? { b: right.result } : {}) });
    }
  }
  return differences;
}

/** Calls by process and position; a call that was under way at the start has its result only. */
function callsOf(entries: readonly JournalEntry[], result: ResultText): Map<string, MadeCall> {
  const calls = new Map<string, MadeCall>();
  const made = new Map<number, number>();
  const underWay = new Set<number>();
  for (const entry of entries) {
    if (entry.event !== 'call' && entry.event !== 'return') {
      continue;
    }
    const { pid, process, text } = entry;
    const returns = entry.event === 'return' && underWay.delete(pid);
    const number = (made.get(pid) ?? 0) + (returns ? 0 : 1);
    made.set(pid, number);
    const value =
      entry.event === 'return' ? { result: { clock: entry.clock, value: entry.value, text: result(entry.value) } } : {};
    calls.set(`${pid} ${number}`, { process, text, ...value });
    if (entry.event === 'call') {
      underWay.add(pid);
    }
  }
  return calls;
}
