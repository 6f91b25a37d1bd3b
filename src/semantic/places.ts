/**
 * Places (lvalues) and how they turn into values: loads, decay of arrays and functions, addresses.
 *
 * In: operands. Out: values and places of the checked tree. Marks locals whose address is taken, and folds addresses
 * made from constant pointers (the `&((struct s *)0)->member` idiom) to constants.
 */
import { sentence, type Words } from '../sentences/sentence';
import { assert } from '../base/assert';
import type { Expr } from '../parse/ast';
import type { MissingName } from '../source/diagnostic';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import type { Span } from '../source/source-file';
import type { GlobalSymbol, LocalVariable, Place, Value } from './checked';
import type { Context, Operand } from './context';
import type { ArrayType, CType, Field, RecordType } from './ctype';
import { convert, pointerConstant, trap } from './fold';
import { spellType } from './spelling';
import { isComplete, remedyFor, valueType, voidType } from './types';

export function ofValue(value: Value): Operand {
  return { kind: 'value', value };
}

export function ofPlace(place: Place, qualifiers: number): Operand {
  return { kind: 'place', place, qualifiers };
}

/** Reports an error and gives the operand that stands for it. */
export function failed(
  context: Context,
  code: DiagnosticCode,
  span: Span,
  message: Words,
  remedy: Words,
  missing?: MissingName,
): Operand {
  context.reporter.error(code, span, message, remedy, missing);
  return ofValue(trap(span, message));
}

/** Checks an expression and takes its value. */
export function valueOf(context: Context, expr: Expr): Value {
  return toValue(context, context.checker.operand(context, expr));
}

/** The type of an operand before any decay. */
export function operandType(operand: Operand): CType {
  switch (operand.kind) {
    case 'value':
      return operand.value.type;
    case 'place':
      return operand.place.type;
    case 'function':
      return operand.symbol.type;
  }
}

/** Whether the operand is one that did not type-check. */
export function isTrap(operand: Operand): boolean {
  return operand.kind === 'value' && operand.value.kind === 'trap';
}

/** Lvalue conversion, array decay and function decay (C99 6.3.2.1). */
export function toValue(context: Context, operand: Operand): Value {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'function':
      return {
        kind: 'function',
        span: operand.span,
        type: context.types.pointer(operand.symbol.type),
        symbol: operand.symbol,
      };
    case 'place':
      return placeValue(context, operand.place, operand.qualifiers);
  }
}

function placeValue(context: Context, place: Place, qualifiers: number): Value {
  const { type, span } = place;
  if (type.kind === 'array') {
    return decayed(context, onePastAllowed(place), qualifiers);
  }
  if (type.kind === 'function') {
    return place.kind === 'dereference' ? place.address : trap(span, sentence('a-function-used-as-a-value'));
  }
  if (type.kind === 'void') {
    return place.kind === 'dereference'
      ? convert(place.address, voidType)
      : trap(span, sentence('a-value-of-type-void'));
  }
  if (type.kind === 'record' && !isComplete(type)) {
    const message = sentence('type-is-incomplete-so-its-value-cannot-be-used', { type: spellType(type) });
    context.reporter.error(
      'SS3003',
      span,
      message,
      remedyFor(type, sentence('define-type-first', { type: spellType(type) })),
    );
    return trap(span, message);
  }
  return { kind: 'load', span, type: valueType(type), place };
}

/** The address of an array's first element. */
export function decayed(context: Context, place: Place, qualifiers: number): Value {
  return addressAs(place, context.types.pointer((place.type as ArrayType).of, qualifiers));
}

/** The place as one whose address may be that behind the last element of its array (C99 6.5.6p8). */
export function onePastAllowed(place: Place): Place {
  if (place.kind === 'member') {
    const base = onePastAllowed(place.base);
    return base === place.base ? place : { ...place, base };
  }
  if (place.kind !== 'dereference' || place.address.kind !== 'offset' || place.address.bound === undefined) {
    return place;
  }
  const { index, bound } = place.address;
  const outside = index.kind === 'integer' && index.value !== BigInt(bound);
  return outside ? place : { ...place, address: { ...place.address, bound: bound + 1 } };
}

