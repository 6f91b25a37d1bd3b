/**
 * What a scenario may ask for without end: processes, sockets, time. Where Linux has an error for "no more", that is what
 * comes; where it has none, a diagnostic says how many fit. Never an exception.
 */
import { english, inEnglish } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { PROCESS_LIMIT } from '../../src/kernel/processes';
import { parseOracle } from '../../src/scenario/oracle-schema';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { SourceFile } from '../../src/source/source-file';
import { runText } from './bundled-kernel';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `P${i}`);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');

async function failuresOf(text: string): Promise<unknown> {
  const { stop, workload } = await runText(text);
  return { end: stop.kind, failures: inEnglish(workload.failures) };
}
const passed = { end: 'end', failures: [] };

describe('processes', () => {
  test('more than fit are refused before anything runs, with how many do', () => {
    const told = `${PROCESS_LIMIT + 1} processes do not fit: at most ${PROCESS_LIMIT} can live at once`;
    const script = `//! process: ${names(PROCESS_LIMIT + 1).join(', ')}\n0 close(3) = -1 EBADF\n`;
    expect(parseScenario(new SourceFile('p.pkt', script)).diagnostics.map(({ message }) => english(message))).toEqual([
      told,
    ]);
    const oracle = (count: number): string =>
      JSON.stringify({
        cases: [
          {
            id: 'x',
            procs: names(count),
            steps: [{ p: 'P1', call: 'socket', args: [2, 1, 0], expect24: { ret: 'fd' } }],
          },
        ],
      });
    const read = (count: number): string[] =>
      parseOracle(new SourceFile('o.json', oracle(count))).diagnostics.map(({ message }) => english(message));
    expect(read(PROCESS_LIMIT + 1)).toEqual([`case 1: x: ${told}`]);
    expect(read(PROCESS_LIMIT)).toEqual([]);
  });

  test('as many as fit run', async () => {
    const all = names(PROCESS_LIMIT);
    const text = `//! process: ${all.join(', ')}\n${all.map((name) => `${name}: +0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n`).join('')}`;
    expect(await failuresOf(text)).toEqual(passed);
  });

  test('fork answers EAGAIN when no more fit, and goes on when one has ended', async () => {
    const text = `0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
${lines(PROCESS_LIMIT - 1, (i) => `+0 fork("C${i}") = 0`)}+0 fork("D") = -1 EAGAIN
C1: +0...* accept(3, ..., ...) = blocked
+0 kill("C1", SIGKILL) = 0
+0 fork("D") = 0
D: +0 socket(AF_INET, SOCK_STREAM, 0) = 4
`;
    expect(await failuresOf(text)).toEqual(passed);
  });

  test('fork answers ENOMEM without memory for a task_struct', async () => {
    expect(
      await failuresOf(
        '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 inject alloc task_struct\n+0 fork("B") = -1 ENOMEM\n+0 fork("B") = 0\n',
      ),
    ).toEqual(passed);
  });
});

describe('sockets', () => {
  test('a process may have 1,024 descriptors', async () => {
    const text = lines(1021, (i) => `+0 socket(AF_INET, SOCK_STREAM, 0) = ${i + 3}`);
    expect(await failuresOf(`${text}+0 socket(AF_INET, SOCK_STREAM, 0) = -1 EMFILE\n`)).toEqual(passed);
  });

  test('when memory is out calls fail as Linux says, and what was opened can be used and closed', async () => {
    const sockets = names(PROCESS_LIMIT - 1)
      .map((name) => lines(1021, () => `${name}: +0 socket(AF_INET, SOCK_STREAM, 0) = ?`))
      .join('');
    const text = `//! process: A, ${names(PROCESS_LIMIT - 1).join(', ')}
A: 0 socket(AF_INET, SOCK_DGRAM, 0) = 3
${sockets}A: +0 open_nonsocket() = -1 ENFILE
A: +0 bind(3, ..., ...) = 0
A: +0 close(3) = 0
`;
    const { stop, workload, machine } = await runText(text);
    expect({ end: stop.kind, failures: workload.failures }).toEqual(passed);
    const results = new Set(machine.journal.flatMap((entry) => (entry.event === 'return' ? [entry.value] : [])));
    // ENOMEM, ENFILE and ENOBUFS: whichever object was the one that no longer fitted.
    expect([...results].filter((value) => value < 0 && ![-12, -23, -105].includes(value))).toEqual([]);
    expect([...results].some((value) => value < 0)).toBe(true);
  });
});

describe('time', () => {
  test.each([100_000, 5_000_000, 10_737_000])('%d seconds pass at once, and timers run after them', async (quiet) => {
    const text = `--remote_ip=127.0.0.1
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 5) = 0
+${quiet} socket(AF_INET, SOCK_STREAM, 0) = 4
+0 setsockopt(4, SOL_SOCKET, SO_RCVTIMEO, {2, 0}, 8) = 0
+0 connect(4, ..., ...) = 0
+0...2 recv(4, ..., 10, 0) = -1 EAGAIN
+2.5 accept(3, ..., ...) = 5
+0 close(4) = 0
+0 close(5) = 0
+70 close(3) = 0
`;
    const { stop, workload, machine, kernel } = await runText(text);
    expect({ end: stop.kind, failures: workload.failures }).toEqual(passed);
    expect(machine.clock).toBeLessThan(100_000);
    expect(kernel.slab.slab.statistics().find(({ name }) => name === 'tcp_tw_bucket')?.live).toBe(0);
  });

  test('what is later than any clock can tell never comes', async () => {
    const text = '--tolerance_usecs=1000000000\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 > S 0:0(0)\n';
    expect((await failuresOf(text)) as { failures: unknown[] }).toMatchObject({
      end: 'end',
      failures: [{ line: 3, actual: 'no packet came' }],
    });
  });
});

describe('packets', () => {
  test('of 64 KB, many of them, in both directions', async () => {
    const text = `--mtu=65535
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 connect(3, ..., ...) = 0
+0 setsockopt(3, SOL_SOCKET, SO_SNDBUF, [1000000], 4) = 0
${lines(100, () => '+0 send(3, ..., 60000, 0) = 60000')}${lines(50, () => '+0 < udp (60000)')}+0 recv(3, ..., 65000, 0) = 60000
`;
    const { stop, workload, kernel } = await runText(text);
    expect({ end: stop.kind, failures: workload.failures }).toEqual(passed);
    expect(
      (kernel.wire.save() as { sent: { bytes: Uint8Array }[] }).sent.reduce((sum, { bytes }) => sum + bytes.length, 0),
    ).toBeLessThanOrEqual(4 << 20);
  });
});
