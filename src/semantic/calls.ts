/**
 * Function calls (C99 6.5.2.2), calls of undeclared functions included.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Expr, ExprOf } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { Value } from './checked';
import type { Context, Operand } from './context';
import { compatible } from './compatibility';
import { assignable, isNullConstant, promoteArgument } from './conversions';
import type { CType, FunctionType } from './ctype';
import { failed, ofValue, temporary, valueOf } from './places';
import { trap } from './fold';
import { spellType } from './spelling';
import { declareSymbol } from './symbols';
import { intType, isComplete, isPointerToFunction, isScalar, remedyFor, valueType } from './types';

/** `callee(args…)`. */
export function call(context: Context, expr: ExprOf<'call'>): Operand {
  declareImplicitly(context, expr.callee);
  const callee = valueOf(context, expr.callee);
  const args = expr.args.map((argument) => valueOf(context, argument));
  const bad = callee.kind === 'trap' ? callee : args.find((argument) => argument.kind === 'trap');
  if (bad) {
    return ofValue(bad);
  }
  if (!isPointerToFunction(callee.type)) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('type-cannot-be-called', { type: spellType(callee.type) }),
      sentence('call-a-function-or-a-pointer-to-one'),
    );
  }
  const functionType = callee.type.to;
  const passed = passArguments(context, expr, nameOf(expr.callee), functionType, args);
  if (!Array.isArray(passed)) {
    return ofValue(passed);
  }
  const type = valueType(functionType.returns);
  if (type.kind === 'record' && !isComplete(type)) {
    return failed(
      context,
      'SS3003',
      expr.span,
      sentence('the-call-returns-the-incomplete-type-type', { type: spellType(type) }),
      remedyFor(type, sentence('define-type-first', { type: spellType(type) })),
    );
  }
  return ofValue({ kind: 'call', span: expr.span, type, callee, functionType, args: passed });
}

function nameOf(callee: Expr): string {
  return callee.kind === 'identifier' ? `'${callee.name}'` : 'the function';
}

/** A name that is called and never declared is `int name()`, as in C89. */
function declareImplicitly(context: Context, callee: Expr): void {
  if (callee.kind !== 'identifier' || context.scope.find(callee.name)) {
    return;
  }
  const { name, span } = callee;
  context.reporter.warn(
    span,
    sentence('name-is-called-but-nowhere-declared-taken-as-int', { name }),
    sentence('declare-it-or-include-the-header-that-does'),
    { name },
  );
  const outer = context.scope;
  context.scope = context.unit.fileScope;
  const symbol = declareSymbol(context, {
    name,
    type: context.types.function(intType, [], false, false),
    spelling: 'int ()',
    qualifiers: 0,
    static: false,
    span,
  });
  context.scope = outer;
  context.unit.implicit.add(symbol);
}

function passArguments(
  context: Context,
  expr: ExprOf<'call'>,
  name: string,
  type: FunctionType,
  args: readonly Value[],
): Value[] | Value {
  const { parameters } = type;
  if (type.prototype && (args.length < parameters.length || (args.length > parameters.length && !type.variadic))) {
    return fault(
      context,
      expr.span,
      sentence(
        type.variadic ? 'name-takes-count-or-more-arguments-not-given' : 'name-takes-count-arguments-not-given',
        {
          name,
          count: parameters.length,
          given: args.length,
        },
      ),
    );
  }
  const passed: Value[] = [];
  for (const [index, value] of args.entries()) {
    const declared: CType | undefined = type.prototype ? parameters[index] : undefined;
    const converted = declared
      ? (asMember(context, declared, value) ??
        assignable(
          context,
          value,
          declared,
          value.span,
          sentence('argument-number-of-name', { number: index + 1, name }),
        ))
      : promoteArgument(value);
    if (converted.kind === 'trap') {
      return converted;
    }
    if (converted.type.kind === 'void') {
      return fault(context, value.span, sentence('argument-number-of-name-has-no-value', { number: index + 1, name }));
    }
    passed.push(converted);
  }
  return passed;
}

/** GNU C: an argument for a transparent union is one for the member whose type it has. */
function asMember(context: Context, union: CType, value: Value): Value | undefined {
  if (union.kind !== 'record' || !union.transparent || value.type === union || !context.function) {
    return undefined;
  }
  const field =
    union.fields.find(({ type }) => type === value.type) ??
    union.fields.find(({ type }) => compatible(type, value.type)) ??
    union.fields.find(({ type }) => isScalar(type) && isNullConstant(value) === (type.kind === 'pointer'));
  if (!field) {
    return undefined;
  }
  const { span } = value;
  const converted = assignable(context, value, field.type, span, sentence('member-of-the-union', { name: field.name }));
  const variable = temporary(context, span, '.union', union);
  const initializer = { zero: true, stores: [{ offset: 0, value: converted }] };
  return {
    kind: 'load',
    span,
    type: union,
    place: { kind: 'compound-literal', span, type: union, variable, initializer },
  };
}

function fault(context: Context, span: Span, message: Words): Value {
  context.reporter.error('SS3002', span, message, sentence('pass-what-the-declaration-asks-for'));
  return trap(span, message);
}
