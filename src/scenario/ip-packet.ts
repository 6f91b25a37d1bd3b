/**
 * IPv4, TCP, UDP and ICMP packets: bytes to plain data and back (RFC 791, 793, 768, 792; TCP options RFC 793, 1323,
 * 2018, 2385).
 *
 * In: parts of a packet, or bytes from the wire. Out: bytes with correct lengths and checksums, or the parts; undefined
 * when the bytes are no IPv4 packet that can be read. No state.
 */
import { PROTOCOLS } from '../abi/linux-sockets';
import { itemAt } from '../base/checked-access';
import { checksumFold, checksumPartial } from '../kernel/checksum';
import { networkLong, networkShort, readLong, readShort } from './byte-order';
import type { TcpOptionPattern } from './pkt-ast';

/** Bytes of the headers without options, and of the largest packet. */
export const IP_HEADER = 20;
export const TCP_HEADER = 20;
export const UDP_HEADER = 8;
export const MOST_PACKET = 65_535;
/**
 * ICMP types that quote no packet: echo, router discovery, timestamp, information, address mask and their replies (RFC
 * 792, 950, 1256).
 */
export const ICMP_QUERIES = new Set([0, 8, 9, 10, 13, 14, 15, 16, 17, 18]);

export interface IpHeader {
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  /** Type-of-service byte; its low two bits are ECN. */
  readonly tos: number;
}

export interface TcpPacket {
  readonly ip: IpHeader;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  /** Letters of FSRPUEW and `.` for ACK, in packetdrill's order. */
  readonly flags: string;
  readonly window: number;
  readonly urgent: number;
  readonly options: readonly TcpOptionPattern[];
  readonly payload: Uint8Array;
  /** Data offset in the header, in words, where it is not the length of the header. */
  readonly dataOffset?: number;
}

/** Bits of the TCP flags byte by packetdrill's letters. */
const FLAG_BITS: readonly (readonly [string, number])[] = [
  ['F', 1],
  ['S', 2],
  ['R', 4],
  ['P', 8],
  ['.', 16],
  ['U', 32],
  ['E', 64],
  ['W', 128],
];

/** The letters in the order in which packets print them. */
export function orderFlags(flags: string): string {
  return 'FSRPUEW.'
    .split('')
    .filter((letter) => flags.includes(letter))
    .join('');
}

/** Adds an IPv4 header without options; identification 0, don't-fragment set, TTL 255 as packetdrill sends. */
export function encodeIp(header: IpHeader, payload: readonly number[]): Uint8Array {
  const bytes = [
    0x45,
    header.tos,
    ...networkShort(20 + payload.length),
    0,
    0,
    0x40,
    0,
    255,
    header.protocol,
    0,
    0,
    ...networkLong(header.source),
    ...networkLong(header.destination),
  ];
  setChecksum(bytes, 10, checksumFold(checksumPartial(Uint8Array.from(bytes), 0)));
  return Uint8Array.from([...bytes, ...payload]);
}

export function encodeTcp(packet: TcpPacket): Uint8Array {
  const options = packet.options.flatMap(encodeOption);
  while (options.length % 4 !== 0) {
    options.push(0);
  }
  const flags = FLAG_BITS.reduce((bits, [letter, bit]) => (packet.flags.includes(letter) ? bits | bit : bits), 0);
  const segment = [
    ...networkShort(packet.sourcePort),
    ...networkShort(packet.destinationPort),
    ...networkLong(packet.sequence),
    ...networkLong(packet.acknowledgment),
    (packet.dataOffset ?? (20 + options.length) / 4) << 4,
    flags,
    ...networkShort(packet.window),
    0,
    0,
    ...networkShort(packet.urgent),
    ...options,
    ...packet.payload,
  ];
  setChecksum(segment, 16, transportChecksum(packet.ip, segment));
  return encodeIp(packet.ip, segment);
}

export function encodeUdp(
  ip: IpHeader,
  sourcePort: number,
  destinationPort: number,
  payload: readonly number[],
  length = 8 + payload.length,
): Uint8Array {
  const datagram = [
    ...networkShort(sourcePort),
    ...networkShort(destinationPort),
    ...networkShort(length),
    0,
    0,
    ...payload,
  ];
  setChecksum(datagram, 6, transportChecksum(ip, datagram) || 0xffff);
  return encodeIp(ip, datagram);
}

/** An ICMP message; `rest` is the second header word, `quoted` what follows. */
export function encodeIcmp(
  ip: IpHeader,
  type: number,
  code: number,
  rest: number,
  quoted: readonly number[],
): Uint8Array {
  return encodeIcmpBytes(ip, [type, code, 0, 0, ...networkLong(rest), ...quoted]);
}

