/**
 * What stands in brackets around a packet: bits and fields of the IP header, and the packet that an ICMP error quotes.
 *
 *   parts   = "[" part {[","] part} "]" | "(" part {[","] part} ")"                    (round ones only in front of a packet)
 *   part    = "ect0" | "ect1" | "ect01" | "ce" | "noecn" | "port" number | "DF" | "bad_checksum" | "cut" number | field number
 *           | ("saddr" | "daddr") address | ("doff" | "len") number | echoed
 *   field   = "version" | "ihl" | "tos" | "tot_len" | "id" | "frag_off" | "ttl" | "protocol" | "check"          (names of struct iphdr)
 *   echoed  = ["tcp"] number ":" number "(" number ")" | "tcp" | "udp" [ports] ["(" number ")"] | "raw" "(" number ")"
 *   ports   = number ">" number
 *
 * In: a cursor at the bracket. Out: the parts; what is wrong is a diagnostic.
 */
import { sentence } from '../sentences/sentence';
import { parseAddress } from './byte-order';
import { refuseLater } from './later-features';
import type { EchoedPacket, IpField, Ports } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';
import { MOST_BYTE, MOST_LONG, MOST_SHORT, takeInteger } from './pkt-numbers';

const ECN_WORDS = ['noecn', 'ect0', 'ect1', 'ect01', 'ce'] as const;
/** Largest value of each field of the IP header that is a number. */
const FIELD_MOST: { readonly [name in Exclude<IpField, 'saddr' | 'daddr'>]: number } = {
  version: 15,
  ihl: 15,
  tos: MOST_BYTE,
  tot_len: MOST_SHORT,
  id: MOST_SHORT,
  frag_off: MOST_SHORT,
  ttl: MOST_BYTE,
  protocol: MOST_BYTE,
  check: MOST_SHORT,
};
const FIELD_NAMES: readonly IpField[] = [
  'version',
  'ihl',
  'tos',
  'tot_len',
  'id',
  'frag_off',
  'ttl',
  'protocol',
  'check',
  'saddr',
  'daddr',
];
const SEQUENCE_REMEDY = sentence('a-packet-looks-like-s-0-0-0-win-32792-mss-1460');
/** Largest data offset of a TCP header, in words. */
const MOST_WORDS = 15;

export interface PacketParts {
  ecn?: (typeof ECN_WORDS)[number];
  port?: number;
  dontFragment?: boolean;
  fields?: { [name in IpField]?: number };
  badChecksum?: boolean;
  cut?: number;
  /** Data offset of the TCP header, in words of 4 bytes. */
  dataOffset?: number;
  /** Length that the UDP header tells. */
  udpLength?: number;
  echoed?: EchoedPacket;
}

/** All bracketed parts that follow each other; in front of a packet the brackets may be round, as packetdrill has them. */
export function parseParts(cursor: PktCursor, inFront = false): PacketParts {
  const parts: PacketParts = {};
  for (;;) {
    const close = cursor.failed
      ? undefined
      : cursor.accept('[')
        ? ']'
        : inFront && cursor.accept('(')
          ? ')'
          : undefined;
    if (close === undefined) {
      return parts;
    }
    while (!cursor.failed && !cursor.accept(close)) {
      cursor.accept(',');
      part(cursor, parts);
    }
  }
}

