/** The ladder of a run: who talks to whom, and what is sent again. */
import { describe, expect, test } from 'vitest';
import type { Ladder, LadderRow, PacketRow } from '../../src/facade/ladder';
import { packetWords } from '../../src/facade/ladder';
import { ladderOfRun } from './ladder-of-run';

function packets({ rows }: Ladder): PacketRow[] {
  return rows.filter((row): row is PacketRow => row.kind === 'packet');
}

const words = ({ lifelines }: Ladder, row: LadderRow): string =>
  row.kind === 'packet'
    ? `${lifelines[row.at]?.name} → ${lifelines[row.to]?.name}: ${packetWords(row)}`
    : `${lifelines[row.at]?.name}: ${row.text.en}`;

describe('life lines', () => {
  test('are the processes, and the host at the other end of the wire', async () => {
    expect((await ladderOfRun('handshake')).lifelines).toEqual([
      { id: 'pid 100', kind: 'process', name: 'A', pid: 100 },
      { id: 'pid 101', kind: 'process', name: 'B', pid: 101 },
    ]);
    expect((await ladderOfRun('syn-lost')).lifelines.map(({ kind, name }) => [kind, name])).toEqual([
      ['process', 'A'],
      ['host', '192.0.2.1'],
    ]);
  });

  test('a process that talks to itself has its listener apart', async () => {
    const ladder = await ladderOfRun('backlog-overflow');
    expect(
      packets(ladder)
        .slice(0, 3)
        .map((row) => words(ladder, row)),
    ).toEqual([
      'A → A :8080: SYN seq 0 win 32304',
      'A :8080 → A: SYN ACK seq 0 ack 1 win 32280',
      'A → A :8080: ACK ack 1 win 32304',
    ]);
  });

  test('what a process sends is its own, also while its call is under way', async () => {
    const whole = await ladderOfRun('handshake');
    const [syn] = packets(whole);
    const ladder = await ladderOfRun('handshake', (syn?.clock ?? 0) + 1);
    expect(ladder.lifelines.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(packets(ladder).map((row) => words(ladder, row))).toEqual(['B → A: SYN seq 0 win 32304']);
    const full = await ladderOfRun('backlog-overflow');
    const third = packets(full)[6];
    const half = await ladderOfRun('backlog-overflow', (third?.clock ?? 0) + 1);
    expect(half.lifelines.map(({ name }) => name)).toEqual(['A', 'A :8080']);
  });

  test('what nobody listens for is answered by the kernel', async () => {
    const ladder = await ladderOfRun('wire-closed-port');
    expect(
      packets(ladder)
        .slice(0, 2)
        .map((row) => ladder.lifelines[row.at]?.kind),
    ).toEqual(['host', 'kernel']);
  });
});

describe('packets', () => {
  test('count from the initial sequence number of their side', async () => {
    const ladder = await ladderOfRun('handshake');
    expect(packets(ladder).map((row) => words(ladder, row))).toEqual([
      'B → A: SYN seq 0 win 32304',
      'A → B: SYN ACK seq 0 ack 1 win 32280',
      'B → A: ACK ack 1 win 32304',
      'B → A: PSH ACK seq 1:6 (5) ack 1 win 32304',
      'A → B: ACK ack 6 win 32280',
      'B → A: FIN ACK seq 6 ack 1 win 32304',
      'A → B: FIN ACK seq 1 ack 7 win 32280',
      'B → A: ACK ack 2 win 32304',
    ]);
  });

  test('name the packet that they repeat', async () => {
    const repeated = packets(await ladderOfRun('fast-retransmit')).filter(({ repeats }) => repeats !== undefined);
    expect(repeated.map(({ number, repeats }) => [number, repeats])).toEqual([
      [14, 7],
      [17, 8],
    ]);
    expect(packets(await ladderOfRun('syn-lost')).map(({ repeats }) => repeats)).toEqual([
      undefined,
      1,
      1,
      1,
      undefined,
      undefined,
    ]);
  });
});

describe('calls', () => {
  test('go to their return, and say where they slept', async () => {
    const { rows } = await ladderOfRun('handshake');
    const accept = rows.findIndex((row) => row.kind === 'call' && row.text.en.startsWith('accept('));
    const call = rows[accept];
    expect(call).toMatchObject({ kind: 'call', sleeps: [[accept, expect.any(Number)]] });
    const end = call?.kind === 'call' && call.end !== undefined ? rows[call.end] : undefined;
    expect(end).toMatchObject({ kind: 'return', text: { en: '= 4, child of listener #1' }, failed: false });
  });

  test('a call under way has no result, and what comes later is not there', async () => {
    const whole = await ladderOfRun('handshake');
    const syn = packets(whole)[0]?.clock ?? 0;
    const { rows } = await ladderOfRun('handshake', syn + 1);
    expect(rows.filter((row) => row.kind === 'packet')).toHaveLength(1);
    expect(rows.filter((row) => row.kind === 'call' && row.end === undefined).map((row) => row.at)).toEqual([0, 1]);
    expect(Math.max(...rows.map(({ clock }) => clock))).toBeLessThanOrEqual(syn + 1);
  });

  test('a failed call tells its error by name', async () => {
    const { rows } = await ladderOfRun('backlog-overflow');
    expect(
      rows.filter((row) => row.kind === 'return' && row.failed).map((row) => row.kind === 'return' && row.text.en),
    ).toEqual(['= -115 (-EINPROGRESS)', '= -114 (-EALREADY)']);
  });
});
