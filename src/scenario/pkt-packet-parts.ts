/**
 * What stands in brackets around a packet: bits and fields of the IP header, and the packet that an ICMP error quotes.
 *
 *   parts   = "[" part {[","] part} "]"
 *   part    = "ect0" | "ect1" | "ce" | "noecn" | "port" number | "bad_checksum" | "cut" number | field number | ("saddr" | "daddr") address | echoed
 *   field   = "version" | "ihl" | "tos" | "tot_len" | "id" | "frag_off" | "ttl" | "protocol" | "check"          (names of struct iphdr)
 *   echoed  = ["tcp"] number ":" number "(" number ")" | "tcp" | "udp" [ports] ["(" number ")"]
 *   ports   = number ">" number
 *
 * In: a cursor at the bracket. Out: the parts; what is wrong is a diagnostic.
 */
import { parseAddress } from './byte-order';
import type { EchoedPacket, IpField, Ports } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';

const ECN_WORDS = ['noecn', 'ect0', 'ect1', 'ce'] as const;
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

const PACKET_REMEDY = 'A packet looks like: S 0:0(0) win 32792 <mss 1460>';

export interface PacketParts {
  ecn?: (typeof ECN_WORDS)[number];
  port?: number;
  fields?: { [name in IpField]?: number };
  badChecksum?: boolean;
  cut?: number;
  echoed?: EchoedPacket;
}

/** All bracketed parts that follow each other. */
export function parseParts(cursor: PktCursor): PacketParts {
  const parts: PacketParts = {};
  while (!cursor.failed && cursor.accept('[')) {
    while (!cursor.failed && !cursor.accept(']')) {
      cursor.accept(',');
      part(cursor, parts);
    }
  }
  return parts;
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
    (parts.fields ??= {})[field] = field === 'saddr' || field === 'daddr' ? address(cursor) : number(cursor);
  } else if (cursor.accept('port')) {
    parts.port = number(cursor);
  } else if (cursor.accept('cut')) {
    parts.cut = number(cursor);
  } else if (cursor.accept('bad_checksum')) {
    parts.badChecksum = true;
  } else if (cursor.accept('udp')) {
    const ports = parsePorts(cursor);
    parts.echoed = { protocol: 'udp', ports, length: parseLength(cursor) };
  } else if (cursor.accept('tcp') || token.kind === 'number') {
    parts.echoed = { protocol: 'tcp', ...(cursor.peek().kind === 'number' ? range(cursor) : { sequence: 0 }) };
  } else {
    cursor.fail(
      `unknown packet attribute ${JSON.stringify(token.text)}`,
      `Known are ${[...ECN_WORDS, 'port N', 'bad_checksum', 'cut N'].join(', ')}, the fields of struct iphdr (${FIELD_NAMES.join(', ')}), and the packet that an ICMP message quotes.`,
    );
  }
}

export function number(cursor: PktCursor): number {
  const token = cursor.expectKind('number', 'a number', PACKET_REMEDY);
  return token ? Number(token.text) : 0;
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
      `expected an address here, found ${JSON.stringify(text || first.text)}`,
      'Write it with dots: saddr 192.0.2.1.',
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
  const source = number(cursor);
  cursor.expect('>', 'Ports look like: udp 5001 > 7 (10)');
  return { source, destination: number(cursor) };
}

/** `(10)` */
export function parseLength(cursor: PktCursor): number | undefined {
  if (cursor.peek().first || !cursor.accept('(')) {
    return undefined;
  }
  const length = number(cursor);
  cursor.expect(')', 'Close the length with ).');
  return length;
}

/** `first:last(length)`. */
export function range(cursor: PktCursor): { sequence: number; length: number } {
  const sequence = number(cursor);
  cursor.expect(':', PACKET_REMEDY);
  const last = number(cursor);
  cursor.expect('(', PACKET_REMEDY);
  const length = number(cursor);
  const closing = cursor.peek();
  cursor.expect(')', PACKET_REMEDY);
  if (!cursor.failed && (last - sequence) >>> 0 !== length) {
    cursor.fail(
      `${sequence}:${last} is ${(last - sequence) >>> 0} bytes, not ${length}`,
      'The number in brackets is the end minus the start.',
      'SS5001',
      closing,
    );
  }
  return { sequence, length };
}