function part(cursor: PktCursor, parts: PacketParts): void {
  const token = cursor.peek();
  const ecn = ECN_WORDS.find((word) => word === token.text);
  const field = FIELD_NAMES.find((name) => name === token.text);
  if (ecn) {
    cursor.next();
    parts.ecn = ecn;
  } else if (field) {
    cursor.next();
    (parts.fields ??= {})[field] =
      field === 'saddr' || field === 'daddr' ? address(cursor) : takeInteger(cursor, field, FIELD_MOST[field]);
  } else if (cursor.accept('port')) {
    parts.port = takeInteger(cursor, sentence('the-port'), MOST_SHORT, 1);
  } else if (cursor.accept('DF')) {
    parts.dontFragment = true;
  } else if (cursor.accept('cut')) {
    parts.cut = takeInteger(cursor, sentence('the-number-of-bytes-that-arrive'), MOST_SHORT);
  } else if (cursor.accept('bad_checksum')) {
    parts.badChecksum = true;
  } else if (cursor.accept('doff')) {
    parts.dataOffset = takeInteger(cursor, 'doff', MOST_WORDS);
  } else if (cursor.accept('len')) {
    parts.udpLength = takeInteger(cursor, 'len', MOST_SHORT);
  } else if (cursor.accept('udp')) {
    const ports = parsePorts(cursor);
    parts.echoed = { protocol: 'udp', ports, length: parseLength(cursor) };
  } else if (cursor.accept('raw')) {
    parts.echoed = { protocol: 'raw', length: parseLength(cursor) ?? 0 };
  } else if (cursor.accept('tcp') || token.kind === 'number') {
    parts.echoed = { protocol: 'tcp', ...(cursor.peek().kind === 'number' ? range(cursor) : { sequence: 0 }) };
  } else if (!refuseLater(cursor)) {
    cursor.fail(
      sentence('unknown-packet-attribute-cursor', { cursor: cursor.shown() }),
      sentence('known-are-list-the-fields-of-struct-iphdr-limit-and', {
        list: [...ECN_WORDS, 'port N', 'DF', 'bad_checksum', 'cut N', 'doff N', 'len N'].join(', '),
        limit: FIELD_NAMES.join(', '),
      }),
    );
  }
}

/** `192.0.2.1`, which the lexer takes for numbers and dots. */
function address(cursor: PktCursor): number {
  const first = cursor.peek();
  let text = '';
  while (/^[\d.]+$/.test(cursor.peek().text) && (text === '' || cursor.adjacent)) {
    text += cursor.next().text;
  }
  const value = parseAddress(text);
  if (value === undefined) {
    cursor.fail(
      sentence('expected-something-here-found', {
        expected: sentence('an-address'),
        found: JSON.stringify(text || first.text),
      }),
      sentence('write-it-with-dots'),
      'SS5001',
      first,
    );
  }
  return value ?? 0;
}

/** `5001 > 7`, as the sender of the packet sees it. */
export function parsePorts(cursor: PktCursor): Ports | undefined {
  if (cursor.peek().kind !== 'number') {
    return undefined;
  }
  const source = takeInteger(cursor, sentence('the-source-port'), MOST_SHORT);
  cursor.expect('>', sentence('ports-look-like-5001-7-the-sender-s-first'));
  return { source, destination: takeInteger(cursor, sentence('the-destination-port'), MOST_SHORT) };
}

/** `(10)` */
export function parseLength(cursor: PktCursor): number | undefined {
  if (cursor.peek().first || !cursor.accept('(')) {
    return undefined;
  }
  const length = takeInteger(cursor, sentence('the-length'), MOST_SHORT);
  cursor.expect(')', sentence('close-the-length-with'));
  return length;
}

/** `first:last(length)`. */
export function range(cursor: PktCursor): { sequence: number; length: number } {
  const sequence = takeInteger(cursor, sentence('the-sequence-number'), MOST_LONG);
  cursor.expect(':', SEQUENCE_REMEDY);
  const last = takeInteger(cursor, sentence('the-sequence-number'), MOST_LONG);
  cursor.expect('(', SEQUENCE_REMEDY);
  const length = takeInteger(cursor, sentence('the-length'), MOST_SHORT);
  const closing = cursor.peek();
  cursor.expect(')', SEQUENCE_REMEDY);
  if (!cursor.failed && (last - sequence) >>> 0 !== length) {
    cursor.fail(
      sentence('range-is-count-bytes-not-length', {
        range: `${sequence}:${last}`,
        count: (last - sequence) >>> 0,
        length,
      }),
      sentence('the-number-in-brackets-is-the-end-minus-the-start'),
      'SS5001',
      closing,
    );
  }
  return { sequence, length };
}
