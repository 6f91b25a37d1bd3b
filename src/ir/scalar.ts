/**
 * How C's scalar types are computed with and stored: the one table between C types and wasm values.
 */
import type { CType } from '../semantic/ctype';
import type { Access, Kind } from './instructions';

/** Kind of the wasm value that carries a value of a scalar C type; pointers and enums are i32. */
export function kindOf(type: CType): Kind {
  switch (type.kind) {
    case 'integer':
      return type.size === 8 ? 'i64' : 'i32';
    case 'floating':
      return type.size === 4 ? 'f32' : 'f64';
    default:
      return 'i32';
  }
}

/** How a scalar C type lies in memory. A long double is the double in its first eight bytes. */
export function accessOf(type: CType): Access {
  switch (type.kind) {
    case 'integer':
      switch (type.size) {
        case 1:
          return type.signed ? 'i8' : 'u8';
        case 2:
          return type.signed ? 'i16' : 'u16';
        case 4:
          return 'i32';
        default:
          return 'i64';
      }
    case 'floating':
      return type.size === 4 ? 'f32' : 'f64';
    case 'enum':
      return accessOf(type.underlying);
    default:
      return 'i32';
  }
}

export function kindOfAccess(access: Access): Kind {
  return access === 'i64' || access === 'f32' || access === 'f64' ? access : 'i32';
}

export function accessSize(access: Access): number {
  switch (access) {
    case 'i8':
    case 'u8':
      return 1;
    case 'i16':
    case 'u16':
      return 2;
    case 'i64':
    case 'f64':
      return 8;
    default:
      return 4;
  }
}

export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'void':
    case 'function':
      return 1;
    case 'integer':
    case 'floating':
    case 'record':
      return type.size;
    case 'pointer':
      return 4;
    case 'enum':
      return type.underlying.size;
    case 'array':
      return sizeOf(type.of) * (type.length ?? 0);
  }
}

/** Alignment inside the frame; the ABI's 4 is enough for everything, 8 keeps wide values in one cache line. */
export function slotAlign(type: CType): number {
  return sizeOf(type) >= 8 ? 8 : 4;
}

/** Whether arithmetic on the type is unsigned; pointers are. */
export function isUnsigned(type: CType): boolean {
  switch (type.kind) {
    case 'integer':
      return !type.signed;
    case 'enum':
      return !type.underlying.signed;
    default:
      return type.kind === 'pointer';
  }
}

export function isScalar(type: CType): boolean {
  return type.kind === 'integer' || type.kind === 'floating' || type.kind === 'pointer' || type.kind === 'enum';
}

/** Bytes behind the value of a scalar type: four of a long double. They are written as zero with it. */
export function unusedBytes(type: CType): number {
  return type.kind === 'floating' ? type.size - accessSize(accessOf(type)) : 0;
}
