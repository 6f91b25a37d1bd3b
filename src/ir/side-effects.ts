/**
 * What evaluating an expression could do to the program: what a watch or a hover may not do.
 */
import type { Place, Value } from '../semantic/checked';

/** Nothing; it runs statements (a call, a statement expression), which may do anything; it assigns by itself. */
type Effect = 'none' | 'runs' | 'assigns';

/** True for assignments, increments, calls, and what can contain statements. */
export function hasSideEffects(value: Value): boolean {
  return effectOf(value) !== 'none';
}

export function placeHasSideEffects(place: Place): boolean {
  return effectOfPlace(place) !== 'none';
}

/**
 * True when the expression itself assigns or increments: `sk->state = 1` in a watch is most likely a mistake for `==`. What
 * a call or a statement expression does is seen when it runs.
 */
export function assigns(value: Value): boolean {
  return effectOf(value) === 'assigns';
}

export function placeAssigns(place: Place): boolean {
  return effectOfPlace(place) === 'assigns';
}

function effectOf(value: Value): Effect {
  switch (value.kind) {
    case 'integer':
    case 'floating':
    case 'function':
    case 'trap':
      return 'none';
    case 'assign':
    case 'compound-assign':
    case 'increment':
      return 'assigns';
    case 'load':
    case 'address':
      return effectOfPlace(value.place);
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
      return effectOf(value.operand);
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
    case 'and':
    case 'or':
    case 'comma':
      return most('none', value.left, value.right);
    case 'offset':
      return most('none', value.pointer, value.index);
    case 'conditional':
      return most('none', value.condition, ...(value.then ? [value.then] : []), value.otherwise);
    case 'call':
      return most('runs', value.callee, ...value.args);
    case 'builtin':
      return most('runs', ...value.args);
    default:
      return 'runs';
  }
}

function effectOfPlace(place: Place): Effect {
  switch (place.kind) {
    case 'local':
    case 'global':
      return 'none';
    case 'dereference':
      return effectOf(place.address);
    case 'member':
      return effectOfPlace(place.base);
    case 'materialize':
      return most('runs', place.value);
    default:
      return 'runs';
  }
}

/** The strongest effect among an expression's own and its parts'. */
function most(own: Effect, ...parts: readonly Value[]): Effect {
  const effects = [own, ...parts.map(effectOf)];
  return effects.includes('assigns') ? 'assigns' : effects.includes('runs') ? 'runs' : 'none';
}
