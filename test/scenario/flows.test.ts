/**
 * The small numbers of a script and the live ones of a run: which connection a packet is of, what its sequence numbers,
 * timestamps and blocks become on the wire, and which word of a packet that came is not as written.
 */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLong, readShort } from '../../src/scenario/byte-order';
import {
  emptyFlows,
  inboundPacket,
  letters,
  noteDatagram,
  type FlowState,
  type WireAddresses,
} from '../../src/scenario/flows';
import {
  decodeIp,
  decodeTcp,
  encodeIcmp,
  encodeIp,
  encodeTcp,
  encodeUdp,
  type TcpPacket,
} from '../../src/scenario/ip-packet';
import { describePacket, matchPacket, type PacketVerdict, type TimestampCheck } from '../../src/scenario/packet-match';
import { parseScenario } from '../../src/scenario/pkt-parser';
import type { PacketPattern } from '../../src/scenario/pkt-ast';
import { wording } from '../../src/sentences/wording';
import { SourceFile } from '../../src/source/source-file';

const LOCAL = 0xc0a80001;
const REMOTE = 0xc0000201;
const wire: WireAddresses = { localIp: LOCAL, remoteIp: REMOTE, bindPort: 8080, connectPort: 9090 };

/** A packet as a script writes it, `S 0:0(0) win 5` or `udp (3)`. */
function written(text: string, direction: '<' | '>' = '<'): PacketPattern {
  const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', `0 ${direction} ${text}\n`));
  expect(
    diagnostics.map(({ message }) => wording(message, 'en')),
    text,
  ).toEqual([]);
  const [event] = scenario.events;
  if (event?.kind !== 'packet') {
    throw new Error(`no packet: ${text}`);
  }
  return event.packet;
}
const into = (state: FlowState, text: string): TcpPacket => decodeTcp(inboundPacket(state, wire, written(text)))!;

/** A segment of the kernel's. */
function out(part: Partial<TcpPacket>): Uint8Array {
  return encodeTcp({
    ip: { source: LOCAL, destination: REMOTE, protocol: 6, tos: 0 },
    sourcePort: 8080,
    destinationPort: 40001,
    sequence: 0,
    acknowledgment: 0,
    flags: '.',
    window: 1000,
    urgent: 0,
    options: [],
    payload: new Uint8Array(0),
    ...part,
  });
}
const told = (verdict: PacketVerdict): string =>
  verdict.kind === 'mismatch'
    ? `${wording(verdict.mismatch.what, 'en')}: ${verdict.mismatch.actual}`
    : verdict.kind === 'partial'
      ? `partial ${verdict.got}`
      : 'match';
const match = (
  state: FlowState,
  live: Partial<TcpPacket>,
  text: string,
  collected = 0,
  timestamps?: TimestampCheck,
): string => told(matchPacket(state, out(live), written(text, '>'), collected, timestamps));

/** A connection whose kernel side begins at 5000 and whose other side at 0xfffffff0. */
function connected(): FlowState {
  const state = emptyFlows();
  into(state, 'S 4294967280:4294967280(0) win 100');
  expect(match(state, { sequence: 5000, acknowledgment: 0xfffffff1, flags: 'S.' }, 'S. 0:0(0) ack 4294967281')).toBe(
    'match',
  );
  return state;
}

