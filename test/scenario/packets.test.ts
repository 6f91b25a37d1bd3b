/** Packets as bytes, and as scripts write them: encoding, decoding, notation; lists of scenarios; rewriting. */
import { itemAt } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import {
  formatInternetAddress,
  latinBytes,
  littleWords,
  networkLong,
  networkShort,
  parseAddress,
  readLong,
  readShort,
  showBytes,
} from '../../src/scenario/byte-order';
import {
  decodeIp,
  decodeTcp,
  encodeIcmp,
  encodeTcp,
  encodeUdp,
  orderFlags,
  type TcpPacket,
} from '../../src/scenario/ip-packet';
import { describePacket } from '../../src/scenario/packet-match';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { parseRewrite, rewriteScenario } from '../../src/scenario/pkt-rewrite';
import { findScenario, listScenarios } from '../../src/scenario/scenario-list';
import { SourceFile } from '../../src/source/source-file';

const ip = { source: 0xc0000201, destination: 0x7f000001, protocol: 6, tos: 2 };
const segment: TcpPacket = {
  ip,
  sourcePort: 40000,
  destinationPort: 8080,
  sequence: 0xfffffff0,
  acknowledgment: 0x80000001,
  flags: 'SFRPUEW.',
  window: 65535,
  urgent: 258,
  options: [],
  payload: Uint8Array.of(1, 2, 3),
};

/** The Internet checksum of bytes that have their own in them is 0 (RFC 1071). */
function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (itemAt(bytes, at) << 8) | (bytes[at + 1] ?? 0);
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return sum ^ 0xffff;
}

/** The transport part with the pseudo header in front (RFC 793, section 3.1). */
function withPseudoHeader(bytes: Uint8Array): Uint8Array {
  const part = bytes.subarray(20);
  return Uint8Array.from([...bytes.subarray(12, 20), 0, itemAt(bytes, 9), ...networkShort(part.length), ...part]);
}

describe('TCP segments', () => {
  test('come back as they went, with right lengths and checksums', () => {
    const bytes = encodeTcp(segment);
    expect(decodeTcp(bytes)).toEqual({ ...segment, flags: 'FSRPUEW.' });
    expect([bytes.length, readShort(bytes, 2), itemAt(bytes, 32) >> 4]).toEqual([43, 43, 5]);
    expect([sumOf(bytes.subarray(0, 20)), sumOf(withPseudoHeader(bytes))]).toEqual([0, 0]);
    expect([...bytes.subarray(0, 20)].filter((_, at) => at !== 10 && at !== 11)).toEqual([
      0x45, 2, 0, 43, 0, 0, 0x40, 0, 255, 6, 192, 0, 2, 1, 127, 0, 0, 1,
    ]);
  });
  test.each(['F', 'S', 'R', 'P', '.', 'U', 'E', 'W', ''])('flag "%s"', (flags) =>
    expect(decodeTcp(encodeTcp({ ...segment, flags }))!.flags).toBe(flags),
  );
  test('options of every kind, filled up to a whole word', () => {
    const options: TcpPacket['options'] = [
      { kind: 'mss', value: 1460 },
      { kind: 'nop' },
      { kind: 'wscale', value: 7 },
      { kind: 'sackOK' },
      { kind: 'TS', value: 0xfedcba98, echo: 1 },
      { kind: 'sack', blocks: [{ left: 1, right: 0xffffffff }] },
      { kind: 'raw', number: 254, bytes: [1, 2, 3] },
    ];
    const bytes = encodeTcp({ ...segment, options });
    expect(decodeTcp(bytes)!.options).toEqual([...options, { kind: 'eol' }]);
    expect((itemAt(bytes, 32) >> 4) * 4).toBe(20 + 36);
    expect(decodeTcp(bytes)!.payload).toEqual(segment.payload);
    const whole = encodeTcp({ ...segment, options: [{ kind: 'mss', value: 1 }] });
    expect(decodeTcp(whole)!.options).toEqual([{ kind: 'mss', value: 1 }]);
    expect(
      decodeTcp(encodeTcp({ ...segment, options: [{ kind: 'eol' }, { kind: 'mss', value: 1 }] }))!.options,
    ).toEqual([{ kind: 'eol' }]);
  });
  test('a wrong data offset is written as asked', () => {
    expect(itemAt(encodeTcp({ ...segment, dataOffset: 15 }), 32) >> 4).toBe(15);
    expect(decodeTcp(encodeTcp({ ...segment, dataOffset: 4 }))).toBeUndefined();
    expect(decodeTcp(encodeTcp({ ...segment, dataOffset: 6 }))).toBeUndefined();
  });
  test('options that are cut off end the list', () => {
    const bytes = encodeTcp({ ...segment, options: [{ kind: 'sackOK' }, { kind: 'raw', number: 9, bytes: [] }] });
    bytes[43] = 9;
    expect(decodeTcp(bytes)!.options).toEqual([{ kind: 'sackOK' }]);
    bytes[43] = 1;
    expect(decodeTcp(bytes)!.options).toEqual([{ kind: 'sackOK' }]);
  });
});

