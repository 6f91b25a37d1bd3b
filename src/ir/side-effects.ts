/**
 * Whether evaluating an expression could change anything: what a watch or a hover may not do.
 */
import type { Place, Value } from '../semantic/checked';

/** True for assignments, increments, calls, and what can contain statements. */
export function hasSideEffects(value: Value): boolean {
  switch (value.kind) {
    case 'integer':
    case 'floating':
    case 'function':
    case 'trap':
      return false;
    case 'load':
    case 'address':
      return placeHasSideEffects(value.place);
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
      return hasSideEffects(value.operand);
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
    case 'and':
    case 'or':
    case 'comma':
      return hasSideEffects(value.left) || hasSideEffects(value.right);
    case 'offset':
      return hasSideEffects(value.pointer) || hasSideEffects(value.index);
    case 'conditional':
      return (
        hasSideEffects(value.condition) ||
        (value.then !== undefined && hasSideEffects(value.then)) ||
        hasSideEffects(value.otherwise)
      );
    default:
      return true;
  }
}

export function placeHasSideEffects(place: Place): boolean {
  switch (place.kind) {
    case 'local':
    case 'global':
      return false;
    case 'dereference':
      return hasSideEffects(place.address);
    case 'member':
      return placeHasSideEffects(place.base);
    default:
      return true;
  }
}

/**
 * True when the expression itself assigns or increments: `sk->state = 1` in a watch is most likely a mistake for `==`. What
 * a call or a statement expression does is seen when it runs.
 */
export function assigns(value: Value): boolean {
  switch (value.kind) {
    case 'assign':
    case 'compound-assign':
    case 'increment':
      return true;
    case 'load':
    case 'address':
      return placeAssigns(value.place);
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
      return assigns(value.operand);
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
    case 'and':
    case 'or':
    case 'comma':
      return assigns(value.left) || assigns(value.right);
    case 'offset':
      return assigns(value.pointer) || assigns(value.index);
    case 'conditional':
      return assigns(value.condition) || (value.then !== undefined && assigns(value.then)) || assigns(value.otherwise);
    case 'call':
    case 'builtin':
      return value.args.some(assigns);
    default:
      return false;
  }
}

export function placeAssigns(place: Place): boolean {
  switch (place.kind) {
    case 'dereference':
      return assigns(place.address);
    case 'member':
      return placeAssigns(place.base);
    case 'materialize':
      return assigns(place.value);
    default:
      return false;
  }
}
