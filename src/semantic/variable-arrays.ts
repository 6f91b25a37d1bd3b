/**
 * Arrays of variable length (C99 6.7.5.2): `T name[n]` in a block, where T has a constant size.
 *
 * The frame of a function has a fixed size, so the elements lie elsewhere: the declaration becomes a pointer of the
 * array's name, given by `__variable_array(&pointer, bytes)` when the declaration is reached. That gives up the block it
 * gave for the same pointer before, and those of frames that are gone; so memory is bounded by what is alive, whichever
 * way the block is left. A row whose length varies (`t[n][m]`, also of parameters) has its bytes in a variable, by which
 * subscripts are multiplied; typedefs of and members that are such arrays are refused.
 */
import type { Expr, TypeSyntax } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { LocalVariable, Value } from './checked';
import type { Context, Operand } from './context';
import type { ArrayType, CType } from './ctype';
import { comma, convert, integer, offset } from './fold';
import { libraryCall } from './library-calls';
import type { VariableArray } from './scope';
import { addressAs, dereference, localPlace, ofPlace, temporary, toValue } from './places';
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
    right: rowBytes(span, type.of) ?? integer(span, unsignedIntType, sizeOf(type.of)),
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

/** Bytes of a type that is a row of variable length. */
export function rowBytes(span: Span, type: CType): Value | undefined {
  return type.kind === 'array' && type.sizeIn
    ? { kind: 'load', span, type: unsignedIntType, place: localPlace(span, type.sizeIn as LocalVariable) }
    : undefined;
}

/** `pointer + index` (or minus, with a `sign` of -1) where what is pointed to is a row of variable length. */
export function rowOffset(span: Span, pointer: Value, index: Value, sign: 1 | -1): Value | undefined {
  const bytes = pointer.type.kind === 'pointer' ? rowBytes(span, pointer.type.to) : undefined;
  return bytes && offset(span, pointer, product(span, convert(index, unsignedIntType), bytes), sign);
}

/**
 * A row whose length, or that of rows in it, is known only when the program runs: its type, and the assignments that
 * find out its bytes. Undefined for any other type.
 */
export function variableRow(
  context: Context,
  syntax: TypeSyntax,
): { readonly type: ArrayType; readonly measures: readonly Value[] } | undefined {
  if (syntax.kind !== 'array' || !isVariable(context, syntax)) {
    return undefined;
  }
  const { span } = syntax;
  const inner = variableRow(context, syntax.of);
  const of = inner?.type ?? context.checker.resolve(context, syntax.of)?.type;
  const length = syntax.size && toValue(context, context.checker.operand(context, syntax.size));
  if (!of || length?.type.kind !== 'integer' || length.kind === 'trap') {
    return undefined;
  }
  const bytes = temporary(context, span, '.row', unsignedIntType);
  const element = rowBytes(span, of) ?? integer(span, unsignedIntType, sizeOf(of));
  const value = product(span, convert(length, unsignedIntType), element);
  const measure: Value = { kind: 'assign', span, type: unsignedIntType, place: localPlace(span, bytes), value };
  return {
    type: { kind: 'array', of, length: undefined, sizeIn: bytes },
    measures: [...(inner?.measures ?? []), measure],
  };
}

function product(span: Span, left: Value, right: Value): Value {
  return { kind: 'arithmetic', span, type: unsignedIntType, operator: '*', left, right };
}

/** Whether an array, or one of its rows, has a length that names something whose value is not known yet. */
export function isVariable(context: Context, syntax: TypeSyntax): boolean {
  return (
    syntax.kind === 'array' &&
    ((syntax.size !== undefined && namesVariable(context, syntax.size)) || isVariable(context, syntax.of))
  );
}

function namesVariable(context: Context, expr: Expr): boolean {
  switch (expr.kind) {
    case 'identifier': {
      const kind = context.scope.find(expr.name)?.kind;
      return kind === undefined || kind === 'local' || kind === 'symbol';
    }
    case 'unary':
    case 'cast':
    case 'increment':
      return namesVariable(context, expr.operand);
    case 'binary':
    case 'comma':
      return namesVariable(context, expr.left) || namesVariable(context, expr.right);
    case 'conditional':
      return [expr.condition, expr.then, expr.otherwise].some((part) => part && namesVariable(context, part));
    case 'assign':
    case 'call':
    case 'index':
    case 'member':
      return true;
    default:
      return false;
  }
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
