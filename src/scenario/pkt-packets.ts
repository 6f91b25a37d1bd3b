/**
 * Packets in a scenario, behind `<` (into the kernel) or `>` (expected from it).
 *
 *   packet  = [parts] (tcp | udp | icmp | other)                    parts: pkt-packet-parts.ts
 *   tcp     = [ports] flags [number ":" number "(" number ")"] ["ack" number] ["win" number] ["urg" number] ["<" options ">"]
 *   flags   = letters of SFRPUEWA and "."  |  letters of SFRPUEWA, a blank and "."  |  "-"
 *   options = "..." | option {"," option}                           option: pkt-tcp-options.ts
 *   udp     = "udp" [ports] "(" number ")"
 *   icmp    = "icmp" type [code] ["mtu" number] ["id" number] ["seq" number] ["(" number ")"] [parts of the packet that it quotes]
 *   other   = "protocol" number "(" number ")"
 *
 * In: a cursor behind the direction. Out: a pattern, or undefined with a diagnostic.
 */
import { sentence, type Words } from '../sentences/sentence';
import { ICMP_TYPES as TYPES, ICMP_UNREACHABLE_CODES } from '../abi/linux-sockets';
import { ICMP_QUERIES, IP_HEADER, MOST_PACKET, TCP_HEADER, UDP_HEADER } from './ip-packet';
import { refuseLater } from './later-features';
import type { EchoedPacket, IcmpPattern, PacketPattern, TcpPattern } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';
import { MOST_BYTE, MOST_LONG, MOST_SHORT, takeInteger } from './pkt-numbers';
import { parseLength, parseParts, parsePorts, range, type PacketParts } from './pkt-packet-parts';
import { parseOptions } from './pkt-tcp-options';

/** Names of ICMP types and of the codes of "unreachable", as packetdrill writes them. */
const ICMP_TYPES: ReadonlyMap<string, number> = new Map([
  ['echo_reply', 0],
  ['unreachable', 3],
  ['source_quench', 4],
  ['redirect', 5],
  ['echo_request', 8],
  ['time_exceeded', 11],
  ['parameter_problem', 12],
  ['timestamp_request', 13],
  ['timestamp_reply', 14],
  ['information_request', 15],
  ['information_reply', 16],
  ['address_mask_request', 17],
  ['address_mask_reply', 18],
]);
const ICMP_CODES: ReadonlyMap<string, number> = new Map([
  ['net_unreachable', 0],
  ['host_unreachable', 1],
  ['protocol_unreachable', 2],
  ['port_unreachable', 3],
  ['frag_needed', 4],
  ['source_route_failed', 5],
  ['net_unknown', 6],
  ['host_unknown', 7],
  ['source_host_isolated', 8],
  ['net_prohibited', 9],
  ['host_prohibited', 10],
  ['net_unreachable_for_tos', 11],
  ['host_unreachable_for_tos', 12],
  ['packet_filtered', 13],
  ['precedence_violation', 14],
  ['precedence_cutoff', 15],
]);
const { ICMP_DEST_UNREACH } = TYPES;
const { ICMP_FRAG_NEEDED } = ICMP_UNREACHABLE_CODES;

/** The two numbers of an ICMP message, as a sentence has them. */
const WORDS = { type: sentence('word-type'), code: sentence('word-code') } as const;

/** Parses the packet of one event. */
export function parsePacket(cursor: PktCursor, direction: 'in' | 'out'): PacketPattern | undefined {
  const start = cursor.peek();
  const { echoed, ...part } = parseParts(cursor, true);
  const pattern = cursor.failed ? undefined : parseProtocol(cursor, direction, part, echoed);
  if (!pattern || cursor.failed) {
    return undefined;
  }
  const wrong = misplaced(pattern, direction) ?? tooLong(pattern, direction);
  if (wrong !== undefined) {
    cursor.fail(wrong, sentence('see-packets-in-media-scenarios-readme-md'), 'SS5001', start);
    return undefined;
  }
  return pattern;
}

function parseProtocol(
  cursor: PktCursor,
  direction: 'in' | 'out',
  part: Omit<PacketParts, 'echoed'>,
  echoed: EchoedPacket | undefined,
): PacketPattern | undefined {
  if (cursor.accept('udp')) {
    const ports = parsePorts(cursor);
    return { ...part, protocol: 'udp', ports, length: requiredLength(cursor, 'udp (10)') };
  }
  if (cursor.accept('icmp')) {
    return { ...part, ...parseIcmp(cursor, echoed) };
  }
  if (cursor.accept('protocol')) {
    return {
      ...part,
      protocol: 'other',
      number: takeInteger(cursor, sentence('the-protocol'), MOST_BYTE),
      length: requiredLength(cursor, 'protocol 99 (10)'),
    };
  }
  const tcp = parseTcp(cursor, direction);
  return tcp && { ...part, ...tcp };
}

