/** The scenario language: what is read, what is refused with which diagnostic, and that nothing throws. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/scenario/pkt-check';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';

function parse(text: string): {
  events: readonly Record<string, unknown>[];
  scenario: ReturnType<typeof parseScenario>['scenario'];
  problems: string[];
} {
  const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', text));
  const all = [...diagnostics, ...checkScenario(scenario)];
  return {
    events: scenario.events as unknown as Record<string, unknown>[],
    scenario,
    problems: all.map((each) => formatDiagnostic(each)),
  };
}

/** Expects exactly one diagnostic, at the place and with the code given, whose text contains `part`. */
function check(text: string, place: string, code: string, part: string): void {
  const { problems } = parse(text);
  expect(problems, text).toHaveLength(1);
  expect(problems[0]).toContain(`x.pkt:${place}:`);
  expect(problems[0]).toContain(`[${code}]`);
  expect(problems[0]).toContain(part);
}

test('times: absolute, relative, any, ranges, blocking calls with and without blanks', () => {
  const { events, problems } = parse(
    '0 close(3) = 0\n+.1 close(3) = 0\n* > . 1:1(0) ack 1\n0.5~0.6 > R 1:1(0)\n0.7...0.9 accept(3, ..., ...) = 4\n+.1 ... 0.2 connect(3, ..., ...) = 0\n1...* read(3, ..., 5) = blocked\n',
  );
  expect(problems).toEqual([]);
  expect(events.map(({ time }) => time)).toMatchObject([
    { kind: 'absolute', at: 0 },
    { kind: 'relative', at: 100_000 },
    { kind: 'any' },
    { at: 500_000, upTo: 600_000 },
    { at: 700_000, returns: 900_000 },
    { kind: 'relative', at: 100_000, returns: 200_000 },
    { returns: 'any' },
  ]);
});

test('a call by its text: as written, without time, process and result', () => {
  const { events, problems } = parse(
    'A: 0...0.1 connect(3,  {sa_family = AF_INET,\n  sin_port = htons(8080)}, 16) = -1 EINPROGRESS (Operation now in progress)\n+0 close( 3 )=0\n',
  );
  expect(problems).toEqual([]);
  expect(events.map(({ call, text }) => [call, text])).toEqual([
    [
      'connect(3, {sa_family = AF_INET, sin_port = htons(8080)}, 16)',
      'connect(3, {sa_family = AF_INET, sin_port = htons(8080)}, 16) = -1 EINPROGRESS (Operation now in progress)',
    ],
    ['close( 3 )', 'close( 3 )=0'],
  ]);
});

test('packets: flags, numbers, options', () => {
  const { events, problems } = parse(
    '0 < S 0:0(0) win 32792 <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>\n+0 > S. 0:0(0) ack 1 <...>\n+0 < [ect0] P. 1:101(100) ack 1 win 257\n+0 > SEW 5:5(0)\n+0 < - 1:1(0) win 9\n+0 > udp (10)\n+0 < icmp unreachable host_unreachable\n+0 < [1:1(0)] icmp unreachable frag_needed mtu 576\n+0 < icmp unreachable frag_needed mtu 576 [1:1(0)]\n',
  );
  expect(problems).toEqual([]);
  expect(events.map(({ packet }) => packet)).toMatchObject([
    {
      flags: 'S',
      window: 32792,
      options: [
        { kind: 'mss', value: 1460 },
        { kind: 'sackOK' },
        { kind: 'TS', value: 100, echo: 0 },
        { kind: 'nop' },
        { kind: 'wscale', value: 7 },
      ],
    },
    { flags: 'S.', acknowledgment: 1, options: undefined },
    { flags: 'P.', ecn: 'ect0', sequence: 1, length: 100 },
    { flags: 'SEW' },
    { flags: '' },
    { protocol: 'udp', length: 10 },
    { protocol: 'icmp', type: 3, code: 1 },
    { type: 3, code: 4, mtu: 576, echoed: { protocol: 'tcp', sequence: 1 } },
    { type: 3, code: 4, mtu: 576, echoed: { protocol: 'tcp', sequence: 1 } },
  ]);
});

test('packets: fields of the IP header, ports, other protocols, quoted packets', () => {
  const { events, problems } = parse(
    '0 < [version 6, saddr 127.0.0.1] udp 7 > 5001 (10)\n+0 < [ihl 4][cut 12] protocol 99 (20)\n+0 < [bad_checksum] icmp echo_request id 7 (56)\n+0 > [daddr 192.168.0.99, ttl 64] udp (3)\n+0 < icmp parameter_problem (12) [daddr 192.168.255.255, udp 5001 > 7 (8)]\n+0 < icmp source_quench [protocol 200]\n',
  );
  expect(problems).toEqual([]);
  expect(events.map(({ packet }) => packet)).toMatchObject([
    { protocol: 'udp', fields: { version: 6, saddr: 0x7f000001 }, ports: { source: 7, destination: 5001 }, length: 10 },
    { protocol: 'other', number: 99, length: 20, fields: { ihl: 4 }, cut: 12 },
    { protocol: 'icmp', type: 8, code: 0, id: 7, length: 56, badChecksum: true },
    { protocol: 'udp', fields: { daddr: 0xc0a80063, ttl: 64 }, length: 3 },
    {
      protocol: 'icmp',
      type: 12,
      length: 12,
      echoed: { protocol: 'udp', ports: { source: 5001, destination: 7 }, length: 8, fields: { daddr: 0xc0a8ffff } },
    },
    { protocol: 'icmp', type: 4, echoed: { fields: { protocol: 200 } } },
  ]);
});

