/**
 * Assignment, compound assignment, `++` and `--` (C99 6.5.16, 6.5.2.4, 6.5.3.1).
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Expr, ExprOf } from '../parse/ast';
import type { ArithmeticOperator, Place, Value } from './checked';
import type { Context, Operand } from './context';
import { assignable, promote, usual } from './conversions';
import type { CType } from './ctype';
import { convert } from './fold';
import { operandAsPlace } from './lvalues';
import { stride } from './operators';
import { failed, ofValue, toValue, valueOf } from './places';
import { CONST } from './qualifiers';
import { spellType } from './spelling';
import { isArithmetic, isComplete, isScalar, valueType } from './types';

/** `target = value` and `target op= value`. */
export function assign(context: Context, expr: ExprOf<'assign'>): Operand {
  const target = targetPlace(context, expr.target);
  const value = valueOf(context, expr.value);
  if (target.kind === 'value') {
    return target;
  }
  if (value.kind === 'trap') {
    return ofValue(value);
  }
  const { place } = target;
  const type = valueType(place.type);
  if (expr.operator === '=') {
    const converted = assignable(context, value, place.type, expr.span, sentence('the-assignment'));
    return ofValue(
      converted.kind === 'trap' ? converted : { kind: 'assign', span: expr.span, type, place, value: converted },
    );
  }
  return compound(context, expr, place, value, expr.operator.slice(0, -1) as ArithmeticOperator);
}

function compound(
  context: Context,
  expr: ExprOf<'assign'>,
  place: Place,
  value: Value,
  operator: ArithmeticOperator,
): Operand {
  const { span } = expr;
  const type = valueType(place.type);
  if (type.kind === 'pointer' && (operator === '+' || operator === '-') && value.type.kind === 'integer') {
    const scale = stride(context, span, type);
    return ofValue(
      typeof scale === 'number'
        ? { kind: 'compound-assign', span, type, operator, place, value: promote(value), computeType: type, scale }
        : scale,
    );
  }
  if (!takes(operator, type) || !takes(operator, value.type)) {
    return failed(
      context,
      'SS3002',
      span,
      sentence('operator-operator-cannot-be-applied-to-left-and', {
        operator: expr.operator,
        left: spellType(place.type),
        right: spellType(value.type),
      }),
      sentence('convert-the-operands-to-types-the-operator-takes'),
    );
  }
  const present: Value = { kind: 'load', span, type, place };
  if (operator === '<<' || operator === '>>') {
    return ofValue({
      kind: 'compound-assign',
      span,
      type,
      operator,
      place,
      value: promote(value),
      computeType: promote(present).type,
    });
  }
  const operands = usual(present, value);
  if ((operator === '/' || operator === '%') && operands.right.kind === 'integer' && operands.right.value === 0n) {
    context.reporter.warn(span, sentence('division-by-zero'), sentence('this-stops-the-machine-when-it-is-reached'));
  }
  return ofValue({
    kind: 'compound-assign',
    span,
    type,
    operator,
    place,
    value: convert(operands.right, operands.type),
    computeType: operands.type,
  });
}

/** Whether an operator has a meaning for a type; those on bits, and `%`, take integers only. */
function takes(operator: ArithmeticOperator, type: CType): boolean {
  return operator === '+' || operator === '-' || operator === '*' || operator === '/'
    ? isArithmetic(type)
    : type.kind === 'integer';
}

/** `++x`, `x++`, `--x`, `x--`. */
export function increment(context: Context, expr: ExprOf<'increment'>): Operand {
  const target = targetPlace(context, expr.operand);
  if (target.kind === 'value') {
    return target;
  }
  const { place } = target;
  const type = valueType(place.type);
  if (!isScalar(type)) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('type-cannot-be-counted-up-or-down', { type: spellType(place.type) }),
      sentence('use-a-number-or-a-pointer'),
    );
  }
  const step = type.kind === 'pointer' ? stride(context, expr.span, type) : 1;
  return ofValue(
    typeof step === 'number'
      ? { kind: 'increment', span: expr.span, type, place, amount: step * expr.delta, prefix: expr.prefix }
      : step,
  );
}

/** The place an assignment stores to; a trap when there is none. */
function targetPlace(context: Context, expr: Expr): Extract<Operand, { kind: 'place' | 'value' }> {
  const operand = operandAsPlace(context, expr);
  if (operand.kind === 'place') {
    const { type } = operand.place;
    if (type.kind === 'array' || type.kind === 'function' || type.kind === 'void') {
      return noPlace(context, expr, sentence('type-cannot-be-assigned-to', { type: spellType(type) }));
    }
    if (operand.qualifiers & CONST) {
      context.reporter.warn(
        expr.span,
        sentence('assignment-to-something-declared-const'),
        sentence('remove-const-or-do-not-write-to-it'),
      );
    }
    // Complains about incomplete records.
    const value = type.kind === 'record' && !isComplete(type) ? toValue(context, operand) : undefined;
    return value?.kind === 'trap' ? { kind: 'value', value } : operand;
  }
  if (operand.kind === 'value' && operand.value.kind === 'trap') {
    return operand;
  }
  return noPlace(context, expr, sentence('the-target-of-an-assignment-must-be'));
}

function noPlace(context: Context, expr: Expr, message: Words): Extract<Operand, { kind: 'value' }> {
  return failed(
    context,
    'SS3002',
    expr.span,
    message,
    sentence('assign-to-something-that-has-a-place-in-memory'),
  ) as Extract<Operand, { kind: 'value' }>;
}
