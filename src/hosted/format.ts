/**
 * printf formatting for hosted programs (C99 7.19.6.1), floating point included. In: a format and a source of argument
 * words. Out: the bytes, one UTF-16 unit each.
 */
import type { Memory } from '../machine/memory';

/** Argument words of a variable argument list, in order. */
export type WordSource = () => number;

/** Longest text one call makes; a runaway width cannot fill memory. */
const LIMIT = 1 << 20;
const conversion = /%([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(hh|h|ll|l|L|q|j|z|t)?([diouxXcspnfFeEgGaA%])/g;

interface Spec {
  readonly flags: string;
  readonly width: number;
  /** -1 when not given. */
  readonly precision: number;
  readonly size: string;
  readonly letter: string;
}

export function formatText(memory: Memory, format: string, next: WordSource): string {
  let out = '';
  let at = 0;
  for (const match of format.matchAll(conversion)) {
    out += format.slice(at, match.index);
    at = match.index + match[0].length;
    if (out.length > LIMIT) {
      break;
    }
    out += convertOne(memory, match, next, out.length);
  }
  return (out + format.slice(at)).slice(0, LIMIT);
}

function convertOne(memory: Memory, match: RegExpExecArray, next: WordSource, written: number): string {
  const [text, flagText = '', widthText, precisionText, size = '', letter = ''] = match;
  if (letter === '%') {
    return '%';
  }
  let flags = flagText;
  let width = widthText === '*' ? next() | 0 : Number(widthText ?? 0);
  if (width < 0) {
    flags += '-';
    width = -width;
  }
  const given = text.includes('.');
  const precision = !given ? -1 : precisionText === '*' ? next() | 0 : Number(precisionText ?? 0);
  const spec: Spec = { flags, width: Math.min(width, LIMIT), precision: Math.min(precision, LIMIT), size, letter };
  switch (letter) {
    case 'c':
      return pad(String.fromCharCode(next() & 0xff), spec);
    case 's':
      return pad(stringAt(memory, next(), spec.precision), spec);
    case 'p': {
      const pointer = next();
      return pad(pointer === 0 ? '(nil)' : `0x${pointer.toString(16)}`, spec);
    }
    case 'n':
      storeCount(memory, next(), size, written);
      return '';
    case 'd':
    case 'i':
      return signed(nextInteger(next, size, true), spec);
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return unsigned(nextInteger(next, size, false), spec);
    default:
      return floating(nextDouble(next, size), spec);
  }
}

/** `%n`: as wide as the size says. */
function storeCount(memory: Memory, address: number, size: string, written: number): void {
  switch (size) {
    case 'hh':
      memory.setU8(address, written);
      return;
    case 'h':
      memory.setU16(address, written);
      return;
    case 'll':
    case 'j':
    case 'q':
      memory.setU64(address, BigInt(written));
      return;
    default:
      memory.setU32(address, written);
  }
}

function nextInteger(next: WordSource, size: string, isSigned: boolean): bigint {
  const low = BigInt(next());
  const bits =
    size === 'll' || size === 'q' || size === 'j' || size === 'L' ? 64 : size === 'hh' ? 8 : size === 'h' ? 16 : 32;
  const value = bits === 64 ? low | (BigInt(next()) << 32n) : low;
  return isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

function nextDouble(next: WordSource, size: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, next(), true);
  view.setUint32(4, next(), true);
  if (size === 'L') {
    next(); // a long double takes twelve bytes, its value the first eight
  }
  return view.getFloat64(0, true);
}

function stringAt(memory: Memory, address: number, precision: number): string {
  if (address === 0) {
    return '(null)';
  }
  return memory.cString(address, precision < 0 ? LIMIT : precision);
}

function pad(text: string, { flags, width }: Spec): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

/** Sign, then zeros if asked for, then digits. */
function numeric(sign: string, prefix: string, digits: string, spec: Spec, zeroFill: boolean): string {
  const head = sign + prefix;
  if (zeroFill && spec.flags.includes('0') && !spec.flags.includes('-')) {
    return head + digits.padStart(spec.width - head.length, '0');
  }
  return pad(head + digits, spec);
}

function signOf(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function signed(value: bigint, spec: Spec): string {
  const digits = (value < 0n ? -value : value).toString();
  const exact = value === 0n && spec.precision === 0 ? '' : digits.padStart(Math.max(spec.precision, 0), '0');
  return numeric(signOf(value < 0n, spec.flags), '', exact, spec, spec.precision < 0);
}

function unsigned(value: bigint, spec: Spec): string {
  const radix = spec.letter === 'o' ? 8 : spec.letter === 'u' ? 10 : 16;
  let digits =
    value === 0n && spec.precision === 0 ? '' : value.toString(radix).padStart(Math.max(spec.precision, 0), '0');
  const alternate = spec.flags.includes('#');
  if (alternate && radix === 8 && !digits.startsWith('0')) {
    digits = `0${digits}`;
  }
  const prefix = alternate && radix === 16 && value !== 0n ? '0x' : '';
  const text = numeric('', prefix, digits, spec, spec.precision < 0);
  return spec.letter === 'X' ? text.toUpperCase() : text;
}

function floating(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const sign = signOf(negative, spec.flags);
  const lower = spec.letter.toLowerCase();
  let digits: string;
  const finite = Number.isFinite(size);
  if (Number.isNaN(value)) {
    digits = 'nan';
  } else if (!finite) {
    digits = 'inf';
  } else if (lower === 'f') {
    digits = fixed(size, spec.precision < 0 ? 6 : spec.precision, spec.flags.includes('#'));
  } else if (lower === 'e') {
    digits = exponential(size, spec.precision < 0 ? 6 : spec.precision, spec.flags.includes('#'));
  } else if (lower === 'g') {
    digits = general(size, spec.precision < 0 ? 6 : spec.precision || 1, spec.flags.includes('#'));
  } else {
    digits = hexadecimal(size);
  }
  const text = numeric(sign, '', digits, spec, finite);
  return spec.letter === lower ? text : text.toUpperCase();
}

/** Exact decimal expansion; toFixed alone stops at 1e21 and 100 digits. */
function fixed(value: number, precision: number, keepPoint: boolean): string {
  const places = Math.min(precision, 100);
  const digits =
    value < 1e21
      ? fixedToEven(value, places)
      : `${BigInt(value).toString()}${places > 0 ? `.${'0'.repeat(places)}` : ''}`;
  return digits + '0'.repeat(precision - places) + (keepPoint && precision === 0 ? '.' : '');
}

/**
 * `toFixed` takes the larger of two equally near numbers; C libraries take the even one (IEEE 754 default rounding).
 */
function fixedToEven(value: number, places: number): string {
  const text = value.toFixed(places);
  const tie =
    places <= 40 && value.toFixed(places + 25).slice(text.length + (places === 0 ? 1 : 0)) === `5${'0'.repeat(24)}`;
  if (!tie || Number(text.at(-1)) % 2 === 0) {
    return text;
  }
  // The digit is odd, so one less is the even neighbour; nothing is borrowed.
  return text.slice(0, -1) + String(Number(text.at(-1)) - 1);
}

function exponential(value: number, precision: number, keepPoint: boolean): string {
  const [mantissa = '', exponent = '+0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const power = exponent.slice(1).padStart(2, '0');
  return `${mantissa}${keepPoint && precision === 0 ? '.' : ''}e${exponent.startsWith('-') ? '-' : '+'}${power}`;
}

function general(value: number, precision: number, alternate: boolean): string {
  const power = value === 0 ? 0 : Number(value.toExponential(Math.min(precision - 1, 100)).split('e')[1]);
  const text =
    power < -4 || power >= precision
      ? exponential(value, precision - 1, alternate)
      : fixed(value, precision - 1 - power, alternate);
  if (alternate || !text.includes('.')) {
    return text;
  }
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.replace(/\.?0+$/, '');
  return exponent === undefined ? short : `${short}e${exponent}`;
}

function hexadecimal(value: number): string {
  if (value === 0) {
    return '0x0p+0';
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn) - 1023;
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '');
  return `0x1${fraction ? `.${fraction}` : ''}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}
