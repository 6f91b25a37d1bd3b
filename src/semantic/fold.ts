/**
 * Constant arithmetic, and the constructors of value nodes that use it.
 *
 * In: operands that already have their final types. Out: a value node, or the constant it amounts to. Integers wrap to
 * the width of their type (as gcc's do for unsigned, and as the i386 does for signed ones); floats are rounded to float
 * where the type says so; dividing by a constant zero is left for the machine to fault on. A constant expression
 * therefore simply is a node of kind `integer` or `floating`.
 */
import type { Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { ArithmeticOperator, CompareOperator, Value } from './checked';
import type { CType, IntegerType } from './ctype';
import { boolType, intType, longLongType, unsignedLongLongType, voidType, widthOf } from './types';

export type IntegerConstant = Extract<Value, { kind: 'integer' }>;
export type FloatingConstant = Extract<Value, { kind: 'floating' }>;

/** `value` modulo the width of `type`, in its range. */
export function wrap(type: IntegerType, value: bigint): bigint {
  if (type === boolType) {
    return value === 0n ? 0n : 1n;
  }
  return type.signed ? BigInt.asIntN(widthOf(type), value) : BigInt.asUintN(widthOf(type), value);
}

/** An integer constant, wrapped to its type. */
export function integer(span: Span, type: IntegerType, value: bigint | number): IntegerConstant {
  return { kind: 'integer', span, type, value: wrap(type, BigInt(value)) };
}

/** A pointer constant such as `(char *)16`. */
export function pointerConstant(span: Span, type: CType, value: bigint): IntegerConstant {
  return { kind: 'integer', span, type, value: BigInt.asUintN(32, value) };
}

export function floating(span: Span, type: CType, value: number): FloatingConstant {
  return {
    kind: 'floating',
    span,
    type,
    value: type.kind === 'floating' && type.size === 4 ? Math.fround(value) : value,
  };
}

/** A value that faults when it is evaluated; its diagnostic was given. */
export function trap(span: Span, message: Words, type: CType = intType): Value {
  return { kind: 'trap', span, type, message };
}

/** True or false when a scalar value is constant, undefined otherwise. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === 'integer') {
    return value.value !== 0n;
  }
  if (value.kind === 'floating') {
    return value.value !== 0;
  }
  // The address of an object or function is never null (one computed from a constant address folds to an integer).
  if (
    value.kind === 'function' ||
    (value.kind === 'address' && value.place.kind !== 'dereference' && value.place.kind !== 'member')
  ) {
    const symbol =
      value.kind === 'function' ? value.symbol : value.place.kind === 'global' ? value.place.symbol : undefined;
    return symbol?.weak ? undefined : true;
  }
  return undefined;
}

/** Conversion to `type` (C99 6.3). The caller has made sure that it exists. */
export function convert(value: Value, type: CType): Value {
  if (value.type === type || type.kind === 'record') {
    return value;
  }
  if (value.kind === 'trap') {
    return trap(value.span, value.message, type);
  }
  const { span } = value;
  if (value.kind === 'integer') {
    switch (type.kind) {
      case 'integer':
        return { kind: 'integer', span, type, value: wrap(type, value.value) };
      case 'pointer':
        return pointerConstant(span, type, value.value);
      case 'floating':
        return floating(span, type, Number(value.value));
      default:
        break;
    }
  } else if (value.kind === 'floating') {
    if (type.kind === 'floating') {
      return floating(span, type, value.value);
    }
    if (type.kind === 'integer') {
      return { kind: 'integer', span, type, value: floatToInteger(type, value.value) };
    }
  }
  return { kind: 'convert', span, type, operand: value };
}

/** C99 6.3.1.4; out of range (undefined in C) gives the nearest value of the type, as gcc's folding does. */
function floatToInteger(type: IntegerType, value: number): bigint {
  if (type === boolType) {
    return value === 0 ? 0n : 1n;
  }
  if (Number.isNaN(value)) {
    return 0n;
  }
  const bits = BigInt(type.size * 8);
  const low = type.signed ? -(1n << (bits - 1n)) : 0n;
  const high = type.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (!Number.isFinite(value)) {
    return value < 0 ? low : high;
  }
  const whole = BigInt(Math.trunc(value));
  return whole < low ? low : whole > high ? high : whole;
}

/** `left operator right`, both of type `type` (shifts: `left` is). */
export function arithmetic(span: Span, operator: ArithmeticOperator, left: Value, right: Value, type: CType): Value {
  if (left.kind === 'integer' && right.kind === 'integer' && type.kind === 'integer') {
    const result = integerArithmetic(operator, left.value, right.value, type);
    if (result !== undefined) {
      return integer(span, type, result);
    }
  }
  if (left.kind === 'floating' && right.kind === 'floating') {
    const result = floatingArithmetic(operator, left.value, right.value);
    if (result !== undefined) {
      return floating(span, type, result);
    }
  }
  const shift = operator === '<<' || operator === '>>';
  return inWhole(type, (whole) => ({
    kind: 'arithmetic',
    span,
    type: whole,
    operator,
    left: convert(left, whole),
    right: shift ? right : convert(right, whole),
  }));
}

/**
 * An operation whose result may need more bits than a type of an odd width has is done in a whole type, and cut down.
 */
function inWhole(type: CType, make: (whole: CType) => Value): Value {
  return type.kind === 'integer' && type.bits !== undefined
    ? convert(make(type.signed ? longLongType : unsignedLongLongType), type)
    : make(type);
}

function integerArithmetic(
  operator: ArithmeticOperator,
  left: bigint,
  right: bigint,
  type: IntegerType,
): bigint | undefined {
  const bits = type.size * 8;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? undefined : left / right;
    case '%':
      return right === 0n ? undefined : left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return right < 0n || right >= bits ? undefined : left << right;
    case '>>':
      return right < 0n || right >= bits ? undefined : left >> right;
  }
}

