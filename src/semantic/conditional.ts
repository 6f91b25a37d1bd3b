/**
 * `c ? a : b` and GNU C's `a ?: b` (C99 6.5.15). A constant condition picks its arm at once, so that the other one's
 * calls are not linked.
 */
import { sentence } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { ExprOf } from '../parse/ast';
import type { Value } from './checked';
import { compatible } from './compatibility';
import type { Context, Operand } from './context';
import { commonType, condition, isNullConstant, promote } from './conversions';
import type { CType } from './ctype';
import { convert, trap, truth } from './fold';
import { ofValue, valueOf } from './places';
import { spellType } from './spelling';
import { isArithmetic, isVoidPointer, voidType } from './types';

/** Checks a conditional expression. */
export function conditional(context: Context, expr: ExprOf<'conditional'>): Operand {
  const test = condition(context, valueOf(context, expr.condition), expr.condition.span);
  const known = truth(test);
  // The arm that is never reached is checked, but must not leave variables or uses behind.
  const then = expr.then && arm(context, expr.then, known === false);
  const otherwise = arm(context, expr.otherwise, known === true);
  return ofValue(makeConditional(context, expr.span, test, then, otherwise));
}

function arm(context: Context, expr: ExprOf<'conditional'>['otherwise'], dead: boolean): Value {
  if (!dead) {
    return valueOf(context, expr);
  }
  context.unevaluated++;
  try {
    return valueOf(context, expr);
  } finally {
    context.unevaluated--;
  }
}

/** Joins the parts; `then` is undefined for `a ?: b`. */
export function makeConditional(
  context: Context,
  span: Span,
  test: Value,
  then: Value | undefined,
  otherwise: Value,
): Value {
  const first = then ?? test;
  if (test.kind === 'trap') {
    return test;
  }
  const known = truth(test);
  const bad =
    first.kind === 'trap' && known !== false
      ? first
      : otherwise.kind === 'trap' && known !== true
        ? otherwise
        : undefined;
  if (bad) {
    return bad;
  }
  if (first.kind === 'trap' || otherwise.kind === 'trap') {
    return first.kind === 'trap' ? otherwise : first;
  }
  const type = resultType(context, span, first, otherwise);
  if (!type) {
    const message = sentence('the-arms-of-have-types-first-and-second-that-do-not', {
      first: spellType(first.type),
      second: spellType(otherwise.type),
    });
    context.reporter.error('SS3002', span, message, sentence('make-both-arms-the-same-type'));
    return trap(span, message);
  }
  if (known !== undefined) {
    return convert(known ? first : otherwise, type);
  }
  if (!then) {
    return {
      kind: 'conditional',
      span,
      type,
      condition: convert(test, type),
      then: undefined,
      otherwise: convert(otherwise, type),
    };
  }
  return {
    kind: 'conditional',
    span,
    type,
    condition: test,
    then: convert(then, type),
    otherwise: convert(otherwise, type),
  };
}

function resultType(context: Context, span: Span, a: Value, b: Value): CType | undefined {
  if (isArithmetic(a.type) && isArithmetic(b.type)) {
    return commonType(promote(a).type, promote(b).type);
  }
  if (a.type.kind === 'void' || b.type.kind === 'void') {
    return voidType;
  }
  if (a.type.kind === 'record' || b.type.kind === 'record') {
    return a.type === b.type ? a.type : undefined;
  }
  return pointerResult(context, span, a, b);
}

function pointerResult(context: Context, span: Span, a: Value, b: Value): CType | undefined {
  if (a.type.kind !== 'pointer' || b.type.kind !== 'pointer') {
    const [pointer, other] = a.type.kind === 'pointer' ? [a, b] : [b, a];
    if (pointer.type.kind !== 'pointer' || other.type.kind !== 'integer') {
      return undefined;
    }
    if (!isNullConstant(other)) {
      context.reporter.warn(
        span,
        sentence('the-arms-of-are-a-pointer-and-an-integer'),
        sentence('cast-one-of-them-if-it-is-meant'),
      );
    }
    return pointer.type;
  }
  if (isNullConstant(a) || isNullConstant(b)) {
    return isNullConstant(a) ? b.type : a.type;
  }
  const qualifiers = (a.type.qualifiers ?? 0) | (b.type.qualifiers ?? 0);
  if (isVoidPointer(a.type) || isVoidPointer(b.type)) {
    return context.types.pointer(voidType, qualifiers);
  }
  if (!compatible(a.type.to, b.type.to)) {
    context.reporter.warn(
      span,
      sentence('the-arms-of-point-to-unrelated-types-first-and', {
        first: spellType(a.type),
        second: spellType(b.type),
      }),
      sentence('cast-one-of-them-if-it-is-meant'),
    );
    return context.types.pointer(voidType, qualifiers);
  }
  return context.types.pointer(a.type.to, qualifiers);
}
