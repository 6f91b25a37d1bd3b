/**
 * Values: checked expressions to IR expressions. Side effects are hoisted into the instruction list in an order C allows
 * (operands are unsequenced); `&&`, `||`, `?:`, comma and statement expressions keep their sequence points.
 */
import { sentence } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import type { Value } from '../semantic/checked';
import type { CType } from '../semantic/ctype';
import { binary, frameAddress, i32, integer, isNonZero, isZero, read, symbolAddress, toBoolean } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Expr, Label } from './instructions';
import { lowerAssign, lowerCompoundAssign, lowerIncrement } from './lower-assignments';
import { lowerBuiltin } from './lower-builtins';
import { lowerCall, lowerVaArg, lowerVaCopy, lowerVaStart } from './lower-calls';
import { convertScalar } from './lower-conversions';
import { arithmetic, compare, negate, pointerOffset } from './lower-operators';
import { lowerPlace, lowerPlaceAddress, readPlace, zeroOf } from './lower-places';
import { bounded } from './safe-addresses';
import { kindOf, sizeOf } from './scalar';

type Operation = Extract<
  Value,
  { kind: 'negate' | 'complement' | 'not' | 'arithmetic' | 'compare' | 'offset' | 'pointer-difference' }
>;

/** A scalar value as an expression. Void values are lowered for their effect and give 0. */
export function lowerValue(builder: FunctionBuilder, value: Value): Expr {
  const { type } = value;
  switch (value.kind) {
    case 'integer':
      return integer(kindOf(type), value.value);
    case 'floating':
      return { op: 'const', kind: kindOf(type), value: value.value };
    case 'load':
      return readPlace(lowerPlace(builder, value.place));
    case 'address':
      return lowerPlaceAddress(builder, value.place);
    case 'function':
      return symbolAddress(builder.refer(value.symbol));
    case 'convert':
      if (type.kind === 'void') {
        lowerEffect(builder, value.operand);
        return i32(0);
      }
      return convertScalar(lowerValue(builder, value.operand), value.operand.type, type);
    case 'and':
    case 'or':
      return logical(builder, value.kind, value.left, value.right);
    case 'conditional':
      return conditional(builder, value.condition, value.then, value.otherwise, type);
    case 'comma':
      lowerEffect(builder, value.left);
      return lowerValue(builder, value.right);
    case 'assign':
      return lowerAssign(builder, value.place, value.value, true);
    case 'compound-assign':
      return lowerCompoundAssign(builder, value, true);
    case 'increment':
      return lowerIncrement(builder, value, true);
    case 'call':
      return lowerCall(builder, value, true);
    case 'statement-expression':
      builder.lowerStatements(value.body);
      return value.result ? builder.holdUnlessSimple(lowerValue(builder, value.result)) : i32(0);
    case 'va-start':
      return lowerVaStart(builder, value.list);
    case 'va-arg':
      return lowerVaArg(builder, value.list, type, value.span);
    case 'va-copy':
      return lowerVaCopy(builder, value.target, value.source);
    case 'trap':
      builder.emit({ op: 'fault', message: value.message, site: value.span });
      return type.kind === 'void' ? i32(0) : zeroOf(type);
    case 'builtin':
      return lowerBuiltin(builder, value);
    default:
      return lowerOperation(builder, value);
  }
}

/** An operator on scalars, all of whose operands are evaluated. */
function lowerOperation(builder: FunctionBuilder, value: Operation): Expr {
  const { type } = value;
  switch (value.kind) {
    case 'negate':
      return negate(lowerValue(builder, value.operand), type);
    case 'complement': {
      const operand = lowerValue(builder, value.operand);
      return binary('xor', operand.kind, operand, integer(operand.kind, -1n));
    }
    case 'not':
      return isZero(lowerValue(builder, value.operand));
    case 'arithmetic':
      return arithmetic(value.operator, lowerValue(builder, value.left), lowerValue(builder, value.right), type, value);
    case 'compare':
      return compare(
        value.operator,
        lowerValue(builder, value.left),
        lowerValue(builder, value.right),
        value.left.type,
      );
    case 'offset':
      return pointerOffset(lowerValue(builder, value.pointer), lowerIndex(builder, value), value.scale);
    case 'pointer-difference': {
      const bytes = binary('sub', 'i32', lowerValue(builder, value.left), lowerValue(builder, value.right));
      return value.scale === 1 || value.scale === 0 ? bytes : binary('div_s', 'i32', bytes, i32(value.scale));
    }
    default:
      return unreachable(value, 'value');
  }
}

