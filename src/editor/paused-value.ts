/**
 * The value of what is under the pointer while the machine stands still, for hovers that say what it means too.
 *
 * In: an expression in a function that is on the stack of the stopped thread. Out: lines of text: the value, and of a
 * struct the first members. Nothing where the function is not on the stack, for another frame's `sk` would mislead.
 */
import type { ValueNode } from '../facade/session';
import type { LiveRun } from './live-runs';

/** Members that a hover lists; the inspector and the variables view have all. */
const mostMembers = 12;

/** `sk = 0xc0102000`, and a line for each member. */
export function pausedValue(
  { session }: LiveRun,
  expression: string,
  path: string,
  functionName: string | undefined,
): string | undefined {
  if (session.hasFunction(expression)) {
    return undefined;
  }
  const { thread } = session.stop;
  const frame = session.stack(thread).find((each) => each.path === path && each.function === functionName);
  const { value } = frame ? session.evaluate(expression, frame) : { value: undefined };
  return value && [`${expression} = ${value.display}`, ...members(value)].join('\n');
}

function members(value: ValueNode): string[] {
  if (value.named === 0) {
    return [];
  }
  const shown = value.children(0, mostMembers).map(({ name, display }) => `  ${name} = ${display}`);
  return [...shown, ...(value.named > shown.length ? ['  …'] : [])];
}
