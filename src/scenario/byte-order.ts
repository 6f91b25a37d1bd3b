/**
 * Numbers in network byte order (big-endian) and Internet addresses as bytes and as text.
 */

/** Two bytes, most significant first. */
export function networkShort(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

/** Four bytes, most significant first. */
export function networkLong(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

export function readShort(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function readLong(bytes: Uint8Array, at: number): number {
  return ((readShort(bytes, at) << 16) | readShort(bytes, at + 2)) >>> 0;
}

/** Value of a dotted address in host order, or undefined when it is none. */
export function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? readLong(Uint8Array.from(parts), 0) : undefined;
}

export function formatInternetAddress(value: number): string {
  return networkLong(value).join('.');
}

/** Little-endian bytes of 32-bit words, as C sees an `int[]`. */
export function littleWords(values: readonly number[]): number[] {
  return values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]);
}

/** One byte for each UTF-16 unit. */
export function latinBytes(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}

/** The reverse, for showing data: printable ASCII as it is, other bytes as `\xNN`. */
export function showBytes(bytes: Iterable<number>): string {
  let text = '';
  for (const byte of bytes) {
    text +=
      byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}
