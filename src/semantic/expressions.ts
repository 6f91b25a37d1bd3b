/**
 * Expressions: names and literals here, everything else handed to the file of its kind.
 *
 * In: a syntax node in a scope. Out: an operand (value, place or function). An expression that does not check is
 * reported once and becomes a trap, which swallows whatever it is part of, up to the statement.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import type { Expr, ExprOf } from '../parse/ast';
import { assign, increment } from './assignments';
import { callBuiltin, isBuiltin, listPlace } from './builtins';
import { call } from './calls';
import { cast, measureExpression, measureType } from './casts';
import { compatible, sameUnqualified } from './compatibility';
import { conditional } from './conditional';
import { maximumChain, tooDeepMessage, tooLongMessage, type Context, type Operand } from './context';
import { comma, integer, pointerConstant, trap } from './fold';
import { characterLiteral, floatingLiteral, functionName, integerLiteral, stringLiteral } from './literals';
import { index, member, offsetOf } from './members';
import { binary, unary } from './operators';
import {
  dereference,
  failed,
  globalPlace,
  localPlace,
  markAddressTaken,
  ofPlace,
  ofValue,
  toValue,
  valueOf,
} from './places';
import { spellType } from './spelling';
import { variableArrayOperand } from './variable-arrays';
import {
  alignOf,
  intType,
  isComplete,
  isScalar,
  preferredAlignOf,
  remedyFor,
  sizeOf,
  valueType,
  voidType,
} from './types';

/** Checks an expression. */
export function checkOperand(context: Context, expr: Expr): Operand {
  if (!context.enter(expr.span)) {
    return ofValue(trap(expr.span, tooDeepMessage));
  }
  try {
    return dispatch(context, expr);
  } finally {
    context.leave();
  }
}

function dispatch(context: Context, expr: Expr): Operand {
  switch (expr.kind) {
    case 'identifier':
      return identifier(context, expr);
    case 'integer':
      return ofValue(integerLiteral(context, expr));
    case 'floating':
      return ofValue(floatingLiteral(expr));
    case 'character':
      return ofValue(characterLiteral(expr));
    case 'string':
      return stringLiteral(context, expr);
    case 'unary':
      return unary(context, expr);
    case 'increment':
      return increment(context, expr);
    case 'binary':
      return binary(context, expr);
    case 'assign':
      return assign(context, expr);
    case 'conditional':
      return conditional(context, expr);
    case 'comma':
      return sequence(context, expr);
    case 'call':
      return callOrBuiltin(context, expr);
    case 'index':
      return index(context, expr);
    case 'member':
      return member(context, expr);
    case 'cast':
      return cast(context, expr);
    case 'sizeof-expression':
      return measureExpression(context, expr.span, expr.operand, 'sizeof');
    case 'sizeof-type':
      return measureType(context, expr.span, expr.type, 'sizeof');
    case 'alignof-expression':
      return measureExpression(context, expr.span, expr.operand, 'alignof');
    case 'alignof-type':
      return measureType(context, expr.span, expr.type, 'alignof', expr.least ? alignOf : preferredAlignOf);
    case 'compound-literal':
      return context.checker.compoundLiteral(context, expr);
    case 'statement-expression':
      return ofValue(context.checker.statementExpression(context, expr));
    case 'offsetof':
      return offsetOf(context, expr);
    case 'va-arg':
      return nextArgument(context, expr);
    case 'label-address':
      return labelAddress(context, expr);
    case 'generic':
      return generic(context, expr);
    case 'types-compatible':
      return typesCompatible(context, expr);
    case 'error':
      return ofValue(trap(expr.span, expr.message));
    default:
      return unreachable(expr, 'expression');
  }
}

function callOrBuiltin(context: Context, expr: ExprOf<'call'>): Operand {
  return expr.callee.kind === 'identifier' && isBuiltin(context, expr.callee.name)
    ? callBuiltin(context, expr, expr.callee.name)
    : call(context, expr);
}

function typesCompatible(context: Context, expr: ExprOf<'types-compatible'>): Operand {
  const a = context.checker.resolve(context, expr.a)?.type;
  const b = context.checker.resolve(context, expr.b)?.type;
  return ofValue(
    a && b ? integer(expr.span, intType, sameUnqualified(a, b) ? 1 : 0) : trap(expr.span, sentence('unknown-type')),
  );
}

function identifier(context: Context, expr: ExprOf<'identifier'>): Operand {
  const { name, span } = expr;
  const entity = context.scope.find(name);
  switch (entity?.kind) {
    case 'local':
      return ofPlace(localPlace(span, entity.variable), entity.variable.qualifiers ?? 0);
    case 'variable-array':
      return variableArrayOperand(context, span, entity.array);
    case 'symbol': {
      const { symbol } = entity;
      context.use(symbol);
      return symbol.kind === 'function'
        ? { kind: 'function', symbol, span }
        : ofPlace(globalPlace(span, symbol), symbol.qualifiers ?? 0);
    }
    case 'enumerator':
      return ofValue(integer(span, entity.type, entity.value));
    case 'unusable':
      return ofValue(trap(span, entity.message));
    case 'typedef':
      return failed(
        context,
        'SS3002',
        span,
        sentence('name-is-a-type-not-a-value', { name }),
        sentence('name-a-variable-or-write-a-cast'),
      );
    case undefined:
      break;
  }
  if (name === '__func__' || name === '__FUNCTION__' || name === '__PRETTY_FUNCTION__') {
    return functionName(context, span);
  }
  return failed(
    context,
    'SS3001',
    span,
    sentence('name-is-not-declared', { name }),
    sentence('declare-it-or-include-the-header-that-does'),
    { name },
  );
}

