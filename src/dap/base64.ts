/**
 * Base64 (RFC 4648 §4) for DAP's memory requests, with what browsers and Node both have.
 *
 * In: bytes, or text from a client. Out: text, or bytes (undefined when the text is not base64).
 */

/** Bytes as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Bytes of a base64 text, or undefined when it is malformed. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 === 1) {
    return undefined;
  }
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
