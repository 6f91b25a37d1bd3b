/**
 * Comparing a live packet with what a script expects, and writing packets the way scripts do.
 *
 * In: bytes from the wire, a pattern, the flows. Out: nothing when they agree, else what was expected and what came, in
 * packetdrill's notation.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Told } from '../sentences/sentence';
import { ICMP_TYPES, PROTOCOLS } from '../abi/linux-sockets';
import { readLong, readShort } from './byte-order';
import { differentField } from './ip-fields';
import {
  DONT_FRAGMENT,
  learnFrom,
  letters,
  outboundFlow,
  scriptAcknowledgment,
  scriptSequence,
  type Flow,
  type FlowState,
} from './flows';
import { decodeIp, decodeTcp, orderFlags, type TcpPacket } from './ip-packet';
import type { EchoedPacket, IcmpPattern, PacketPattern, TcpOptionPattern, TcpPattern } from './pkt-ast';

export interface PacketMismatch {
  /** What differs: one word of the packet. */
  readonly what: Told;
  /** The packet that came, as a script would write it. */
  readonly actual: string;
}

/** Result of a comparison; `partial`: a piece of the expected data came, `got` bytes so far. */
export type PacketVerdict =
  | { readonly kind: 'match' }
  | { readonly kind: 'partial'; readonly got: number }
  | { readonly kind: 'mismatch'; readonly mismatch: PacketMismatch };

/** How exactly timestamps are compared (`--tcp_ts_tick_usecs`). */
export interface TimestampCheck {
  /** Microseconds that one count of the script's timestamps stands for; 0: they are not compared. */
  readonly tick: number;
  /** Microseconds that one may be off. */
  readonly tolerance: number;
}

/** Names of the two low bits of the type-of-service byte (RFC 3168, section 5). */
const ECN_NAMES = ['noecn', 'ect1', 'ect0', 'ce'] as const;
const MATCH: PacketVerdict = { kind: 'match' };

/** Compares; `collected` bytes of the expected payload came in earlier segments. */
export function matchPacket(
  state: FlowState,
  bytes: Uint8Array,
  pattern: PacketPattern,
  collected: number,
  timestamps: TimestampCheck = { tick: 0, tolerance: 0 },
): PacketVerdict {
  const different = differentHeader(bytes, pattern);
  if (different) {
    return {
      kind: 'mismatch',
      mismatch: { what: different.what, actual: `[${different.actual}] ${describePacket(bytes, state)}` },
    };
  }
  const tcp = decodeTcp(bytes);
  if (pattern.protocol !== 'tcp' || !tcp) {
    return matchOther(state, bytes, pattern);
  }
  const flow = outboundFlow(state, tcp);
  const mismatch = (what: Told): PacketVerdict => ({
    kind: 'mismatch',
    mismatch: { what, actual: describeTcp(tcp, flow) },
  });
  const { ports } = pattern;
  if (ports && (tcp.sourcePort !== ports.source || tcp.destinationPort !== ports.destination)) {
    return { kind: 'mismatch', mismatch: { what: sentence('part-port'), actual: describeTcp(tcp, flow, true) } };
  }
  if (!flow || (pattern.port !== undefined && flow.remotePort !== pattern.port)) {
    return { kind: 'mismatch', mismatch: { what: sentence('part-connection'), actual: describeTcp(tcp, flow, true) } };
  }
  if (tcp.flags.includes('S')) {
    flow.localIsn = tcp.sequence;
    flow.scriptLocalIsn = pattern.sequence;
  }
  // Data may come in several segments; flags and acknowledgment are then looked at in the last.
  const more = collected + tcp.payload.length < pattern.length && tcp.payload.length > 0;
  const syn = tcp.flags.includes('S');
  const wrong =
    compareTcp(tcp, flow, pattern, syn, collected, more) ?? compareTimestamps(tcp, flow, pattern, timestamps);
  if (wrong) {
    return mismatch(wrong);
  }
  learnFrom(flow, tcp, pattern);
  return more ? { kind: 'partial', got: collected + tcp.payload.length } : MATCH;
}

/** Which bits and fields of the IP header are not as written, if any. */
function differentHeader(
  bytes: Uint8Array,
  { ecn, fields, dontFragment }: PacketPattern,
): { readonly what: Told; readonly actual: string } | undefined {
  const tos = bytes[1] ?? 0;
  const bits = itemAt(ECN_NAMES, tos & 3);
  if (ecn !== undefined && ecn !== bits && !(ecn === 'ect01' && (bits === 'ect0' || bits === 'ect1'))) {
    return { what: sentence('part-ecn-bits'), actual: bits };
  }
  const flags = readShort(bytes, 6);
  if (dontFragment && (flags & DONT_FRAGMENT) === 0) {
    return { what: sentence('part-dont-fragment-bit'), actual: `frag_off ${flags}` };
  }
  const field = fields && differentField(bytes, fields);
  return field && { what: field.name, actual: `${field.name} ${field.actual}` };
}

