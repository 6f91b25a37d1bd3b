/**
 * What a script is told before anything runs: numbers out of their range, files that are no script, what belongs to later
 * kernels, options. Every sentence exists in Chinese.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { english, messages } from '../sentences/english';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/scenario/pkt-check';
import { parseScenario } from '../../src/scenario/pkt-parser';
import type { Diagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';

function problems(text: string): readonly Diagnostic[] {
  const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', text));
  return [...diagnostics, ...checkScenario(scenario)];
}

/** Expects one problem, of this severity, whose sentence has these words, in both languages. */
function check(text: string, words: string, severity: Diagnostic['severity'] = 'error'): void {
  const found = problems(text);
  expect(found.map((each) => `${each.severity}: ${wording(each.message, 'en')}`)).toEqual([
    expect.stringContaining(`${severity}: `) as string,
  ]);
  expect(english(itemAt(found, 0).message)).toContain(words);
  for (const sentence of [itemAt(found, 0).message, given(itemAt(found, 0).remedy, 'remedy')]) {
    expect(wording(sentence, 'zh')).toMatch(/[一-鿿]/);
  }
}

const SOCKET = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n';

describe('numbers', () => {
  test.each([
    ['+0 < S 0:0(0) win 65536\n', 'the window must be a whole number from 0 to 65535, not 65536'],
    ['+0 < S 0:0(0) win -1\n', 'the window must be a whole number from 0 to 65535, not -1'],
    ['+0 < S 0:0(0) win 1.5\n', 'not 1.5'],
    ['+0 < S 4294967296:0(0) win 1\n', 'the sequence number'],
    ['+0 < . 1:1(0) ack 4294967296 win 1\n', 'the acknowledgment'],
    ['+0 < PU. 1:2(1) ack 1 urg 65536\n', 'the urgent pointer'],
    ['+0 < S 0:0(0) win 1 <mss 65536>\n', 'the MSS'],
    ['+0 < S 0:0(0) win 1 <wscale 256>\n', 'the window scale'],
    ['+0 < S 0:0(0) win 1 <TS val 4294967296 ecr 0>\n', 'the timestamp'],
    ['+0 < S 0:0(0) win 1 <256 00>\n', 'unknown TCP option'],
    ['+0 < S 0:0(0) win 1 <mss>\n', 'expected a number for the MSS here, found ">"'],
    ['+0 < S 0:0(0) win 1 <mss MSS>\n', 'MSS has no value where the MSS is wanted'],
    ['+0 < udp 70000 > 7 (1)\n', 'the source port'],
    ['+0 < udp 7 > 70000 (1)\n', 'the destination port'],
    ['+0 < udp (65536)\n', 'the length'],
    ['+0 < udp (65535)\n', 'this packet would have 65563 bytes'],
    ['+0 < [ttl 256] udp (1)\n', 'ttl must be'],
    ['+0 < (tos 0x100) udp (1)\n', 'tos must be'],
    ['+0 < icmp type_256\n', 'the ICMP type'],
    ['+0 < icmp unreachable frag_needed mtu 65536\n', 'the MTU'],
    ['+0 < icmp echo_request id 65536 (8)\n', 'the id'],
    ['+0 < icmp echo_request id 1 seq 65536 (8)\n', 'the sequence number'],
    ['+0 < icmp unreachable host_unreachable seq 1\n', 'id and seq belong to echo'],
    ['+0 < icmp unreachable host_unreachable id 1\n', 'id and seq belong to echo'],
    ['+0 < protocol 256 (8)\n', 'the protocol'],
    ['+0 listen(3, 4294967296) = 0\n', 'an argument must be'],
    ['+0 listen(3, -2147483649) = 0\n', 'an argument must be'],
    ['+0 listen(3, 1.5) = 0\n', 'an argument must be'],
    ['+0 listen(3, 1) = 4294967296\n', 'the result of the call'],
    ['+0 bind(3, {sin_port = htons(65536)}, 16) = 0\n', 'the port must be'],
    ['+99999999999 close(3) = 0\n', 'the time must be'],
    ['+0x10 close(3) = 0\n', 'the time must be'],
    ['+9000000 close(3) = 0\n+9000000 close(3) = 0\n', 'this script lasts longer'],
    ['+.5...0.2 accept(3, ..., ...) = 4\n', 'ends before it begins'],
    ['+0 read(3, ..., 268435456) = 0\n', '268435456 bytes do not fit'],
    ['+0 send(3, "a", 268435456, 0) = 0\n', '268435456 bytes do not fit'],
  ])('%s', (event, words) => check(SOCKET + event, words));
  test('of any size where nothing is made of them', () =>
    expect(problems(`${SOCKET}+0 write(3, NULL, 268435456) = -1 EPIPE\n+0 read(3, BAD_POINTER, -1) = ?\n`)).toEqual(
      [],
    ));
  test('with a 0 in front, which are decimal', () =>
    check(`${SOCKET}+0 listen(3, 010) = 0\n`, '010 is read as 10', 'warning'));
  test('hexadecimal ones', () => expect(problems(`${SOCKET}+0 < [frag_off 0x4000] udp 0x7 > 7 (0x10)\n`)).toEqual([]));
});

