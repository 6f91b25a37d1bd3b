/**
 * The types of i386 C and the table that makes derived ones.
 *
 * In: parts of a type. Out: one `CType` object per distinct pointer, array and function type, so that most comparisons
 * are object identity. Basic types are constants. Sizes and alignments are those of the System V i386 ABI as gcc applies
 * it: `long long` and `double` are aligned to 4 bytes within records, `long double` takes 12 bytes.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { MissingName } from '../source/diagnostic';
import type {
  ArrayType,
  CType,
  Damage,
  EnumType,
  FloatingType,
  FunctionType,
  IntegerType,
  PointerType,
  RecordType,
  VoidType,
} from './ctype';

function integer(name: string, size: 1 | 2 | 4 | 8, signed: boolean, rank: number): IntegerType {
  return { kind: 'integer', name, size, signed, rank };
}

export const voidType: VoidType = { kind: 'void' };
export const boolType = integer('_Bool', 1, false, 0);
export const charType = integer('char', 1, true, 1);
export const signedCharType = integer('signed char', 1, true, 1);
export const unsignedCharType = integer('unsigned char', 1, false, 1);
export const shortType = integer('short', 2, true, 2);
export const unsignedShortType = integer('unsigned short', 2, false, 2);
export const intType = integer('int', 4, true, 3);
export const unsignedIntType = integer('unsigned int', 4, false, 3);
export const longType = integer('long', 4, true, 4);
export const unsignedLongType = integer('unsigned long', 4, false, 4);
export const longLongType = integer('long long', 8, true, 5);
export const unsignedLongLongType = integer('unsigned long long', 8, false, 5);
export const floatType: FloatingType = { kind: 'floating', name: 'float', size: 4 };
export const doubleType: FloatingType = { kind: 'floating', name: 'double', size: 8 };
export const longDoubleType: FloatingType = { kind: 'floating', name: 'long double', size: 12 };

/** `size_t` and `ptrdiff_t` of i386. */
export const sizeType = unsignedIntType;
export const differenceType = intType;
/** `wchar_t` of i386 Linux. */
export const wideCharType = longType;

const unsignedOf = new Map<IntegerType, IntegerType>([
  [charType, unsignedCharType],
  [signedCharType, unsignedCharType],
  [shortType, unsignedShortType],
  [intType, unsignedIntType],
  [longType, unsignedLongType],
  [longLongType, unsignedLongLongType],
]);

/** The unsigned type of the same rank; the type itself when it is unsigned already. */
export function toUnsigned(type: IntegerType): IntegerType {
  return type.bits === undefined ? (unsignedOf.get(type) ?? type) : bitsType(false, type.bits);
}

const bitsTypes = new Map<number, IntegerType>();

/**
 * The type of a value with more bits than an int and fewer than a long long: gcc computes with bit-fields in their own
 * width.
 */
export function bitsType(signed: boolean, bits: number): IntegerType {
  const key = signed ? bits : -bits;
  let type = bitsTypes.get(key);
  if (!type) {
    const whole = signed ? longLongType : unsignedLongLongType;
    bitsTypes.set(key, (type = { ...whole, rank: longType.rank + bits / 64, bits }));
  }
  return type;
}

export function widthOf(type: IntegerType): number {
  return type.bits ?? type.size * 8;
}

/** Makes derived types; the same parts give the same object for the life of the table. */
export class TypeTable {
  private readonly pointers: Map<CType, PointerType>[] = [];
  private readonly arrays = new Map<CType, Map<number, ArrayType>>();
  private readonly functions = new Map<string, FunctionType>();
  private readonly numbers = new Map<CType, number>();

  /** Pointer to `to`, which is qualified by `qualifiers` (bits of `qualifiers.ts`). */
  pointer(to: CType, qualifiers = 0): PointerType {
    const table = (this.pointers[qualifiers] ??= new Map());
    let type = table.get(to);
    if (!type) {
      type = qualifiers ? { kind: 'pointer', to, qualifiers } : { kind: 'pointer', to };
      table.set(to, type);
    }
    return type;
  }

  /** Array of `length` elements, or of unknown length. */
  array(of: CType, length: number | undefined): ArrayType {
    let lengths = this.arrays.get(of);
    if (!lengths) {
      this.arrays.set(of, (lengths = new Map()));
    }
    const key = length ?? -1;
    let type = lengths.get(key);
    if (!type) {
      lengths.set(key, (type = { kind: 'array', of, length }));
    }
    return type;
  }

  /** Function type; `parameters` are already adjusted (no arrays, no functions). */
  function(returns: CType, parameters: readonly CType[], variadic: boolean, prototype: boolean): FunctionType {
    const key = `${this.number(returns)}(${parameters.map((type) => this.number(type)).join()})${variadic ? 'v' : ''}${prototype ? '' : 'k'}`;
    let type = this.functions.get(key);
    if (!type) {
      this.functions.set(key, (type = { kind: 'function', returns, parameters, variadic, prototype }));
    }
    return type;
  }

