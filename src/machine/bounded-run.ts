/**
 * A run that never executes more statements than it may.
 *
 * In: a machine and a number of statements. Out: stops, until the number is used up. Code that runs freely looks at its
 * fuel only at loops and calls, so that the end of a free slice may lie a straight stretch too far: the last part is
 * stepped, from as far before the end as there are statements in the program.
 */
import type { Machine, MachineStop } from './machine';

/** Least distance from the end at which stepping begins. */
const NEAR = 10_000;

/** Statements before a moment within which a free run may come to stand beyond it. */
export function nearOf({ debug }: Machine): number {
  return Math.max(NEAR, debug.statements.length);
}

export class BoundedRun {
  /** Clock at which the run ends. */
  readonly limit: number;
  private readonly near: number;

  constructor(
    private readonly machine: Machine,
    statements: number,
  ) {
    this.limit = machine.clock + statements;
    this.near = nearOf(machine);
  }

  /** Whether all statements have been executed. */
  get spent(): boolean {
    return this.machine.clock >= this.limit;
  }

  /**
   * Advances by about `slice` statements at most; undefined, and nothing runs, when the number is used up. Near the end
   * the machine is left stepping.
   */
  advance(slice: number): MachineStop | undefined {
    const { machine } = this;
    const left = this.limit - machine.clock;
    if (left <= 0 && (machine.at || machine.finished)) {
      return undefined;
    }
    if (left <= this.near) {
      machine.flags.setStepping(true); // one statement at a time, up to the one that is not executed any more
      return machine.advance(slice);
    }
    return machine.advance(Math.min(slice, left - this.near));
  }
}