describe('connections', () => {
  test('each SYN begins one, from a port of its own', () => {
    const state = emptyFlows();
    const ports = [1, 2, 3]
      .map((at) => into(state, `S ${at}:${at}(0) win 5`))
      .map(({ sourcePort, destinationPort }) => [sourcePort, destinationPort]);
    expect(ports).toEqual([
      [40001, 8080],
      [40002, 8080],
      [40003, 8080],
    ]);
    expect(state.flows).toHaveLength(3);
    expect(into(state, '. 1:1(0) ack 1 win 5').sourcePort).toBe(40003);
    expect(into(state, '[port 40001] . 1:1(0) ack 1 win 5').sourcePort).toBe(40001);
    expect(into(state, '. 1:1(0) ack 1 win 5').sourcePort).toBe(40001);
  });
  test('the same SYN again is no new one where its port is named', () => {
    const state = emptyFlows();
    into(state, '700 > 80 S 9:9(0) win 5');
    into(state, '700 > 80 S 9:9(0) win 5');
    expect(state.flows).toHaveLength(1);
    into(state, '700 > 80 S 10:10(0) win 5');
    into(state, '700 > 81 S 10:10(0) win 5');
    expect(state.flows.map(({ localPort, remotePort }) => [localPort, remotePort])).toEqual([
      [80, 700],
      [80, 700],
      [81, 700],
    ]);
  });
  test('a SYN that crosses the kernel’s own belongs to that one', () => {
    const state = emptyFlows();
    expect(match(state, { sourcePort: 33000, destinationPort: 9090, sequence: 777, flags: 'S' }, 'S 0:0(0)')).toBe(
      'match',
    );
    expect(state.flows).toHaveLength(1);
    expect(into(state, 'S 5:5(0) win 9')).toMatchObject({ sourcePort: 9090, destinationPort: 33000, sequence: 5 });
    expect(state.flows).toHaveLength(1);
    expect(into(state, 'S 5:5(0) win 9').sourcePort).toBe(40001);
  });
  test('an answer to the kernel’s SYN has its numbers', () => {
    const state = emptyFlows();
    match(state, { sourcePort: 33000, destinationPort: 9090, sequence: 777, flags: 'S' }, 'S 0:0(0)');
    expect(into(state, 'S. 50:50(0) ack 1 win 9')).toMatchObject({ sequence: 50, acknowledgment: 778, flags: 'S.' });
    expect(into(state, 'P. 1:4(3) ack 2 win 9')).toMatchObject({ sequence: 51, acknowledgment: 779 });
  });
  test('a segment of no connection has the numbers that are written', () => {
    const state = emptyFlows();
    expect(into(state, '. 7:7(0) ack 50 win 1')).toMatchObject({ sequence: 7, acknowledgment: 50, sourcePort: 40001 });
    expect(match(state, { sequence: 50, flags: 'R', window: 0 }, 'R 50:50(0) win 0')).toBe('match');
  });
  test('what is written counts from each side’s first number, modulo 2 to the 32', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.nat(100_000),
        fc.nat(100_000),
        (first, sequence, ack) => {
          const state = emptyFlows();
          into(state, `S ${first}:${first}(0) win 5`);
          match(
            state,
            { sequence: first, acknowledgment: (first + 1) >>> 0, flags: 'S.' },
            `S. 3:3(0) ack ${(first + 1) >>> 0}`,
          );
          const data = into(state, `P. ${sequence}:${sequence + 2}(2) ack ${ack} win 5`);
          expect([data.sequence, data.acknowledgment]).toEqual([(first + sequence) >>> 0, (first + ack) >>> 0]);
          const live = { sequence: (first + ack) >>> 0, acknowledgment: (first + sequence) >>> 0 };
          expect(match(state, live, `. ${ack}:${ack}(0) ack ${sequence}`)).toBe('match');
        },
      ),
    ));
  test('what is not written is 0', () => {
    const state = connected();
    const segment = into(state, 'R 5:5(0)');
    expect([segment.acknowledgment, segment.window, segment.urgent, segment.options]).toEqual([0, 0, 0, []]);
    expect(into(state, 'U. 5:6(1) ack 1 win 7 urg 3')).toMatchObject({ flags: 'U.', window: 7, urgent: 3 });
  });
});