  private number(type: CType): number {
    let number = this.numbers.get(type);
    if (number === undefined) {
      this.numbers.set(type, (number = this.numbers.size));
    }
    return number;
  }
}

/**
 * Bytes an object of this type takes; 0 for incomplete types, functions and void (GNU C counts 1 for the last two: see
 * {@link strideOf}).
 */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'integer':
    case 'floating':
      return type.size;
    case 'pointer':
      return 4;
    case 'array':
      return (type.length ?? 0) * sizeOf(type.of);
    case 'record':
      return type.size;
    case 'enum':
      return type.underlying.size;
    case 'void':
    case 'function':
      return 0;
  }
}

/** What pointer arithmetic steps by, and what `sizeof` gives: GNU C counts void and functions as one byte. */
export function strideOf(type: CType): number {
  return type.kind === 'void' || type.kind === 'function' ? 1 : sizeOf(type);
}

/**
 * What `__alignof__` of gcc says on i386: a `double` or `long long` by itself, or in an array, prefers 8; the ABI asks
 * for 4, and members get that.
 */
export function preferredAlignOf(type: CType): number {
  switch (type.kind) {
    case 'array':
      return preferredAlignOf(type.of);
    case 'integer':
    case 'floating':
      return type.size === 8 ? 8 : alignOf(type);
    case 'enum':
      return preferredAlignOf(type.underlying);
    default:
      return alignOf(type);
  }
}

/** Alignment in bytes as a record member (i386: at most 4 for scalars). */
export function alignOf(type: CType): number {
  switch (type.kind) {
    case 'integer':
    case 'floating':
      return Math.min(type.size, 4);
    case 'pointer':
      return 4;
    case 'array':
      return alignOf(type.of);
    case 'record':
      return type.align;
    case 'enum':
      return Math.min(type.underlying.size, 4);
    case 'void':
    case 'function':
      return 1;
  }
}

/** Whether objects of the type can be made: its size is known. */
export function isComplete(type: CType): boolean {
  switch (type.kind) {
    case 'void':
    case 'function':
      return false;
    case 'array':
      return type.length !== undefined && isComplete(type.of);
    case 'record':
      return type.complete && !type.damage;
    case 'enum':
      return type.complete;
    default:
      return true;
  }
}

/** The damage of the record that a type is, or that an array holds. */
export function damageOf(type: CType): Damage | undefined {
  return type.kind === 'array' ? damageOf(type.of) : type.kind === 'record' ? type.damage : undefined;
}

/** What to do about a type that is not complete: the mistake in its definition comes first. */
export function remedyFor(type: CType): Words | undefined;
export function remedyFor(type: CType, otherwise: Words): Words;
export function remedyFor(type: CType, otherwise?: Words): Words | undefined {
  const damage = damageOf(type);
  if (!damage) {
    return otherwise;
  }
  const place = `${damage.path}:${damage.line}`;
  return damage.member === undefined
    ? sentence('first-correct-a-member-of-record-place', { record: damage.record, place })
    : sentence('first-correct-member-member-of-record-place', { member: damage.member, record: damage.record, place });
}

/** What the program would need to have for a type to be complete; undefined when no definition of a tag helps. */
export function missingTag(type: CType): MissingName | undefined {
  const of = type.kind === 'array' ? type.of : type;
  return of.kind === 'record' && !of.complete && of.name !== undefined ? { name: `${of.tag} ${of.name}` } : undefined;
}

/** Integer type of a value of this type: enums give their underlying type; undefined when it is not an integer type. */
export function integerOf(type: CType): IntegerType | undefined {
  if (type.kind === 'integer') {
    return type;
  }
  return type.kind === 'enum' ? type.underlying : undefined;
}

export function isInteger(type: CType): boolean {
  return type.kind === 'integer' || type.kind === 'enum';
}

export function isArithmetic(type: CType): type is IntegerType | EnumType | FloatingType {
  return type.kind === 'integer' || type.kind === 'floating' || type.kind === 'enum';
}

export function isScalar(type: CType): boolean {
  return isArithmetic(type) || type.kind === 'pointer';
}

export function isPointerToFunction(type: CType): type is PointerType & { readonly to: FunctionType } {
  return type.kind === 'pointer' && type.to.kind === 'function';
}

export function isVoidPointer(type: CType): boolean {
  return type.kind === 'pointer' && type.to.kind === 'void';
}

/** The type an rvalue of a place of this type has: enums become integers, all else stays. */
export function valueType(type: CType): CType {
  return type.kind === 'enum' ? type.underlying : type;
}

/** Whether it is an array of a character type, which a string literal can fill. */
export function isCharacterArray(type: CType): type is ArrayType {
  return type.kind === 'array' && type.of.kind === 'integer' && type.of.size === 1 && type.of !== boolType;
}

/** A record whose members are not known yet. */
export function incompleteRecord(
  tag: 'struct' | 'union',
  name: string | undefined,
  span: RecordType['span'],
): RecordType {
  return { kind: 'record', tag, name, span, complete: false, size: 0, align: 1, fields: [] };
}
