/**
 * C types as the i386 ABI lays them out (ILP32, little endian, `gcc -m32`): what every later layer asks for size,
 * alignment, signedness and members. Qualifiers do not change layout and are not part of a `CType`; how a type was
 * written (`volatile unsigned char`, `__u32`) is kept as `spelling` where a name was declared.
 *
 * Integer, floating and void types are singletons; record and enum types have identity; pointers, arrays and functions
 * are made by the `TypeTable` of `types.ts`, which gives the same object for the same parts.
 */
import type { Span } from '../source/source-file';

export interface VoidType {
  readonly kind: 'void';
}

/**
 * `_Bool`, `char` … `unsigned long long`. `rank` orders them (C99 6.3.1.1): bool 0, char 1, short 2, int 3, long 4, long
 * long 5.
 */
export interface IntegerType {
  readonly kind: 'integer';
  readonly name: string;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  readonly rank: number;
  /**
   * Width of what a bit-field of more than 32 bits is promoted to, where it is less than that of `size`: only values
   * have such a type, never objects.
   */
  readonly bits?: number;
}

/** `long double` has size 12 as in the ABI, and the value of a double: its upper bytes stay zero. */
export interface FloatingType {
  readonly kind: 'floating';
  readonly name: 'float' | 'double' | 'long double';
  readonly size: 4 | 8 | 12;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly to: CType;
  /**
   * Qualifiers of what is pointed to (bits of `qualifiers.ts`); 0 is left out. Only `_Generic`, spelling and messages
   * look at them.
   */
  readonly qualifiers?: number;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly of: CType;
  /** Undefined for `T a[]` whose length is not known. 0 is GNU C's zero-length array. */
  readonly length: number | undefined;
  /** A row of variable length: the local variable (of `checked.ts`) that holds its bytes. Such types are never shared. */
  readonly sizeIn?: object;
}

export interface Field {
  /** Undefined for unnamed bit-fields and anonymous struct members. */
  readonly name: string | undefined;
  readonly type: CType;
  readonly spelling: string;
  /** Bytes from the start of the record. For a bit-field: of the storage unit that `type` describes. */
  readonly offset: number;
  /** Bit-fields only: position of the lowest bit within the little-endian storage unit at `offset`, and width. */
  readonly bitOffset?: number;
  readonly bitSize?: number;
  /** Bits of `qualifiers.ts`, left out when 0. */
  readonly qualifiers?: number;
  readonly span?: Span;
}

export interface RecordType {
  readonly kind: 'record';
  readonly tag: 'struct' | 'union';
  /** Undefined for an untagged record. */
  readonly name: string | undefined;
  /** Of the definition; while there is none, of the first mention of the tag. */
  span?: Span;
  /** False until the member list was seen; then the rest is valid. */
  complete: boolean;
  /**
   * A member of it makes no sense: then `fields` are those in front of it (all others, of a union), and neither the size
   * nor what lies behind is known. Such a record counts as incomplete.
   */
  damage?: Damage;
  size: number;
  align: number;
  fields: readonly Field[];
  /** GNU C's `transparent_union`: an argument for it may be of the type of any member. */
  transparent?: boolean;
}

/** Why the layout of a record is not known. */
export interface Damage {
  /** The member at fault; undefined when it has no readable name. */
  readonly member: string | undefined;
  /** The record that it is a member of, as written: the record itself or one within it. */
  readonly record: string;
  readonly path: string;
  /** One-based. */
  readonly line: number;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly name: string | undefined;
  readonly span?: Span;
  complete: boolean;
  /** int, or unsigned int when no enumerator is negative (as gcc chooses); the smallest type when it is packed. */
  underlying: IntegerType;
  enumerators: readonly { readonly name: string; readonly value: bigint; readonly span?: Span }[];
}

export interface FunctionType {
  readonly kind: 'function';
  readonly returns: CType;
  /** After adjustment: arrays and functions are pointers. */
  readonly parameters: readonly CType[];
  readonly variadic: boolean;
  /** False for `f()`: arguments are not checked, default promotions apply. */
  readonly prototype: boolean;
}

export type CType =
  VoidType | IntegerType | FloatingType | PointerType | ArrayType | RecordType | EnumType | FunctionType;