describe('options of TCP', () => {
  test.each([
    [`<${Array(41).fill('nop').join()}>`, 'more than the 40 bytes'],
    ['<sack 1:2 3:4 5:6 7:8 9:10>', 'more than the 40 bytes'],
    ['<md5 123>', 'an odd number of hex digits'],
    ['<FO 12 34>', '"34" does not belong to the option before it'],
    ['<FO COOKIE>', 'COOKIE has no value'],
    ['<mptcp>', 'mptcp belongs to Multipath TCP, which Linux 2.4 does not have'],
    ['<...>', '<...> is for packets that are expected'],
  ])('%s', (options, words) => check(`0 < S 0:0(0) win 1 ${options}\n`, words));
});

describe('names of later kernels and of what is not simulated', () => {
  test.each([
    [
      '+0 sendmsg(3, {msg_name(...)=...,\n   msg_iov(1)=[{..., 1000}],\n   msg_flags=0}, 0) = 1000\n',
      'sendmsg belongs to calls with several buffers',
    ],
    ['+0 writev(3, [{..., 1}, {..., 2}], 2) = 3\n', 'writev belongs to'],
    ['+0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1\n', 'poll belongs to waiting for several descriptors'],
    ['+0 epoll_create(1) = 4\n', 'epoll_create belongs to epoll, which Linux 2.4 does not have'],
    ['+0 splice(3, 0, 4, 0, 10, 0) = 10\n', 'splice belongs to files and pipes'],
    ['+0 sendfile(3, 4, [0], 10) = 10\n', 'sendfile belongs to files and pipes'],
    ['+0 send(3, ..., 10, MSG_FASTOPEN) = 10\n', 'MSG_FASTOPEN belongs to TCP Fast Open'],
    ['+0 send(3, ..., 10, MSG_ZEROCOPY|MSG_DONTWAIT) = 10\n', 'MSG_ZEROCOPY belongs to zero-copy sending'],
    ['+0 setsockopt(3, SOL_TCP, TCP_FASTOPEN, [5], 4) = 0\n', 'TCP_FASTOPEN belongs to'],
    ['+0 socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP) = 4\n', 'IPPROTO_MPTCP belongs to Multipath TCP'],
    ['+0 sctp_bindx(3, ..., 1) = 0\n', 'sctp_bindx belongs to SCTP'],
    ['+0 > sctp: INIT\n', 'sctp belongs to SCTP'],
    ['+0 bind(3, {sin_addr = inet6_addr("::1")}, 16) = 0\n', 'inet6_addr belongs to IPv6'],
    ['+0 > [flowlabel 0x1] . 1:1(0)\n', 'flowlabel belongs to IPv6'],
    ['+0 < icmp packet_too_big mtu 1280\n', 'packet_too_big belongs to IPv6'],
    ['+0 > gre: . 1:1(0)\n', 'gre belongs to encapsulation'],
    ['+0 < ipv4 192.0.2.1 > 192.168.0.1: S 0:0(0)\n', 'ipv4 belongs to encapsulation'],
    ['+0 < mpls (label 0, tc 0, [S], ttl 0): S 0:0(0)\n', 'mpls belongs to encapsulation'],
    ['+0 < S.5 0:0(0) ack 1\n', 'accurate ECN'],
  ])('%s', (event, words) => check(SOCKET + event, words));
  test.each([
    ['--ip_version=ipv6\n', 'IP version ipv6 is not supported', 'error'],
    ['--mss=1000\n', '--mss changes nothing here', 'warning'],
    ['--init_scripts=a.sh\n', '--init_scripts changes nothing here', 'warning'],
    ['--local_ip=fd::1\n', '"fd::1" is no Internet address', 'error'],
    ['--bind_port=70000\n', '--bind_port must be', 'error'],
    ['--tolerance_usecs=soon\n', '--tolerance_usecs must be', 'error'],
    ['--tolerance_usec=5\n', 'unknown option --tolerance_usec', 'error'],
    ['--strict_segments=1\n', '--strict_segments takes no value', 'error'],
    ['--define=MSS\n', '--define takes NAME=VALUE', 'error'],
  ] as const)('%s', (option, words, severity) => check(option + SOCKET, words, severity));
  test('a definition at the top of a script', () => {
    expect(
      problems(
        '--define=MSS=1000\n--define=WORD=AF_INET\n0 socket(WORD, SOCK_STREAM, 0) = 3\n+0 < S 0:0(0) win 1 <mss MSS>\n',
      ),
    ).toEqual([]);
  });
});

