/**
 * What a step means: predicates over statement stops. A step stays on its thread (process); when the thread cannot go
 * on, others run until it does, and if it never does the step ends where the run ends or where another thread is.
 *
 * Frames of one thread are told apart by address: the stack grows down, so a caller's header lies above. A system call
 * that begins anew uses the same addresses; the pushed call's identity tells it from the one before.
 */
import type { Machine } from '../machine/machine';
import type { PushedCall } from '../machine/tasks';
import type { StatementStop } from '../machine/traveller';
import type { StepKind, WhyLeft } from './session-types';

type Wanted = (stop: StatementStop) => boolean;

export class Stepper {
  constructor(private readonly machine: Machine) {}

  /** `into`: a function's id; a step over the statement that ends in that function, should it be called. */
  forward(kind: StepKind, thread: number, into?: number): Wanted {
    const { machine } = this;
    const task = machine.tasks.get(thread);
    if (!task || task.top === 0) {
      return () => true;
    }
    if (kind === 'into' && into === undefined) {
      return (stop) => stop.task === thread || this.gone(thread);
    }
    const start = task.top;
    const level = task.calls.length - 1;
    const call = task.calls[level];
    const callEnded = (): boolean => this.callAt(thread, level) !== call;
    if (kind === 'into') {
      const first = machine.debug.functions[into ?? -1]?.firstStatement;
      const back = this.forward('over', thread);
      return (stop) => (stop.task === thread && stop.statement === first && stop.fp < start) || back(stop);
    }
    if (kind === 'over') {
      return (stop) => (stop.task === thread && (callEnded() || stop.fp >= start)) || this.gone(thread);
    }
    return (stop) => (stop.task === thread && (callEnded() || stop.fp > start)) || this.gone(thread);
  }

  back(kind: StepKind, thread: number): Wanted {
    const start = this.machine.tasks.get(thread)?.top ?? 0;
    if (kind === 'back-into' || start === 0) {
      return (stop) => stop.task === thread || start === 0;
    }
    return kind === 'back-over'
      ? (stop) => stop.task === thread && stop.fp >= start
      : (stop) => stop.task === thread && stop.fp > start;
  }

  private callAt(thread: number, level: number): PushedCall | undefined {
    return this.machine.tasks.get(thread)?.calls[level];
  }

  /** The thread has ended, or has nothing left to do. */
  private gone(thread: number): boolean {
    return this.machine.tasks.get(thread) === undefined;
  }
}

/** Why a step on `thread` ended on another one. */
export function whyLeft(machine: Machine, thread: number): WhyLeft {
  const task = machine.tasks.get(thread);
  if (!task) {
    return machine.tasks.hasBegun(thread) ? 'exited' : 'not-begun';
  }
  return task.top === 0 ? 'returned' : task.blocked ? 'sleeps' : 'other-runs';
}
