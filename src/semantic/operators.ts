/**
 * Unary and binary operators (C99 6.5.3, 6.5.5 to 6.5.14), with GNU C's arithmetic on `void *` and function pointers.
 *
 * Chains that lean to the left (`a + b + c + …`) are walked in a loop, so their length is not bounded by the stack.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { BinaryOperator, Expr, ExprOf } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { ArithmeticOperator, CompareOperator, Value } from './checked';
import { compatible } from './compatibility';
import { maximumChain, tooLongMessage, type Context, type Operand } from './context';
import { condition, isNullConstant, promote, usual } from './conversions';
import type { CType, PointerType } from './ctype';
import { arithmetic, compare, complement, convert, integer, logical, negate, not, offset, trap, truth } from './fold';
import { operandAsPlace } from './lvalues';
import {
  addressAs,
  dereference,
  failed,
  isBitField,
  ofPlace,
  ofValue,
  onePastAllowed,
  toValue,
  valueOf,
} from './places';
import { spellType } from './spelling';
import { rowOffset } from './variable-arrays';
import {
  differenceType,
  intType,
  isArithmetic,
  isComplete,
  isVoidPointer,
  missingTag,
  remedyFor,
  strideOf,
} from './types';

/** `&x`, `*p`, `-x`, `+x`, `~x`, `!x`. */
export function unary(context: Context, expr: ExprOf<'unary'>): Operand {
  if (expr.operator === '&') {
    return addressOf(context, expr);
  }
  const operand = valueOf(context, expr.operand);
  if (operand.kind === 'trap') {
    return ofValue(operand);
  }
  const { span } = expr;
  switch (expr.operator) {
    case '*':
      return operand.type.kind === 'pointer'
        ? ofPlace(dereference(span, operand), operand.type.qualifiers ?? 0)
        : wrongOperand(context, span, '*', operand.type, sentence('put-a-pointer-behind-the-star'));
    case '!': {
      const tested = condition(context, operand, span);
      return ofValue(tested.kind === 'trap' ? tested : not(span, tested));
    }
    case '-':
    case '+': {
      if (!isArithmetic(operand.type)) {
        return wrongOperand(context, span, expr.operator, operand.type, sentence('use-a-number'));
      }
      const value = promote(operand);
      return ofValue(expr.operator === '-' ? negate(span, value) : value);
    }
    case '~':
      return operand.type.kind === 'integer'
        ? ofValue(complement(span, promote(operand)))
        : wrongOperand(context, span, '~', operand.type, sentence('use-an-integer'));
  }
}

function addressOf(context: Context, expr: ExprOf<'unary'>): Operand {
  const operand = operandAsPlace(context, expr.operand);
  if (operand.kind === 'function') {
    return ofValue(toValue(context, operand));
  }
  if (operand.kind === 'value') {
    return operand.value.kind === 'trap'
      ? operand
      : failed(
          context,
          'SS3002',
          expr.span,
          sentence('only-something-that-has-a-place-in-memory-has-an'),
          sentence('store-the-value-in-a-variable-first'),
        );
  }
  const { place, qualifiers } = operand;
  if (isBitField(place)) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('bit-field-field-has-no-address', { field: place.field.name }),
      sentence('copy-it-to-a-variable-first'),
    );
  }
  const address = addressAs(onePastAllowed(place), context.types.pointer(place.type, qualifiers));
  return ofValue(address.span === expr.span ? address : { ...address, span: expr.span });
}

function wrongOperand(context: Context, span: Span, operator: string, type: CType, remedy: Words): Operand {
  return failed(
    context,
    'SS3002',
    span,
    sentence('operator-operator-cannot-be-applied-to-type', { operator, type: spellType(type) }),
    remedy,
  );
}

/** Every binary operator but assignment and comma. */
export function binary(context: Context, expr: ExprOf<'binary'>): Operand {
  const chain: ExprOf<'binary'>[] = [expr];
  let first: Expr = expr.left;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  let value = valueOf(context, first);
  let links = 0;
  for (let node = chain.pop(); node; node = chain.pop()) {
    // What cannot be reached is checked, but its functions are not thereby used.
    const dead =
      (node.operator === '&&' && truth(value) === false) || (node.operator === '||' && truth(value) === true);
    context.unevaluated += dead ? 1 : 0;
    const right = valueOf(context, node.right);
    context.unevaluated -= dead ? 1 : 0;
    value =
      value.kind === 'trap'
        ? value
        : right.kind === 'trap'
          ? right
          : combine(context, node.span, node.operator, value, right);
    links = value.kind === 'integer' || value.kind === 'floating' ? 0 : links + 1;
    if (links > maximumChain) {
      return failed(context, 'SS3008', expr.span, tooLongMessage, sentence('split-the-construct-into-smaller-ones'));
    }
  }
  return ofValue(value);
}