/** What is written in front of a packet that it cannot have. */
function misplaced(pattern: PacketPattern, direction: 'in' | 'out'): Words | undefined {
  const { protocol, port, badChecksum, cut, dataOffset, udpLength, ecn } = pattern;
  const out = direction === 'out';
  const rules: readonly (readonly [wrong: boolean, sentence: Words])[] = [
    [out && badChecksum === true, sentence('bad-checksum-is-for-packets-that-arrive')],
    [out && cut !== undefined, sentence('cut-is-for-packets-that-arrive')],
    [out && (dataOffset ?? udpLength) !== undefined, sentence('doff-and-len-are-for-packets-that-arrive')],
    [!out && ecn === 'ect01', sentence('ect01-is-for-packets-that-are-expected')],
    [dataOffset !== undefined && protocol !== 'tcp', sentence('doff-is-a-field-of-the-tcp-header')],
    [udpLength !== undefined && protocol !== 'udp', sentence('len-is-a-field-of-the-udp-header')],
    [port !== undefined && protocol !== 'tcp', sentence('port-n-names-a-tcp-connection')],
    [badChecksum === true && protocol === 'other', sentence('only-tcp-udp-and-icmp-have-a-checksum-that-is-known')],
    [protocol === 'tcp' && port !== undefined && pattern.ports !== undefined, sentence('the-ports-are-written-twice')],
  ];
  return rules.find(([wrong]) => wrong)?.[1];
}

function tooLong(pattern: PacketPattern, direction: 'in' | 'out'): Words | undefined {
  const header = { tcp: TCP_HEADER, udp: UDP_HEADER, icmp: UDP_HEADER, other: 0 }[pattern.protocol];
  const size = IP_HEADER + header + (pattern.length ?? 0);
  // What is expected may come in several segments.
  return size > MOST_PACKET && !(direction === 'out' && pattern.protocol === 'tcp')
    ? sentence('this-packet-would-have-size-bytes-the-largest-has', { size, limit: MOST_PACKET })
    : undefined;
}

function requiredLength(cursor: PktCursor, example: string): number {
  const length = parseLength(cursor);
  if (length === undefined && !cursor.failed) {
    cursor.fail(sentence('the-length-of-the-data-is-missing'), sentence('write-it-in-brackets-example', { example }));
  }
  return length ?? 0;
}

function parseTcp(cursor: PktCursor, direction: 'in' | 'out'): TcpPattern | undefined {
  const ports = cursor.peek().kind === 'number' && cursor.is('>', 1) ? parsePorts(cursor) : undefined;
  const flags = cursor.failed ? undefined : parseFlags(cursor);
  if (flags === undefined) {
    return undefined;
  }
  const { sequence, length } = cursor.peek().kind === 'number' ? range(cursor) : { sequence: 0, length: 0 };
  const acknowledgment = cursor.accept('ack')
    ? takeInteger(cursor, sentence('the-acknowledgment'), MOST_LONG)
    : undefined;
  const window = cursor.accept('win') ? takeInteger(cursor, sentence('the-window'), MOST_SHORT) : undefined;
  const urgent = cursor.accept('urg') ? takeInteger(cursor, sentence('the-urgent-pointer'), MOST_SHORT) : undefined;
  const options = cursor.accept('<') ? parseOptions(cursor, direction) : [];
  return cursor.failed
    ? undefined
    : { protocol: 'tcp', ports, flags, sequence, length, acknowledgment, window, urgent, options };
}

