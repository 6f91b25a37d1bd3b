/**
 * The runner of scripts on the bundled kernel: failures and how they are told, determinism, memory, going back, packets.
 */
import { given } from '../../src/base/checked-access';
import { inEnglish } from '../sentences/english';
import { expect, test } from 'vitest';
import type { ScriptFailure } from '../../src/scenario/pkt-runner';
import { runText } from './bundled-kernel';

const LO = '--remote_ip=127.0.0.1\n';
const SERVER = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n';

/** Expects the first failure of a script. */
async function check(text: string, failure: Partial<ScriptFailure>): Promise<void> {
  const { workload, stop, machine } = await runText(text);
  expect(inEnglish(workload.failures), text).toMatchObject([failure]);
  expect(stop.kind).toBe('end');
  expect(machine.journal.filter(({ event }) => event === 'expectation')).toHaveLength(1);
}

test('the journal tells calls without the result that the script expects, and what they return', async () => {
  const { machine } = await runText(`${SERVER}+0 listen(9, 5) = -1 EBADF (Bad file descriptor)\n`);
  const told = machine.journal.flatMap((entry) =>
    entry.event === 'call' ? [entry.text] : entry.event === 'return' ? [`${entry.text} → ${entry.value}`] : [],
  );
  expect(told).toEqual([
    'socket(AF_INET, SOCK_STREAM, 0)',
    'socket(AF_INET, SOCK_STREAM, 0) → 3',
    'bind(3, ..., ...)',
    'bind(3, ..., ...) → 0',
    'listen(3, 5)',
    'listen(3, 5) → 0',
    'listen(9, 5)',
    'listen(9, 5) → -9',
  ]);
});

test('a wrong result is told with line, expected and actual', () =>
  check('0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 1) = -1 EINVAL\n', {
    line: 2,
    expected: '-1 EINVAL',
    actual: '0',
  }));
test('a call that sleeps for ever', () =>
  check(`${SERVER}+0 accept(3, ..., ...) = 4\n`, {
    line: 4,
    actual: 'it sleeps, and nothing is left that could wake it',
  }));
test('a call whose process a signal ends', () =>
  check(`${SERVER}A: +0 fork("B") = 0\nA: +0...* accept(3, ..., ...) = 4\nB: +1 kill("A", SIGTERM) = 0\n`, {
    expected: 'the call returns',
    actual: 'SIGTERM ends its process',
  }));
test('a call that sleeps too long', () =>
  check(`${SERVER}+0...1 accept(3, ..., ...) = 4\n`, {
    line: 4,
    expected: 'the call returns after 1.000 s',
    actual: 'it still sleeps',
  }));
test('a call that does not sleep long enough', () =>
  check(`${LO}0...1 socket(AF_INET, SOCK_STREAM, 0) = 3\n+2 close(3) = 0\n`, {
    line: 2,
    actual: 'it returned after 0.000 s',
  }));
test('a call that should still sleep', () =>
  check('0...* socket(AF_INET, SOCK_STREAM, 0) = blocked\n', { actual: 'it returned 3' }));
test('a process cannot make two calls', () =>
  check(`${SERVER}+0...* accept(3, ..., ...) = 4\n+0 close(3) = 0\n`, {
    line: 5,
    actual: 'it is still in accept(3, ..., ...)',
  }));
test('a packet that does not come', () =>
  check('0 < S 0:0(0) win 1 <mss 1000>\n+0 > S. 0:0(0) ack 1 <...>\n', {
    line: 2,
    actual: 'R. 0:0(0) ack 1 win 0 (the flags differs)',
  }));
test('a packet that comes too late', () =>
  check(
    '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n0...* connect(3, ..., ...) = 0\n+0 > S 0:0(0) <...>\n+1 > S 0:0(0) <...>\n',
    { line: 4, actual: 'no packet came' },
  ));
test('wrong data', () =>
  check(
    `${LO}${SERVER}+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n+0 connect(4, ..., ...) = 0\n+0 accept(3, ..., ...) = 5\n+0 write(4, "abc", 3) = 3\n+0 read(5, "abd", 10) = 3\n`,
    { expected: 'abd', actual: 'abc' },
  ));
test('an injection into a function that does not exist', () =>
  check('0 inject return no_such_function 0\n0 close(3) = -1 EBADF\n', { actual: 'this kernel has no such function' }));

const UDP = '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, {sin_port = htons(5001)}, 16) = 0\n';
test.each([
  '[version 6]',
  '[ihl 4]',
  '[tot_len 100]',
  '[check 1]',
  '[frag_off 0x2000]',
  '[daddr 10.0.0.1]',
  '[saddr 127.0.0.1]',
  '[bad_checksum]',
  '[cut 19]',
  '[protocol 6]',
])('a packet %s does not get through', async (part) => {
  const { workload } = await runText(
    `${UDP}+0 < ${part} udp 7 > 5001 (10)\n+0 recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN\n+0 < udp 7 > 5001 (11)\n+0 recvfrom(3, "abcdefghijk", 100, MSG_DONTWAIT, {sin_port = htons(7)}, ...) = 11\n`,
  );
  expect(workload.failures).toEqual([]);
});
test('a packet whose field differs', () =>
  check(
    `${UDP}+0 sendto(3, ..., 3, 0, {sin_port = htons(7), sin_addr = inet_addr("192.0.2.7")}, 16) = 3\n+0 > [daddr 192.0.2.1] udp (3)\n`,
    { actual: '[daddr 192.0.2.7] udp 5001 > 7 (3) (the daddr differs)' },
  ));
