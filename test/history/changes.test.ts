/**
 * Changes of bytes as a replay at full speed finds them: those that a comparison of all memory at every statement finds.
 */
import { given, itemAt, valueAt } from '../../src/base/checked-access';
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

/** The last change before each of some moments, asked one after the other, is the last of all changes before it. */
async function asksAgain(opened: OpenedHistory, range: ByteRange, choices: readonly number[]): Promise<void> {
  const { history, session } = opened;
  const { oldest } = history.replayer;
  const { frontier: end } = session.stop;
  const all = await watched(opened, { from: oldest, to: end }, range);
  const near = all.flatMap(({ clock }) => [clock, clock + 1, clock + 2]);
  for (const choice of choices) {
    const before = near[choice] ?? oldest + (choice % (end - oldest));
    const last = await history.changes.last(range, before);
    expect([before, last.kind === 'change' ? last.change.clock : undefined]).toEqual([
      before,
      all.filter(({ clock }) => clock < before).at(-1)?.clock,
    ]);
  }
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
  test('what was asked before changes no answer', async () => {
    const opened = await ranToEnd(scenario, kernel);
    const { frontier: end } = opened.session.stop;
    const span = { from: end - 2500, to: end };
    const addresses = [...(await brute(opened, span)).keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(addresses.length - 1),
        fc.array(fc.oneof(fc.nat(30), fc.nat(1 << 24)), { minLength: 1, maxLength: 8 }),
        async (which, choices) => asksAgain(opened, { address: itemAt(addresses, which), size: 4 }, choices),
      ),
      { numRuns: Math.ceil(WALKS / 8), seed: 1 },
    );
  });
});

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

test('a change by hand is found though the bytes were asked for before, and no more when it is taken back', async () => {
  const { session, history } = await ranToEnd('handshake');
  const { clock: end, oldest } = session.stop;
  const { target } = history.target('tcp_port_rover', undefined);
  const { range } = given(target, 'target');
  const writer = async (before: number): Promise<string | undefined> => {
    const last = await history.changes.last(range, before);
    return last.kind === 'change' ? `${last.change.writer.kind} ${last.change.clock}` : last.kind;
  };
  const untouched = await writer(end);
  expect(await writer(end)).toBe(untouched);
  const middle = oldest + Math.floor((end - oldest) / 2);
  await session.travelTo(middle);
  session.assign('tcp_port_rover', '2000', undefined);
  await session.run('over');
  expect(await writer(session.stop.clock)).toBe(`hand ${middle - 1}`);
  await session.travelTo(middle - 10);
  session.assign('tcp_port_rover', '3000', undefined);
  await session.run('over');
  expect(await writer(session.stop.clock)).toBe(`hand ${middle - 11}`);
});

test('a question that is given up says so, and the next one is answered', async () => {
  const { history, session } = await ranToEnd('handshake');
  const { range } = given(history.target('inet_family_ops', undefined).target, 'target');
  for (let breaths = 0; breaths < 3; breaths++) {
    let left = breaths;
    const breathe = (): Promise<boolean> => Promise.resolve(left-- <= 0);
    expect(await history.changes.last(range, session.stop.clock, { breathe })).toEqual({ kind: 'cancelled' });
  }
  expect((await history.changes.last(range, session.stop.clock)).kind).toBe('none');
});

test('changes are told by the shortest C, of slices by their elements, of bits as they are', async () => {
  const { history, session } = await ranToEnd('handshake');
  const visit = await history.lastVisit('tcp_v4_rcv');
  await session.travelTo(given(visit.clock, 'clock'));
  const told = async (expression: string, limit?: number): Promise<string[]> => {
    const { target } = history.target(expression, session.stack(session.stop.thread)[0]);
    const { rows, dropped } = await history.allChanges(given(target, expression), {}, limit);
    const texts = rows.flatMap(({ members }) => members.map(({ name, from, to }) => `${name}: ${from} → ${to}`));
    return dropped > 0 ? [`${dropped} before`, ...texts] : texts;
  };
  const header = await told('*skb->h.th');
  expect(header.at(-1)).toMatch(/^\(\*skb->h\.th\)\.check: /);
  expect(await told('skb->h.th->source@2')).toEqual(
    (await told('skb->h.th->source@2')).filter((text) => /^\(&skb->h\.th->source\)\[[01]\]: /.test(text)),
  );
  expect((await told('skb->data[0]@20')).at(-1)).toMatch(/^\(&skb->data\[0\]\)\[10\]: /);
  expect((await told('skb->cb[4]@4')).at(-1)).toBe('skb->cb[4]@4: "ZZZZ" → ""');
  // The flags share two bytes with the data offset, which is written later.
  const acks = await told('skb->h.th->ack');
  expect(acks.at(-1)).toBe('skb->h.th->ack: 0 → 1');
  expect(await told('skb->h.th->ack', 2)).toEqual([`${acks.length - 2} before`, ...acks.slice(-2)]);
});
