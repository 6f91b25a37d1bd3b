/**
 * Fields of an IPv4 header by their names in struct iphdr: written into a packet, or compared with one.
 *
 * In: bytes, numbers in host order. Out: bytes whose header checksum is right unless `check` is among the fields; or the
 * first field that differs. `saddr` and `daddr` go into the checksums of the headers behind, so a packet is built with
 * them; here they are only written.
 */
import { checksumFold, checksumPartial } from '../kernel/checksum';
import { formatInternetAddress, networkLong, networkShort, readLong, readShort } from './byte-order';
import type { IpField, IpFields } from './pkt-ast';

/** Where a field stands: offset and size in bytes; `version` and `ihl` share the first byte. */
const PLACES: { readonly [name in Exclude<IpField, 'version' | 'ihl'>]: readonly [offset: number, size: 1 | 2 | 4] } = {
  tos: [1, 1],
  tot_len: [2, 2],
  id: [4, 2],
  frag_off: [6, 2],
  ttl: [8, 1],
  protocol: [9, 1],
  check: [10, 2],
  saddr: [12, 4],
  daddr: [16, 4],
};
const HEADER_LENGTH = 20;

/** The packet with these fields. An `ihl` above 5 makes room for options, all of them "end of list". */
export function withFields(packet: Uint8Array, fields: IpFields): Uint8Array {
  const options = 4 * Math.max(0, Math.min(fields.ihl ?? 5, 15) - 5);
  const bytes = new Uint8Array(packet.length + options);
  bytes.set(packet.subarray(0, HEADER_LENGTH));
  bytes.set(packet.subarray(HEADER_LENGTH), HEADER_LENGTH + options);
  bytes.set(networkShort(bytes.length), 2);
  bytes[0] = (((fields.version ?? 4) & 15) << 4) | ((fields.ihl ?? 5) & 15);
  const written = Object.entries(PLACES) as [keyof typeof PLACES, readonly [number, 1 | 2 | 4]][];
  for (const [name, [offset, size]] of written) {
    const value = fields[name];
    if (value !== undefined) {
      bytes.set(size === 4 ? networkLong(value) : size === 2 ? networkShort(value) : [value & 0xff], offset);
    }
  }
  if (fields.check === undefined) {
    bytes.set([0, 0], 10);
    const sum = checksumFold(checksumPartial(bytes.slice(0, HEADER_LENGTH + options), 0));
    bytes.set([sum & 0xff, sum >>> 8], 10);
  }
  return bytes;
}

/** The first of these fields that has another value in the packet, with that value. */
export function differentField(
  packet: Uint8Array,
  fields: IpFields,
): { readonly name: IpField; readonly actual: string } | undefined {
  for (const [name, wanted] of Object.entries(fields) as [IpField, number][]) {
    const actual = readField(packet, name);
    if (actual !== wanted) {
      return { name, actual: name === 'saddr' || name === 'daddr' ? formatInternetAddress(actual) : String(actual) };
    }
  }
  return undefined;
}

function readField(packet: Uint8Array, name: IpField): number {
  if (name === 'version' || name === 'ihl') {
    return name === 'version' ? (packet[0] ?? 0) >> 4 : (packet[0] ?? 0) & 15;
  }
  const [offset, size] = PLACES[name];
  return size === 4 ? readLong(packet, offset) : size === 2 ? readShort(packet, offset) : (packet[offset] ?? 0);
}
