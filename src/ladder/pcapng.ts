/**
 * Packets as a capture file that Wireshark and tshark open (pcapng, IETF draft-ietf-opsawg-pcapng).
 *
 * In: packets with their time, device and what is to be said of them. Out: the file's bytes: a section, an interface for
 * each device with raw IP packets, a block for each packet with its direction and comment. Numbers are little-endian,
 * times in microseconds.
 */

export interface CapturedPacket {
  /** Microseconds since the machine was switched on. */
  readonly time: number;
  readonly device: string;
  readonly direction: 'in' | 'out';
  /** From the IP header on; possibly only the beginning. */
  readonly bytes: Uint8Array;
  /** Bytes of the whole packet. */
  readonly length: number;
  /** UTF-8 text of any length; what is over 65,535 bytes is cut. */
  readonly comment?: string;
}

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
/** LINKTYPE_RAW: the packet begins with its IP header. */
const RAW_IP = 101;
const OPTION = { end: 0, comment: 1, name: 2, flags: 2, resolution: 9, application: 4 } as const;
const MOST = 65_535;

/** The file of these packets; `application` names who made it. */
export function pcapng(packets: readonly CapturedPacket[], application: string): Uint8Array {
  const devices = [...new Set(packets.map(({ device }) => device))];
  const blocks = [
    block(
      SECTION,
      [...long(BYTE_ORDER), ...short(1), ...short(0), ...Array<number>(8).fill(0xff)],
      [option(OPTION.application, utf8(application))],
    ),
    ...devices.map((device) =>
      block(
        INTERFACE,
        [...short(RAW_IP), ...short(0), ...long(MOST)],
        [option(OPTION.name, utf8(device)), option(OPTION.resolution, [6])],
      ),
    ),
    ...packets.map((packet) => packetBlock(packet, devices.indexOf(packet.device))),
  ];
  const file = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of blocks) {
    file.set(each, at);
    at += each.length;
  }
  return file;
}

function packetBlock({ time, bytes, length, direction, comment }: CapturedPacket, device: number): Uint8Array {
  const head = [
    ...long(device),
    ...long(Math.floor(time / 2 ** 32)),
    ...long(time % 2 ** 32),
    ...long(bytes.length),
    ...long(length),
  ];
  return block(
    ENHANCED_PACKET,
    [...head, ...padded(bytes)],
    [
      ...(comment === undefined ? [] : [option(OPTION.comment, utf8(comment))]),
      option(OPTION.flags, long(direction === 'in' ? 1 : 2)),
    ],
  );
}

/** Type, length, body, options, length again. */
function block(type: number, body: readonly number[], options: readonly (readonly number[])[]): Uint8Array {
  const inside = [...body, ...options.flat(), ...short(OPTION.end), ...short(0)];
  const size = long(inside.length + 12);
  return Uint8Array.from([...long(type), ...size, ...inside, ...size]);
}

function option(code: number, value: readonly number[] | Uint8Array): number[] {
  return [...short(code), ...short(value.length), ...padded(value)];
}

/** Followed by zeros up to a multiple of four. */
function padded(bytes: readonly number[] | Uint8Array): number[] {
  return [...bytes, ...Array<number>(-bytes.length & 3).fill(0)];
}

function utf8(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  let end = Math.min(bytes.length, MOST);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end--;
  }
  return bytes.subarray(0, end);
}

function short(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function long(value: number): number[] {
  const word = value >>> 0;
  return [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
}