function lowerIndex(builder: FunctionBuilder, { index, bound, span }: Extract<Value, { kind: 'offset' }>): Expr {
  const value = lowerValue(builder, index);
  return bound === undefined ? value : bounded(value, bound, span);
}

/** A value for its side effects only. */
export function lowerEffect(builder: FunctionBuilder, value: Value): void {
  switch (value.kind) {
    case 'assign':
      lowerAssign(builder, value.place, value.value, false);
      return;
    case 'compound-assign':
      lowerCompoundAssign(builder, value, false);
      return;
    case 'increment':
      lowerIncrement(builder, value, false);
      return;
    case 'call':
      lowerCall(builder, value, false);
      return;
    case 'comma':
      lowerEffect(builder, value.left);
      lowerEffect(builder, value.right);
      return;
    case 'convert':
      if (value.type.kind === 'void') {
        lowerEffect(builder, value.operand);
        return;
      }
      break;
    case 'conditional':
      if (value.then) {
        effectOfOne(builder, value.condition, value.then, value.otherwise);
        return;
      }
      break;
    case 'and':
    case 'or': {
      const end = builder.newLabel();
      lowerCondition(builder, value.left, end, value.kind === 'or');
      lowerEffect(builder, value.right);
      builder.place(end);
      return;
    }
    case 'statement-expression':
      builder.lowerStatements(value.body);
      if (value.result) {
        lowerEffect(builder, value.result);
      }
      return;
    default:
      break;
  }
  if (value.type.kind === 'record') {
    lowerRecord(builder, value);
    return;
  }
  const result = lowerValue(builder, value);
  if (result.op !== 'const' && result.op !== 'register') {
    builder.emit({ op: 'drop', value: result });
  }
}

/** One of two values for its side effects. */
function effectOfOne(builder: FunctionBuilder, condition: Value, then: Value, instead: Value): void {
  const otherwise = builder.newLabel();
  const end = builder.newLabel();
  lowerCondition(builder, condition, otherwise, false);
  lowerEffect(builder, then);
  builder.jump(end, '');
  builder.place(otherwise);
  lowerEffect(builder, instead);
  builder.place(end);
}

/** Address of the bytes of a record value. */
export function lowerRecord(builder: FunctionBuilder, value: Value): Expr {
  switch (value.kind) {
    case 'load':
      return lowerPlaceAddress(builder, value.place);
    case 'call':
      return lowerCall(builder, value, true);
    case 'assign':
      return lowerAssign(builder, value.place, value.value, true);
    case 'comma':
      lowerEffect(builder, value.left);
      return lowerRecord(builder, value.right);
    case 'convert':
      return lowerRecord(builder, value.operand);
    case 'statement-expression':
      builder.lowerStatements(value.body);
      return value.result ? lowerRecord(builder, value.result) : i32(0);
    case 'conditional': {
      const result = builder.newTemporary('i32');
      const otherwise = builder.newLabel();
      const end = builder.newLabel();
      lowerCondition(builder, value.condition, otherwise, false);
      builder.emit({ op: 'set', register: result, value: lowerRecord(builder, value.then ?? value.otherwise) });
      builder.jump(end, '');
      builder.place(otherwise);
      builder.emit({ op: 'set', register: result, value: lowerRecord(builder, value.otherwise) });
      builder.place(end);
      return read(result);
    }
    case 'va-arg':
      return lowerVaArg(builder, value.list, value.type, value.span);
    default: {
      builder.emit({
        op: 'fault',
        message: value.kind === 'trap' ? value.message : sentence('this-record-value-cannot-be-computed'),
        site: value.span,
      });
      return frameAddress(builder.newSlot(sizeOf(value.type), 4));
    }
  }
}