test('a packet whose port differs', () =>
  check(
    `${UDP}+0 sendto(3, ..., 3, 0, {sin_port = htons(7), sin_addr = inet_addr("192.0.2.7")}, 16) = 3\n+0 > udp 5002 > 7 (3)\n`,
    { actual: 'udp 5001 > 7 (3) (the port differs)' },
  ));
test('a ping is answered with the same data', async () => {
  expect(
    (await runText('0 < icmp echo_request id 7 (56)\n+0 > [saddr 192.168.0.1, ttl 255] icmp echo_reply (56)\n'))
      .workload.failures,
  ).toEqual([]);
});

test('a UDP socket that finds every port of every chain taken is told so', async () => {
  const socket = (call: string): string =>
    `+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, {sin_port = 0}, 16) = ${call}\n`;
  const { workload, stop } = await runText(
    `//! sysctl: ip_local_port_range = 20000 20000\n0 close(9) = -1 EBADF\n${socket('0').repeat(128)}${socket('-1 EADDRINUSE')}`,
  );
  expect(workload.failures).toEqual([]);
  expect(stop).toEqual({ kind: 'end' });
});
test('settings of net.core are found', async () => {
  expect(
    (
      await runText(
        '//! sysctl: net.core.rmem_default = 5000\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 getsockopt(3, SOL_SOCKET, SO_RCVBUF, [5000], [4]) = 0\n',
      )
    ).workload.failures,
  ).toEqual([]);
});
test('a length goes in and another comes out', () =>
  check(
    '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 getsockname(3, ..., [100, 16]) = 0\n+0 getsockname(3, ..., [100, 15]) = 0\n',
    { line: 3, expected: 'length 15', actual: 'length 16' },
  ));

const CONNECTION = `${LO}//! process: A, B\n${SERVER}+0...* accept(3, ..., ...) = 4\nB: +.1 socket(AF_INET, SOCK_STREAM, 0) = 3\nB: +0 connect(3, ..., ...) = 0\nB: +0 close(3) = 0\n+0 close(4) = 0\n+0 close(3) = 0\n+70 close(3) = -1 EBADF\n`;

test('the same script twice gives the same journal, packets and statement counts included', async () => {
  const [a, b] = [await runText(CONNECTION), await runText(CONNECTION)];
  expect(a.workload.failures).toEqual([]);
  expect(a.machine.journal).toEqual(b.machine.journal);
  expect(a.machine.clock).toBe(b.machine.clock);
});

test('when everything is closed and TIME_WAIT is over, nothing of it is left in the slab', async () => {
  const { kernel } = await runText(CONNECTION);
  const live = kernel.slab.slab
    .statistics()
    .filter((cache) => cache.live > 0 && !/^(task_struct|kmem_cache|size-)/.test(cache.name));
  expect(live).toEqual([]);
});

test('a machine that goes back runs on in the same way', async () => {
  const first = await runText(CONNECTION);
  const half = await runText(CONNECTION);
  const whole = first.machine.journal.length;
  // The run has ended; its saved end restored into itself and saved again is the same plain data.
  const saved = half.machine.save();
  half.machine.restore(saved);
  const again = half.machine.save();
  expect(again.environment).toEqual(saved.environment);
  expect([...again.modules]).toEqual([...saved.modules]);
  expect(half.machine.journal).toHaveLength(whole);
});

test('a thousand connections through one listener leave nothing behind', async () => {
  const one =
    '+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n+0 connect(4, ..., ...) = 0\n+0 accept(3, ..., ...) = 5\n+0 close(4) = 0\n+0 close(5) = 0\n';
  const { workload, kernel, stop } = await runText(
    `${LO}${SERVER}${one.repeat(1000)}+0 close(3) = 0\n+70 close(3) = -1 EBADF\n`,
  );
  expect(workload.failures).toEqual([]);
  expect(stop).toEqual({ kind: 'end' });
  const sock = kernel.slab.slab
    .statistics()
    .filter(({ name }) =>
      [
        'sock',
        'skbuff_head_cache',
        'inode_cache',
        'filp',
        'tcp_open_request',
        'tcp_bind_bucket',
        'tcp_tw_bucket',
        'ip_dst_cache',
      ].includes(name),
    );
  expect(sock.map(({ name, live }) => [name, live]).filter(([, live]) => live !== 0)).toEqual([]);
  expect(
    given(
      sock.find(({ name }) => name === 'sock'),
      'such item',
    ).allocations,
  ).toBe(2001);
});
