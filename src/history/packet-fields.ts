/**
 * What a packet of the journal has that a question may name: flags, numbers, addresses, ports; of one that went over a
 * device also the way it took.
 *
 * In: the bytes from the IP header on (RFC 791, 793, 768). Out: a number for a name; undefined where the packet has no such
 * field. Addresses are numbers as they are written: 10.0.0.1 is 0x0a000001.
 */
import type { EntryOf } from '../machine/journal-entry';

const flags: Readonly<Record<string, number>> = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 };
const TCP = 6;
const UDP = 17;
const ICMP = 1;

/** Names that {@link headerField} knows. */
export const headerFields: readonly string[] = [
  ...Object.keys(flags),
  ...['tcp', 'udp', 'icmp', 'len', 'ttl', 'src', 'dst', 'sport', 'dport', 'seq', 'ack_seq', 'win', 'data'],
];

/** Names that {@link packetField} knows. */
export const packetFields: readonly string[] = [...headerFields, 'in', 'out', 'lo', 'wire'];

/** A field of a packet that went over a device. */
export function packetField(packet: EntryOf<'packet'>, name: string): number | undefined {
  switch (name) {
    case 'in':
    case 'out':
      return Number(packet.direction === name);
    case 'lo':
    case 'wire':
      return Number(packet.device === name);
    default:
      return headerField(packet, name);
  }
}

/** A field of the headers; `length`: bytes of the whole packet, when `bytes` has fewer. */
export function headerField(
  { bytes, length }: { readonly bytes: Uint8Array; readonly length?: number },
  name: string,
): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const u8 = (at: number): number | undefined => (at < bytes.length ? view.getUint8(at) : undefined);
  const u16 = (at: number): number | undefined => (at + 2 <= bytes.length ? view.getUint16(at) : undefined);
  const u32 = (at: number): number | undefined => (at + 4 <= bytes.length ? view.getUint32(at) : undefined);
  const protocol = u8(9);
  const header = ((u8(0) ?? 0) & 15) * 4;
  const total = length ?? bytes.length;
  const isTcp = protocol === TCP;
  switch (name) {
    case 'tcp':
      return Number(isTcp);
    case 'udp':
      return Number(protocol === UDP);
    case 'icmp':
      return Number(protocol === ICMP);
    case 'len':
      return total;
    case 'ttl':
      return u8(8);
    case 'src':
      return u32(12);
    case 'dst':
      return u32(16);
    case 'sport':
      return isTcp || protocol === UDP ? u16(header) : undefined;
    case 'dport':
      return isTcp || protocol === UDP ? u16(header + 2) : undefined;
    case 'seq':
      return isTcp ? u32(header + 4) : undefined;
    case 'ack_seq':
      return isTcp ? u32(header + 8) : undefined;
    case 'win':
      return isTcp ? u16(header + 14) : undefined;
    case 'data':
      return isTcp
        ? total - header - ((u8(header + 12) ?? 0) >> 4) * 4
        : total - header - (protocol === UDP || protocol === ICMP ? 8 : 0);
    default: {
      const bit = flags[name];
      return bit === undefined || !isTcp ? undefined : Number(((u8(header + 13) ?? 0) & bit) !== 0);
    }
  }
}
