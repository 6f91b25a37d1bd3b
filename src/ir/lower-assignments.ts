/**
 * Assignment, compound assignment, increment and decrement.
 */
import type { Place, Value } from '../semantic/checked';
import { addOffset, binary, integer, read } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Expr } from './instructions';
import { convertScalar, narrow } from './lower-conversions';
import {
  asStored,
  fixPlace,
  lowerPlace,
  lowerPlaceAddress,
  readPlace,
  writePlace,
  type PlaceRef,
} from './lower-places';
import { arithmetic, pointerOffset } from './lower-operators';
import { isSafeAddress } from './safe-addresses';
import { kindOf, sizeOf } from './scalar';

/** `place = value`. Gives the stored value when `wanted` (for records: the address of the place). */
export function lowerAssign(builder: FunctionBuilder, place: Place, value: Value, wanted: boolean): Expr {
  if (place.type.kind === 'record') {
    const to = builder.hold(lowerPlaceAddress(builder, place));
    const from = builder.lowerRecord(value);
    builder.emit({
      op: 'copy',
      to,
      from,
      size: sizeOf(place.type),
      safe: isSafeAddress(to, sizeOf(place.type)) && isSafeAddress(from, sizeOf(place.type)),
      site: place.span,
    });
    return to;
  }
  const ref = lowerPlace(builder, place);
  // The address is computed before the value's own side effects only when it has to be: operands are unsequenced.
  let stored = builder.lowerValue(value);
  if (wanted) {
    stored = builder.hold(stored);
  }
  writePlace(builder, ref, stored);
  return wanted ? asStored(ref, stored) : stored;
}

function store(builder: FunctionBuilder, ref: PlaceRef, value: Expr, wanted: boolean): Expr {
  const held = wanted ? builder.hold(value) : value;
  writePlace(builder, ref, held);
  return wanted ? asStored(ref, held) : held;
}

/** `place op= value`. */
export function lowerCompoundAssign(
  builder: FunctionBuilder,
  value: Extract<Value, { kind: 'compound-assign' }>,
  wanted: boolean,
): Expr {
  const right = builder.lowerValue(value.value);
  const ref = fixPlace(builder, lowerPlace(builder, value.place));
  const old = readPlace(ref);
  const { place, computeType } = value;
  if (computeType.kind === 'pointer') {
    const scale = (value.scale ?? 1) * (value.operator === '-' ? -1 : 1);
    return store(builder, ref, pointerOffset(old, right, scale), wanted);
  }
  const left = convertScalar(old, place.type, computeType);
  const result = arithmetic(value.operator, left, right, computeType, value);
  return store(builder, ref, convertScalar(result, computeType, place.type), wanted);
}

/** `++` and `--`, before and after. */
export function lowerIncrement(
  builder: FunctionBuilder,
  value: Extract<Value, { kind: 'increment' }>,
  wanted: boolean,
): Expr {
  const ref = fixPlace(builder, lowerPlace(builder, value.place));
  const { type } = value.place;
  let old = readPlace(ref);
  if (wanted && !value.prefix) {
    const before = builder.newTemporary(old.kind);
    builder.emit({ op: 'set', register: before, value: old });
    old = read(before);
  }
  let next: Expr;
  if (type.kind === 'floating') {
    const kind = kindOf(type);
    next = {
      op: 'binary',
      kind,
      operandKind: kind,
      operator: 'add',
      left: old,
      right: { op: 'const', kind, value: value.amount },
    };
  } else if (type.kind === 'pointer') {
    next = addOffset(old, value.amount);
  } else if (type.kind === 'integer' && type.name === '_Bool') {
    next = value.amount > 0 ? integer('i32', 1n) : binary('xor', 'i32', old, integer('i32', 1n));
  } else {
    const sum = binary('add', old.kind, old, integer(old.kind, BigInt(value.amount)));
    next = sum.kind === 'i32' ? narrow(sum, type) : sum;
  }
  const result = store(builder, ref, next, wanted && value.prefix);
  return wanted && !value.prefix ? old : result;
}
