/**
 * Bytes of source files as text, and back.
 *
 * In: the bytes of a file. Out: its text, with one character where its encoding has one, and the name of the encoding;
 * for a piece of the text the bytes it had. UTF-8 is tried first, then GBK (GB 18030), when most of what is not ASCII
 * looks like Chinese; any other file is taken byte by byte, as Latin-1. GBK counts only when every character gives its
 * bytes back, so that nothing a program prints is changed.
 */

export type Encoding = 'utf-8' | 'gbk' | 'latin-1';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** The text of a file; a byte-order mark of UTF-8 is dropped. */
export function decodeSource(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return decodeGbk(bytes) ?? { text: latin1(bytes), encoding: 'latin-1' };
  }
}

/** What `text`, a piece of a file in this encoding, was as bytes. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') {
    return new TextEncoder().encode(text);
  }
  if (encoding === 'latin-1') {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
  }
  const table = gbkBytes();
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    const pair = code < 0x80 ? code : table.get(letter);
    if (pair === undefined) {
      bytes.push(0x3f);
    } else if (pair < 0x100) {
      bytes.push(pair);
    } else {
      bytes.push(pair >> 8, pair & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x4000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x4000)));
  }
  return pieces.join('');
}

function decodeGbk(bytes: Uint8Array): DecodedText | undefined {
  if (!looksChinese(bytes)) {
    return undefined;
  }
  try {
    const text = new TextDecoder('gbk', { fatal: true }).decode(bytes);
    const again = encodeText(text, 'gbk');
    return again.length === bytes.length && again.every((byte, at) => byte === bytes[at])
      ? { text, encoding: 'gbk' }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether most pairs that begin with a byte above 0x80 are those of GB 2312, both bytes above 0xa0: letters of European
 * languages stand alone among ASCII ones.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let both = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) {
      continue;
    }
    const next = bytes[at + 1] ?? 0;
    if (bytes[at]! > 0xa0 && next > 0xa0) {
      both++;
    } else {
      others++;
    }
    at++;
  }
  return both > others;
}

let table: Map<string, number> | undefined;

/** Character → its two bytes, the first one high. */
function gbkBytes(): ReadonlyMap<string, number> {
  if (!table) {
    table = new Map();
    const decoder = new TextDecoder('gbk');
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        const letter = low === 0x7f ? '' : decoder.decode(Uint8Array.of(high, low));
        if ([...letter].length === 1 && letter !== '\ufffd' && !table.has(letter)) {
          table.set(letter, (high << 8) | low);
        }
      }
    }
  }
  return table;
}