function compareTcp(
  tcp: TcpPacket,
  flow: Flow,
  pattern: TcpPattern,
  syn: boolean,
  collected: number,
  more: boolean,
): Told | undefined {
  const split = more || collected > 0;
  if (!split && tcp.flags !== orderFlags(pattern.flags)) {
    return sentence('part-flags');
  }
  if (scriptSequence(flow, tcp.sequence, syn) !== (pattern.sequence + collected) >>> 0) {
    return sentence('part-sequence-number');
  }
  if (!more && collected + tcp.payload.length !== pattern.length) {
    return sentence('part-length');
  }
  if (
    pattern.acknowledgment !== undefined &&
    scriptAcknowledgment(flow, tcp.acknowledgment, syn) !== pattern.acknowledgment
  ) {
    return sentence('part-acknowledgment');
  }
  if (pattern.window !== undefined && tcp.window !== pattern.window) {
    return sentence('part-window');
  }
  if (pattern.urgent !== undefined && tcp.urgent !== pattern.urgent) {
    return sentence('part-urgent-pointer');
  }
  return pattern.options && !sameOptions(flow, tcp.options, pattern.options) ? sentence('part-options') : undefined;
}

/**
 * A flow's timestamps count from its first, as the script writes it. Unless the script asks for it they are not
 * compared: the kernel's clock is its own.
 */
function compareTimestamps(
  tcp: TcpPacket,
  flow: Flow,
  pattern: TcpPattern,
  { tick, tolerance }: TimestampCheck,
): Told | undefined {
  const live = tcp.options.find((option) => option.kind === 'TS');
  const script = pattern.options?.find((option) => option.kind === 'TS');
  const first = flow.firstTimestamp;
  return live &&
    script &&
    first &&
    Math.abs((live.value - first.live - (script.value - first.script)) | 0) * tick > tolerance
    ? sentence('part-timestamp')
    : undefined;
}

/** Whether the options are the same, timestamps aside. */
function sameOptions(flow: Flow, live: readonly TcpOptionPattern[], expected: readonly TcpOptionPattern[]): boolean {
  const text = (option: TcpOptionPattern): string => (option.kind === 'TS' ? 'TS' : describeOption(option, undefined));
  return (
    live.map((option) => (option.kind === 'TS' ? 'TS' : describeOption(option, flow))).join() ===
    expected.map(text).join()
  );
}

function matchOther(state: FlowState, bytes: Uint8Array, pattern: PacketPattern): PacketVerdict {
  const ip = decodeIp(bytes);
  const mismatch = (what: Told): PacketVerdict => ({
    kind: 'mismatch',
    mismatch: { what, actual: describePacket(bytes, state) },
  });
  const protocol =
    pattern.protocol === 'other'
      ? pattern.number
      : { udp: PROTOCOLS.IPPROTO_UDP, icmp: PROTOCOLS.IPPROTO_ICMP, tcp: undefined }[pattern.protocol];
  if (!ip || ip.header.protocol !== protocol) {
    return mismatch(sentence('part-protocol'));
  }
  const data = ip.payload.length - (pattern.protocol === 'other' ? 0 : 8);
  const wrong = pattern.protocol === 'icmp' ? differentIcmp(state, ip.payload, pattern) : undefined;
  if (wrong !== undefined) {
    return mismatch(wrong);
  }
  if (
    pattern.protocol === 'udp' &&
    pattern.ports &&
    (readShort(ip.payload, 0) !== pattern.ports.source || readShort(ip.payload, 2) !== pattern.ports.destination)
  ) {
    return mismatch(sentence('part-port'));
  }
  return 'length' in pattern && pattern.length !== undefined && data !== pattern.length
    ? mismatch(sentence('part-length'))
    : MATCH;
}

/** What of an ICMP message is not as written. Of an error, what it quotes is compared where the script says it. */
function differentIcmp(state: FlowState, message: Uint8Array, pattern: IcmpPattern): Told | undefined {
  const { type, code, id, sequence, mtu, echoed, length } = pattern;
  if (message[0] !== type || message[1] !== code) {
    return sentence('part-type-and-code');
  }
  if (id !== undefined && readShort(message, 4) !== id) {
    return 'id';
  }
  if (sequence !== undefined && readShort(message, 6) !== sequence) {
    return sentence('part-sequence-number');
  }
  if (mtu !== undefined && readShort(message, 6) !== mtu) {
    return 'MTU';
  }
  if (
    type === ICMP_TYPES.ICMP_ECHOREPLY &&
    length !== undefined &&
    letters(length).some((byte, at) => message[8 + at] !== byte)
  ) {
    return sentence('part-data');
  }
  return echoed && echoed.protocol !== 'raw' ? differentQuotation(state, message.subarray(8), echoed) : undefined;
}