/** An ICMP message from its bytes, whose checksum is set. */
export function encodeIcmpBytes(ip: IpHeader, bytes: readonly number[]): Uint8Array {
  const message = [...bytes];
  setChecksum(message, 2, checksumFold(checksumPartial(Uint8Array.from(message), 0)));
  return encodeIp(ip, message);
}

/** Header and payload of an IPv4 packet. */
export function decodeIp(bytes: Uint8Array): { readonly header: IpHeader; readonly payload: Uint8Array } | undefined {
  const headerLength = ((bytes[0] ?? 0) & 15) * 4;
  const total = readShort(bytes, 2);
  if ((bytes[0] ?? 0) >> 4 !== 4 || headerLength < 20 || total < headerLength || bytes.length < total) {
    return undefined;
  }
  const header = {
    source: readLong(bytes, 12),
    destination: readLong(bytes, 16),
    protocol: bytes[9] ?? 0,
    tos: bytes[1] ?? 0,
  };
  return { header, payload: bytes.slice(headerLength, total) };
}

export function decodeTcp(bytes: Uint8Array): TcpPacket | undefined {
  const ip = decodeIp(bytes);
  const segment = ip?.payload;
  const headerLength = ((segment?.[12] ?? 0) >> 4) * 4;
  if (
    !ip ||
    !segment ||
    ip.header.protocol !== PROTOCOLS.IPPROTO_TCP ||
    headerLength < 20 ||
    segment.length < headerLength
  ) {
    return undefined;
  }
  const bits = segment[13] ?? 0;
  return {
    ip: ip.header,
    sourcePort: readShort(segment, 0),
    destinationPort: readShort(segment, 2),
    sequence: readLong(segment, 4),
    acknowledgment: readLong(segment, 8),
    flags: orderFlags(
      FLAG_BITS.filter(([, bit]) => (bits & bit) !== 0)
        .map(([letter]) => letter)
        .join(''),
    ),
    window: readShort(segment, 14),
    urgent: readShort(segment, 18),
    options: decodeOptions(segment.subarray(20, headerLength)),
    payload: segment.slice(headerLength),
  };
}

function setChecksum(bytes: number[], at: number, checksum: number): void {
  // The sum was made over little-endian words, so its low byte comes first.
  bytes[at] = checksum & 0xff;
  bytes[at + 1] = checksum >>> 8;
}

function transportChecksum(ip: IpHeader, segment: readonly number[]): number {
  const pseudo = [
    ...networkLong(ip.source),
    ...networkLong(ip.destination),
    0,
    ip.protocol,
    ...networkShort(segment.length),
  ];
  return checksumFold(checksumPartial(Uint8Array.from(segment), checksumPartial(Uint8Array.from(pseudo), 0)));
}

function encodeOption(option: TcpOptionPattern): number[] {
  switch (option.kind) {
    case 'eol':
      return [0];
    case 'nop':
      return [1];
    case 'mss':
      return [2, 4, ...networkShort(option.value)];
    case 'wscale':
      return [3, 3, option.value & 0xff];
    case 'sackOK':
      return [4, 2];
    case 'sack':
      return [
        5,
        2 + 8 * option.blocks.length,
        ...option.blocks.flatMap(({ left, right }) => [...networkLong(left), ...networkLong(right)]),
      ];
    case 'TS':
      return [8, 10, ...networkLong(option.value), ...networkLong(option.echo)];
    case 'raw':
      return [option.number & 0xff, 2 + option.bytes.length, ...option.bytes];
  }
}

function decodeOptions(bytes: Uint8Array): TcpOptionPattern[] {
  const options: TcpOptionPattern[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = itemAt(bytes, at);
    if (kind === 0) {
      options.push({ kind: 'eol' });
      break;
    }
    if (kind === 1) {
      options.push({ kind: 'nop' });
      at++;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > bytes.length) {
      break;
    }
    options.push(decodeOption(kind, bytes.subarray(at + 2, at + length)));
    at += length;
  }
  return options;
}

function decodeOption(kind: number, body: Uint8Array): TcpOptionPattern {
  switch (kind) {
    case 2:
      return { kind: 'mss', value: readShort(body, 0) };
    case 3:
      return { kind: 'wscale', value: body[0] ?? 0 };
    case 4:
      return { kind: 'sackOK' };
    case 5:
      return {
        kind: 'sack',
        blocks: Array.from({ length: Math.floor(body.length / 8) }, (_, i) => ({
          left: readLong(body, 8 * i),
          right: readLong(body, 8 * i + 4),
        })),
      };
    case 8:
      return { kind: 'TS', value: readLong(body, 0), echo: readLong(body, 4) };
    default:
      return { kind: 'raw', number: kind, bytes: [...body] };
  }
}
