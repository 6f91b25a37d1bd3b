/**
 * The kernel's printf formatting (lib/vsprintf.c): flags `-+ #0`, width, precision, `h l ll L Z` sizes, and the
 * conversions `d i u o x X p c s n %`.
 *
 * In: a format and a source of 32-bit argument words. Out: the text, one UTF-16 unit per byte. Bad string pointers give
 * a marked text instead of a failure, so that a log line never stops the machine by itself.
 */
import type { Memory } from '../machine/memory';

/** Where argument words come from: the next word at each call. */
export type WordSource = () => number;

interface Conversion {
  readonly left: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  /** -1 when not given. */
  readonly precision: number;
  readonly size: '' | 'h' | 'hh' | 'l' | 'll';
  readonly letter: string;
}

/** Longest output; a runaway width or string cannot fill memory. */
const LIMIT = 65536;

/** Formats `format` with argument words from `next`. */
export function formatKernelText(memory: Memory, format: string, next: WordSource): string {
  let out = '';
  let at = 0;
  while (at < format.length && out.length < LIMIT) {
    const percent = format.indexOf('%', at);
    if (percent < 0) {
      return out + format.slice(at);
    }
    out += format.slice(at, percent);
    const parsed = parseConversion(format, percent + 1, next);
    if (!parsed) {
      return out + format.slice(percent);
    }
    out += convert(memory, parsed.conversion, next, out.length);
    at = parsed.end;
  }
  return out.slice(0, LIMIT);
}

/** conversion = flags* (digits | "*")? ("." (digits | "*")?)? size? letter */
function parseConversion(
  format: string,
  start: number,
  next: WordSource,
): { conversion: Conversion; end: number } | undefined {
  const match = /^([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(hh|h|ll|l|L|q|Z|z)?(.)/s.exec(format.slice(start, start + 64));
  if (!match) {
    return undefined;
  }
  const [whole, flags = '', widthText, precisionText, sizeText = '', letter = ''] = match;
  const number = (text: string | undefined): number => (text === '*' ? next() | 0 : Number(text ?? 0));
  const width = number(widthText);
  const hasPrecision = /^[-+ #0]*(?:\d+|\*)?\./.test(whole);
  const size =
    sizeText === 'L' || sizeText === 'q'
      ? 'll'
      : sizeText === 'Z' || sizeText === 'z'
        ? 'l'
        : (sizeText as Conversion['size']);
  const conversion: Conversion = {
    left: flags.includes('-') || width < 0,
    plus: flags.includes('+'),
    space: flags.includes(' '),
    alternate: flags.includes('#'),
    zero: flags.includes('0'),
    width: Math.min(Math.abs(width), LIMIT),
    precision: hasPrecision ? number(precisionText) : -1,
    size,
    letter,
  };
  return { conversion, end: start + whole.length };
}

function convert(memory: Memory, conversion: Conversion, next: WordSource, written: number): string {
  switch (conversion.letter) {
    case '%':
      return '%';
    case 'c':
      return pad(String.fromCharCode(next() & 0xff), conversion);
    case 's':
      return pad(stringArgument(memory, next(), conversion.precision), conversion);
    case 'p':
      return pad((next() >>> 0).toString(16).padStart(8, '0'), conversion);
    case 'n': {
      const address = next();
      if (memory.contains(address, 4)) {
        memory.setU32(address, written);
      }
      return '';
    }
    case 'd':
    case 'i':
      return integer(signedArgument(conversion, next), 10, conversion);
    case 'u':
      return integer(unsignedArgument(conversion, next), 10, conversion);
    case 'o':
      return integer(unsignedArgument(conversion, next), 8, conversion);
    case 'x':
    case 'X':
      return integer(unsignedArgument(conversion, next), 16, conversion);
    default:
      return `%${conversion.letter}`;
  }
}

function unsignedArgument({ size }: Conversion, next: WordSource): bigint {
  const low = next() >>> 0;
  switch (size) {
    case 'll':
      return (BigInt(next() >>> 0) << 32n) | BigInt(low);
    case 'h':
      return BigInt(low & 0xffff);
    case 'hh':
      return BigInt(low & 0xff);
    default:
      return BigInt(low);
  }
}

function signedArgument(conversion: Conversion, next: WordSource): bigint {
  const bits = conversion.size === 'll' ? 64 : conversion.size === 'h' ? 16 : conversion.size === 'hh' ? 8 : 32;
  return BigInt.asIntN(bits, unsignedArgument(conversion, next));
}

function integer(value: bigint, base: number, conversion: Conversion): string {
  const negative = value < 0n;
  let digits = (negative ? -value : value).toString(base);
  if (conversion.letter === 'X') {
    digits = digits.toUpperCase();
  }
  if (conversion.precision >= 0) {
    digits =
      conversion.precision === 0 && value === 0n ? '' : digits.padStart(Math.min(conversion.precision, LIMIT), '0');
  }
  const signed = conversion.letter === 'd' || conversion.letter === 'i';
  let prefix = negative ? '-' : signed && conversion.plus ? '+' : signed && conversion.space ? ' ' : '';
  if (conversion.alternate && value !== 0n) {
    prefix = base === 16 ? `0${conversion.letter}` : base === 8 ? '0' : prefix;
  }
  if (conversion.zero && !conversion.left && conversion.precision < 0) {
    digits = digits.padStart(conversion.width - prefix.length, '0');
  }
  return pad(prefix + digits, conversion);
}

function stringArgument(memory: Memory, address: number, precision: number): string {
  if (address < 0x1000) {
    return '<NULL>';
  }
  const limit = precision >= 0 ? precision : LIMIT;
  let text = '';
  for (let at = address; text.length < limit; at++) {
    if (!memory.contains(at, 1)) {
      return `${text}<bad pointer>`;
    }
    const byte = memory.bytes[at]!;
    if (byte === 0) {
      break;
    }
    text += String.fromCharCode(byte);
  }
  return text;
}

function pad(text: string, { left, width }: Conversion): string {
  return left ? text.padEnd(width) : text.padStart(width);
}
