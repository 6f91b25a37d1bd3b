/**
 * Places (lvalues): where they are, how they are read and written, bit-fields included.
 */
import { unreachable } from '../base/assert';
import type { Place } from '../semantic/checked';
import type { CType, Field } from '../semantic/ctype';
import type { Span } from '../source/source-file';
import { addOffset, binary, frameAddress, i32, integer, read, symbolAddress } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Access, Expr, Register } from './instructions';
import { bitRange, bytesTouched, readBitsBytewise, writeBitsBytewise, type BitRange } from './lower-bit-fields';
import { narrow } from './lower-conversions';
import { isSafeAddress } from './safe-addresses';
import { accessOf, isUnsigned, kindOf, kindOfAccess, sizeOf, unusedBytes } from './scalar';

/** A place ready for reading and writing. */
export type PlaceRef =
  | { readonly in: 'register'; readonly register: Register; readonly type: CType }
  | {
      readonly in: 'memory';
      readonly address: Expr;
      readonly type: CType;
      readonly site: Span;
      readonly bits?: BitRange;
      /** The address was found to need no check before it was put into a register. */
      readonly safe?: boolean;
    };

/** Computes where a place is; side effects inside it are written to the builder. */
export function lowerPlace(builder: FunctionBuilder, place: Place): PlaceRef {
  const { type, span: site } = place;
  switch (place.kind) {
    case 'local': {
      const home = builder.homeOf(place.variable);
      if ('index' in home) {
        return { in: 'register', register: home, type };
      }
      if ('absolute' in home) {
        return { in: 'memory', address: i32(home.absolute), type, site };
      }
      const address: Expr =
        'argument' in home ? argumentAddress(home.argument, sizeOf(place.variable.type)) : frameAddress(home);
      return { in: 'memory', address, type, site };
    }
    case 'global':
      return { in: 'memory', address: symbolAddress(builder.refer(place.symbol)), type, site };
    case 'dereference':
      return { in: 'memory', address: builder.lowerValue(place.address), type, site };
    case 'member':
      return member(lowerPlaceAddress(builder, place.base), place.field, type, site, sizeOf(place.base.type));
    case 'materialize': {
      const from = builder.lowerRecord(place.value);
      const home = builder.homeOf(place.variable);
      if ('index' in home || 'argument' in home || 'absolute' in home) {
        throw new Error('internal error: a record temporary needs a frame slot');
      }
      builder.emit({
        op: 'copy',
        to: frameAddress(home),
        from,
        size: sizeOf(type),
        safe: isSafeAddress(from, sizeOf(type)),
        site,
      });
      return { in: 'memory', address: frameAddress(home), type, site };
    }
    case 'compound-literal':
      builder.lowerLocalInitializer(place.variable, place.initializer, site);
      return lowerPlace(builder, { kind: 'local', variable: place.variable, type, span: site });
    default:
      return unreachable(place, 'place');
  }
}

function member(base: Expr, field: Field, type: CType, site: Span, recordSize: number): PlaceRef {
  const address = addOffset(base, field.offset);
  if (field.bitSize !== undefined) {
    return { in: 'memory', address, type, site, bits: bitRange(field, recordSize - field.offset) };
  }
  return { in: 'memory', address, type, site };
}

/** Address of a place that lives in memory. */
export function lowerPlaceAddress(builder: FunctionBuilder, place: Place): Expr {
  const ref = lowerPlace(builder, place);
  if (ref.in === 'register') {
    throw new Error('internal error: address of a register variable');
  }
  return ref.address;
}

/** Address of an argument of `size` bytes at `offset` from the frame pointer. */
export function argumentAddress(offset: number, size: number): Expr {
  return { op: 'argument', kind: 'i32', offset, start: offset, end: offset + size };
}

/** The place with its address computed once and held, for read-modify-write. */
export function fixPlace(builder: FunctionBuilder, ref: PlaceRef): PlaceRef {
  return ref.in === 'register' ? ref : { ...ref, address: builder.hold(ref.address), safe: isSafe(ref) };
}

