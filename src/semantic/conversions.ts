/**
 * Implicit conversions (C99 6.3, 6.5.16.1) with gcc 2.95's leniency.
 *
 * In: values of any type. Out: values of the type asked for, with explicit `convert` nodes. What C forbids and gcc
 * merely warns about (pointers and integers mixed, unrelated pointers) is converted with a warning; what has no meaning
 * is an error and a trap.
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { Value } from './checked';
import type { Context } from './context';
import { compatible } from './compatibility';
import type { CType, FloatingType, IntegerType, PointerType } from './ctype';
import { convert, trap } from './fold';
import { spellType } from './spelling';
import {
  bitsType,
  doubleType,
  intType,
  integerOf,
  isArithmetic,
  isScalar,
  isVoidPointer,
  toUnsigned,
  unsignedIntType,
  widthOf,
} from './types';

/** The width of the bit-field that a value is read from or was just stored to, if any. */
function fieldBits(value: Value): number | undefined {
  switch (value.kind) {
    case 'load':
    case 'assign':
    case 'compound-assign':
    case 'increment':
      return value.place.kind === 'member' ? value.place.field.bitSize : undefined;
    case 'comma':
      return fieldBits(value.right);
    default:
      return undefined;
  }
}

/**
 * Integer promotions (C99 6.3.1.1); other values stay as they are. A bit-field of more than 32 bits has, as in gcc, a
 * type of its own width, so that sums and shifts wrap there.
 */
export function promote(value: Value): Value {
  const { type } = value;
  if (type.kind !== 'integer') {
    return value;
  }
  const bits = fieldBits(value);
  if (bits !== undefined) {
    if (type.size <= 4) {
      return convert(value, bits < 32 || type.signed ? intType : unsignedIntType);
    }
    if (bits > 32) {
      return bits < 64 ? convert(value, bitsType(type.signed, bits)) : value;
    }
    return convert(value, bits < 32 || type.signed ? intType : unsignedIntType);
  }
  return type.rank < intType.rank ? convert(value, intType) : value;
}

/** Default argument promotions (C99 6.5.2.2p6). */
export function promoteArgument(value: Value): Value {
  return value.type.kind === 'floating' && value.type.size === 4 ? convert(value, doubleType) : promote(value);
}

/** The type an argument of this type arrives in when there is no prototype. */
export function promotedArgumentType(type: CType): CType {
  if (type.kind === 'floating') {
    return type.size === 4 ? doubleType : type;
  }
  const integer = integerOf(type);
  return !integer ? type : integer.rank < intType.rank ? intType : integer;
}

/** Common type of two promoted arithmetic operands (C99 6.3.1.8). */
export function commonType(left: CType, right: CType): IntegerType | FloatingType {
  if (left.kind === 'floating' && (right.kind !== 'floating' || left.size >= right.size)) {
    return left;
  }
  if (right.kind === 'floating') {
    return right;
  }
  const a = integerOf(left) ?? intType;
  const b = integerOf(right) ?? intType;
  if (a === b) {
    return a;
  }
  if (a.signed === b.signed) {
    return a.rank >= b.rank ? a : b;
  }
  const [signed, unsigned] = a.signed ? [a, b] : [b, a];
  if (unsigned.rank >= signed.rank) {
    return unsigned;
  }
  return widthOf(signed) > widthOf(unsigned) ? signed : toUnsigned(signed);
}

/** Both operands brought to their common type. */
export function usual(
  left: Value,
  right: Value,
): { readonly left: Value; readonly right: Value; readonly type: IntegerType | FloatingType } {
  const a = promote(left);
  const b = promote(right);
  const type = commonType(a.type, b.type);
  return { left: convert(a, type), right: convert(b, type), type };
}

/** A null pointer constant: an integer constant 0, or such a constant cast to `void *`. */
export function isNullConstant(value: Value): boolean {
  return value.kind === 'integer' && value.value === 0n && (value.type.kind === 'integer' || isVoidPointer(value.type));
}

/** How a conversion came about, for messages: `assignment`, `initialisation`, `argument 2`, `return`. */
export type ConversionPurpose = Told;

/** Conversion as if by assignment to an object of type `target`. */
export function assignable(
  context: Context,
  value: Value,
  target: CType,
  span: Span,
  purpose: ConversionPurpose,
): Value {
  const { type } = value;
  if (type === target) {
    return value;
  }
  if (value.kind === 'trap') {
    return convert(value, target);
  }
  if (isArithmetic(target)) {
    const to = target.kind === 'enum' ? target.underlying : target;
    if (isArithmetic(type)) {
      return convert(value, to);
    }
    if (type.kind === 'pointer' && to.kind === 'integer') {
      if (to.name !== '_Bool') {
        context.reporter.warn(
          span,
          sentence('purpose-makes-an-integer-of-the-pointer-type-type', { purpose, type: spellType(type) }),
          sentence('write-target-in-front-if-it-is-meant', { target: spellType(target) }),
        );
      }
      return convert(value, to);
    }
  }
  if (target.kind === 'pointer' && (type.kind === 'pointer' || type.kind === 'integer')) {
    const remark = remarkOnPointer(value, target, purpose);
    if (remark) {
      context.reporter.warn(
        span,
        remark,
        sentence('write-target-in-front-if-it-is-meant', { target: spellType(target) }),
      );
    }
    return convert(value, target);
  }
  if (target.kind === 'record' && type.kind === 'record' && compatible(type, target)) {
    return value;
  }
  return mismatch(context, value, target, span, purpose);
}

/** What gcc says of a pointer or an integer that becomes a pointer; nothing when that is sound. */
function remarkOnPointer(value: Value, target: PointerType, purpose: ConversionPurpose): Words | undefined {
  const { type } = value;
  if (type.kind !== 'pointer') {
    return isNullConstant(value)
      ? undefined
      : sentence('purpose-makes-a-pointer-of-the-integer-type-type', { purpose, type: spellType(type) });
  }
  const related =
    isVoidPointer(type) || isVoidPointer(target) || compatible(type.to, target.to) || sameBytes(type.to, target.to);
  return related
    ? undefined
    : sentence('purpose-between-unrelated-pointer-types-type-and', {
        purpose,
        type: spellType(type),
        target: spellType(target),
      });
}

function mismatch(context: Context, value: Value, target: CType, span: Span, purpose: ConversionPurpose): Value {
  const message = sentence('purpose-type-cannot-become-target', {
    purpose,
    type: spellType(value.type),
    target: spellType(target),
  });
  context.reporter.error(
    'SS3002',
    span,
    message,
    value.type.kind === 'void'
      ? sentence('use-a-function-that-returns-something')
      : sentence('make-both-sides-the-same-type'),
  );
  return trap(span, message, target);
}

/** Pointers to types that differ in sign only: gcc 2.95 is silent about them by default. */
function sameBytes(a: CType, b: CType): boolean {
  return a.kind === 'integer' && b.kind === 'integer' && toUnsigned(a) === toUnsigned(b);
}

/** Checks that a value can be tested for zero; gives a trap otherwise. */
export function condition(context: Context, value: Value, span: Span): Value {
  if (value.kind === 'trap' || isScalar(value.type)) {
    return value;
  }
  const message = sentence('a-condition-must-be-a-number-or-a-pointer-not-type', { type: spellType(value.type) });
  context.reporter.error('SS3002', span, message, sentence('compare-it-or-test-a-member'));
  return trap(span, message);
}
