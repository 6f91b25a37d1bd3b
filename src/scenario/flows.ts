/**
 * Connections seen on the wire: how the small numbers of a script (ports, sequence numbers from 0, timestamps) map to
 * live ones.
 *
 * In: packet patterns going in, live packets coming out. Out: live packets to inject; the flow that a live packet
 * belongs to. As in packetdrill, sequence numbers are relative to each side's initial one, except in SYN segments, where
 * they are what the script writes. All state is plain data.
 */
import { itemAt } from '../base/checked-access';
import type { EchoedPacket, IcmpPattern, PacketPattern, TcpOptionPattern, TcpPattern } from './pkt-ast';
import { PROTOCOLS } from '../abi/linux-sockets';
import { withFields } from './ip-fields';
import {
  decodeIp,
  encodeIcmp,
  encodeIcmpBytes,
  encodeIp,
  encodeTcp,
  encodeUdp,
  ICMP_QUERIES,
  IP_HEADER,
  MOST_PACKET,
  UDP_HEADER,
  type IpHeader,
  type TcpPacket,
} from './ip-packet';
import { networkLong, networkShort, readShort } from './byte-order';

/** Addresses and ports of the two hosts on the wire. */
export interface WireAddresses {
  readonly localIp: number;
  readonly remoteIp: number;
  /** Port of listening sockets in the kernel under test, where a packet names none. */
  readonly bindPort: number;
  /** Port that the kernel under test connects to. */
  readonly connectPort: number;
}

export type Flow = {
  readonly localPort: number;
  readonly remotePort: number;
  /** Live initial sequence number of the kernel's side, once seen. */
  localIsn: number | null;
  /** The same as the script writes it. */
  scriptLocalIsn: number;
  remoteIsn: number | null;
  /** Timestamps the kernel sent: script value and live value. */
  timestamps: { script: number; live: number }[];
  /** The first of them. */
  firstTimestamp: { readonly script: number; readonly live: number } | null;
};

export type FlowState = {
  flows: Flow[];
  /** Index of the flow that packets without a port belong to; -1 before the first. */
  current: number;
  nextRemotePort: number;
  /** Ports of the last UDP datagram that the kernel sent: answers without ports go back there. */
  datagram: { readonly local: number; readonly remote: number } | null;
};

/** First port of remote clients. */
const FIRST_REMOTE_PORT = 40_001;
const TIMESTAMP_LIMIT = 64;
const ECN_BITS = { noecn: 0, ect1: 1, ect0: 2, ect01: 2, ce: 3 } as const;
/** IP_DF of include/net/ip.h, as frag_off has it. */
export const DONT_FRAGMENT = 0x4000;

/** Offset of the checksum in the header behind the IP header. */
const CHECKSUM_AT = { tcp: 16, udp: 6, icmp: 2 } as const;

export function emptyFlows(): FlowState {
  return { flows: [], current: -1, nextRemotePort: FIRST_REMOTE_PORT, datagram: null };
}

/** The live packet for a pattern with `<`. */
export function inboundPacket(state: FlowState, wire: WireAddresses, pattern: PacketPattern): Uint8Array {
  const packet = wellFormed(state, wire, pattern);
  if (pattern.badChecksum && pattern.protocol !== 'other') {
    const at = IP_HEADER + CHECKSUM_AT[pattern.protocol];
    packet[at] = itemAt(packet, at) ^ 0xff;
  }
  const { fields, dontFragment } = pattern;
  const bits = dontFragment && fields?.frag_off !== undefined ? { frag_off: fields.frag_off | DONT_FRAGMENT } : {};
  const whole = fields ? withFields(packet, { ...fields, ...bits }) : packet;
  return pattern.cut === undefined ? whole : whole.slice(0, pattern.cut);
}

