/**
 * Whether a condition holds (C99 6.8.4.1: it compares unequal to 0).
 *
 * In: what an expression evaluated to. Out: the answer, or undefined for what C accepts as no condition: structs, unions
 * and void. Arrays and functions become pointers that are not null (6.3.2.1).
 */
import { nodeOf } from './evaluated-node';
import type { Evaluated } from './evaluator';
import { isNonZero } from './scalar-value';
import type { ValueContext } from './value-context';
import { typeOf } from './value-types';

export function holds(context: ValueContext, evaluated: Evaluated): boolean | undefined {
  const { kind } = typeOf(context.debug, evaluated.type);
  return kind === 'array' || kind === 'function' || isNonZero(nodeOf(context, evaluated, '').scalar);
}
