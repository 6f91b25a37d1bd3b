/**
 * Values of constants and string literals (C99 6.4.4, 6.4.5) from their spelling.
 * Characters outside ASCII stand for their UTF-8 bytes, as with GNU C; in a file of another encoding for the bytes that
 * the file has (`withBytes`).
 */
import { encodeText, type Encoding } from '../source/text-encoding';

/**
 * A byte of a literal that is no character of its own: code units of this range, half a surrogate pair, are in no text
 * that was decoded.
 */
const FIRST_BYTE = 0xdc00;

/** The spelling of a literal with the bytes of its file in place of characters; a wide one keeps its characters. */
export function withBytes(text: string, encoding: Encoding): string {
  return text.startsWith('L')
    ? text
    : text.replace(/[^\0-\x7f]+/g, (part) => {
        let bytes = '';
        encodeText(part, encoding).forEach((byte) => (bytes += String.fromCharCode(FIRST_BYTE + byte)));
        return bytes;
      });
}

export interface IntegerLiteral {
  readonly value: bigint;
  readonly decimal: boolean;
  readonly unsigned: boolean;
  readonly long: 0 | 1 | 2;
}

/** An integer constant with its suffix; undefined when the spelling is none. Binary constants (`0b101`) are GNU C. */
export function parseInteger(text: string): IntegerLiteral | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uU]?(?:ll|LL|[lL])?|(?:ll|LL|[lL])[uU]?)$/.exec(text);
  if (!match?.[1]) {
    return undefined;
  }
  const digits = match[1];
  const suffix = (match[2] ?? '').toLowerCase();
  const octal = /^0[0-9]/.test(digits);
  if (octal && /[89]/.test(digits)) {
    return undefined;
  }
  return {
    value: BigInt(octal ? `0o${digits.slice(1)}` : digits),
    decimal: !octal && !/^0[xXbB]/.test(digits) && digits !== '0',
    unsigned: suffix.includes('u'),
    long: suffix.includes('ll') ? 2 : suffix.includes('l') ? 1 : 0,
  };
}

export interface FloatingLiteral {
  readonly value: number;
  readonly suffix: '' | 'f' | 'l';
}

/** A decimal or hexadecimal floating constant; undefined when the spelling is none. */
export function parseFloating(text: string): FloatingLiteral | undefined {
  const decimal = /^((?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)([fFlL]?)$/.exec(text);
  if (decimal?.[1]) {
    return { value: Number(decimal[1]), suffix: suffixOf(decimal[2]) };
  }
  const hex = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)([fFlL]?)$/.exec(text);
  if (!hex || (hex[1] ?? '') + (hex[2] ?? '') === '') {
    return undefined;
  }
  const fraction = hex[2] ?? '';
  const mantissa = Number(BigInt(`0x${hex[1] ?? ''}${fraction}`));
  return { value: mantissa * 2 ** (Number(hex[3]) - 4 * fraction.length), suffix: suffixOf(hex[4]) };
}

function suffixOf(text: string | undefined): '' | 'f' | 'l' {
  const lower = (text ?? '').toLowerCase();
  return lower === 'f' || lower === 'l' ? lower : '';
}

/** What a quoted literal holds: its units (bytes, or 32-bit units when wide), and whether an escape was malformed. */
export interface QuotedLiteral {
  readonly units: readonly number[];
  readonly wide: boolean;
  readonly malformed: boolean;
}

const simpleEscapes: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27 };

/** The contents of a character constant or string literal, quotes and an `L` included in `text`. */
export function parseQuoted(text: string): QuotedLiteral {
  const wide = text.startsWith('L');
  const inner = text.slice(wide ? 2 : 1, -1);
  const units: number[] = [];
  let malformed = false;
  const pushCharacter = (point: number): void => {
    if (point >= FIRST_BYTE && point < FIRST_BYTE + 0x100) {
      units.push(point - FIRST_BYTE);
    } else if (wide || point < 0x80) {
      units.push(point);
    } else if (point < 0x800) {
      units.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    } else if (point < 0x10000) {
      units.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    } else {
      units.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  };
  for (let i = 0; i < inner.length;) {
    if (inner[i] !== '\\') {
      const point = inner.codePointAt(i) ?? 0;
      pushCharacter(point);
      i += point > 0xffff ? 2 : 1;
      continue;
    }
    const rest = inner.slice(i + 1, i + 12);
    const octal = /^[0-7]{1,3}/.exec(rest);
    const hex = /^x([0-9a-fA-F]+)/.exec(inner.slice(i + 1));
    const universal = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (octal) {
      units.push(parseInt(octal[0], 8) & (wide ? -1 : 255));
      i += 1 + octal[0].length;
    } else if (hex?.[1]) {
      units.push(parseInt(hex[1].slice(-8), 16) & (wide ? -1 : 255));
      i += 1 + hex[0].length;
    } else if (universal) {
      pushCharacter(parseInt(universal[1] ?? universal[2] ?? '0', 16));
      i += 1 + universal[0].length;
    } else {
      const letter = rest[0] ?? '';
      malformed ||= /[a-zA-Z0-9]/.test(letter) && !Object.hasOwn(simpleEscapes, letter);
      units.push(simpleEscapes[letter] ?? (letter === '' ? 92 : letter.charCodeAt(0) & 255));
      i += 2;
    }
  }
  return { units, wide, malformed };
}

/**
 * The value of a character constant: type int, several characters packed with the first one highest, a single one
 * sign-extended from `char` as on i386.
 */
export function characterValue(text: string): { value: number; wide: boolean; malformed: boolean } {
  const { units, wide, malformed } = parseQuoted(text);
  if (wide) {
    return { value: (units[0] ?? 0) | 0, wide, malformed: malformed || units.length !== 1 };
  }
  let value = 0;
  for (const unit of units) {
    value = (value << 8) | (unit & 255);
  }
  return { value: units.length === 1 ? (value << 24) >> 24 : value, wide, malformed: malformed || units.length === 0 };
}
