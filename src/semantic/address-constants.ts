/**
 * What a value amounts to when it is the initialiser of a static object (C99 6.6): a number, or the address of a symbol
 * plus an offset, which the linker fills in.
 */
import type { GlobalSymbol, Place, Value } from './checked';
import { wrap } from './fold';

export type StaticConstant =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'floating'; readonly value: number }
  | { readonly kind: 'address'; readonly symbol: GlobalSymbol; readonly addend: number };

/** Levels of operators followed; deeper expressions count as not constant. */
const maximumDepth = 200;

/** The constant, or undefined when the value is known at run time only. */
export function staticConstant(value: Value, depth = 0): StaticConstant | undefined {
  if (depth > maximumDepth) {
    return undefined;
  }
  const inner = (operand: Value): StaticConstant | undefined => staticConstant(operand, depth + 1);
  switch (value.kind) {
    case 'integer':
      return { kind: 'integer', value: value.value };
    case 'floating':
      return { kind: 'floating', value: value.value };
    case 'function':
      return { kind: 'address', symbol: value.symbol, addend: 0 };
    case 'address':
      return placeAddress(value.place, depth + 1);
    case 'convert':
      return converted(value, inner(value.operand));
    case 'offset': {
      const pointer = inner(value.pointer);
      const index = inner(value.index);
      return pointer && index?.kind === 'integer' ? moved(pointer, index.value * BigInt(value.scale)) : undefined;
    }
    case 'pointer-difference': {
      const left = inner(value.left);
      const right = inner(value.right);
      const bytes = left && right ? distance(left, right) : undefined;
      return bytes === undefined ? undefined : { kind: 'integer', value: bytes / BigInt(value.scale) };
    }
    case 'arithmetic': {
      if (
        (value.operator !== '+' && value.operator !== '-') ||
        value.type.kind !== 'integer' ||
        value.type.size !== 4
      ) {
        return undefined;
      }
      const left = inner(value.left);
      const right = inner(value.right);
      return left && right ? sum(left, right, value.operator) : undefined;
    }
    case 'comma': {
      const left = value.left.kind === 'convert' ? inner(value.left.operand) : inner(value.left);
      return left && inner(value.right);
    }
    default:
      return undefined;
  }
}

function converted(
  value: Extract<Value, { kind: 'convert' }>,
  operand: StaticConstant | undefined,
): StaticConstant | undefined {
  if (operand?.kind === 'integer') {
    return value.type.kind === 'integer' ? { kind: 'integer', value: wrap(value.type, operand.value) } : operand;
  }
  if (operand?.kind === 'address') {
    // An address survives only in something four bytes wide.
    return value.type.kind === 'pointer' || (value.type.kind === 'integer' && value.type.size === 4)
      ? operand
      : undefined;
  }
  return undefined;
}

function placeAddress(place: Place, depth: number): StaticConstant | undefined {
  let addend = 0n;
  let current = place;
  while (current.kind === 'member') {
    addend += BigInt(current.field.offset);
    current = current.base;
  }
  if (current.kind === 'global') {
    return { kind: 'address', symbol: current.symbol, addend: Number(addend) };
  }
  const base = current.kind === 'dereference' ? staticConstant(current.address, depth) : undefined;
  return base && moved(base, addend);
}

function moved(constant: StaticConstant, bytes: bigint): StaticConstant | undefined {
  switch (constant.kind) {
    case 'integer':
      return { kind: 'integer', value: BigInt.asUintN(32, constant.value + bytes) };
    case 'address':
      return { ...constant, addend: Number(BigInt.asIntN(32, BigInt(constant.addend) + bytes)) };
    case 'floating':
      return undefined;
  }
}

function sum(left: StaticConstant, right: StaticConstant, operator: '+' | '-'): StaticConstant | undefined {
  if (operator === '-') {
    const bytes = distance(left, right);
    if (bytes !== undefined) {
      return { kind: 'integer', value: bytes };
    }
    return right.kind === 'integer' ? moved(left, -right.value) : undefined;
  }
  return right.kind === 'integer'
    ? moved(left, right.value)
    : left.kind === 'integer'
      ? moved(right, left.value)
      : undefined;
}

/** Bytes between two addresses in the same object. */
function distance(left: StaticConstant, right: StaticConstant): bigint | undefined {
  if (left.kind === 'integer' && right.kind === 'integer') {
    return BigInt.asIntN(32, left.value - right.value);
  }
  return left.kind === 'address' && right.kind === 'address' && left.symbol === right.symbol
    ? BigInt(left.addend - right.addend)
    : undefined;
}
