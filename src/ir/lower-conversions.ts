/**
 * Scalar conversions (C99 6.3.1) as IR expressions. An i32 expression that carries a narrower integer always holds it
 * already extended by its sign, so that widening costs nothing.
 */
import type { CType } from '../semantic/ctype';
import { binary, convert, i32, integer, isNonZero, toBoolean } from './builders';
import type { ConvertOp, Expr } from './instructions';
import { isUnsigned, kindOf, sizeOf } from './scalar';

/** Cuts an i32 expression down to an integer type of at most 32 bits. */
export function narrow(value: Expr, type: CType): Expr {
  const size = sizeOf(type);
  if (size >= 4 || value.kind !== 'i32') {
    return value;
  }
  if (type.kind === 'integer' && type.name === '_Bool') {
    return toBoolean(value);
  }
  const unsigned = isUnsigned(type);
  if (value.op === 'const') {
    const number = Number(value.value);
    if (size === 1) {
      return i32(unsigned ? number & 0xff : (number << 24) >> 24);
    }
    return i32(unsigned ? number & 0xffff : (number << 16) >> 16);
  }
  if (
    value.op === 'load' &&
    ((size === 1 && value.access === (unsigned ? 'u8' : 'i8')) ||
      (size === 2 && value.access === (unsigned ? 'u16' : 'i16')))
  ) {
    return value;
  }
  if (unsigned) {
    return binary('and', 'i32', value, i32(size === 1 ? 0xff : 0xffff));
  }
  return convert(size === 1 ? 'extend8_s' : 'extend16_s', 'i32', value);
}

/** Converts a value expression from one scalar type to another. */
export function convertScalar(value: Expr, from: CType, to: CType): Expr {
  const converted = convertWhole(value, from, to);
  return to.kind === 'integer' && to.bits !== undefined ? cutTo(converted, to.bits, to.signed) : converted;
}

/** The low bits of a 64-bit value, extended by its sign. */
function cutTo(value: Expr, bits: number, signed: boolean): Expr {
  if (!signed) {
    return binary('and', 'i64', value, integer('i64', (1n << BigInt(bits)) - 1n));
  }
  const unused = integer('i64', BigInt(64 - bits));
  return binary('shr_s', 'i64', binary('shl', 'i64', value, unused), unused);
}

function convertWhole(value: Expr, from: CType, to: CType): Expr {
  if (to.kind === 'integer' && to.name === '_Bool') {
    return value.kind === 'i32' ? toBoolean(value) : isNonZero(value);
  }
  const target = kindOf(to);
  if (from.kind === 'floating') {
    return to.kind === 'floating' ? convertFloating(value, target) : fromFloating(value, to);
  }
  if (to.kind === 'floating') {
    return toFloating(value, from, target);
  }
  if (target === 'i64') {
    if (value.kind === 'i64') {
      return value;
    }
    if (value.op === 'const') {
      const number = Number(value.value);
      return {
        op: 'const',
        kind: 'i64',
        value: BigInt(isUnsigned(from) && sizeOf(from) === 4 ? number >>> 0 : number),
      };
    }
    return convert(isUnsigned(from) ? 'extend_u' : 'extend_s', 'i64', value);
  }
  let low = value;
  if (value.kind === 'i64') {
    low = value.op === 'const' ? i32(Number(BigInt.asIntN(32, BigInt(value.value)))) : convert('wrap', 'i32', value);
    return narrow(low, to);
  }
  const fits = sizeOf(from) < sizeOf(to) || (sizeOf(from) === sizeOf(to) && isUnsigned(from) === isUnsigned(to));
  // A narrower source that fits keeps its extended form; signed into a wider unsigned of less than 32 bits must be cut.
  const mustCut = sizeOf(to) < 4 && (!fits || (isUnsigned(to) && !isUnsigned(from)));
  return mustCut ? narrow(low, to) : low;
}

function convertFloating(value: Expr, target: Expr['kind']): Expr {
  if (value.kind === target) {
    return value;
  }
  return convert(target === 'f64' ? 'promote' : 'demote', target, value);
}

function fromFloating(value: Expr, to: CType): Expr {
  const source = value.kind === 'f32' ? 'f32' : 'f64';
  if (kindOf(to) === 'i64') {
    return convert(`i64_from_${source}_${isUnsigned(to) ? 'u' : 's'}` as ConvertOp, 'i64', value);
  }
  // Through 64 bits, as the x87 does it: an unsigned target then wraps as on the i386.
  if (isUnsigned(to) && sizeOf(to) === 4) {
    return convert('wrap', 'i32', convert(`i64_from_${source}_s` as ConvertOp, 'i64', value));
  }
  return narrow(convert(`i32_from_${source}_s` as ConvertOp, 'i32', value), to);
}

function toFloating(value: Expr, from: CType, target: Expr['kind']): Expr {
  const source = value.kind === 'i64' ? 'i64' : 'i32';
  const sign = isUnsigned(from) ? 'u' : 's';
  return convert(`${target}_from_${source}_${sign}` as ConvertOp, target, value);
}