function floatingArithmetic(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return undefined;
  }
}

/** `left operator right` as an int; both have the same type. */
export function compare(span: Span, operator: CompareOperator, left: Value, right: Value): Value {
  if (left.kind === 'integer' && right.kind === 'integer') {
    return integer(span, intType, holds(operator, left.value, right.value) ? 1 : 0);
  }
  if (left.kind === 'floating' && right.kind === 'floating') {
    return integer(span, intType, holds(operator, left.value, right.value) ? 1 : 0);
  }
  return { kind: 'compare', span, type: intType, operator, left, right };
}

/** Whether the comparison holds. */
export function holds<T extends bigint | number>(operator: CompareOperator, left: T, right: T): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

/** `-operand`, promoted already. */
export function negate(span: Span, operand: Value): Value {
  if (operand.kind === 'integer' && operand.type.kind === 'integer') {
    return integer(span, operand.type, -operand.value);
  }
  if (operand.kind === 'floating') {
    return floating(span, operand.type, -operand.value);
  }
  return inWhole(operand.type, (whole) => ({ kind: 'negate', span, type: whole, operand: convert(operand, whole) }));
}

/** `~operand`, promoted already. */
export function complement(span: Span, operand: Value): Value {
  if (operand.kind === 'integer' && operand.type.kind === 'integer') {
    return integer(span, operand.type, ~operand.value);
  }
  return inWhole(operand.type, (whole) => ({
    kind: 'complement',
    span,
    type: whole,
    operand: convert(operand, whole),
  }));
}

/** `!operand` for any scalar. */
export function not(span: Span, operand: Value): Value {
  const known = truth(operand);
  return known === undefined ? { kind: 'not', span, type: intType, operand } : integer(span, intType, known ? 0 : 1);
}

/** `left && right`, `left || right`: an operand that cannot be reached is dropped. */
export function logical(span: Span, kind: 'and' | 'or', left: Value, right: Value): Value {
  const decides = kind === 'or';
  const first = truth(left);
  if (first === decides) {
    return integer(span, intType, decides ? 1 : 0);
  }
  const second = truth(right);
  if (first !== undefined) {
    return second === undefined ? toTruth(span, right) : integer(span, intType, second ? 1 : 0);
  }
  return { kind, span, type: intType, left, right };
}

/** 0 or 1 for any scalar. */
function toTruth(span: Span, value: Value): Value {
  if (value.kind === 'compare' || value.kind === 'not' || value.kind === 'and' || value.kind === 'or') {
    return value;
  }
  const zero: Value =
    value.type.kind === 'floating'
      ? floating(span, value.type, 0)
      : { kind: 'integer', span, type: value.type, value: 0n };
  return { kind: 'compare', span, type: intType, operator: '!=', left: value, right: zero };
}

/** `left, right`; the left value is dropped. */
export function comma(span: Span, left: Value, right: Value): Value {
  if (left.kind === 'integer' || left.kind === 'floating') {
    return right;
  }
  return { kind: 'comma', span, type: right.type, left: convert(left, voidType), right };
}

/** `pointer + index × scale`; constants fold. */
export function offset(span: Span, pointer: Value, index: Value, scale: number, bound?: number): Value {
  if (index.kind === 'integer') {
    if (pointer.kind === 'integer') {
      return pointerConstant(span, pointer.type, pointer.value + index.value * BigInt(scale));
    }
    if (index.value === 0n) {
      return pointer;
    }
  }
  const inside = bound === undefined || (index.kind === 'integer' && index.value >= 0n && index.value < bound);
  return { kind: 'offset', span, type: pointer.type, pointer, index, scale, ...(inside ? {} : { bound }) };
}
