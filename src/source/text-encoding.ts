/**
 * Bytes of source files as text, and back.
 *
 * In: the bytes of a file. Out: its text, with one character where its encoding has one, and the name of the encoding;
 * for a piece of the text the bytes it had. UTF-8 is tried first (UTF-16 where a byte-order mark says so, or zeros in
 * every second byte), then GBK (GB 18030) and Big5, when most of what is not ASCII looks like Chinese; any other file is
 * taken byte by byte, as Latin-1. Of GBK and Big5 the one counts that gives more of the characters that every text has. Both count only when
 * every character gives its bytes back, so that nothing a program prints is changed.
 */

export type Encoding = 'utf-8' | 'gbk' | 'big5' | 'latin-1';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** One for all files: making it takes longer than reading a header. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a file; a byte-order mark of UTF-8 is dropped. */
export function decodeSource(bytes: Uint8Array): DecodedText {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : wideWithoutMark(bytes);
  if (wide !== '') {
    return { text: new TextDecoder(wide).decode(bytes), encoding: 'utf-8' };
  }
  try {
    return { text: utf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    return decodeChinese(bytes) ?? { text: latin1(bytes), encoding: 'latin-1' };
  }
}

/** Of fewer bytes nothing can be told. */
const SHORTEST_WIDE = 32;

/**
 * UTF-16 that no mark tells: at the file's beginning one of two bytes is zero for most letters, at the same of the two
 * places, and what it says has ends of lines and no other control characters.
 */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | '' {
  const length = Math.min(bytes.length, 2000) & ~1;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) {
    zeros[at & 1] = (zeros[at & 1] ?? 0) + (bytes[at] === 0 ? 1 : 0);
  }
  const [even = 0, odd = 0] = zeros;
  if (length < SHORTEST_WIDE || bytes.length % 2 === 1 || Math.min(even, odd) > 0 || Math.max(even, odd) * 8 < length) {
    return '';
  }
  const wide = odd > 0 ? 'utf-16le' : 'utf-16be';
  // Without the last unit, which may be half of a letter.
  const text = new TextDecoder(wide).decode(bytes.subarray(0, length)).slice(0, -1);
  return /[\0-\x08\x0e-\x1f\ufffd]/.test(text) || !text.includes('\n') ? '' : wide;
}

/** What `text`, a piece of a file in this encoding, was as bytes. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') {
    return new TextEncoder().encode(text);
  }
  if (encoding === 'latin-1') {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
  }
  const table = doubleBytes(encoding);
  const bytes = new Uint8Array(2 * text.length);
  let length = 0;
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const pair = code < 0x80 ? code : (table.get(letter) ?? 0x3f);
    if (pair > 0xff) {
      bytes[length++] = pair >> 8;
    }
    bytes[length++] = pair & 0xff;
  }
  return bytes.slice(0, length);
}

/** A character for each byte: what UTF-16 makes of them when each is a unit. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(new Uint16Array(bytes));
}

function decodeChinese(bytes: Uint8Array): DecodedText | undefined {
  const pairs = countPairs(bytes);
  const gbk = 2 * pairs.gb2312 > pairs.all ? decodeDouble(bytes, 'gbk', () => true) : undefined;
  const big5 = 2 * pairs.big5 > pairs.all ? decodeDouble(bytes, 'big5', readsLikeChinese) : undefined;
  return big5 && (!gbk || commonIn(big5.text) > commonIn(gbk.text)) ? big5 : gbk;
}

/** A tenth of what is not ASCII is common: two letters of a European name make some rare character. */
function readsLikeChinese(text: string): boolean {
  let foreign = 0;
  for (let at = 0; at < text.length; at++) {
    foreign += text.charCodeAt(at) > 0x7f ? 1 : 0;
  }
  return commonIn(text) * 10 >= foreign;
}

/** `fits` is asked first: whether the text gives its bytes back takes a table of all characters to know. */
function decodeDouble(
  bytes: Uint8Array,
  encoding: 'gbk' | 'big5',
  fits: (text: string) => boolean,
): DecodedText | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!fits(text)) {
      return undefined;
    }
    const again = encodeText(text, encoding);
    return again.length === bytes.length && again.every((byte, at) => byte === bytes[at])
      ? { text, encoding }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Characters and signs that stand in every Chinese text, in both ways of writing. */
const common = new Set(
  '的是一不在有了我人這这個个中上大來来為为和說说時时到要以於于用會会可也就出年對对過过能他她它们們地得着著那后後自下與与，。、：（）「」；數数據据連连接設设',
);

function commonIn(text: string): number {
  let count = 0;
  for (const letter of text) {
    count += common.has(letter) ? 1 : 0;
  }
  return count;
}

/**
 * Pairs that begin with a byte above 0x7f: those of GB 2312, both bytes above 0xa0, and those of Big5, the second above 0x3f.
 * Of a Chinese text they are most: letters of European languages stand alone among ASCII ones.
 */
function countPairs(bytes: Uint8Array): { readonly all: number; readonly gb2312: number; readonly big5: number } {
  let [all, gb2312, big5] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first > 0x7f) {
      const second = bytes[++at] ?? 0;
      all++;
      gb2312 += first > 0xa0 && second > 0xa0 ? 1 : 0;
      big5 += first > 0xa0 && second > 0x3f ? 1 : 0;
    }
  }
  return { all, gb2312, big5 };
}

const tables = new Map<Encoding, Map<string, number>>();

/** Character → its two bytes, the first one high. */
function doubleBytes(encoding: Encoding): ReadonlyMap<string, number> {
  let table = tables.get(encoding);
  if (!table) {
    table = new Map();
    tables.set(encoding, table);
    const decoder = new TextDecoder(encoding);
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