/** Applies a binary operator to two values of any type. */
function combine(context: Context, span: Span, operator: BinaryOperator, left: Value, right: Value): Value {
  switch (operator) {
    case '&&':
    case '||': {
      const a = condition(context, left, left.span);
      const b = condition(context, right, right.span);
      return a.kind === 'trap' ? a : b.kind === 'trap' ? b : logical(span, operator === '&&' ? 'and' : 'or', a, b);
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
    case '==':
    case '!=':
      return comparison(context, span, operator, left, right);
    case '+':
    case '-':
      return left.type.kind === 'pointer' || right.type.kind === 'pointer'
        ? pointerSum(context, span, operator, left, right)
        : numbers(context, span, operator, left, right);
    default:
      return numbers(context, span, operator, left, right);
  }
}

function numbers(context: Context, span: Span, operator: ArithmeticOperator, left: Value, right: Value): Value {
  const integral = operator !== '+' && operator !== '-' && operator !== '*' && operator !== '/';
  if (
    integral
      ? left.type.kind !== 'integer' || right.type.kind !== 'integer'
      : !isArithmetic(left.type) || !isArithmetic(right.type)
  ) {
    return wrongPair(context, span, operator, left, right);
  }
  if (operator === '<<' || operator === '>>') {
    const value = promote(left);
    return arithmetic(span, operator, value, promote(right), value.type);
  }
  const operands = usual(left, right);
  if (
    (operator === '/' || operator === '%') &&
    operands.right.kind === 'integer' &&
    operands.right.value === 0n &&
    context.unevaluated === 0
  ) {
    context.reporter.warn(span, sentence('division-by-zero'), sentence('this-stops-the-machine-when-it-is-reached'));
  }
  return arithmetic(span, operator, operands.left, operands.right, operands.type);
}

function wrongPair(context: Context, span: Span, operator: string, left: Value, right: Value): Value {
  const message = sentence('operator-operator-cannot-be-applied-to-left-and', {
    operator,
    left: spellType(left.type),
    right: spellType(right.type),
  });
  context.reporter.error('SS3002', span, message, sentence('convert-the-operands-to-types-the-operator-takes'));
  return trap(span, message);
}

function pointerSum(context: Context, span: Span, operator: '+' | '-', left: Value, right: Value): Value {
  if (left.type.kind === 'pointer' && right.type.kind === 'pointer') {
    return operator === '-' ? difference(context, span, left, right) : wrongPair(context, span, operator, left, right);
  }
  const swapped = right.type.kind === 'pointer';
  const [pointer, index] = swapped ? [right, left] : [left, right];
  if (index.type.kind !== 'integer' || (swapped && operator === '-')) {
    return wrongPair(context, span, operator, left, right);
  }
  const row = rowOffset(span, pointer, promote(index), operator === '-' ? -1 : 1);
  if (row) {
    return row;
  }
  const scale = stride(context, span, pointer.type as PointerType);
  if (typeof scale !== 'number') {
    return scale;
  }
  return offset(span, pointer, promote(index), operator === '-' ? -scale : scale);
}

/** Bytes a pointer moves by one; a trap when it points to something incomplete. */
export function stride(context: Context, span: Span, type: PointerType): number | Value {
  const { to } = type;
  if (to.kind === 'void' || to.kind === 'function' || isComplete(to)) {
    return strideOf(to);
  }
  const message = sentence('to-is-incomplete-so-a-pointer-to-it-cannot-be-moved', { to: spellType(to) });
  context.reporter.error(
    'SS3003',
    span,
    message,
    remedyFor(to, sentence('define-type-first', { type: spellType(to) })),
    missingTag(to),
  );
  return trap(span, message);
}

function difference(context: Context, span: Span, left: Value, right: Value): Value {
  const scale = stride(context, span, left.type as PointerType);
  if (typeof scale !== 'number') {
    return scale;
  }
  if (!compatible((left.type as PointerType).to, (right.type as PointerType).to)) {
    context.reporter.warn(
      span,
      sentence('difference-of-unrelated-pointer-types-left-and-right', {
        left: spellType(left.type),
        right: spellType(right.type),
      }),
    );
  }
  if (left.kind === 'integer' && right.kind === 'integer' && scale > 0) {
    return integer(span, differenceType, (left.value - right.value) / BigInt(scale));
  }
  return { kind: 'pointer-difference', span, type: differenceType, left, right, scale: Math.max(1, scale) };
}

function comparison(context: Context, span: Span, operator: CompareOperator, left: Value, right: Value): Value {
  if (isArithmetic(left.type) && isArithmetic(right.type)) {
    const operands = usual(left, right);
    return compare(span, operator, operands.left, operands.right);
  }
  const a = left.type.kind === 'pointer' ? left.type : undefined;
  const b = right.type.kind === 'pointer' ? right.type : undefined;
  if (a && b) {
    const related =
      isVoidPointer(a) || isVoidPointer(b) || compatible(a.to, b.to) || isNullConstant(left) || isNullConstant(right);
    if (!related) {
      context.reporter.warn(
        span,
        sentence('comparison-of-unrelated-pointer-types-left-and-right', { left: spellType(a), right: spellType(b) }),
        sentence('cast-one-of-them-if-it-is-meant'),
      );
    }
    return knownAddress(span, operator, left, right) ?? compare(span, operator, left, convert(right, a));
  }
  const [pointer, number] = a ? [a, right] : [b, left];
  if (!pointer || number.type.kind !== 'integer') {
    return wrongPair(context, span, operator, left, right);
  }
  if (!isNullConstant(number)) {
    context.reporter.warn(
      span,
      sentence('comparison-of-a-pointer-and-an-integer'),
      sentence('cast-one-of-them-if-it-is-meant'),
    );
  }
  return (
    knownAddress(span, operator, left, right) ??
    compare(span, operator, convert(left, pointer), convert(right, pointer))
  );
}

/** `&object == 0` and `function != 0` are known at compile time. */
function knownAddress(span: Span, operator: CompareOperator, left: Value, right: Value): Value | undefined {
  if (operator !== '==' && operator !== '!=') {
    return undefined;
  }
  const other = isNullConstant(right) ? left : isNullConstant(left) ? right : undefined;
  const fixed =
    other &&
    ((other.kind === 'address' && (other.place.kind === 'global' || other.place.kind === 'local')) ||
      other.kind === 'function');
  const symbol = other?.kind === 'function' ? other.symbol : undefined;
  const object = other?.kind === 'address' && other.place.kind === 'global' ? other.place.symbol : undefined;
  if (!fixed || symbol?.weak || object?.weak) {
    return undefined;
  }
  return integer(span, intType, operator === '!=' ? 1 : 0);
}
