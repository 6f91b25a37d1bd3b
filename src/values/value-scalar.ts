/**
 * One scalar in memory as one line of text.
 *
 * In: a type, an address, and where in C terms it lies (`ValuePlace`). Out: `{ display, scalar, mark }`: numbers with
 * the name of the constant they stand for, network byte order undone beside the raw number, pointers by what they point
 * to, the slab's fill bytes by name. Raw number first, explanation in parentheses or angle brackets behind it, as C
 * debuggers do.
 */
import { formatAddress } from '../base/bytes';
import type { DebugField, DebugType, TypeId } from '../abi/debug-info';
import { POISON_ALLOC, POISON_FREE } from '../abi/memory-map';
import type { Scalar, ValueMark } from './value-model';
import { globalWord, placeOf, symbolAt, type ByteReader, type ValueContext } from './value-context';
import { ERRNO, KERNEL_ERRNO } from '../abi/linux-errno';
import { HZ } from '../abi/linux-process';
import { sequenceText } from './sequence-start';
import { readInteger } from './scalar-bytes';
import type { ValueFamily } from './value-families';
import { meaningOfField, meaningOfVariable } from './view-facts';
import { quoteText } from './value-text';

/** Where a value lies: a member (`path` is relative to the nearest tagged record), or a variable. */
export interface ValuePlace {
  readonly record?: string;
  readonly path?: string;
  readonly variable?: string;
  readonly bits?: Pick<DebugField, 'bitOffset' | 'bitSize'>;
}

export interface FormattedScalar {
  readonly display: string;
  readonly scalar: Scalar;
  readonly mark?: ValueMark;
  /**
   * In fewer letters: a number by what it stands for, a pointer by the name it leads to, a marked value without the
   * English words for its mark.
   */
  readonly short?: string;
}

type ScalarType = Extract<DebugType, { kind: 'integer' | 'floating' | 'pointer' | 'enum' }>;

/** Kernel ticks a second (include/asm-i386/param.h). */
const STRING_LIMIT = 80;

/** The scalar at `address`. The caller made sure that its bytes exist. */
export function formatScalar(
  context: ValueContext,
  type: ScalarType,
  address: number,
  place: ValuePlace,
): FormattedScalar {
  switch (type.kind) {
    case 'pointer':
      return formatPointer(context, context.memory.u32(address), type.to);
    case 'floating': {
      const value = readFloating(context.memory, address, type.size);
      // Nine digits tell every float from its neighbours.
      const shown = type.size === 4 ? Number(value.toPrecision(9)) : value;
      return { display: Object.is(value, -0) ? '-0' : String(shown), scalar: { kind: 'floating', value } };
    }
    case 'enum': {
      const value = readInteger(context.memory, address, type.size, type.signed, place.bits);
      const constant = type.enumerators.find((each) => BigInt(each.value) === BigInt(value))?.name;
      const scalar: Scalar = { kind: 'integer', value, signed: type.signed, constant };
      const poison = poisonAt(context.memory, address, type.size, place);
      return poison
        ? withPoison(hexadecimal(value), poison, scalar)
        : constant === undefined
          ? { display: String(value), scalar }
          : { display: `${value} (${constant})`, short: constant, scalar };
    }
    case 'integer': {
      const value = readInteger(context.memory, address, type.size, type.signed, place.bits);
      const poison = poisonAt(context.memory, address, type.size, place);
      const { display, constant } =
        formatSequence(context, value, type.size, address, place) ?? formatInteger(context, value, type, place);
      const scalar: Scalar = { kind: 'integer', value, signed: type.signed, constant };
      return poison ? withPoison(hexadecimal(value), poison, scalar) : { display, short: shortOf(display), scalar };
    }
  }
}

/** A pointer value by what it points to. */
function formatPointer(context: ValueContext, value: number, to: TypeId): FormattedScalar {
  if (value === 0) {
    return { display: 'NULL', mark: 'null', scalar: { kind: 'pointer', address: 0 } };
  }
  const text = formatAddress(value);
  const poison = poisonWord(value);
  if (poison) {
    return withPoison(text, poison, { kind: 'pointer', address: value });
  }
  const symbol = symbolAt(context.debug, value);
  const scalar: Scalar = { kind: 'pointer', address: value, symbol };
  const marked = (shown: string, mark: ValueMark, word: string): FormattedScalar => ({
    display: `${shown} (${word})`,
    short: shown,
    mark,
    scalar,
  });
  switch (placeOf(context, value)) {
    case 'function':
      return { display: `${text} <${symbol}>`, short: `${symbol}()`, mark: 'function', scalar };
    case 'freed':
      return marked(text, 'dangling', 'freed');
    case 'null':
    case 'invalid':
    case 'unallocated':
      return marked(text, 'invalid', 'invalid');
    case 'user':
      return marked(`${text}${textBehind(context, value, to)}`, 'user', 'user');
    case 'data':
    case 'heap':
    case 'stack': {
      const behind = textBehind(context, value, to);
      return symbol === undefined
        ? { display: `${text}${behind}`, scalar }
        : { display: `${text} <${symbol}>${behind}`, short: `&${symbol}${behind}`, scalar };
    }
  }
}