test('datagrams and messages, with right lengths and checksums', () => {
  const udp = encodeUdp({ ...ip, protocol: 17 }, 53, 1024, [1, 2, 3]);
  expect([...udp.subarray(20, 26)]).toEqual([0, 53, 4, 0, 0, 11]);
  expect(sumOf(withPseudoHeader(udp))).toBe(0);
  expect(readShort(encodeUdp({ ...ip, protocol: 17 }, 53, 1024, [1], 99), 24)).toBe(99);
  const icmp = encodeIcmp({ ...ip, protocol: 1 }, 3, 4, 1500, [7, 8]);
  expect([...icmp.subarray(20, 22), ...icmp.subarray(24)]).toEqual([3, 4, 0, 0, 5, 220, 7, 8]);
  expect(sumOf(icmp.subarray(20))).toBe(0);
});

test('what is no IPv4 packet', () => {
  const good = encodeTcp(segment);
  const changed = (at: number, value: number): Uint8Array =>
    Uint8Array.from(good, (byte, index) => (index === at ? value : byte));
  expect(decodeIp(good)!.header).toEqual(ip);
  for (const bad of [changed(0, 0x65), changed(0, 0x44), changed(3, 19), good.subarray(0, 42), new Uint8Array(0)]) {
    expect([decodeIp(bad), decodeTcp(bad)]).toEqual([undefined, undefined]);
  }
  expect(decodeIp(changed(3, 20))!.payload).toHaveLength(0);
  expect(decodeTcp(changed(9, 17))).toBeUndefined();
  expect(decodeIp(Uint8Array.from([...good, 9, 9]))!.payload).toHaveLength(23);
  expect(decodeIp(changed(0, 0x46))!.payload).toHaveLength(19);
});

describe('in a script’s notation', () => {
  test('segments', () => {
    const plain = { ...segment, sequence: 5, acknowledgment: 9, window: 100 };
    expect(describePacket(encodeTcp({ ...plain, flags: 'P.' }))).toBe('40000 > 8080 P. 5:8(3) ack 9 win 100');
    expect(describePacket(encodeTcp({ ...plain, flags: '' }))).toBe('40000 > 8080 - 5:8(3) win 100');
    expect(describePacket(encodeTcp({ ...plain, flags: 'SU' }))).toBe('40000 > 8080 SU 5:8(3) win 100 urg 258');
    expect(
      describePacket(
        encodeTcp({
          ...plain,
          flags: 'S',
          payload: new Uint8Array(0),
          options: [
            { kind: 'mss', value: 1000 },
            { kind: 'sackOK' },
            { kind: 'TS', value: 1, echo: 2 },
            {
              kind: 'sack',
              blocks: [
                { left: 1, right: 2 },
                { left: 3, right: 4 },
              ],
            },
            { kind: 'raw', number: 30, bytes: [10, 255] },
          ],
        }),
      ),
    ).toBe('40000 > 8080 S 5:5(0) win 100 <mss 1000,sackOK,TS val 1 ecr 2,sack 1:2 3:4,30 0aff,eol>');
  });
  test('other packets', () => {
    expect(describePacket(encodeUdp({ ...ip, protocol: 17 }, 53, 1024, [1, 2, 3]))).toBe('udp 53 > 1024 (3)');
    expect(describePacket(encodeIcmp({ ...ip, protocol: 1 }, 3, 4, 0, [7]))).toBe('icmp type_3 code_4 (1)');
    expect(describePacket(encodeUdp({ ...ip, protocol: 99 }, 1, 2, []))).toBe('protocol 99 (8)');
    expect(describePacket(Uint8Array.of(1, 2, 3))).toBe('protocol ? (3)');
  });
  test('flags have one order', () => {
    expect(orderFlags('.WEUPRSF')).toBe('FSRPUEW.');
    expect(orderFlags('x')).toBe('');
  });
});