describe('files', () => {
  test.each([
    ['', 'no event'],
    ['// nothing\n/* at all */\n', 'no event'],
    ['//! sysctl: tcp_syn_retries = 2\n--mtu=1500\n', 'no event'],
    ['0 close(3) = 0\0\n', 'it contains a NUL byte'],
    ['0 close(3) = 0 (open\n+0 close(4) = 0 (a note)\n', 'this note has no end'],
    ['0 close(3) = 3 EBADF\n', 'an error name belongs to -1'],
    ['0 close(3) = 0 //! linux 2.4.16: = -1 EBADF\n', 'has no key with a colon'],
    ['\u200b0 close(3) = 0\n', 'unexpected character U+200B'],
    ['//! uid: many\n0 close(3) = 0\n', 'the user id'],
    ['//! process: A, A\n0 close(3) = 0\n', 'the process A is named twice'],
    [
      `//! process: ${Array.from({ length: 64 }, (_, i) => `P${i}`).join(', ')}\n0 close(3) = 0\n`,
      '64 processes do not fit',
    ],
    ['0 < [cut 10] S 0:0(0)\n+0 > [cut 10] S. 0:0(0) ack 1\n', 'cut is for packets that arrive'],
  ])('%j', (text, words) => check(text, words));
  test('a byte-order mark and other line ends are no part of a script', () =>
    expect(problems('\ufeff//! title.en: x\r\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\r\n')).toEqual([]));
  test('more events than fit are told, not cut off', () =>
    expect(messages(problems('+0 close(3) = 0\n'.repeat(300_001)))).toEqual([
      'a script has at most 300000 events; this one has more',
    ]));
  test('after many problems the rest is not looked at', () => {
    const found = problems('+0 nothing\n'.repeat(10_000));
    expect(found).toHaveLength(201);
    const last = itemAt(found, 200);
    expect([english(last.message), english(given(last.remedy, 'remedy'))]).toEqual([
      'after 200 problems the rest of this script is not looked at',
      'Mend the first ones.',
    ]);
  });
  test('text outside ASCII is sent as UTF-8', () => {
    const { scenario } = parseScenario(new SourceFile('x.pkt', '0 write(3, "\u00e9\u4f60\\xff", 6) = 6\n'));
    const event = scenario.events[0];
    const data = event?.kind === 'call' ? event.args[1] : undefined;
    expect(data?.kind === 'string' ? [...data.value].map((letter) => letter.charCodeAt(0)) : []).toEqual([
      0xc3, 0xa9, 0xe4, 0xbd, 0xa0, 0xff,
    ]);
  });
});

describe('settings', () => {
  const event = '0 close(3) = -1 EBADF\n';
  test.each([
    ['//! sysctl: tcp_fin_timeut = 5\n', 'Linux 2.4 has no setting tcp_fin_timeut', 'warning'],
    ['//! sysctl: constructor = 5\n', 'Linux 2.4 has no setting constructor', 'warning'],
    ['`sysctl -q net.ipv4.tcp_notsent_lowat=1`\n', 'Linux 2.4 has no setting tcp_notsent_lowat', 'warning'],
    ['//! sysctl: tcp_syn_retries = 99999999999\n', 'tcp_syn_retries must be', 'error'],
    ['//! sysctl: tcp_fin_timeout = 30000000\n', 'tcp_fin_timeout must be', 'error'],
    ['//! sysctl: tcp_fin_timeout = 1 2 3\n', 'tcp_fin_timeout has 1 number, not 3', 'error'],
    ['//! sysctl: ip_local_port_range = 5\n', 'ip_local_port_range has 2 numbers, not 1', 'error'],
    ['//! sysctl: ip_local_port_range = 0 70000\n', 'ip_local_port_range must be', 'error'],
  ] as const)('%s', (setting, words, severity) => check(setting + event, words, severity));
  test('several in one shell line', () => {
    const { scenario } = parseScenario(
      new SourceFile('x.pkt', '`sysctl -w net.ipv4.tcp_syn_retries=2 net.ipv4.tcp_rmem="1 2 3"`\n' + event),
    );
    expect(scenario.events[0]).toMatchObject({
      settings: [
        { name: 'tcp_syn_retries', values: [2] },
        { name: 'tcp_rmem', values: [1, 2, 3] },
      ],
    });
  });
});
