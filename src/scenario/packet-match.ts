/**
 * Comparing a live packet with what a script expects, and writing packets the way scripts do.
 *
 * In: bytes from the wire, a pattern, the flows. Out: nothing when they agree, else what was expected and what came, in
 * packetdrill's notation.
 */
import { readShort } from './byte-order';
import { differentField } from './ip-fields';
import { learnFrom, outboundFlow, scriptAcknowledgment, scriptSequence, type Flow, type FlowState } from './flows';
import { decodeIp, decodeTcp, orderFlags, PROTOCOL_ICMP, PROTOCOL_UDP, type TcpPacket } from './ip-packet';
import type { PacketPattern, TcpOptionPattern, TcpPattern } from './pkt-ast';

export interface PacketMismatch {
  /** What differs: one word of the packet. */
  readonly what: string;
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

const MATCH: PacketVerdict = { kind: 'match' };

/** Compares; `collected` bytes of the expected payload came in earlier segments. */
export function matchPacket(
  state: FlowState,
  bytes: Uint8Array,
  pattern: PacketPattern,
  collected: number,
  timestamps: TimestampCheck = { tick: 0, tolerance: 0 },
): PacketVerdict {
  const field = pattern.fields && differentField(bytes, pattern.fields);
  if (field) {
    return {
      kind: 'mismatch',
      mismatch: { what: field.name, actual: `[${field.name} ${field.actual}] ${describePacket(bytes, state)}` },
    };
  }
  const tcp = decodeTcp(bytes);
  if (pattern.protocol !== 'tcp' || !tcp) {
    return matchOther(state, bytes, pattern);
  }
  const flow = outboundFlow(state, tcp);
  const mismatch = (what: string): PacketVerdict => ({
    kind: 'mismatch',
    mismatch: { what, actual: describeTcp(tcp, flow) },
  });
  if (!flow || (pattern.port !== undefined && flow.remotePort !== pattern.port)) {
    return mismatch('connection');
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

function compareTcp(
  tcp: TcpPacket,
  flow: Flow,
  pattern: TcpPattern & { readonly ecn?: string },
  syn: boolean,
  collected: number,
  more: boolean,
): string | undefined {
  const split = more || collected > 0;
  if (!split && tcp.flags !== orderFlags(pattern.flags)) {
    return 'flags';
  }
  if (scriptSequence(flow, tcp.sequence, syn) !== (pattern.sequence + collected) >>> 0) {
    return 'sequence number';
  }
  if (!more && collected + tcp.payload.length !== pattern.length) {
    return 'length';
  }
  if (
    pattern.acknowledgment !== undefined &&
    scriptAcknowledgment(flow, tcp.acknowledgment, syn) !== pattern.acknowledgment
  ) {
    return 'acknowledgment';
  }
  if (pattern.window !== undefined && tcp.window !== pattern.window) {
    return 'window';
  }
  if (pattern.ecn !== undefined && ['noecn', 'ect1', 'ect0', 'ce'][tcp.ip.tos & 3] !== pattern.ecn) {
    return 'ECN bits';
  }
  return pattern.options && !sameOptions(flow, tcp.options, pattern.options) ? 'options' : undefined;
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
): string | undefined {
  const live = tcp.options.find((option) => option.kind === 'TS');
  const script = pattern.options?.find((option) => option.kind === 'TS');
  const first = flow.firstTimestamp;
  return live &&
    script &&
    first &&
    Math.abs((live.value - first.live - (script.value - first.script)) | 0) * tick > tolerance
    ? 'timestamp'
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
  const mismatch = (what: string): PacketVerdict => ({
    kind: 'mismatch',
    mismatch: { what, actual: describePacket(bytes, state) },
  });
  const protocol =
    pattern.protocol === 'other'
      ? pattern.number
      : { udp: PROTOCOL_UDP, icmp: PROTOCOL_ICMP, tcp: undefined }[pattern.protocol];
  if (!ip || ip.header.protocol !== protocol) {
    return mismatch('protocol');
  }
  const data = ip.payload.length - (pattern.protocol === 'other' ? 0 : 8);
  if (pattern.protocol === 'icmp' && (ip.payload[0] !== pattern.type || ip.payload[1] !== pattern.code)) {
    return mismatch('type and code');
  }
  if (
    pattern.protocol === 'udp' &&
    pattern.ports &&
    (readShort(ip.payload, 0) !== pattern.ports.source || readShort(ip.payload, 2) !== pattern.ports.destination)
  ) {
    return mismatch('port');
  }
  return 'length' in pattern && pattern.length !== undefined && data !== pattern.length ? mismatch('length') : MATCH;
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
  if (ip?.header.protocol === PROTOCOL_UDP) {
    return `udp ${readShort(ip.payload, 0)} > ${readShort(ip.payload, 2)} (${ip.payload.length - 8})`;
  }
  return ip?.header.protocol === PROTOCOL_ICMP
    ? `icmp ${ip.payload[0]} ${ip.payload[1]}`
    : `protocol ${ip?.header.protocol ?? '?'} (${ip?.payload.length ?? bytes.length})`;
}

function describeTcp(tcp: TcpPacket, flow: Flow | undefined): string {
  const syn = tcp.flags.includes('S');
  const sequence = flow ? scriptSequence(flow, tcp.sequence, syn) : tcp.sequence;
  const length = tcp.payload.length;
  const ack = tcp.flags.includes('.')
    ? ` ack ${flow ? scriptAcknowledgment(flow, tcp.acknowledgment, syn) : tcp.acknowledgment}`
    : '';
  const options =
    tcp.options.length > 0 ? ` <${tcp.options.map((option) => describeOption(option, flow)).join(',')}>` : '';
  return `${tcp.flags || '-'} ${sequence}:${(sequence + length) >>> 0}(${length})${ack} win ${tcp.window}${options}`;
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
