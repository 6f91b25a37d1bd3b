/**
 * Which functions ran in a span, from when to when, within one another.
 *
 * In: a span of clocks, the most statements that may be run again for it. Out: a bar for each call, with how deep it lies
 * in its process's stack. Every statement of the span is a stop; where the frame is another one than before, the chain of
 * frames in memory says which calls have begun and which are over; a process whose stack is empty when another one runs has
 * left its system call. A call under way at an edge of the span goes up to it.
 */
import { FRAME_FUNCTION, FRAME_PARENT } from '../abi/memory-map';
import type { Machine } from '../machine/machine';
import type { Asking } from './changes';
import type { Replayer, Span } from './replayer';

/** A call of a function. */
export interface CallSpan {
  readonly function: string;
  /** The process on whose stack it runs. */
  readonly pid: number | undefined;
  /** The outermost of its process has 0. */
  readonly depth: number;
  readonly from: number;
  readonly to: number;
}

interface OpenCall {
  readonly fp: number;
  readonly functionId: number;
  readonly from: number;
}

/** Frames of one stack that are looked at. */
const MOST_FRAMES = 100;
/** Calls that are told. */
const MOST_CALLS = 20_000;

/** The calls of a span, oldest first; undefined when cancelled. */
export async function callSpans(
  replayer: Replayer,
  span: Span,
  { breathe }: Asking = {},
): Promise<readonly CallSpan[] | undefined> {
  const spans: CallSpan[] = [];
  const stacks = new Map<number, OpenCall[]>();
  const end = (task: number, stack: OpenCall[], kept: number, clock: number): void => {
    for (const [index, { functionId, from }] of stack.splice(kept).entries()) {
      const name = replayer.debug.functions[functionId]?.name ?? '?';
      const pid = replayer.processOf(task)?.pid;
      spans.push({ function: name, pid, depth: kept + index, from, to: clock });
    }
  };
  let last = { clock: span.from, task: -1 };
  const outcome = await replayer.replay(span, {
    statements: 'all',
    onStatement: ({ task, fp }, machine) => {
      const left = last.task === task ? undefined : stacks.get(last.task);
      if (left && (machine.tasks.get(last.task)?.top ?? 0) === 0) {
        end(last.task, left, 0, last.clock + 1);
      }
      last = { clock: machine.clock, task };
      const stack = stacks.get(task) ?? [];
      stacks.set(task, stack);
      if (stack.at(-1)?.fp !== fp || stack.at(-1)?.functionId !== functionOf(machine, fp)) {
        const { known, begun } = chainOf(machine, fp, stack);
        end(task, stack, known, machine.clock);
        stack.push(...begun.map((call) => ({ ...call, from: machine.clock })));
      }
      return spans.length > MOST_CALLS ? 'enough' : undefined;
    },
    breathe,
  });
  for (const [task, stack] of stacks) {
    end(task, stack, 0, task === last.task ? Math.min(last.clock + 1, span.to) : span.to);
  }
  return outcome === 'cancelled' ? undefined : spans.sort((a, b) => a.from - b.from || a.depth - b.depth);
}

function functionOf({ memory }: Machine, fp: number): number {
  return memory.u32(fp + FRAME_FUNCTION);
}

/** How many frames of a stack still live, and those that have come, outermost first. */
function chainOf(
  machine: Machine,
  innermost: number,
  stack: readonly OpenCall[],
): {
  readonly known: number;
  readonly begun: readonly Omit<OpenCall, 'from'>[];
} {
  const begun: Omit<OpenCall, 'from'>[] = [];
  for (let fp = innermost; fp !== 0 && begun.length < MOST_FRAMES; fp = machine.memory.u32(fp + FRAME_PARENT)) {
    const functionId = functionOf(machine, fp);
    const known = stack.findIndex((call) => call.fp === fp && call.functionId === functionId);
    if (known >= 0) {
      return { known: known + 1, begun: begun.reverse() };
    }
    begun.push({ fp, functionId });
  }
  // What interrupts runs below the frames that it finds, without a caller among them.
  const outermost = begun.at(-1)?.fp ?? 0;
  return { known: stack.filter(({ fp }) => fp > outermost).length, begun: begun.reverse() };
}