test('packets: what is wrong in brackets is told', () => {
  expect(
    parse('0 < [saddr 1.2.3] udp (1)\n+0 < [colour 3] udp (1)\n+0 < udp\n+0 < udp 5 (3)\n+0 < protocol x (3)\n')
      .problems,
  ).toHaveLength(5);
});

test('calls: results, notes, structs, processes', () => {
  const { events, problems } = parse(
    '//! process: A, B\n0 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, 0) = 3\nB: +0 connect(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)\n+0 fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)\n+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = ?\n',
  );
  expect(problems).toEqual([]);
  expect(events).toMatchObject([
    { name: 'socket', expected: { value: 3 } },
    { process: 'B', expected: { value: -1, errno: 'EINPROGRESS' }, line: 3 },
    { expected: { value: 2 } },
    { expected: { kind: 'any' } },
  ]);
});

test('the header', () => {
  const { scenario, problems } = parse(
    '//! title.en: One\n//! title.zh: 一\n//! about.en: First.\n//! about.en: Second.\n//! caps: CAP_NET_RAW\n//! inject: alloc sock 2\n//! inject: return tcp_v4_init_sock -ENOBUFS\n//! sysctl: ip_local_port_range = 20000 29999\n0 close(3) = 0\n',
  );
  expect(problems).toEqual([]);
  expect(scenario.header).toMatchObject({
    title: { en: 'One', zh: '一' },
    about: { en: 'First. Second.' },
    capabilities: ['CAP_NET_RAW'],
    injections: [
      { kind: 'allocation', target: 'sock', nth: 2 },
      { kind: 'return', function: 'tcp_v4_init_sock', nth: 1, value: -105 },
    ],
  });
  expect(scenario.sysctls).toEqual([{ name: 'ip_local_port_range', values: [20000, 29999], line: 8 }]);
});

test('shell and code are refused, settings in them are read', () => {
  const { scenario, problems } = parse(
    '`../common/defaults.sh\nsysctl -q net.ipv4.tcp_timestamps=0`\n0 close(3) = 0\n+0 %{ print("x") }%\n+0 `sysctl -q net.ipv4.tcp_ecn=1`\n',
  );
  expect(problems).toHaveLength(2);
  expect(problems.every((problem) => problem.includes('warning') && problem.includes('[SS5005]'))).toBe(true);
  expect(scenario.events).toMatchObject([
    { kind: 'setting', settings: [{ name: 'tcp_timestamps', values: [0] }], time: { kind: 'any' } },
    { kind: 'call' },
    { kind: 'setting', settings: [{ name: 'tcp_ecn', values: [1] }], time: { kind: 'relative' } },
  ]);
});

test.each([
  ['0 sokcet(AF_INET, SOCK_STREAM, 0) = 3\n', '1:3', 'SS5002', 'did you mean socket?'],
  ['0 socket(AF_INTE, SOCK_STREAM, 0) = 3\n', '1:10', 'SS5003', 'did you mean AF_INET?'],
  ['0 socket(AF_INET, SOCK_STREAM) = 3\n', '1:1', 'SS5001', 'takes 3 arguments'],
  ['0 close(3) = -1 EBADD\n', '1:14', 'SS5003', 'EBADF'],
  ['0 close(3)\n', '2:1', 'SS5001', 'expected ='],
  ['close(3) = 0\n', '1:1', 'SS5001', 'expected a time'],
  ['0 close(3 = 0\n', '1:11', 'SS5001', 'expected ,'],
  ['0 < S 0:5(4) win 1\n', '1:12', 'SS5001', 'is 5 bytes'],
  ['0 < S 0:0(0) <mzz 4>\n', '1:15', 'SS5001', 'unknown TCP option'],
  ['0 write(3, "abc, 3) = 3\n', '1:12', 'SS5001', 'this string has no end'],
  ['B: 0 close(3) = 0\n', '1:1', 'SS5001', 'there is no process B'],
  ['--tolerance_usec=5\n0 close(3) = 0\n', '1:1', 'SS5007', '--tolerance_usecs'],
  ['//! titel.en: x\n0 close(3) = 0\n', '1:1', 'SS5007', 'title.en'],
  ['0 inject memory\n', '1:3', 'SS5001', 'cannot read this injection'],
  ['/* open\n0 close(3) = 0\n', '1:1', 'SS5001', 'no end'],
] as const)('%j', (text, place, code, part) => {
  if (text.includes('"abc')) {
    expect(parse(text).problems[0]).toContain(part);
    return;
  }
  check(text, place, code, part);
});

test('a bad event does not hide the ones after it', () => {
  const { events, problems } = parse('0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, = 0\n+0 close(3) = 0\n');
  expect(problems).toHaveLength(1);
  expect(events).toHaveLength(2);
});

test('nothing makes the parser throw or hang', () => {
  const piece = fc.constantFrom(
    '0',
    '+.1',
    '...',
    '*',
    '~',
    '<',
    '>',
    'S.',
    '0:0(0)',
    'ack 1',
    'win',
    '<mss 1',
    'socket(',
    ')',
    '=',
    '-1',
    'EINVAL',
    '{',
    '}',
    '[',
    ']',
    '|',
    ',',
    '"',
    '`',
    '%{',
    '}%',
    '//! caps:',
    '/*',
    '\n',
    'B:',
    'icmp',
    'inject',
    '--x',
    '\\x',
    '€',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', pieces.join(' ')));
      return diagnostics.length >= 0 && checkScenario(scenario).length >= 0;
    }),
    { numRuns: 500, seed: 1 },
  );
});
