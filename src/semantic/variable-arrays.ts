/**
 * Arrays of variable length (C99 6.7.5.2): `T name[n]` in a block, where T has a constant size.
 *
 * The frame of a function has a fixed size, so the elements lie elsewhere: the declaration becomes a pointer of the
 * array's name, given by `__variable_array(&pointer, bytes)` when the declaration is reached. That gives up the block it
 * gave for the same pointer before, and those of frames that are gone; so memory is bounded by what is alive, whichever
 * way the block is left. Only the first dimension may vary; pointers to, typedefs of and members that are such arrays
 * are refused.
 */
import type { Span } from '../source/source-file';
import type { LocalVariable, Value } from './checked';
import type { Context, Operand } from './context';
import type { ArrayType } from './ctype';
import { comma, convert, integer } from './fold';
import { libraryCall } from './library-calls';
import type { VariableArray } from './scope';
import { addressAs, dereference, localPlace, ofPlace, temporary } from './places';
import { sizeOf, unsignedIntType, voidType } from './types';

const allocator = '__variable_array';

/**
 * The array whose elements `pointer` will hold the address of, and what its declaration does when it is reached: gives
 * `pointer` its value.
 */
export function newVariableArray(
  context: Context,
  span: Span,
  type: ArrayType,
  pointer: LocalVariable,
  length: Value,
): { readonly array: VariableArray; readonly allocation: Value } {
  const bytes = temporary(context, span, `.size of ${pointer.name}`, unsignedIntType);
  const size: Value = {
    kind: 'arithmetic',
    span,
    type: unsignedIntType,
    operator: '*',
    left: convert(length, unsignedIntType),
    right: integer(span, unsignedIntType, sizeOf(type.of)),
  };
  const measure: Value = { kind: 'assign', span, type: unsignedIntType, place: localPlace(span, bytes), value: size };
  const anything = context.types.pointer(voidType);
  const slot = convert(addressAs(localPlace(span, pointer), context.types.pointer(pointer.type)), anything);
  const asked: Value = { kind: 'load', span, type: unsignedIntType, place: localPlace(span, bytes) };
  const call = libraryCall(
    context,
    span,
    allocator,
    context.types.function(anything, [anything, unsignedIntType], false, true),
    [slot, asked],
  );
  return { array: { type, pointer, bytes }, allocation: comma(span, measure, convert(call, pointer.type)) };
}

/** The name of such an array in an expression: an array at the address the pointer has. */
export function variableArrayOperand(context: Context, span: Span, { type, pointer }: VariableArray): Operand {
  const address: Value = { kind: 'load', span, type: pointer.type, place: localPlace(span, pointer) };
  return ofPlace(dereference(span, convert(address, context.types.pointer(type))), pointer.qualifiers ?? 0);
}

/** `sizeof name`, which is known when the program runs. */
export function variableArraySize(span: Span, { bytes }: VariableArray): Value {
  return { kind: 'load', span, type: unsignedIntType, place: localPlace(span, bytes) };
}
