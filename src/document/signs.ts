/**
 * Signs that word processors, web pages and input methods put in place of those of C.
 *
 * In: a UTF-16 unit that is no ASCII. Out: what it stands for in code, and of which kind the mend is.
 */
import type { MendKind } from './document-model';

export interface Sign {
  readonly kind: MendKind;
  /** What it stands for; two signs only where there is room, none for what is left out. */
  readonly text: string;
}

const table = new Map<number, Sign>();

function add(kind: MendKind, text: string, signs: string): void {
  for (const sign of signs) {
    table.set(sign.charCodeAt(0), { kind, text });
  }
}

// Written as escapes: most of them cannot be told apart by eye.
add('dash', '-', '\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63');
add('minus', '-', '\u2212\uff0d');
add('curly-quote', '"', '\u201c\u201d\u201e\u201f\u2033\u301d\u301e');
add('curly-quote', "'", '\u2018\u2019\u201a\u201b\u2032\u00b4');
add('full-stop', ';', '\u3002\uff61');
add('full-width', ',', '\u3001');
add('full-width', '[', '\u3010\u3014');
add('full-width', ']', '\u3011\u3015');
add('full-width', '<', '\u3008');
add('full-width', '>', '\u3009');
add('full-width', '*', '\u00d7\u2217');
add('full-width', '<=', '\u2264\u2a7d');
add('full-width', '>=', '\u2265\u2a7e');
add('full-width', '!=', '\u2260');
add('full-width', '->', '\u2192');
add('wide-space', ' ', '\u3000');
add(
  'no-break-space',
  ' ',
  '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f',
);
add(
  'zero-width',
  '',
  '\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062' +
    '\u2063\u2064\u2066\u2067\u2068\u2069\ufeff',
);

/** What a unit that is no ASCII stands for; undefined for letters of other scripts and all else. */
export function signOf(code: number): Sign | undefined {
  return (
    table.get(code) ??
    (code >= 0xff01 && code <= 0xff5e ? { kind: 'full-width', text: String.fromCharCode(code - 0xfee0) } : undefined)
  );
}

/** Dots that stand for what is left out, besides three full stops; of `。` and `·` several, so `next` is the same. */
export function isEllipsis(code: number, next?: number): boolean {
  const repeated = code === 0x3002 || code === 0xff61 || code === 0xb7 || code === 0x30fb;
  return code === 0x2026 || code === 0x22ef || code === 0x2025 || code === 0x22ee || (repeated && next === code);
}

/** Opening and closing quotes that may begin and end a literal: what closes one. */
export function closingQuotes(code: number): readonly number[] {
  switch (code) {
    case 34:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0xff02:
      return code === 34 ? [34] : [34, 0x201c, 0x201d, 0xff02];
    default:
      return code === 39 ? [39] : [39, 0x2018, 0x2019, 0xff07];
  }
}
