/**
 * Bit-fields that no single access of their declared type can reach: in packed records they may start anywhere, cross
 * the end of their storage unit (up to nine bytes for 64 bits), or end so near to the end of the record that the unit
 * would reach beyond it.
 *
 * In: the address of the unit, where in it the bits are. Out: loads and stores of exactly the bytes that hold the bits,
 * as gcc makes them.
 */
import type { CType, Field } from '../semantic/ctype';
import type { Span } from '../source/source-file';
import { addOffset, binary, integer } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Expr } from './instructions';
import { isUnsigned, kindOf, sizeOf } from './scalar';

/** Bits from `offset` upwards, counted from the lowest bit at the address. */
export interface BitRange {
  readonly offset: number;
  readonly size: number;
  /** Whether it has to be read and written byte by byte. */
  readonly bytewise?: true;
}

/** The bits of a field; `room` is how many bytes of its object there are from its offset on. */
export function bitRange(field: Field, room: number): BitRange {
  const offset = field.bitOffset ?? 0;
  const size = field.bitSize ?? 0;
  const unit = sizeOf(field.type);
  return offset + size > unit * 8 || unit > room ? { offset, size, bytewise: true } : { offset, size };
}

/** Bytes from the address on that hold the bits or stand before them. */
export function bytesTouched({ offset, size }: BitRange): number {
  return (offset + size + 7) >> 3;
}

interface Byte {
  readonly address: Expr;
  /** Where its lowest bit goes in the value; negative in the first byte of a field that starts within a byte. */
  readonly position: number;
  /** Its bits that belong to the field. */
  readonly mask: number;
}

function bytesOf(address: Expr, { offset, size }: BitRange): Byte[] {
  const first = offset >> 3;
  const shift = offset & 7;
  const bytes: Byte[] = [];
  for (let at = 0; at * 8 < shift + size; at++) {
    const low = Math.max(0, shift - at * 8);
    const high = Math.min(8, shift + size - at * 8);
    bytes.push({ address: addOffset(address, first + at), position: at * 8 - shift, mask: (1 << high) - (1 << low) });
  }
  return bytes;
}

/** The field's value, of the kind of its type. */
export function readBitsBytewise(address: Expr, bits: BitRange, type: CType, safe: boolean, site: Span): Expr {
  const parts = bytesOf(address, bits).map(({ address: at, position }): Expr => {
    const byte: Expr = {
      op: 'convert',
      kind: 'i64',
      operator: 'extend_u',
      operand: { op: 'load', kind: 'i32', access: 'u8', address: at, offset: 0, safe, site },
    };
    return binary(position < 0 ? 'shr_u' : 'shl', 'i64', byte, integer('i64', BigInt(Math.abs(position))));
  });
  const whole = parts.reduce((left, right) => binary('or', 'i64', left, right));
  const unused = integer('i64', BigInt(64 - bits.size));
  const unsigned = isUnsigned(type) || (type.kind === 'integer' && type.name === '_Bool');
  const value = binary(unsigned ? 'shr_u' : 'shr_s', 'i64', binary('shl', 'i64', whole, unused), unused);
  return kindOf(type) === 'i64' ? value : { op: 'convert', kind: 'i32', operator: 'wrap', operand: value };
}

/** Writes the low bits of `value`; the other bits of the bytes stay. */
export function writeBitsBytewise(
  builder: FunctionBuilder,
  address: Expr,
  bits: BitRange,
  value: Expr,
  safe: boolean,
  site: Span,
): void {
  const base = builder.holdUnlessSimple(address);
  const whole = builder.hold(
    value.kind === 'i64' ? value : { op: 'convert', kind: 'i64', operator: 'extend_u', operand: value },
  );
  for (const { address: at, position, mask } of bytesOf(base, bits)) {
    const moved = binary(position < 0 ? 'shl' : 'shr_u', 'i64', whole, integer('i64', BigInt(Math.abs(position))));
    const part = binary(
      'and',
      'i32',
      { op: 'convert', kind: 'i32', operator: 'wrap', operand: moved },
      integer('i32', BigInt(mask)),
    );
    const old: Expr = { op: 'load', kind: 'i32', access: 'u8', address: at, offset: 0, safe, site };
    const kept = binary('and', 'i32', old, integer('i32', BigInt(0xff & ~mask)));
    builder.emit({
      op: 'store',
      access: 'u8',
      address: at,
      offset: 0,
      value: mask === 0xff ? part : binary('or', 'i32', kept, part),
      safe,
      site,
    });
  }
}
