/**
 * Packets into the stack at any time and its answers: without a connection, to closed ports, with any flags, lengths and
 * checksums; ports that sockets really have; the IP header of what is expected; what ICMP messages quote.
 */
import { english, inEnglish } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { runText } from './bundled-kernel';

/** Runs a script; `actual` is what its first failure must say, undefined when there must be none. */
async function check(text: string, actual?: string): Promise<void> {
  const { workload, stop } = await runText(text);
  expect(workload.failures.map((failure) => english(failure.actual))).toEqual(
    actual === undefined ? [] : [expect.stringContaining(actual)],
  );
  expect(stop.kind).toBe('end');
}

const SERVER = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n';

describe('segments without a connection', () => {
  test('an ACK to a listener', () => check(`${SERVER}+.1 < . 0:0(0) ack 900 win 4000\n+0 > R 900:900(0) win 0\n`));
  test('a SYN to a closed port', () =>
    check(`${SERVER}+.1 < 5000 > 81 S 100:100(0) win 4000\n+0 > 81 > 5000 R. 0:0(0) ack 1 win 0\n`));
  test('an ACK to a closed port', () =>
    check('0 < 5000 > 81 . 7:7(0) ack 50 win 1\n+0 > 81 > 5000 R 50:50(0) win 0\n'));
  test('FIN, PSH and URG to a closed port', () =>
    check('0 < 5000 > 81 FPU 7:7(0) win 1\n+0 > 81 > 5000 R. 0:0(0) ack 8 win 0\n'));
  test('a segment without flags', () =>
    check(`${SERVER}+.1 < - 0:0(0) win 4\n+.1 < S 9:9(0) win 5840 <mss 1460>\n+0 > S. 0:0(0) ack 10 <...>\n`));
  test('SYN, FIN, URG and PSH to a listener', () =>
    check(`${SERVER}+.1 < SFUP 9:9(0) win 5840 <mss 1460>\n+0 > S. 0:0(0) ack 10 <...>\n`));
  test('one between the segments of a connection', () =>
    check(
      `${SERVER}+.1 < S 0:0(0) win 5840 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < 999 > 80 . 0:0(0) ack 5 win 1\n+0 > 80 > 999 R 5:5(0)\n+.1 < [port 40001] . 1:1(0) ack 1 win 5840\n+0 accept(3, ..., ...) = 4\n`,
    ));
  test('a data offset that is too small', () =>
    check(
      `${SERVER}+.1 < [doff 4] S 0:0(0) win 1\n+.1 < [doff 15] S 0:0(0) win 1\n+.1 < S 3:3(0) win 1\n+0 > S. 0:0(0) ack 4 <...>\n`,
    ));
  test('the wrong port', () =>
    check(
      '0 < 5000 > 81 . 7:7(0) ack 50 win 1\n+0 > 82 > 5000 R 50:50(0)\n',
      '81 > 5000 R 50:50(0) win 0 (the port differs)',
    ));
});

describe('flags as both grammars of packetdrill take them', () => {
  test.each(['P.', 'P .', '.P', 'PA'])('%s', (flags) =>
    check(
      `${SERVER}+.1 < S 0:0(0) win 5840 <mss 1460>\n+0 > S . 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 5840\n+0 accept(3, ..., ...) = 4\n+.1 < ${flags} 1:51(50) ack 1 win 5840\n+0 read(4, ..., 100) = 50\n`,
    ),
  );
});

describe('ports of UDP', () => {
  const socket = '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n';
  test('an answer goes where the datagram came from', () =>
    check(
      `${socket}+0 sendto(3, ..., 64, 0, ..., ...) = 64\n+0 > udp (64)\n+.1 < udp (32)\n+0 recv(3, ..., 500, 0) = 32\n`,
    ));
  test('also when nobody looked at the datagram', () =>
    check(`${socket}+0 sendto(3, ..., 64, 0, ..., ...) = 64\n+.1 < udp (32)\n+0 recv(3, ..., 500, 0) = 32\n`));
  test('and when the socket has only been connected', () =>
    check(`${socket}+0 connect(3, ..., ...) = 0\n+.1 < udp (32)\n+0 recv(3, ..., 500, 0) = 32\n`));
  test('an error about it finds the socket, too', () =>
    check(
      `${socket}+0 connect(3, ..., ...) = 0\n+0 write(3, ..., 8) = 8\n+.1 < icmp unreachable port_unreachable [udp (8)]\n+0 write(3, ..., 8) = -1 ECONNREFUSED\n`,
    ));
  test('a listener that never chose a port gets the SYN', () =>
    check(
      '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 5) = 0\n+.1 < S 0:0(0) win 5840 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n',
    ));
  test('a length that the header tells wrong', () =>
    check(
      `${socket}+0 bind(3, ..., ...) = 0\n+.1 < [len 40] udp (10)\n+0 recv(3, ..., 500, MSG_DONTWAIT) = -1 EAGAIN\n+.1 < udp (10)\n+0 recv(3, ..., 500, MSG_DONTWAIT) = 10\n`,
    ));
  test('a datagram of many kilobytes', () =>
    check(`${socket}+0 bind(3, ..., ...) = 0\n+.1 < udp (60000)\n+0 recv(3, ..., 65507, MSG_DONTWAIT) = 60000\n`));
});