test('numbers in network order, addresses, words, data', () => {
  expect([networkShort(0x12345), networkLong(0x80000001)]).toEqual([
    [0x23, 0x45],
    [0x80, 0, 0, 1],
  ]);
  const bytes = Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc, 1);
  expect([readShort(bytes, 0), readShort(bytes, 4), readLong(bytes, 0), readLong(bytes, 3)]).toEqual([
    0xfffe, 0x100, 0xfffefdfc, 0xfc010000,
  ]);
  expect(
    ['192.0.2.255', '0.0.0.0', '1.2.3', '1.2.3.256', '1.2.3.4.5', 'a.b.c.d', '1.2.3.0004'].map(parseAddress),
  ).toEqual([0xc00002ff, 0, undefined, undefined, undefined, undefined, undefined]);
  expect(formatInternetAddress(0xc00002ff)).toBe('192.0.2.255');
  expect(littleWords([1, -2])).toEqual([1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff]);
  expect(latinBytes('aé\u1234')).toEqual([97, 0xe9, 0x34]);
  expect(showBytes([65, 0, 34, 92, 126, 127, 32, 255])).toBe('A\\x00\\x22\\x5c~\\x7f \\xff');
});

describe('the list of scenarios', () => {
  const media = {
    'media/scenarios/b-second.pkt': '//! title en: Second\n//! title zh: 第二\n//! shows: f, g\n0 close(3) = 0\n',
    'media/scenarios/a-first.pkt': '0 close(3) = 0\n',
    'media/scenarios/README.md': 'x',
    'media/kernel/c.pkt': '0 close(3) = 0\n',
  };
  test('in order of name, with titles', () => {
    const list = listScenarios(media);
    expect(list.map(({ name, file }) => `${name} ${file}`)).toEqual([
      'a-first media/scenarios/a-first.pkt',
      'b-second media/scenarios/b-second.pkt',
    ]);
    expect(itemAt(list, 0).title).toEqual({ en: 'a-first', zh: 'a-first' });
  });
  test('one by its name, or the nearest', () => {
    expect(findScenario(media, 'a-first')).toBeInstanceOf(SourceFile);
    const remedyOf = (name: string): unknown => {
      const found = findScenario(media, name);
      return found instanceof SourceFile ? found : [found.code, found.remedy && wording(found.remedy, 'en')];
    };
    expect(remedyOf('a-frist')).toEqual(['SS5004', 'did you mean a-first?']);
    expect(remedyOf('nothing-like-it')).toEqual(['SS5004', 'sockscope list shows all scenarios.']);
    expect(findScenario(media, '../kernel/c')).toMatchObject({ code: 'SS5004' });
  });
});

describe('rewriting', () => {
  test.each([
    ['wscale=0', { option: 'wscale', value: 0 }],
    ['wscale=14', { option: 'wscale', value: 14 }],
    ['wscale=any', { option: 'wscale', value: undefined }],
    ['wscale=15', undefined],
    ['wscale=', undefined],
    ['wscale=-1', undefined],
    ['xwscale=1', undefined],
    ['wscale=1x', undefined],
    ['mss=1', undefined],
  ])('%s', (text, rule) => expect(parseRewrite(text)).toEqual(rule));
  test('changes what leaves and has a scale, nothing else', () => {
    const text =
      '0 < S 0:0(0) win 9 <mss 1000,wscale 7>\n+0 > S. 0:0(0) ack 1 <mss 1460,wscale 3>\n+0 > . 1:1(0) ack 1 <nop>\n+0 > . 1:1(0) ack 1 <...>\n+0 > udp (3)\n+0 close(3) = 0\n';
    const { scenario } = parseScenario(new SourceFile('x.pkt', text));
    const optionsWith = (...rules: string[]): unknown[] =>
      rewriteScenario(
        scenario,
        rules.map((rule) => parseRewrite(rule)!),
      ).events.map((event) =>
        event.kind === 'packet' && event.packet.protocol === 'tcp'
          ? event.packet.options
              ?.map((option) => ('value' in option ? `${option.kind} ${option.value}` : option.kind))
              .join()
          : event.kind,
      );
    expect(optionsWith('wscale=0')).toEqual([
      'mss 1000,wscale 7',
      'mss 1460,wscale 0',
      'nop',
      undefined,
      'packet',
      'call',
    ]);
    expect(optionsWith('wscale=any')[1]).toBeUndefined();
    expect(optionsWith('wscale=1', 'wscale=2')[1]).toBe('mss 1460,wscale 2');
    expect(rewriteScenario(scenario, [])).toBe(scenario);
  });
});
