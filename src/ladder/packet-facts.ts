/**
 * What the bytes of a packet say: ends, protocol, flags, numbers.
 *
 * In: an IPv4 packet (RFC 791) from its header on, or its beginning. Out: plain data; undefined when the bytes are no such
 * packet. TCP is RFC 793's, UDP RFC 768's, ICMP RFC 792's.
 */

/** One end of a packet. */
export interface Endpoint {
  /** `10.0.0.1`. */
  readonly address: string;
  /** TCP and UDP only. */
  readonly port?: number;
}

export interface TcpFacts {
  /** `SYN`, `ACK`, …, in the order in which people say them. */
  readonly flags: readonly TcpFlag[];
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly window: number;
}

export type TcpFlag = 'SYN' | 'FIN' | 'RST' | 'PSH' | 'URG' | 'ECE' | 'CWR' | 'ACK';

export interface PacketFacts {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Number of the protocol: 6 is TCP, 17 UDP, 1 ICMP. */
  readonly protocol: number;
  /** Bytes that the transport's header does not have. */
  readonly length: number;
  readonly tcp?: TcpFacts;
  readonly icmp?: { readonly type: number; readonly code: number };
}

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;

const FLAGS: readonly (readonly [TcpFlag, number])[] = [
  ['SYN', 2],
  ['FIN', 1],
  ['RST', 4],
  ['PSH', 8],
  ['URG', 32],
  ['ECE', 64],
  ['CWR', 128],
  ['ACK', 16],
];

/** `10.0.0.1:8080`, or the address alone. */
export function endpointText({ address, port }: Endpoint): string {
  return port === undefined ? address : `${address}:${port}`;
}

/** Reads a packet; `size` is its whole length in bytes when `bytes` has only the first of them. */
export function packetFacts(bytes: Uint8Array, size = bytes.length): PacketFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 * ((bytes[0] ?? 0) & 15);
  if ((bytes[0] ?? 0) >> 4 !== 4 || header < 20 || bytes.length < header) {
    return undefined;
  }
  const address = (at: number): string => [...bytes.subarray(at, at + 4)].join('.');
  const total = Math.min(view.getUint16(2), size);
  const protocol = view.getUint8(9);
  const ends = { source: { address: address(12) }, destination: { address: address(16) }, protocol };
  const rest = Math.max(0, total - header);
  const seen = Math.min(rest, bytes.length - header);
  const isFragment = (view.getUint16(6) & 0x1fff) !== 0;
  if (!isFragment && protocol === PROTOCOL.tcp && seen >= 20) {
    return { ...withPorts(view, header, ends), ...tcpFacts(view, header, rest) };
  }
  if (!isFragment && protocol === PROTOCOL.udp && seen >= 8) {
    return { ...withPorts(view, header, ends), length: rest - 8 };
  }
  if (!isFragment && protocol === PROTOCOL.icmp && seen >= 8) {
    return { ...ends, length: rest - 8, icmp: { type: view.getUint8(header), code: view.getUint8(header + 1) } };
  }
  return { ...ends, length: rest };
}

function withPorts(
  view: DataView,
  at: number,
  { source, destination, protocol }: Omit<PacketFacts, 'length'>,
): Omit<PacketFacts, 'length'> {
  return {
    source: { ...source, port: view.getUint16(at) },
    destination: { ...destination, port: view.getUint16(at + 2) },
    protocol,
  };
}

function tcpFacts(view: DataView, at: number, rest: number): Pick<PacketFacts, 'length' | 'tcp'> {
  const bits = view.getUint8(at + 13);
  return {
    length: Math.max(0, rest - 4 * (view.getUint8(at + 12) >> 4)),
    tcp: {
      flags: FLAGS.filter(([, bit]) => (bits & bit) !== 0).map(([flag]) => flag),
      sequence: view.getUint32(at + 4),
      acknowledgment: view.getUint32(at + 8),
      window: view.getUint16(at + 14),
    },
  };
}
