/**
 * Bytes as text: when are they a string, and how is it written in C?
 *
 * In: bytes. Out: a quoted string, or undefined when they are not text.
 */

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\' };

/** Quotes printable ASCII (tab, newline and return included); undefined when any other byte is among them. */
export function quoteText(bytes: Iterable<number>): string | undefined {
  let text = '';
  for (const byte of bytes) {
    const escaped = ESCAPES[byte];
    if (escaped === undefined && (byte < 0x20 || byte > 0x7e)) {
      return undefined;
    }
    text += escaped ?? String.fromCharCode(byte);
  }
  return `"${text}"`;
}

/**
 * The text in a char array: up to the first zero. Undefined when what stands before it is not text, or when there is no
 * zero and the array is longer than a word (then it is data).
 */
export function arrayText(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0);
  if (end < 0 && bytes.length > 4) {
    return undefined;
  }
  return quoteText(bytes.subarray(0, end < 0 ? bytes.length : end));
}
