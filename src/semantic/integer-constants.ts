/**
 * Integer constant expressions where C demands one: array sizes, bit-field widths, enumerators, case labels,
 * designators.
 */
import { sentence, type Told } from '../sentences/sentence';
import type { Expr } from '../parse/ast';
import type { Context } from './context';
import type { IntegerType } from './ctype';
import { toValue } from './places';

export interface IntegerResult {
  readonly value: bigint;
  readonly type: IntegerType;
}

/** The constant an expression amounts to, or undefined with a diagnostic. `what` names the place for the message. */
export function integerConstant(context: Context, expr: Expr, what: Told): IntegerResult | undefined {
  const value = toValue(context, context.checker.operand(context, expr));
  if (value.kind === 'integer' && value.type.kind === 'integer') {
    return { value: value.value, type: value.type };
  }
  if (value.kind !== 'trap') {
    context.reporter.error(
      'SS3004',
      expr.span,
      sentence('what-is-not-an-integer-constant', { what }),
      sentence('use-literals-enumerators-sizeof-and-operators-only'),
    );
  }
  return undefined;
}