/** Jumps to `label` when the value's truth equals `when`; otherwise goes on. */
export function lowerCondition(builder: FunctionBuilder, value: Value, label: Label, when: boolean): void {
  if (value.kind === 'not') {
    lowerCondition(builder, value.operand, label, !when);
    return;
  }
  if (value.kind === 'and' || value.kind === 'or') {
    const shortcut = value.kind === 'or';
    if (when === shortcut) {
      lowerCondition(builder, value.left, label, when);
      lowerCondition(builder, value.right, label, when);
    } else {
      const past = builder.newLabel();
      lowerCondition(builder, value.left, past, shortcut);
      lowerCondition(builder, value.right, label, when);
      builder.place(past);
    }
    return;
  }
  const condition = isNonZero(lowerValue(builder, value));
  if (condition.op === 'const') {
    if ((condition.value !== 0) === when) {
      builder.jump(label, 'the condition before it is constant');
    }
    return;
  }
  builder.emit({ op: 'branch', condition, when, label });
}

/** `&&` and `||` as values: a plain expression when the right side has no side effects, else jumps. */
function logical(builder: FunctionBuilder, kind: 'and' | 'or', leftValue: Value, rightValue: Value): Expr {
  const left = toBoolean(lowerValue(builder, leftValue));
  const { result: right, code } = builder.capture(() => toBoolean(lowerValue(builder, rightValue)));
  if (code.length === 0) {
    return kind === 'and'
      ? { op: 'choose', kind: 'i32', condition: left, then: right, otherwise: i32(0) }
      : { op: 'choose', kind: 'i32', condition: left, then: i32(1), otherwise: right };
  }
  const result = builder.newTemporary('i32');
  const end = builder.newLabel();
  builder.emit({ op: 'set', register: result, value: left });
  builder.emit({ op: 'branch', condition: read(result), when: kind === 'or', label: end });
  builder.append(code);
  builder.emit({ op: 'set', register: result, value: right });
  builder.place(end);
  return read(result);
}

function conditional(
  builder: FunctionBuilder,
  conditionValue: Value,
  thenValue: Value | undefined,
  otherwiseValue: Value,
  type: CType,
): Expr {
  if (type.kind === 'void') {
    lowerEffect(builder, {
      kind: 'conditional',
      condition: conditionValue,
      then: thenValue,
      otherwise: otherwiseValue,
      type,
      span: conditionValue.span,
    } as Value);
    return i32(0);
  }
  if (!thenValue) {
    const held = builder.hold(lowerValue(builder, conditionValue));
    return choose(
      builder,
      isNonZero(held),
      () => convertScalar(held, conditionValue.type, type),
      () => lowerValue(builder, otherwiseValue),
    );
  }
  return choose(
    builder,
    isNonZero(lowerValue(builder, conditionValue)),
    () => lowerValue(builder, thenValue),
    () => lowerValue(builder, otherwiseValue),
  );
}

function choose(builder: FunctionBuilder, condition: Expr, thenSide: () => Expr, otherwiseSide: () => Expr): Expr {
  const then = builder.capture(thenSide);
  const thenReachable = builder.reachable;
  builder.reachable = true;
  const otherwise = builder.capture(otherwiseSide);
  if (then.code.length === 0 && otherwise.code.length === 0 && thenReachable && builder.reachable) {
    return { op: 'choose', kind: then.result.kind, condition, then: then.result, otherwise: otherwise.result };
  }
  builder.reachable = true;
  const result = builder.newTemporary(then.result.kind);
  const elseLabel = builder.newLabel();
  const end = builder.newLabel();
  builder.emit({ op: 'branch', condition, when: false, label: elseLabel });
  builder.append(then.code);
  builder.emit({ op: 'set', register: result, value: then.result });
  builder.emit({ op: 'jump', label: end });
  builder.emit({ op: 'label', label: elseLabel });
  builder.append(otherwise.code);
  builder.emit({ op: 'set', register: result, value: otherwise.result });
  builder.emit({ op: 'label', label: end });
  return read(result);
}
