/**
 * Changes of bytes as a replay at full speed finds them: those that a comparison of all memory at every statement finds.
 */
import { itemAt, valueAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteChange, ByteRange } from '../../src/history/byte-watch';
import type { Span } from '../../src/history/replayer';
import type { Machine } from '../../src/machine/machine';
import { kernels } from '../session/walker';
import { ranToEnd, type OpenedHistory } from './history-session';

/** Words of data, heap and user memory with their values from statement to statement: `clock before after`. */
type Known = ReadonlyMap<number, readonly string[]>;

/** Compares everything at every statement. */
async function brute({ history }: OpenedHistory, span: Span): Promise<Known> {
  const known = new Map<number, string[]>();
  let before: Int32Array | undefined;
  let first = 0;
  const look = (machine: Machine): void => {
    const { map, memory } = machine;
    first = map.dataStart >> 2;
    const words = memory.words.subarray(first, map.userEnd >> 2);
    const heap = (machine.heapHigh >> 2) - first;
    const user = (map.userStart >> 2) - first;
    before ??= words.slice();
    const old = before;
    const compare = (from: number, to: number): void => {
      for (let index = from; index < to; index++) {
        if (old[index] !== words[index]) {
          const address = (first + index) * 4;
          const list = known.get(address) ?? [];
          list.push(`${machine.clock - 1} ${old[index]} ${words[index]}`);
          known.set(address, list);
          old[index] = itemAt(words, index);
        }
      }
    };
    compare(0, heap);
    compare(user, user + 4096);
  };
  await history.replayer.replay(span, { statements: 'all', onStatement: (_stop, machine) => look(machine) });
  await history.replayer.at(span.to, look); // the end of the run is no statement
  return known;
}

async function watched({ history }: OpenedHistory, span: Span, bytes: ByteRange): Promise<ByteChange[]> {
  const changes: ByteChange[] = [];
  await history.replayer.replay(span, {
    bytes,
    onChange: (change) => {
      changes.push(change);
    },
  });
  return changes;
}

function word(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
}

/** More scenarios, spans and words when somebody asks for it (`SOCKSCOPE_WALKS=1000`). */
const WALKS = Number(process.env['SOCKSCOPE_WALKS'] ?? 40);
const few = ['handshake', 'udp-waits', 'tcp-socket'];
const more = ['backlog-overflow', 'wake-one', 'fast-retransmit', 'interrupted-connect', 'raw-ping', 'half-close'];
const scenarios = WALKS > 40 ? [...few, ...more, 'reset-by-linger', 'syn-ack-lost', 'simultaneous-open'] : few;

const cases = kernels.flatMap(([name, kernel]) => scenarios.map((scenario) => [name, scenario, kernel] as const));

describe.each(cases)('%s, %s', (_name, scenario, kernel) => {
  test('every word changes when a comparison at every statement says so', async () => {
    const opened = await ranToEnd(scenario, kernel);
    const end = opened.session.stop.frontier;
    const length = 2500;
    const spans = WALKS > 40 ? 6 : 2;
    for (let index = 0; index < spans; index++) {
      const from = Math.max(0, Math.floor(((end - length) * index) / Math.max(1, spans - 1)));
      const span = { from, to: Math.min(end, from + length) };
      const known = await brute(opened, span);
      const addresses = [...known.keys()];
      expect(addresses.length).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(fc.nat(addresses.length - 1), async (which) => {
          const address = itemAt(addresses, which);
          const changes = await watched(opened, span, { address, size: 4 });
          const last = await opened.history.changes.last({ address, size: 4 }, span.to);
          expect([address, last.kind === 'change' ? last.change.clock : undefined]).toEqual([
            address,
            changes.at(-1)?.clock,
          ]);
          expect([
            address,
            ...changes.map(({ clock, before, after }) => `${clock} ${word(before)} ${word(after)}`),
          ]).toEqual([address, ...valueAt(known, address)]);
        }),
        { numRuns: WALKS, seed: index + 1 },
      );
    }
  });
});