describe('what a packet becomes on the wire', () => {
  test('from and to the hosts, with the bits that are asked for', () => {
    const header = (text: string): unknown => decodeIp(inboundPacket(emptyFlows(), wire, written(text)))!.header;
    expect(header('udp (3)')).toEqual({ source: REMOTE, destination: LOCAL, protocol: 17, tos: 0 });
    expect(['noecn', 'ect0', 'ect1', 'ce'].map((bits) => (header(`[${bits}] udp (3)`) as { tos: number }).tos)).toEqual(
      [0, 2, 1, 3],
    );
    expect(header('[saddr 10.0.0.1] udp (3)')).toMatchObject({ source: 0x0a000001 });
  });
  test('datagrams go to the last one’s ports, or where nobody has spoken to the bound one', () => {
    const state = emptyFlows();
    const ports = (text: string): number[] => {
      const bytes = inboundPacket(state, wire, written(text));
      return [readShort(bytes, 20), readShort(bytes, 22), readShort(bytes, 24)];
    };
    expect(ports('udp (3)')).toEqual([9090, 8080, 11]);
    noteDatagram(state, encodeUdp({ source: LOCAL, destination: REMOTE, protocol: 17, tos: 0 }, 1024, 53, [1]));
    expect(ports('udp (3)')).toEqual([53, 1024, 11]);
    noteDatagram(state, out({}));
    expect(ports('udp (3)')).toEqual([53, 1024, 11]);
    expect(ports('udp 7 > 8 (0)')).toEqual([7, 8, 8]);
    expect(ports('[len 40] udp (10)')[2]).toBe(40);
  });
  test('data are letters', () => {
    expect(String.fromCharCode(...letters(28))).toBe('abcdefghijklmnopqrstuvwxyzab');
    expect(into(connected(), 'P. 1:4(3) ack 1 win 5').payload).toEqual(Uint8Array.from(letters(3)));
  });
  test('a wrong checksum is wrong in the transport header only', () => {
    const good = inboundPacket(emptyFlows(), wire, written('udp (3)'));
    const bad = inboundPacket(emptyFlows(), wire, written('[bad_checksum] udp (3)'));
    expect([...bad].flatMap((byte, at) => (byte === good[at] ? [] : [at]))).toEqual([26]);
    const segment = [written('S 0:0(0) win 5'), written('[bad_checksum] S 0:0(0) win 5')].map((pattern) =>
      inboundPacket(emptyFlows(), wire, pattern),
    );
    expect([...itemAt(segment, 1)].flatMap((byte, at) => (byte === itemAt(segment, 0)[at] ? [] : [at]))).toEqual([36]);
  });
});

describe('timestamps', () => {
  const ts = (value: number, echo = 0): TcpPacket['options'] => [
    { kind: 'nop' },
    { kind: 'nop' },
    { kind: 'TS', value, echo },
  ];
  test('are echoed as the live ones that the kernel sent', () => {
    const state = connected();
    match(state, { sequence: 5001, options: ts(90_000) }, '. 1:1(0) <nop,nop,TS val 100 ecr 0>');
    match(state, { sequence: 5001, options: ts(90_500) }, '. 1:1(0) <nop,nop,TS val 600 ecr 0>');
    const echoed = (echo: number): unknown =>
      into(state, `. 1:1(0) ack 1 win 5 <nop,nop,TS val 7 ecr ${echo}>`).options.find(({ kind }) => kind === 'TS');
    expect([100, 600, 0, 555].map(echoed)).toEqual([
      { kind: 'TS', value: 7, echo: 90_000 },
      { kind: 'TS', value: 7, echo: 90_500 },
      { kind: 'TS', value: 7, echo: 0 },
      { kind: 'TS', value: 7, echo: 90_500 },
    ]);
  });
  test('that nobody sent are echoed as written', () =>
    expect(into(connected(), '. 1:1(0) ack 1 win 5 <nop,nop,TS val 7 ecr 300>').options).toContainEqual({
      kind: 'TS',
      value: 7,
      echo: 300,
    }));
  test('are compared only when asked for, by how far they are from the first', () => {
    const check = { tick: 1000, tolerance: 5000 };
    for (const [live, expected] of [
      [90_105, 'match'],
      [90_106, /^timestamp/],
      [90_095, 'match'],
      [90_094, /^timestamp/],
    ] as const) {
      const state = connected();
      match(state, { sequence: 5001, options: ts(90_000) }, '. 1:1(0) <nop,nop,TS val 100 ecr 0>', 0, check);
      const verdict = match(
        state,
        { sequence: 5001, options: ts(live) },
        '. 1:1(0) <nop,nop,TS val 200 ecr 0>',
        0,
        check,
      );
      expect(verdict).toMatch(expected === 'match' ? /^match$/ : /timestamp/);
      expect(match(state, { sequence: 5001, options: ts(live + 9) }, '. 1:1(0) <nop,nop,TS val 200 ecr 0>')).toBe(
        'match',
      );
    }
  });
});