describe('the IP header of what is expected', () => {
  const syn = `${SERVER}+.1 < S 0:0(0) win 5840 <mss 1460>\n`;
  test('fields and bits', () => check(`${syn}+0 > [ttl 64, DF, tos 0, noecn] S. 0:0(0) ack 1 <...>\n`));
  test('in round brackets', () => check(`${syn}+0 > (tos 0x0) S. 0:0(0) ack 1 <...>\n`));
  test('another TTL', () => check(`${syn}+0 > [ttl 63] S. 0:0(0) ack 1 <...>\n`, '(the ttl differs)'));
  test('other ECN bits', () => check(`${syn}+0 > [ect01] S. 0:0(0) ack 1 <...>\n`, '(the ECN bits differs)'));
  test("no don't-fragment bit", () =>
    check(
      '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 setsockopt(3, SOL_IP, IP_MTU_DISCOVER, [IP_PMTUDISC_DONT], 4) = 0\n+0 sendto(3, ..., 6, 0, ..., ...) = 6\n+0 > [DF] udp (6)\n',
      "(the don't-fragment bit differs)",
    ));
});

describe('ICMP', () => {
  test.each([
    'information_request',
    'information_reply',
    'address_mask_request',
    'address_mask_reply',
    'timestamp_reply',
    'source_quench',
    'redirect',
    'time_exceeded',
    'parameter_problem',
    'echo_reply',
    'type_40 code_3',
    'unreachable host_unknown',
    'echo_request [raw (4)]',
  ])('%s into a listener is not answered', (message) =>
    check(`${SERVER}+.1 < icmp ${message}\n+.1 < S 0:0(0) win 1\n+0 > S. 0:0(0) ack 1 <...>\n`),
  );
  test('an echo with another id', () =>
    check('0 < icmp echo_request id 7 (56)\n+0 > icmp echo_reply id 8 (56)\n', '(the id differs)'));
  test('an echo with another sequence number', () =>
    check('0 < icmp echo_request id 7 seq 9 (56)\n+0 > icmp echo_reply id 7 seq 9 (56)\n'));
  test('a reply with another sequence number', () =>
    check('0 < icmp echo_request seq 9 (56)\n+0 > icmp echo_reply seq 8 (56)\n', '(the sequence number differs)'));
  test('a datagram to nobody is answered with what it was', () =>
    check('0 < udp 7 > 5001 (10)\n+0 > icmp unreachable port_unreachable [udp 7 > 5001 (10)]\n'));
  test('about another datagram', () =>
    check(
      '0 < udp 7 > 5001 (10)\n+0 > icmp unreachable port_unreachable [udp 7 > 5002 (10)]\n',
      '(the ports of the quoted packet differs)',
    ));
});

describe('urgent data, which the bundled kernel leaves out', () => {
  const accepted = `${SERVER}+.1 < S 0:0(0) win 5840 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 5840\n+0 accept(3, ..., ...) = 4\n`;
  test.each([
    '+0 send(4, ..., 6, MSG_OOB) = 6\n',
    '+0 send(4, ..., 6, MSG_DONTWAIT|MSG_OOB) = ?\n',
    '+0 recv(4, ..., 6, MSG_OOB) = 1\n',
    '+0 ioctl(4, SIOCATMARK, [1]) = 0\n',
    '+0 > PU. 1:7(6) ack 1 urg 6\n',
    '+0 < PU. 1:7(6) ack 1 win 5840 urg 6\n',
  ])('%s', async (event) => {
    const { workload, machine } = await runText(accepted + event);
    expect(inEnglish(workload.failures)).toMatchObject([
      { line: 8, refused: true, actual: 'it leaves out urgent data, which a Linux tree has (--kernel DIR)' },
    ]);
    expect(machine.journal.some((record) => record.event === 'call')).toBe(false);
  });
  test('what fails because there is none fails everywhere', () =>
    check('0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 recv(3, ..., 5, MSG_OOB) = -1 EAGAIN\n', 'sleeps'));
});
