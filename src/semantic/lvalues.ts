/**
 * Expressions where a place is needed: the left of an assignment, the operand of `&`, `++`, `--`, and the base of `.`.
 *
 * Old GNU C also takes a comma, conditional or cast expression for a place when its operand is one. They are rewritten
 * with an address: `(a, b)` is `*(a, &b)`, `(c ? a : b)` is `*(c ? &a : &b)`, `(T)x` is `*(T *)&x` where the sizes
 * agree.
 */
import { sentence } from '../sentences/sentence';
import type { Expr, ExprOf } from '../parse/ast';
import type { Span } from '../source/source-file';
import { makeCast } from './casts';
import type { Place, Value } from './checked';
import { makeConditional } from './conditional';
import type { Context, Operand } from './context';
import { condition } from './conversions';
import { comma, convert, trap, truth } from './fold';
import { addressAs, dereference, isBitField, ofPlace, ofValue, operandType, toValue, valueOf } from './places';
import { sizeOf } from './types';

/** Checks an expression, giving a place where the dialect allows one. */
export function operandAsPlace(context: Context, expr: Expr): Operand {
  if (
    context.unit.dialect !== 'gnu89' ||
    (expr.kind !== 'comma' && expr.kind !== 'conditional' && expr.kind !== 'cast')
  ) {
    return context.checker.operand(context, expr);
  }
  if (!context.enter(expr.span)) {
    return ofValue(trap(expr.span, sentence('nested-too-deeply')));
  }
  try {
    return oldPlace(context, expr) ?? context.checker.operand(context, expr);
  } finally {
    context.leave();
  }
}

type Old = Extract<Expr, { kind: 'comma' | 'conditional' | 'cast' }>;

function oldPlace(context: Context, expr: Old): Operand | undefined {
  switch (expr.kind) {
    case 'comma':
      return mayBePlace(expr.right) ? oldComma(context, expr) : undefined;
    case 'conditional':
      return expr.then && mayBePlace(expr.then) && mayBePlace(expr.otherwise)
        ? oldConditional(context, expr.span, expr.condition, expr.then, expr.otherwise)
        : undefined;
    case 'cast':
      return mayBePlace(expr.operand) ? oldCast(context, expr) : undefined;
  }
}

function oldComma(context: Context, expr: ExprOf<'comma'>): Operand {
  const left = valueOf(context, expr.left);
  const right = operandAsPlace(context, expr.right);
  if (left.kind === 'trap') {
    return ofValue(left);
  }
  if (!isAddressable(right)) {
    return ofValue(comma(expr.span, left, toValue(context, right)));
  }
  return ofPlace(dereference(expr.span, comma(expr.span, left, addressOf(context, right.place))), right.qualifiers);
}

function oldConditional(context: Context, span: Span, test: Expr, thenExpr: Expr, otherwiseExpr: Expr): Operand {
  const value = condition(context, valueOf(context, test), test.span);
  const then = operandAsPlace(context, thenExpr);
  const otherwise = operandAsPlace(context, otherwiseExpr);
  const known = truth(value);
  if (known !== undefined && value.kind !== 'trap') {
    const arm = known ? then : otherwise;
    return isAddressable(arm) && sameType(then, otherwise)
      ? arm
      : ofValue(makeConditional(context, span, value, toValue(context, then), toValue(context, otherwise)));
  }
  if (!isAddressable(then) || !isAddressable(otherwise) || !sameType(then, otherwise) || value.kind === 'trap') {
    return ofValue(makeConditional(context, span, value, toValue(context, then), toValue(context, otherwise)));
  }
  const address = addressOf(context, then.place);
  const other = convert(addressOf(context, otherwise.place), address.type);
  const chosen: Value = {
    kind: 'conditional',
    span,
    type: address.type,
    condition: value,
    then: address,
    otherwise: other,
  };
  return ofPlace(dereference(span, chosen), then.qualifiers | otherwise.qualifiers);
}

function oldCast(context: Context, expr: ExprOf<'cast'>): Operand {
  const type = context.checker.resolve(context, expr.type)?.type;
  const operand = operandAsPlace(context, expr.operand);
  if (!type) {
    return ofValue(trap(expr.span, sentence('cast-to-an-unknown-type')));
  }
  if (
    !isAddressable(operand) ||
    type.kind === 'void' ||
    operand.place.type.kind === 'array' ||
    sizeOf(type) !== sizeOf(operand.place.type)
  ) {
    return ofValue(makeCast(context, expr.span, type, toValue(context, operand)));
  }
  const address = convert(addressOf(context, operand.place), context.types.pointer(type));
  return ofPlace(dereference(expr.span, address), operand.qualifiers);
}

type PlaceOperand = Extract<Operand, { kind: 'place' }>;

function isAddressable(operand: Operand): operand is PlaceOperand {
  return operand.kind === 'place' && !isBitField(operand.place);
}

function sameType(a: Operand, b: Operand): boolean {
  return operandType(a) === operandType(b);
}

function addressOf(context: Context, place: Place): Value {
  return addressAs(place, context.types.pointer(place.type));
}

/** A quick look that spares checking an expression twice when it cannot be a place. */
function mayBePlace(expr: Expr): boolean {
  switch (expr.kind) {
    case 'identifier':
    case 'member':
    case 'index':
    case 'comma':
    case 'conditional':
    case 'cast':
    case 'compound-literal':
      return true;
    case 'unary':
      return expr.operator === '*';
    default:
      return false;
  }
}