/** Whether the bytes that reading or writing the place touches need no check. */
function isSafe(ref: Extract<PlaceRef, { in: 'memory' }>): boolean {
  return ref.safe ?? isSafeAddress(ref.address, ref.bits?.bytewise ? bytesTouched(ref.bits) : sizeOf(ref.type));
}

function unitAccess(type: CType): Access {
  const access = accessOf(type);
  return access === 'i8' ? 'u8' : access === 'i16' ? 'u16' : access;
}

export function readPlace(ref: PlaceRef): Expr {
  if (ref.in === 'register') {
    return read(ref.register);
  }
  const safe = isSafe(ref);
  if (ref.bits?.bytewise) {
    return readBitsBytewise(ref.address, ref.bits, ref.type, safe, ref.site);
  }
  if (!ref.bits) {
    const access = accessOf(ref.type);
    return { op: 'load', kind: kindOfAccess(access), access, address: ref.address, offset: 0, safe, site: ref.site };
  }
  const access = unitAccess(ref.type);
  const kind = kindOfAccess(access);
  const unit: Expr = { op: 'load', kind, access, address: ref.address, offset: 0, safe, site: ref.site };
  const width = kind === 'i64' ? 64 : 32;
  const up = binary('shl', kind, unit, integer(kind, BigInt(width - ref.bits.offset - ref.bits.size)));
  const signed = !isUnsigned(ref.type) && !(ref.type.kind === 'integer' && ref.type.name === '_Bool');
  return binary(signed ? 'shr_s' : 'shr_u', kind, up, integer(kind, BigInt(width - ref.bits.size)));
}

/** Writes a value of the place's type. */
export function writePlace(builder: FunctionBuilder, ref: PlaceRef, value: Expr): void {
  if (ref.in === 'register') {
    builder.emit({ op: 'set', register: ref.register, value });
    return;
  }
  const safe = isSafe(ref);
  if (!ref.bits) {
    const { site } = ref;
    const unused = unusedBytes(ref.type);
    const address = unused > 0 ? builder.holdUnlessSimple(ref.address) : ref.address;
    builder.emit({ op: 'store', access: accessOf(ref.type), address, offset: 0, value, safe, site });
    if (unused > 0) {
      const offset = sizeOf(ref.type) - unused;
      builder.emit({ op: 'store', access: 'i32', address, offset, value: i32(0), safe, site });
    }
    return;
  }
  if (ref.bits.bytewise) {
    writeBitsBytewise(builder, ref.address, ref.bits, value, safe, ref.site);
    return;
  }
  const access = unitAccess(ref.type);
  const kind = kindOfAccess(access);
  const address = builder.holdUnlessSimple(ref.address);
  const mask = (1n << BigInt(ref.bits.size)) - 1n;
  const old: Expr = { op: 'load', kind, access, address, offset: 0, safe, site: ref.site };
  const kept = binary('and', kind, old, integer(kind, ~(mask << BigInt(ref.bits.offset))));
  const cut = binary('and', kind, value, integer(kind, mask));
  const placed = binary('shl', kind, cut, integer(kind, BigInt(ref.bits.offset)));
  builder.emit({
    op: 'store',
    access,
    address,
    offset: 0,
    value: binary('or', kind, kept, placed),
    safe,
    site: ref.site,
  });
}

/** The value a place holds after `value` was written to it: bit-fields cut it to their width. */
export function asStored(ref: PlaceRef, value: Expr): Expr {
  if (ref.in === 'memory' && ref.bits) {
    const kind = kindOf(ref.type);
    const width = kind === 'i64' ? 64 : 32;
    const up = binary('shl', kind, value, integer(kind, BigInt(width - ref.bits.size)));
    return binary(isUnsigned(ref.type) ? 'shr_u' : 'shr_s', kind, up, integer(kind, BigInt(width - ref.bits.size)));
  }
  return value.kind === 'i32' ? narrow(value, ref.type) : value;
}

/** Zero of a scalar type. */
export function zeroOf(type: CType): Expr {
  const kind = kindOf(type);
  return kind === 'i64' ? integer('i64', 0n) : kind === 'i32' ? i32(0) : { op: 'const', kind, value: 0 };
}