/** `&place`, as a pointer of the given type. */
export function addressAs(place: Place, type: CType): Value {
  markAddressTaken(place);
  const constant = constantAddress(place);
  if (constant !== undefined) {
    return pointerConstant(place.span, type, constant);
  }
  if (place.kind === 'dereference' && place.address.type === type) {
    return place.address;
  }
  return { kind: 'address', span: place.span, type, place };
}

/** The address of a place that lies in memory named by a constant pointer. */
function constantAddress(place: Place): bigint | undefined {
  let bytes = 0n;
  let current = place;
  while (current.kind === 'member') {
    bytes += BigInt(current.field.offset);
    current = current.base;
  }
  return current.kind === 'dereference' && current.address.kind === 'integer'
    ? current.address.value + bytes
    : undefined;
}

/** Notes that the variable at the root of a place must live in memory. */
export function markAddressTaken(place: Place): void {
  let current = place;
  while (current.kind === 'member') {
    current = current.base;
  }
  if (current.kind === 'local') {
    current.variable.addressTaken = true;
  }
}

/** Whether the place is a bit-field. */
export function isBitField(place: Place): place is Extract<Place, { kind: 'member' }> {
  return place.kind === 'member' && place.field.bitSize !== undefined;
}

/** `*address`. */
export function dereference(span: Span, address: Value): Place {
  const { type } = address;
  assert(type.kind === 'pointer', 'dereference of a value that is no pointer');
  if (address.kind === 'address' && address.place.type === type.to) {
    return address.place.span === span ? address.place : { ...address.place, span };
  }
  return { kind: 'dereference', span, type: type.to, address };
}

/** Looks `name` up in a record and, breadth after depth, in its anonymous members. */
export function findMember(record: RecordType, name: string, depth = 0): readonly Field[] | undefined {
  for (const field of record.fields) {
    if (field.name === name) {
      return [field];
    }
  }
  for (const field of record.fields) {
    if (field.name === undefined && field.type.kind === 'record' && depth < 32) {
      const inner = findMember(field.type, name, depth + 1);
      if (inner) {
        return [field, ...inner];
      }
    }
  }
  return undefined;
}

/** `base.path`, through anonymous members. */
export function memberPlace(span: Span, base: Place, path: readonly Field[]): Place {
  let place = base;
  for (const field of path) {
    place = { kind: 'member', span, type: field.type, base: place, field };
  }
  return place;
}

export function globalPlace(span: Span, symbol: GlobalSymbol): Place {
  return { kind: 'global', span, type: symbol.type, symbol };
}

export function localPlace(span: Span, variable: LocalVariable): Place {
  return { kind: 'local', span, type: variable.type, variable };
}

/** Gives a variable a home in the function at hand, unless the code it is for is never run. */
export function addLocal(context: Context, variable: LocalVariable): void {
  if (context.unevaluated === 0) {
    context.function?.locals.push(variable);
  }
}

/** A new variable of the function at hand that no source line declares. */
export function temporary(context: Context, span: Span, name: string, type: CType): LocalVariable {
  const variable: LocalVariable = {
    name,
    type,
    spelling: '',
    span,
    addressTaken: type.kind === 'record' || type.kind === 'array',
    artificial: true,
  };
  addLocal(context, variable);
  return variable;
}

/** The operand as a place; record values are put into a temporary. Undefined for other values. */
export function toPlace(
  context: Context,
  operand: Operand,
): { readonly place: Place; readonly qualifiers: number } | undefined {
  if (operand.kind === 'place') {
    return operand;
  }
  if (operand.kind === 'value' && operand.value.type.kind === 'record') {
    const { value } = operand;
    if (value.kind === 'load') {
      return { place: value.place, qualifiers: 0 };
    }
    const variable = temporary(context, value.span, '.value', value.type);
    return { place: { kind: 'materialize', span: value.span, type: value.type, value, variable }, qualifiers: 0 };
  }
  return undefined;
}