/** ` "text"` for a pointer to plain char that points to a printable, terminated string. */
function textBehind(context: ValueContext, value: number, to: TypeId): string {
  const type = context.debug.types[to];
  if (type?.kind !== 'integer' || type.size !== 1 || !/^(const )?char$/.test(type.name)) {
    return '';
  }
  const bytes: number[] = [];
  for (let at = value; bytes.length < STRING_LIMIT && context.memory.contains(at, 1); at++) {
    const byte = context.memory.u8(at);
    if (byte === 0) {
      break;
    }
    bytes.push(byte);
  }
  const text = quoteText(bytes);
  return text === undefined || bytes.length === 0 ? '' : ` ${text}${bytes.length === STRING_LIMIT ? '…' : ''}`;
}

/** How a number is shown, and the constant that it stands for. */
interface Explained {
  readonly display: string;
  readonly constant?: string;
}

/** A number by what it stands for alone, where that says all: what is counted from somewhere does not. */
function shortOf(display: string): string | undefined {
  const [, meaning] = /^\S+ \((.+)\)$/.exec(display) ?? [];
  return meaning?.startsWith('ISS+') || meaning?.startsWith('IRS+') ? undefined : meaning;
}

/** A sequence number with its distance from the initial one, where that is known. */
function formatSequence(
  context: ValueContext,
  value: number | bigint,
  size: number,
  address: number,
  { record, path }: ValuePlace,
): Explained | undefined {
  const family = record === undefined || path === undefined ? undefined : meaningOfField(context, record, path);
  if (family?.kind !== 'sequence' || size !== 4 || record === undefined || path === undefined) {
    return undefined;
  }
  const text = sequenceText(context, family.side, { record, path, address }, Number(value));
  return text === undefined ? undefined : { display: `${value} (${text})` };
}

function formatInteger(
  context: ValueContext,
  value: number | bigint,
  type: Extract<DebugType, { kind: 'integer' }>,
  place: ValuePlace,
): Explained {
  if (typeof value === 'bigint') {
    return { display: value.toString() };
  }
  const family =
    place.record !== undefined && place.path !== undefined
      ? meaningOfField(context, place.record, place.path)
      : place.variable === undefined
        ? undefined
        : meaningOfVariable(context, place.variable);
  const explained = family && explain(context, family, value, type.size);
  if (explained !== undefined) {
    return typeof explained === 'string' ? { display: explained } : explained;
  }
  const plainChar = type.size === 1 && type.name === 'char' && place.bits?.bitSize === undefined;
  return {
    display: plainChar && value >= 0x20 && value < 0x7f ? `${value} '${String.fromCharCode(value)}'` : String(value),
  };
}

function explain(
  context: ValueContext,
  family: ValueFamily,
  value: number,
  size: number,
): Explained | string | undefined {
  switch (family.kind) {
    case 'values': {
      const name = Object.entries(family.names).find(
        ([each, number]) => constant(context, each, number) === value,
      )?.[0];
      return name === undefined ? undefined : { display: `${value} (${name})`, constant: name };
    }
    case 'flags':
      return family.network === true
        ? networkFlags(context, family, value, size)
        : explainFlags(context, family, value);
    case 'negative-errno':
      return value < 0 ? explain(context, { kind: 'errno' }, value, size) : undefined;
    case 'errno': {
      const name = errnoName(context, Math.abs(value));
      return name === undefined
        ? undefined
        : { display: `${value} (${value < 0 ? '-' : ''}${name})`, constant: `${value < 0 ? '-' : ''}${name}` };
    }
    case 'port':
      return value === 0 || size > 4 ? undefined : `0x${hex(value & 0xffff, 4)} (${swap16(value)})`;
    case 'ipv4':
      return value === 0 ? '0 (0.0.0.0)' : `${formatAddress(value)} (${formatIpv4(value)})`;
    case 'network-order':
      return size === 2 ? `0x${hex(value, 4)} (${swap16(value)})` : `${formatAddress(value)} (${swap32(value)})`;
    case 'duration':
      return value === 0 ? undefined : `${value} (${formatSeconds(value)})`;
    case 'sequence':
      return undefined; // depends on where it is: see formatSequence
    case 'jiffies': {
      const now = globalWord(context, 'jiffies');
      if (now === undefined || value === 0) {
        return undefined;
      }
      // Signed difference survives the wrap-around of jiffies.
      const left = (value - now) | 0;
      return `${value} (${left < 0 ? '−' : '+'}${formatSeconds(Math.abs(left))})`;
    }
  }
}

