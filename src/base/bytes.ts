/**
 * Helpers for little-endian bytes and for names as the C library writes them in memory.
 */

/** Rounds `value` up to a multiple of `alignment`, which is a power of two. */
export function alignUp(value: number, alignment: number): number {
  return (value + alignment - 1) & -alignment;
}

/** `0x` and eight lower-case hex digits: how every 32-bit address is shown. */
export function formatAddress(address: number): string {
  return `0x${(address >>> 0).toString(16).padStart(8, '0')}`;
}

/** A 16-bit number with its bytes in the other order, as between network and host. */
export function swapShort(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

/** An unsigned 32-bit number with its bytes in the other order. */
export function swapLong(value: number): number {
  return ((swapShort(value) << 16) | swapShort(value >>> 16)) >>> 0;
}

/** 64-bit FNV-1a over the UTF-16 units of `text`, as 16 hex digits: a stable content hash, not a cryptographic one. */
export function contentHash(text: string): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i);
    // Multiply the 64-bit state by the FNV prime 2^40 + 0x1b3, in 16-bit pieces.
    const l0 = (low & 0xffff) * 0x1b3;
    const l1 = (low >>> 16) * 0x1b3 + (l0 >>> 16);
    const h = Math.imul(high, 0x1b3) + (l1 >>> 16) + (low << 8);
    low = ((l1 & 0xffff) << 16) | (l0 & 0xffff);
    high = h | 0;
  }
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
  return hex(high) + hex(low);
}

/** `10.0.0.1` of an Internet address in host byte order. */
export function dottedQuad(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
