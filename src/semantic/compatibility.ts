/**
 * Compatible and composite types (C99 6.2.7). Qualifiers are not looked at: gcc 2.95 only warns about them.
 */
import { itemAt } from '../base/checked-access';
import type { CType, FunctionType } from './ctype';
import { intType, type TypeTable } from './types';

/** Pointers, arrays and parameters followed before two types are taken to be the same. */
const maximumDepth = 40;

/** Whether two types are compatible. */
export function compatible(a: CType, b: CType, depth = 0): boolean {
  if (a === b || depth > maximumDepth) {
    return true;
  }
  if (a.kind === 'enum' || b.kind === 'enum') {
    const left = a.kind === 'enum' ? a.underlying : a;
    const right = b.kind === 'enum' ? b.underlying : b;
    // An enum is compatible with int as well: kernels mix them freely and gcc 2.95 says nothing.
    return (
      left === right ||
      (left.kind === 'integer' &&
        right.kind === 'integer' &&
        left.size === right.size &&
        (left === intType || right === intType))
    );
  }
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    return compatible(a.to, b.to, depth + 1);
  }
  if (a.kind === 'array' && b.kind === 'array') {
    return (
      (a.length === undefined || b.length === undefined || a.length === b.length) && compatible(a.of, b.of, depth + 1)
    );
  }
  if (a.kind === 'function' && b.kind === 'function') {
    return compatibleFunctions(a, b, depth + 1);
  }
  return false;
}

/**
 * What `__builtin_types_compatible_p` tells: compatible apart from the outermost qualifiers. Here the qualifiers of what
 * is pointed to count, and two enums are the same only when they are one.
 */
export function sameUnqualified(a: CType, b: CType): boolean {
  if (a === b) {
    return true;
  }
  if (a.kind === 'enum' || b.kind === 'enum' || a.kind !== b.kind) {
    return false;
  }
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    return (a.qualifiers ?? 0) === (b.qualifiers ?? 0) && sameUnqualified(a.to, b.to);
  }
  if (a.kind === 'array' && b.kind === 'array') {
    return (a.length === undefined || b.length === undefined || a.length === b.length) && sameUnqualified(a.of, b.of);
  }
  return compatible(a, b);
}

function compatibleFunctions(a: FunctionType, b: FunctionType, depth: number): boolean {
  if (!compatible(a.returns, b.returns, depth)) {
    return false;
  }
  if (!a.prototype || !b.prototype) {
    return a.parameters.length === 0 || b.parameters.length === 0 || sameParameters(a, b, depth);
  }
  return a.variadic === b.variadic && sameParameters(a, b, depth);
}

function sameParameters(a: FunctionType, b: FunctionType, depth: number): boolean {
  return (
    a.parameters.length === b.parameters.length &&
    a.parameters.every((type, index) => compatible(type, itemAt(b.parameters, index), depth))
  );
}

/** The composite of two compatible types: known lengths and prototypes win. */
export function composite(types: TypeTable, a: CType, b: CType): CType {
  if (a === b) {
    return a;
  }
  if (a.kind === 'array' && b.kind === 'array') {
    return types.array(composite(types, a.of, b.of), a.length ?? b.length);
  }
  if (a.kind === 'function' && b.kind === 'function') {
    return !a.prototype && b.prototype ? b : a;
  }
  return a;
}