describe('what differs', () => {
  test.each<[string, Partial<TcpPacket>, string, string]>([
    ['nothing', {}, '. 1:1(0) ack 1', 'match'],
    ['nothing that is written', { window: 5, urgent: 9 }, '. 1:1(0)', 'match'],
    ['flags', { flags: 'P.' }, '. 1:1(0) ack 1', 'flags: P. 1:1(0) ack 1 win 1000'],
    ['sequence number', { sequence: 5002 }, '. 1:1(0) ack 1', 'sequence number: . 2:2(0) ack 1 win 1000'],
    ['length', { payload: Uint8Array.of(1, 2, 3) }, '. 1:3(2) ack 1', 'length: . 1:4(3) ack 1 win 1000'],
    ['acknowledgment', { acknowledgment: 0xfffffff3 }, '. 1:1(0) ack 1', 'acknowledgment: . 1:1(0) ack 3 win 1000'],
    ['window', {}, '. 1:1(0) ack 1 win 999', 'window: . 1:1(0) ack 1 win 1000'],
    [
      'urgent pointer',
      { flags: 'U.', urgent: 4 },
      'U. 1:1(0) ack 1 urg 3',
      'urgent pointer: U. 1:1(0) ack 1 win 1000 urg 4',
    ],
    ['options', { options: [{ kind: 'nop' }] }, '. 1:1(0) ack 1 <eol>', 'options: . 1:1(0) ack 1 win 1000 <nop,eol>'],
    [
      'options that nobody wrote',
      { options: [{ kind: 'nop' }] },
      '. 1:1(0) ack 1',
      'options: . 1:1(0) ack 1 win 1000 <nop,eol>',
    ],
    ['any options', { options: [{ kind: 'nop' }] }, '. 1:1(0) ack 1 <...>', 'match'],
    [
      'ports',
      { sourcePort: 8081 },
      '8080 > 40001 . 1:1(0) ack 1',
      'port: 8081 > 40001 . 5001:5001(0) ack 4294967281 win 1000',
    ],
    [
      'connection',
      { sourcePort: 8081 },
      '. 1:1(0) ack 1',
      'connection: 8081 > 40001 . 5001:5001(0) ack 4294967281 win 1000',
    ],
    ['the named connection', {}, '[port 40002] . 1:1(0) ack 1', 'connection: 8080 > 40001 . 1:1(0) ack 1 win 1000'],
  ])('%s', (_what, live, text, verdict) =>
    expect(match(connected(), { sequence: 5001, acknowledgment: 0xfffffff1, ...live }, text)).toBe(
      verdict.replace(/^(?!match)/, ''),
    ),
  );

  test('blocks of the other side count from its first number', () => {
    const sack = (left: number, right: number): TcpPacket['options'] => [
      { kind: 'nop' },
      { kind: 'nop' },
      { kind: 'sack', blocks: [{ left, right }] },
    ];
    const live = { sequence: 5001, acknowledgment: 0xfffffff1 };
    expect(match(connected(), { ...live, options: sack(0xfffffff5, 4) }, '. 1:1(0) ack 1 <nop,nop,sack 5:20>')).toBe(
      'match',
    );
    expect(
      match(connected(), { ...live, options: sack(0xfffffff5, 5) }, '. 1:1(0) ack 1 <nop,nop,sack 5:20>'),
    ).toContain('<nop,nop,sack 5:21>');
    const sent = into(connected(), '. 1:1(0) ack 1 win 5 <nop,nop,sack 11:21>');
    expect(sent.options).toContainEqual({ kind: 'sack', blocks: [{ left: 5011, right: 5021 }] });
  });
  test('data may come in pieces, and then flags and acknowledgment are those of the last', () => {
    const state = connected();
    const live = (sequence: number, count: number, flags: string): Partial<TcpPacket> => ({
      sequence,
      flags,
      payload: new Uint8Array(count),
      acknowledgment: 0xfffffff1,
    });
    const text = 'P. 1:11(10) ack 1';
    expect(match(state, live(5001, 4, '.'), text)).toBe('partial 4');
    expect(match(state, live(5005, 3, '.'), text, 4)).toBe('partial 7');
    expect(match(state, live(5008, 3, 'P.'), text, 7)).toBe('match');
    expect(match(state, live(5008, 4, 'P.'), text, 7)).toContain('length');
    expect(match(state, live(5009, 2, 'P.'), text, 7)).toContain('sequence number');
    expect(match(state, live(5001, 0, '.'), text)).toContain('flags');
    expect(match(state, live(5001, 0, 'P.'), text)).toContain('length');
  });
});

