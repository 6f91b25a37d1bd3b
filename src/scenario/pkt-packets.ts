/**
 * Packets in a scenario, behind `<` (into the kernel) or `>` (expected from it).
 *
 *   packet  = [parts] (tcp | udp | icmp | other)                    parts: pkt-packet-parts.ts
 *   tcp     = flags [number ":" number "(" number ")"] ["ack" number] ["win" number] ["urg" number] ["<" options ">"]
 *   flags   = letters of SFRPUEWA and "."  |  "-"
 *   options = "..." | option {"," option}
 *   option  = "mss" n | "wscale" n | "sackOK" | "nop" | "eol" | "TS" "val" n "ecr" n | "sack" n:n … | "md5" hex | "FO" hex | "FOEXP" hex | number hex
 *   udp     = "udp" [number ">" number] "(" number ")"
 *   icmp    = "icmp" type [code] ["mtu" number] ["id" number] ["(" number ")"] [parts of the packet that it quotes]
 *   other   = "protocol" number "(" number ")"
 *
 * In: a cursor behind the direction. Out: a pattern, or undefined with a diagnostic.
 */
import type { EchoedPacket, IcmpPattern, PacketPattern, TcpOptionPattern, TcpPattern } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';
import { number, parseLength, parseParts, parsePorts, range } from './pkt-packet-parts';

/** Names of ICMP types and of the codes of "unreachable", as packetdrill writes them. */
const ICMP_TYPES: { readonly [name: string]: number } = {
  echo_reply: 0,
  unreachable: 3,
  source_quench: 4,
  redirect: 5,
  echo_request: 8,
  time_exceeded: 11,
  parameter_problem: 12,
  timestamp_request: 13,
  timestamp_reply: 14,
};
const ICMP_CODES: { readonly [name: string]: number } = {
  net_unreachable: 0,
  host_unreachable: 1,
  protocol_unreachable: 2,
  port_unreachable: 3,
  frag_needed: 4,
  source_route_failed: 5,
  net_unknown: 6,
  host_unknown: 7,
  source_host_isolated: 8,
  net_prohibited: 9,
  host_prohibited: 10,
  net_unreachable_for_tos: 11,
  host_unreachable_for_tos: 12,
  packet_filtered: 13,
  precedence_violation: 14,
  precedence_cutoff: 15,
};
const TCP_OPTION_MD5 = 19;
const TCP_OPTION_FAST_OPEN = 34;
const TCP_OPTION_EXPERIMENTAL = 254;
/** Magic number that marks an experimental Fast Open option (RFC 7413, appendix A). */
const FAST_OPEN_MAGIC = [0xf9, 0x89];

const PACKET_REMEDY = 'A packet looks like: S 0:0(0) win 32792 <mss 1460>';

/** Parses the packet of one event. `macros` are `-D NAME=value` definitions. */
export function parsePacket(cursor: PktCursor, macros: ReadonlyMap<string, string>): PacketPattern | undefined {
  const { echoed, ...part } = parseParts(cursor);
  if (cursor.failed) {
    return undefined;
  }
  if (cursor.accept('udp')) {
    const ports = parsePorts(cursor);
    return { ...part, protocol: 'udp', ports, length: requiredLength(cursor, 'udp (10)') };
  }
  if (cursor.accept('icmp')) {
    return { ...part, ...parseIcmp(cursor, macros, echoed) };
  }
  if (cursor.accept('protocol')) {
    return { ...part, protocol: 'other', number: number(cursor), length: requiredLength(cursor, 'protocol 99 (10)') };
  }
  const tcp = parseTcp(cursor);
  return tcp && { ...part, ...tcp };
}

function requiredLength(cursor: PktCursor, example: string): number {
  const length = parseLength(cursor);
  if (length === undefined) {
    cursor.expect('(', `Write the length of the data: ${example}.`);
  }
  return length ?? 0;
}

function parseTcp(cursor: PktCursor): TcpPattern | undefined {
  const flags = parseFlags(cursor);
  if (flags === undefined) {
    return undefined;
  }
  const { sequence, length } = cursor.peek().kind === 'number' ? range(cursor) : { sequence: 0, length: 0 };
  const acknowledgment = cursor.accept('ack') ? number(cursor) : undefined;
  const window = cursor.accept('win') ? number(cursor) : undefined;
  const urgent = cursor.accept('urg') ? number(cursor) : undefined;
  const options = cursor.accept('<') ? parseOptions(cursor) : [];
  return cursor.failed
    ? undefined
    : { protocol: 'tcp', flags, sequence, length, acknowledgment, window, urgent, options };
}

