/**
 * Shows what an expression evaluated to: an object where it lies, any other value from the bytes the evaluator returned.
 */
import type { Evaluated } from './evaluator';
import type { ValueNode } from './value-model';
import { OverlaidMemory } from './overlaid-memory';
import type { ValueContext } from './value-context';
import { valueNode } from './value-node';
import type { ValuePlace } from './value-scalar';

/** Address at which a scalar's bytes appear; in the null page, where no object can be. */
const SCRATCH = 8;

/** Where a value lies, as far as that tells what it stands for. */
export function placeOf({ bits, member, variable }: Evaluated): ValuePlace {
  return {
    ...member,
    ...(variable === undefined ? {} : { variable }),
    ...(bits ? { bits: { bitOffset: bits.offset, bitSize: bits.size } } : {}),
  };
}

export function nodeOf(context: ValueContext, evaluated: Evaluated, expression: string): ValueNode {
  if (evaluated.isVoid) {
    return {
      name: expression,
      type: 'void',
      display: '(no value)',
      scalar: { kind: 'none' },
      named: 0,
      indexed: 0,
      children: () => [],
    };
  }
  const { type, address, bytes, behind } = evaluated;
  const place = placeOf(evaluated);
  if (address !== undefined) {
    return valueNode(context, { name: expression, expression, type, address, place });
  }
  const memory = behind ? new OverlaidMemory(context.memory, behind.address, behind.bytes) : context.memory;
  const scratch = new OverlaidMemory(memory, SCRATCH, bytes ?? new Uint8Array(8));
  const node = valueNode(
    { ...context, memory: scratch },
    { name: expression, expression, type, address: SCRATCH, place },
  );
  return { ...node, address: undefined };
}