describe('other packets that are expected', () => {
  const verdict = (bytes: Uint8Array, text: string, state = emptyFlows()): string =>
    told(matchPacket(state, bytes, written(text, '>'), 0));
  const header = (protocol: number): { source: number; destination: number; protocol: number; tos: number } => ({
    source: LOCAL,
    destination: REMOTE,
    protocol,
    tos: 0,
  });
  const udp = encodeUdp(header(17), 1024, 53, [1, 2, 3]);
  test('datagrams', () => {
    expect(verdict(udp, 'udp (3)')).toBe('match');
    expect(verdict(udp, 'udp 1024 > 53 (3)')).toBe('match');
    expect(verdict(udp, 'udp (4)')).toBe('length: udp 1024 > 53 (3)');
    expect(verdict(udp, 'udp 1025 > 53 (3)')).toBe('port: udp 1024 > 53 (3)');
    expect(verdict(udp, 'udp 1024 > 54 (3)')).toBe('port: udp 1024 > 53 (3)');
    expect(verdict(udp, 'icmp echo_reply (3)')).toBe('protocol: udp 1024 > 53 (3)');
    expect(verdict(udp, '. 1:1(0)')).toBe('protocol: udp 1024 > 53 (3)');
    expect(verdict(out({}), 'udp (3)')).toMatch(/^protocol: /);
    expect(verdict(Uint8Array.of(1), 'udp (3)')).toBe('protocol: protocol ? (1)');
  });
  test('of other protocols', () => {
    const other = encodeIp(header(99), letters(5));
    expect(verdict(other, 'protocol 99 (5)')).toBe('match');
    expect(verdict(other, 'protocol 99 (4)')).toBe('length: protocol 99 (5)');
    expect(verdict(other, 'protocol 98 (5)')).toBe('protocol: protocol 99 (5)');
  });
  test('fields of the IP header', () => {
    const differing = (fields: string): string => verdict(udp, `[${fields}] udp (3)`).split(': ')[0] ?? '';
    const right =
      'version 4, ihl 5, tos 0, tot_len 31, id 0, frag_off 0x4000, ttl 255, protocol 17, saddr 192.168.0.1, daddr 192.0.2.1';
    expect(differing(right)).toBe('match');
    expect(
      right
        .split(', ')
        .map((field) => differing(field.replace(/[\d.x]+$/, (old) => (old.includes('.') ? '1.2.3.4' : '1')))),
    ).toEqual(['version', 'ihl', 'tos', 'tot_len', 'id', 'frag_off', 'ttl', 'protocol', 'saddr', 'daddr']);
    expect(verdict(udp, '[ihl 6] udp (3)')).toBe('ihl: [ihl 5] udp 1024 > 53 (3)');
    expect(verdict(udp, '[saddr 1.2.3.4] udp (3)')).toContain('[saddr 192.168.0.1]');
    expect(verdict(Uint8Array.of(), '[version 4] udp (3)')).toBe('version: [version 0] protocol ? (0)');
    expect(verdict(udp, '[DF] udp (3)')).toBe('match');
    const fragment = Uint8Array.from(udp, (byte, at) => (at === 6 ? 0x20 : byte));
    expect(verdict(fragment, '[DF] udp (3)')).toContain("don't-fragment bit: [frag_off 8192]");
    const bits = (tos: number): Uint8Array => Uint8Array.from(udp, (byte, at) => (at === 1 ? tos : byte));
    expect(
      ['noecn', 'ect1', 'ect0', 'ce', 'ect01'].map((name) =>
        [0, 1, 2, 3, 4].map((tos) => (verdict(bits(tos), `[${name}] udp (3)`) === 'match' ? 1 : 0)).join(''),
      ),
    ).toEqual(['10001', '01000', '00100', '00010', '01100']);
    expect(verdict(bits(3), '[ect0] udp (3)')).toBe('ECN bits: [ce] udp 1024 > 53 (3)');
  });
  test('messages', () => {
    const reply = (rest: number, data: readonly number[]): Uint8Array => encodeIcmp(header(1), 0, 0, rest, data);
    expect(verdict(reply((7 << 16) | 9, letters(5)), 'icmp echo_reply id 7 seq 9 (5)')).toBe('match');
    expect(verdict(reply((7 << 16) | 9, letters(5)), 'icmp echo_reply id 8 seq 9 (5)')).toMatch(/^id: /);
    expect(verdict(reply((7 << 16) | 9, letters(5)), 'icmp echo_reply id 7 seq 8 (5)')).toMatch(/^sequence number: /);
    expect(verdict(reply((7 << 16) | 9, letters(6)), 'icmp echo_reply id 7 seq 9 (5)')).toMatch(/^length: /);
    expect(verdict(reply((7 << 16) | 9, [...letters(4), 1]), 'icmp echo_reply id 7 seq 9 (5)')).toMatch(/^data: /);
    expect(verdict(encodeIcmp(header(1), 3, 4, 1400, []), 'icmp unreachable frag_needed mtu 1400')).toBe('match');
    expect(verdict(encodeIcmp(header(1), 3, 4, 1401, []), 'icmp unreachable frag_needed mtu 1400')).toMatch(/^MTU: /);
    expect(verdict(encodeIcmp(header(1), 3, 3, 0, []), 'icmp unreachable frag_needed')).toMatch(/^type and code: /);
  });
  test('what a message quotes', () => {
    const state = connected();
    const quoted = [...inboundPacket(state, wire, written('40001 > 8080 . 11:11(0) ack 1 win 5'))].slice(0, 28);
    const bytes = encodeIcmp(header(1), 3, 3, 0, quoted);
    const about = (text: string): string => verdict(bytes, `icmp unreachable port_unreachable [${text}]`, state);
    expect(about('tcp 11:11(0)')).toBe('match');
    expect(about('tcp 12:12(0)')).toContain('sequence number of the quoted packet');
    expect(about('udp (3)')).toContain('protocol of the quoted packet');
    const datagram = inboundPacket(state, wire, written('udp 7 > 5001 (10)'));
    const reply = encodeIcmp(header(1), 3, 3, 0, [...datagram].slice(0, 28));
    const aboutUdp = (text: string): string => verdict(reply, `icmp unreachable port_unreachable [${text}]`, state);
    expect(aboutUdp('udp 7 > 5001 (10)')).toBe('match');
    expect(aboutUdp('udp (10)')).toBe('match');
    expect(aboutUdp('udp 8 > 5001 (10)')).toContain('ports of the quoted packet');
    expect(aboutUdp('udp 7 > 5002 (10)')).toContain('ports of the quoted packet');
    expect(aboutUdp('udp 7 > 5001 (11)')).toContain('length of the quoted packet');
  });
});