function parseFlags(cursor: PktCursor): string | undefined {
  let flags = '';
  const start = cursor.peek();
  while (flags === '' || cursor.adjacent) {
    const token = cursor.peek();
    if (token.kind === 'word' && /^[FSRPUEWA]+$/.test(token.text)) {
      flags += token.text.replace('A', '.');
    } else if (cursor.is('.') || cursor.is('-')) {
      flags += token.text;
    } else {
      break;
    }
    cursor.next();
  }
  if (flags === '') {
    cursor.fail(`expected TCP flags, udp or icmp here, found ${JSON.stringify(start.text)}`, PACKET_REMEDY);
    return undefined;
  }
  return flags.replace('-', '');
}

function parseOptions(cursor: PktCursor): TcpOptionPattern[] | undefined {
  if (cursor.accept('...')) {
    cursor.expect('>', 'Close the options with >.');
    return undefined;
  }
  const options: TcpOptionPattern[] = [];
  while (!cursor.failed && !cursor.accept('>')) {
    if (options.length > 0) {
      cursor.expect(',', 'Separate options with commas and close them with >.');
    }
    const option = cursor.failed ? undefined : parseOption(cursor);
    if (option) {
      options.push(option);
    }
  }
  return options;
}

function parseOption(cursor: PktCursor): TcpOptionPattern | undefined {
  const token = cursor.next();
  switch (token.text) {
    case 'mss':
    case 'wscale':
      return { kind: token.text, value: number(cursor) };
    case 'sackOK':
    case 'nop':
    case 'eol':
      return { kind: token.text };
    case 'TS': {
      cursor.expect('val', 'A timestamp option looks like: TS val 100 ecr 0');
      const value = number(cursor);
      cursor.expect('ecr', 'A timestamp option looks like: TS val 100 ecr 0');
      return { kind: 'TS', value, echo: number(cursor) };
    }
    case 'sack': {
      const blocks: { left: number; right: number }[] = [];
      while (cursor.peek().kind === 'number') {
        const left = number(cursor);
        cursor.expect(':', 'A sack block looks like: 1001:2001');
        blocks.push({ left, right: number(cursor) });
      }
      return { kind: 'sack', blocks };
    }
    case 'md5':
      return { kind: 'raw', number: TCP_OPTION_MD5, bytes: padded(hexBytes(cursor), 16) };
    case 'FO':
      return { kind: 'raw', number: TCP_OPTION_FAST_OPEN, bytes: hexBytes(cursor) };
    case 'FOEXP':
      return { kind: 'raw', number: TCP_OPTION_EXPERIMENTAL, bytes: [...FAST_OPEN_MAGIC, ...hexBytes(cursor)] };
    default:
      if (token.kind === 'number') {
        return { kind: 'raw', number: Number(token.text), bytes: hexBytes(cursor) };
      }
      cursor.fail(
        `unknown TCP option ${JSON.stringify(token.text)}`,
        'Known are mss, wscale, sackOK, nop, eol, TS, sack, md5, FO, FOEXP.',
        'SS5001',
        token,
      );
      return undefined;
  }
}

/** Hex digits, which the lexer may have cut into numbers and words. */
function hexBytes(cursor: PktCursor): number[] {
  let digits = '';
  while (/^(0x)?[0-9a-fA-F]+$/.test(cursor.peek().text) && (digits === '' || cursor.adjacent)) {
    digits += cursor.next().text.replace(/^0x/, '');
  }
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Array.from({ length: Math.min(even.length / 2, 38) }, (_, i) => parseInt(even.slice(2 * i, 2 * i + 2), 16));
}

function padded(bytes: number[], length: number): number[] {
  return [...bytes, ...Array<number>(Math.max(0, length - bytes.length)).fill(0)];
}

function parseIcmp(
  cursor: PktCursor,
  macros: ReadonlyMap<string, string>,
  before: EchoedPacket | undefined,
): IcmpPattern {
  const type = icmpWord(cursor, ICMP_TYPES, macros);
  const code =
    cursor.peek().first ||
    !['word', 'number'].includes(cursor.peek().kind) ||
    ['mtu', 'id'].includes(cursor.peek().text)
      ? 0
      : icmpWord(cursor, ICMP_CODES, macros);
  const mtu = cursor.accept('mtu') ? number(cursor) : undefined;
  const id = cursor.accept('id') ? number(cursor) : undefined;
  const length = parseLength(cursor);
  const { echoed = before, fields } = parseParts(cursor);
  return { protocol: 'icmp', type, code, mtu, id, length, echoed: { protocol: 'tcp', ...echoed, fields } };
}

function icmpWord(
  cursor: PktCursor,
  names: { readonly [name: string]: number },
  macros: ReadonlyMap<string, string>,
): number {
  const token = cursor.next();
  const text = macros.get(token.text) ?? token.text;
  const value = /^\d+$/.test(text) ? Number(text) : names[text];
  if (value === undefined) {
    cursor.fail(
      `unknown ICMP word ${JSON.stringify(token.text)}`,
      `Known are ${Object.keys(names).join(', ')}.`,
      'SS5001',
      token,
    );
  }
  return value ?? 0;
}