/** Flags: letters and dots that stand together, and as in packetdrill's grammars a dot that stands behind letters apart. */
function parseFlags(cursor: PktCursor): string | undefined {
  let flags = '';
  const start = cursor.peek();
  while (flags === '' || cursor.adjacent || (cursor.is('.') && /^[A-Z]+$/.test(flags))) {
    const token = cursor.peek();
    if (token.kind === 'word' && /^[FSRPUEWA]+$/.test(token.text)) {
      flags += token.text.replaceAll('A', '.');
    } else if (cursor.is('.') || (cursor.is('-') && flags === '')) {
      flags += token.text;
    } else {
      break;
    }
    cursor.next();
  }
  const number = cursor.peek();
  const counter = flags === '' ? start : cursor.adjacent ? number : undefined;
  if (counter?.kind === 'number' && counter.text.startsWith('.')) {
    cursor.fail(
      sentence('a-number-behind-the-dot-belongs-to-accurate-ecn'),
      sentence('write-the-dot-and-a-blank-before-the-sequence-number'),
      'SS5009',
      counter,
    );
  } else if (flags === '' && !refuseLater(cursor)) {
    cursor.fail(
      sentence('cursor-is-no-tcp-flags-and-no-protocol-that-packets', { cursor: cursor.shown() }),
      sentence('flags-are-letters-of-sfrpuew-and-a-dot-for-ack-or'),
    );
  } else if (/^[A-Za-z]/.test(flags) && cursor.adjacent && number.kind === 'word') {
    cursor.fail(
      sentence('number-is-no-tcp-flag', { number: number.text }),
      sentence('flags-are-letters-of-sfrpuew-and-a-dot-for-ack-or-2'),
    );
  }
  return cursor.failed ? undefined : flags.replace('-', '');
}

function parseIcmp(cursor: PktCursor, before: EchoedPacket | undefined): IcmpPattern {
  const start = cursor.peek();
  const type = icmpWord(cursor, 'type', ICMP_TYPES);
  const code =
    cursor.peek().first ||
    !['word', 'number'].includes(cursor.peek().kind) ||
    ['mtu', 'id', 'seq'].includes(cursor.peek().text)
      ? 0
      : icmpWord(cursor, 'code', type === ICMP_DEST_UNREACH ? ICMP_CODES : new Map());
  const mtu = cursor.accept('mtu') ? takeInteger(cursor, sentence('the-mtu'), MOST_SHORT) : undefined;
  const id = cursor.accept('id') ? takeInteger(cursor, sentence('the-id'), MOST_SHORT) : undefined;
  const sequence = cursor.accept('seq') ? takeInteger(cursor, sentence('the-sequence-number'), MOST_SHORT) : undefined;
  const length = parseLength(cursor);
  const { echoed = before, fields } = parseParts(cursor);
  if (mtu !== undefined && (type !== ICMP_DEST_UNREACH || code !== ICMP_FRAG_NEEDED)) {
    cursor.fail(sentence('an-mtu-belongs-to-unreachable-frag-needed'), sentence('leave-the-mtu-out'), 'SS5001', start);
  }
  if ((id ?? sequence) !== undefined && !ICMP_QUERIES.has(type)) {
    cursor.fail(
      sentence('id-and-seq-belong-to-echo-and-the-other-icmp-queries'),
      sentence('leave-them-out'),
      'SS5001',
      start,
    );
  }
  const quoted = echoed ?? (fields && { protocol: 'tcp' as const });
  return { protocol: 'icmp', type, code, mtu, id, sequence, length, echoed: quoted && { ...quoted, fields } };
}

/** A type or code: its name, its number, or `type_N` and `code_N` as packetdrill has them. */
function icmpWord(cursor: PktCursor, kind: 'type' | 'code', names: ReadonlyMap<string, number>): number {
  const token = cursor.peek();
  const word = token.kind === 'string' ? '' : token.text;
  const digits = /^(?:(type|code)_)?(\d+)$/.exec(word);
  const value = digits && (digits[1] ?? kind) === kind ? Number(digits[2]) : names.get(word);
  if (value !== undefined && value <= MOST_BYTE) {
    cursor.next();
    return value;
  }
  if (value !== undefined) {
    cursor.fail(
      sentence('name-must-be-a-whole-number-from-least-to-most-not', {
        name: sentence('the-icmp-word', { what: WORDS[kind] }),
        least: 0,
        most: MOST_BYTE,
        wrong: value,
      }),
      sentence('write-a-number-in-this-range'),
    );
  } else if (!refuseLater(cursor)) {
    const named = /^[A-Z][A-Z0-9_]*$/.test(word);
    cursor.fail(
      named
        ? sentence('token-has-no-value-where-an-icmp-kind-is-wanted', { token: token.text, kind: WORDS[kind] })
        : sentence('unknown-icmp-kind-cursor', { kind: WORDS[kind], cursor: cursor.shown() }),
      named
        ? sentence('give-it-one-with-d-token-value-as-packetdrill-takes', { token: token.text })
        : sentence('known-are-list', { list: [...names.keys(), `${kind}_N`].join(', ') }),
    );
  }
  return 0;
}