describe('errors that come in', () => {
  test('quote the last segment’s connection', () => {
    const state = connected();
    const bytes = inboundPacket(state, wire, written('icmp unreachable port_unreachable [tcp 4:4(0)]'));
    const quoted = bytes.subarray(28);
    expect([readLong(quoted, 12), readLong(quoted, 16), quoted[9], quoted[8]]).toEqual([LOCAL, REMOTE, 6, 64]);
    expect([readShort(quoted, 20), readShort(quoted, 22), readLong(quoted, 24)]).toEqual([8080, 40001, 5004]);
    expect([bytes.length, bytes[20], bytes[21]]).toEqual([56, 3, 3]);
  });
  test('without a connection quote what the hosts would send', () => {
    const quoted = inboundPacket(
      emptyFlows(),
      wire,
      written('icmp unreachable host_unreachable [tcp 4:4(0)]'),
    ).subarray(28);
    expect([readShort(quoted, 20), readShort(quoted, 22), readLong(quoted, 24)]).toEqual([8080, 9090, 4]);
    const udp = inboundPacket(
      emptyFlows(),
      wire,
      written('icmp unreachable host_unreachable [udp 5 > 6 (9)]'),
    ).subarray(28);
    expect([udp[9], readShort(udp, 20), readShort(udp, 22), readShort(udp, 24)]).toEqual([17, 5, 6, 17]);
  });
});

test('a packet of a known connection is told in its small numbers', () => {
  const state = connected();
  expect(describePacket(out({ sequence: 5011, acknowledgment: 0xfffffff5 }), state)).toBe('. 11:11(0) ack 5 win 1000');
  expect(describePacket(out({ sequence: 5011, sourcePort: 1 }), state)).toBe('1 > 40001 . 5011:5011(0) ack 0 win 1000');
});