function sequence(context: Context, expr: ExprOf<'comma'>): Operand {
  const chain: ExprOf<'comma'>[] = [expr];
  let first: Expr = expr.left;
  while (first.kind === 'comma') {
    chain.push(first);
    first = first.left;
  }
  let value = valueOf(context, first);
  let links = 0;
  for (let node = chain.pop(); node; node = chain.pop()) {
    const right = valueOf(context, node.right);
    value = value.kind === 'trap' ? value : right.kind === 'trap' ? right : comma(node.span, value, right);
    links = value.kind === 'comma' ? links + 1 : 0;
    if (links > maximumChain) {
      return failed(context, 'SS3008', expr.span, tooLongMessage, sentence('split-the-construct-into-smaller-ones'));
    }
  }
  return ofValue(value);
}

/** `va_arg(list, type)`; records are read where the list points and the list is moved on. */
function nextArgument(context: Context, expr: ExprOf<'va-arg'>): Operand {
  const { span } = expr;
  const type = context.checker.resolve(context, expr.type)?.type;
  const list = listPlace(context, expr.list);
  if (!type || !list) {
    return list
      ? ofValue(trap(span, sentence('unknown-type')))
      : failed(context, 'SS3002', span, sentence('va-arg-needs-a-va-list-variable'), sentence('declare-it-as-va-list'));
  }
  markAddressTaken(list);
  if (isScalar(type)) {
    return ofValue({ kind: 'va-arg', span, type: valueType(type), list });
  }
  if (type.kind !== 'record' || !isComplete(type)) {
    return failed(
      context,
      'SS3002',
      span,
      sentence('va-arg-cannot-give-a-type', { type: spellType(type) }),
      remedyFor(type, sentence('use-the-type-after-promotion')),
    );
  }
  const bytes = (sizeOf(type) + 3) & -4;
  const moved = {
    kind: 'compound-assign' as const,
    span,
    type: list.type,
    operator: '+' as const,
    place: list,
    value: integer(span, intType, bytes),
    computeType: list.type,
    scale: 1,
  };
  const start = {
    kind: 'offset' as const,
    span,
    type: list.type,
    pointer: moved,
    index: integer(span, intType, bytes),
    scale: -1,
  };
  return ofPlace(dereference(span, { kind: 'convert', span, type: context.types.pointer(type), operand: start }), 0);
}

/** `&&label`: a small number, so that tables of labels can be static. */
function labelAddress(context: Context, expr: ExprOf<'label-address'>): Operand {
  if (!context.function) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('a-label-outside-of-a-function'),
      sentence('use-it-in-the-function-that-has-the-label'),
    );
  }
  const label = context.scope.labelName(expr.name);
  const { addressed, jumps } = context.function;
  const index = addressed.indexOf(label);
  const id = index < 0 ? addressed.push(label) : index + 1;
  jumps.push({ label, span: expr.span, fail: () => undefined });
  return ofValue(pointerConstant(expr.span, context.types.pointer(voidType), BigInt(id)));
}

/** `_Generic` (C11 6.5.1.1): the choice whose type is that of the control's value. */
function generic(context: Context, expr: ExprOf<'generic'>): Operand {
  context.unevaluated++;
  const control = toValue(context, context.checker.operand(context, expr.control));
  context.unevaluated--;
  if (control.kind === 'trap') {
    return ofValue(control);
  }
  const choices = expr.choices.map((choice) => ({
    value: choice.value,
    resolved: choice.type && context.checker.resolve(context, choice.type),
  }));
  const typed = choices.flatMap(({ value, resolved }) => (resolved?.qualifiers === 0 ? [{ value, resolved }] : []));
  const chosen =
    typed.find((choice) => valueType(choice.resolved.type) === control.type) ??
    typed.find(
      (choice) =>
        choice.resolved.type.kind === control.type.kind &&
        control.type.kind === 'pointer' &&
        compatible(choice.resolved.type, control.type) &&
        sameQualifiers(choice.resolved.type, control.type),
    ) ??
    choices.find((_choice, at) => itemAt(expr.choices, at).type === undefined);
  if (!chosen) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('no-choice-of-generic-has-the-type-type', { type: spellType(control.type) }),
      sentence('add-a-default'),
    );
  }
  return context.checker.operand(context, chosen.value);
}

function sameQualifiers(a: ReturnType<typeof valueType>, b: ReturnType<typeof valueType>): boolean {
  return a.kind === 'pointer' && b.kind === 'pointer' && (a.qualifiers ?? 0) === (b.qualifiers ?? 0);
}