function differentQuotation(state: FlowState, bytes: Uint8Array, echoed: EchoedPacket): Told | undefined {
  const protocol = echoed.protocol === 'tcp' ? PROTOCOLS.IPPROTO_TCP : PROTOCOLS.IPPROTO_UDP;
  const header = ((bytes[0] ?? 0) & 15) * 4;
  const rest = bytes.subarray(header);
  if (echoed.fields?.protocol === undefined && bytes[9] !== protocol) {
    return sentence('part-protocol-of-the-quoted-packet');
  }
  const field = echoed.fields && differentField(bytes, echoed.fields);
  if (field) {
    return sentence('part-field-of-the-quoted-packet', { field: field.name });
  }
  const { ports, sequence, length } = echoed;
  if (ports && (readShort(rest, 0) !== ports.source || readShort(rest, 2) !== ports.destination)) {
    return sentence('part-ports-of-the-quoted-packet');
  }
  if (echoed.protocol === 'udp') {
    return length !== undefined && readShort(rest, 4) !== length + 8
      ? sentence('part-length-of-the-quoted-packet')
      : undefined;
  }
  // The kernel quotes what arrived: its numbers count from the remote side's first.
  const flow = state.flows.filter((each) => each.remotePort === readShort(rest, 0)).at(-1);
  return sequence !== undefined && (readLong(rest, 4) - (flow?.remoteIsn ?? 0)) >>> 0 !== sequence
    ? sentence('part-sequence-number-of-the-quoted-packet')
    : undefined;
}

/** Any packet in a script's notation, with live numbers where no flow is known. */
export function describePacket(bytes: Uint8Array, state?: FlowState): string {
  const tcp = decodeTcp(bytes);
  if (tcp) {
    const flow = state?.flows
      .filter(({ localPort, remotePort }) => localPort === tcp.sourcePort && remotePort === tcp.destinationPort)
      .at(-1);
    return describeTcp(tcp, flow);
  }
  const ip = decodeIp(bytes);
  if (ip?.header.protocol === PROTOCOLS.IPPROTO_UDP) {
    return `udp ${readShort(ip.payload, 0)} > ${readShort(ip.payload, 2)} (${ip.payload.length - 8})`;
  }
  return ip?.header.protocol === PROTOCOLS.IPPROTO_ICMP
    ? `icmp type_${ip.payload[0]} code_${ip.payload[1]} (${ip.payload.length - 8})`
    : `protocol ${ip?.header.protocol ?? '?'} (${ip?.payload.length ?? bytes.length})`;
}

function describeTcp(tcp: TcpPacket, flow: Flow | undefined, ports = flow === undefined): string {
  const syn = tcp.flags.includes('S');
  const sequence = flow ? scriptSequence(flow, tcp.sequence, syn) : tcp.sequence;
  const length = tcp.payload.length;
  const ack = tcp.flags.includes('.')
    ? ` ack ${flow ? scriptAcknowledgment(flow, tcp.acknowledgment, syn) : tcp.acknowledgment}`
    : '';
  const options =
    tcp.options.length > 0 ? ` <${tcp.options.map((option) => describeOption(option, flow)).join(',')}>` : '';
  const between = ports ? `${tcp.sourcePort} > ${tcp.destinationPort} ` : '';
  const urgent = tcp.flags.includes('U') ? ` urg ${tcp.urgent}` : '';
  return `${between}${tcp.flags || '-'} ${sequence}:${(sequence + length) >>> 0}(${length})${ack} win ${tcp.window}${urgent}${options}`;
}

function describeOption(option: TcpOptionPattern, flow: Flow | undefined): string {
  switch (option.kind) {
    case 'mss':
    case 'wscale':
      return `${option.kind} ${option.value}`;
    case 'TS':
      return `TS val ${option.value} ecr ${option.echo}`;
    case 'sack': {
      const base = flow?.remoteIsn ?? 0;
      return `sack ${option.blocks.map(({ left, right }) => `${(left - base) >>> 0}:${(right - base) >>> 0}`).join(' ')}`;
    }
    case 'raw':
      return `${option.number} ${option.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    default:
      return option.kind;
  }
}