function wellFormed(state: FlowState, wire: WireAddresses, pattern: PacketPattern): Uint8Array {
  const header = (protocol: number): IpHeader => ({
    source: pattern.fields?.saddr ?? wire.remoteIp,
    destination: pattern.fields?.daddr ?? wire.localIp,
    protocol,
    tos: ECN_BITS[pattern.ecn ?? 'noecn'],
  });
  switch (pattern.protocol) {
    case 'tcp': {
      const flow = inboundFlow(state, wire, pattern);
      return encodeTcp(inboundSegment(flow, header(PROTOCOLS.IPPROTO_TCP), pattern));
    }
    case 'udp':
      return encodeUdp(
        header(PROTOCOLS.IPPROTO_UDP),
        pattern.ports?.source ?? state.datagram?.remote ?? wire.connectPort,
        pattern.ports?.destination ?? state.datagram?.local ?? wire.bindPort,
        letters(pattern.length),
        pattern.udpLength,
      );
    case 'icmp':
      return inboundIcmp(state, wire, header(PROTOCOLS.IPPROTO_ICMP), pattern);
    case 'other':
      return encodeIp(header(pattern.number), letters(pattern.length));
  }
}

/** Notes the ports of a packet that the kernel has sent when it is a UDP datagram. */
export function noteDatagram(state: FlowState, bytes: Uint8Array): void {
  const ip = decodeIp(bytes);
  if (ip?.header.protocol === PROTOCOLS.IPPROTO_UDP && ip.payload.length >= UDP_HEADER) {
    state.datagram = { local: readShort(ip.payload, 0), remote: readShort(ip.payload, 2) };
  }
}

/** The flow of a live packet that came out; a SYN nobody expected begins one. */
export function outboundFlow(state: FlowState, packet: TcpPacket): Flow | undefined {
  const index = state.flows
    .map((flow) => flow.localPort === packet.sourcePort && flow.remotePort === packet.destinationPort)
    .lastIndexOf(true);
  if (index >= 0) {
    return state.flows[index];
  }
  return packet.flags.includes('S') && !packet.flags.includes('.')
    ? addFlow(state, packet.sourcePort, packet.destinationPort)
    : undefined;
}

/** Notes what a matched packet tells about its flow. */
export function learnFrom(flow: Flow, packet: TcpPacket, pattern: TcpPattern): void {
  if (packet.flags.includes('S')) {
    flow.localIsn = packet.sequence;
    flow.scriptLocalIsn = pattern.sequence;
  }
  const live = packet.options.find((option) => option.kind === 'TS');
  const script = pattern.options?.find((option) => option.kind === 'TS');
  if (live) {
    flow.timestamps.push({ script: script?.value ?? live.value, live: live.value });
    flow.firstTimestamp ??= itemAt(flow.timestamps, 0);
    flow.timestamps.splice(0, flow.timestamps.length - TIMESTAMP_LIMIT);
  }
}

/** Script value of a live sequence number of the kernel's side. */
export function scriptSequence(flow: Flow, sequence: number, syn: boolean): number {
  return (sequence - (flow.localIsn ?? 0) + (syn ? flow.scriptLocalIsn : 0)) >>> 0;
}

/** Script value of a live acknowledgment of the remote side. */
export function scriptAcknowledgment(flow: Flow, acknowledgment: number, syn: boolean): number {
  return (acknowledgment - (syn ? 0 : (flow.remoteIsn ?? 0))) >>> 0;
}

function addFlow(state: FlowState, localPort: number, remotePort: number): Flow {
  const flow: Flow = {
    localPort,
    remotePort,
    localIsn: null,
    scriptLocalIsn: 0,
    remoteIsn: null,
    timestamps: [],
    firstTimestamp: null,
  };
  state.flows.push(flow);
  state.current = state.flows.length - 1;
  return flow;
}

/**
 * The flow of a segment that arrives: the one that its ports or `[port N]` name, else the one that was named last. A
 * SYN that nobody waits for begins a new one, and so does any other segment where there is none: then its numbers are
 * the live ones.
 */
function inboundFlow(state: FlowState, wire: WireAddresses, pattern: TcpPattern & { readonly port?: number }): Flow {
  const remote = pattern.ports?.source ?? pattern.port;
  const local = pattern.ports?.destination;
  const named =
    remote === undefined
      ? -1
      : state.flows
          .map((flow) => flow.remotePort === remote && (local === undefined || flow.localPort === local))
          .lastIndexOf(true);
  const known = state.flows[remote === undefined ? state.current : named];
  if (named >= 0) {
    state.current = named;
  }
  const begins = pattern.flags.includes('S') && !pattern.flags.includes('.');
  // A SYN that crosses ours, or the same SYN again, belongs to the connection there is; any other begins one.
  const crossing = known && known.remoteIsn === null && known.localIsn !== null;
  const again = named >= 0 && known?.remoteIsn === pattern.sequence;
  if (known && (!begins || crossing || again)) {
    return known;
  }
  const flow = addFlow(state, local ?? wire.bindPort, remote ?? state.nextRemotePort++);
  if (!begins) {
    flow.remoteIsn = 0;
    flow.localIsn = 0;
  }
  return flow;
}