/** Bits in network byte order: `0x0040 (IP_DF)`. */
function networkFlags(
  context: ValueContext,
  { names }: Extract<ValueFamily, { kind: 'flags' }>,
  value: number,
  size: number,
): string | undefined {
  const swapped = size === 2 ? swap16(value) : swap32(value);
  const explained = explainFlags(context, { kind: 'flags', names }, swapped);
  const shown = explained === undefined ? String(swapped) : explained.slice(explained.indexOf('(') + 1, -1);
  return value === 0 ? undefined : `0x${hex(value, 2 * size)} (${shown})`;
}

function explainFlags(
  context: ValueContext,
  family: Extract<ValueFamily, { kind: 'flags' }>,
  value: number,
): string | undefined {
  if (value === 0) {
    return family.zero === undefined ? undefined : `0 (${family.zero})`;
  }
  const set: string[] = [];
  let rest = value;
  for (const [name, fallback] of Object.entries(family.names)) {
    const bit = constant(context, name, fallback);
    if (bit !== 0 && (rest & bit) === bit) {
      set.push(name);
      rest &= ~bit;
    }
  }
  if (set.length === 0) {
    return undefined;
  }
  return `0x${(value >>> 0).toString(16)} (${[...set, ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`])].join(' | ')})`;
}

/** The program's own value of a constant, or the table's. */
function constant(context: ValueContext, name: string, fallback: number): number {
  const { constants } = context.debug;
  return (Object.hasOwn(constants, name) ? constants[name] : undefined) ?? fallback;
}

const ERROR_NAMES: readonly (readonly [name: string, value: number])[] = Object.entries({ ...ERRNO, ...KERNEL_ERRNO });

/** `ENOBUFS` for 105. */
function errnoName(context: ValueContext, value: number): string | undefined {
  return ERROR_NAMES.find(([name, number]) => constant(context, name, number) === value)?.[0];
}

/** Dotted quad of a 32-bit word that holds an address in network byte order. */
export function formatIpv4(word: number): string {
  return [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24].join('.');
}

export function swap16(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

function swap32(value: number): number {
  return ((swap16(value & 0xffff) << 16) | swap16(value >>> 16)) >>> 0;
}

function formatSeconds(ticks: number): string {
  return `${(ticks / HZ).toFixed(2)} s`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function readFloating(memory: ByteReader, address: number, size: number): number {
  const bytes = memory.read(address, Math.min(size, 8));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // `long double` occupies 12 bytes and holds a double (src/semantic/ctype.ts).
  return size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

type Poison = 'freed' | 'uninitialised';

function poisonWord(value: number): Poison | undefined {
  if (value === Math.imul(POISON_FREE, 0x01010101) >>> 0) {
    return 'freed';
  }
  return value === Math.imul(POISON_ALLOC, 0x01010101) >>> 0 ? 'uninitialised' : undefined;
}

/**
 * Fill bytes: the value's own, and for values smaller than a word the whole aligned word around it, so that 90 stays 90.
 */
function poisonAt(memory: ByteReader, address: number, size: number, place: ValuePlace): Poison | undefined {
  if (place.bits?.bitSize !== undefined && size < 4) {
    return undefined;
  }
  const word = address & ~3;
  return memory.contains(word, 4) ? poisonWord(memory.u32(word)) : undefined;
}

function hexadecimal(value: number | bigint): string {
  return `0x${typeof value === 'bigint' ? BigInt.asUintN(64, value).toString(16) : (value < 0 ? value >>> 0 : value).toString(16)}`;
}

function withPoison(text: string, poison: Poison, scalar: Scalar): FormattedScalar {
  return {
    display: `${text} (${poison === 'freed' ? 'freed memory' : 'uninitialised'})`,
    short: text,
    mark: poison,
    scalar,
  };
}

/** Whether a type is one line's worth of value. */
export function isScalar(type: DebugType): type is ScalarType {
  return type.kind === 'integer' || type.kind === 'floating' || type.kind === 'pointer' || type.kind === 'enum';
}