function inboundSegment(flow: Flow, ip: IpHeader, pattern: TcpPattern & { readonly dataOffset?: number }): TcpPacket {
  const syn = pattern.flags.includes('S');
  if (syn) {
    flow.remoteIsn = pattern.sequence;
  }
  const local = (flow.localIsn ?? 0) - (syn ? flow.scriptLocalIsn : 0);
  return {
    ip,
    sourcePort: flow.remotePort,
    destinationPort: flow.localPort,
    sequence: (syn ? pattern.sequence : (flow.remoteIsn ?? 0) + pattern.sequence) >>> 0,
    acknowledgment: pattern.acknowledgment === undefined ? 0 : (local + pattern.acknowledgment) >>> 0,
    flags: pattern.flags,
    window: pattern.window ?? 0,
    urgent: pattern.urgent ?? 0,
    options: (pattern.options ?? []).map((option) => liveOption(flow, option)),
    payload: Uint8Array.from(letters(pattern.length)),
    dataOffset: pattern.dataOffset,
  };
}

function liveOption(flow: Flow, option: TcpOptionPattern): TcpOptionPattern {
  if (option.kind === 'TS') {
    const known =
      flow.timestamps.filter(({ script }) => script === option.echo).at(-1) ??
      (option.echo === 0 ? undefined : flow.timestamps.at(-1));
    return { ...option, echo: known?.live ?? option.echo };
  }
  if (option.kind === 'sack') {
    const shift = (value: number): number => ((flow.localIsn ?? 0) + value) >>> 0;
    return {
      kind: 'sack',
      blocks: option.blocks.map(({ left, right }) => ({ left: shift(left), right: shift(right) })),
    };
  }
  return option;
}

/** Data of so many bytes: the alphabet over and over. */
export function letters(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 0x61 + (i % 26));
}

/**
 * An ICMP error quotes the IP header of the packet it is about and the first 8 bytes behind it; a query has data of its
 * own (RFC 792).
 */
function inboundIcmp(state: FlowState, wire: WireAddresses, ip: IpHeader, pattern: IcmpPattern): Uint8Array {
  const { type, code, id = 0, sequence = 1, mtu = 0, length, echoed } = pattern;
  if (echoed?.protocol === 'raw') {
    return encodeIcmpBytes(ip, [type, code, ...Array<number>(Math.max(2, (echoed.length ?? 0) - 2)).fill(0)]);
  }
  if (ICMP_QUERIES.has(type)) {
    return encodeIcmp(ip, type, code, ((id << 16) | sequence) >>> 0, letters(length ?? 0));
  }
  const quoted = quotedPacket(state, wire, echoed ?? { protocol: 'tcp' });
  return encodeIcmp(ip, type, code, mtu, [...quoted].slice(0, length));
}

/** The beginning of a packet that the kernel could have sent, which an error is about. */
function quotedPacket(
  state: FlowState,
  wire: WireAddresses,
  { protocol, sequence, length, ports, fields }: EchoedPacket,
): Uint8Array {
  const flow = state.flows[state.current];
  const tcp = protocol === 'tcp';
  const source = ports?.source ?? (tcp ? flow?.localPort : state.datagram?.local) ?? wire.bindPort;
  const destination = ports?.destination ?? (tcp ? flow?.remotePort : state.datagram?.remote) ?? wire.connectPort;
  const third = tcp
    ? networkLong(((flow?.localIsn ?? 0) + (sequence ?? 0)) >>> 0)
    : [...networkShort(8 + (length ?? 0)), 0, 0];
  const ip = {
    source: wire.localIp,
    destination: wire.remoteIp,
    protocol: tcp ? PROTOCOLS.IPPROTO_TCP : PROTOCOLS.IPPROTO_UDP,
    tos: 0,
  };
  return withFields(encodeIp(ip, [...networkShort(source), ...networkShort(destination), ...third]), {
    tot_len: Math.min(MOST_PACKET, 40 + (tcp ? (length ?? 0) : 0)),
    ttl: 64,
    ...fields,
  });
}
