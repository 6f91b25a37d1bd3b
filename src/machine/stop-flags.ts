/**
 * The statement flags: one byte per statement at the end of the linear memory; the code stops before a statement whose
 * byte is not zero. Flags are the debugger's, not the program's: they are no part of a checkpoint.
 *
 * A flag is up for any of three reasons: stepping (all are), a breakpoint, or because the statement was never seen: the
 * first pass through it is recorded as coverage and takes the flag down, so that coverage costs one stop per statement
 * and run.
 *
 * Bit 0 of the byte is the statement's own. Bit 1, of the first statement of a straight run, says that a later one of
 * the run has its flag up: the free body looks only there. Bit 2, of the first statement of a quiet loop, says that any
 * of the loop has its flag up.
 */
import { itemAt } from '../base/checked-access';
import type { DebugInfo, DebugStatement } from '../abi/debug-info';
import type { MemoryMap } from '../abi/memory-map';
import type { Memory } from './memory';
import type { TaskId } from './service';

/** A statement's own flag, and that one that follows in its run has it up. */
const OWN = 1;
const LATER = 2;
const LOOP = 4;

export class StopFlags {
  private readonly flags: Uint8Array;
  private readonly breakpoints: Uint8Array;
  private hasBreakpoints = false;
  /** The flags as they were when they were taken down. */
  private readonly suspended: Uint8Array;
  /** One byte per statement: executed at least once. */
  readonly covered: Uint8Array;
  /** First statement of the run that each statement is in. */
  private readonly leaders: Int32Array;
  /** First statement of the quiet loop that each statement is in, or -1. */
  private readonly loops: Int32Array;
  private readonly reachable: Uint8Array;
  private stepping = false;
  /** Breakpoints do not count: the machine is on its way elsewhere. */
  private muted = false;
  private watched: ReadonlySet<number> = new Set();
  /** What is done, once, before another task than this one runs. */
  whenLeft: { readonly task: TaskId | undefined; readonly then: () => void } | undefined;

  constructor(memory: Memory, map: MemoryMap, { statements, functions }: Pick<DebugInfo, 'statements' | 'functions'>) {
    this.flags = memory.bytes.subarray(map.flagsStart, map.flagsStart + statements.length);
    this.breakpoints = new Uint8Array(statements.length);
    this.suspended = new Uint8Array(statements.length);
    this.covered = new Uint8Array(statements.length);
    this.leaders = new Int32Array(statements.length);
    this.reachable = new Uint8Array(statements.length);
    this.loops = new Int32Array(statements.length).fill(-1);
    let leader = 0;
    for (let index = 0, before: DebugStatement | undefined; index < statements.length; index++) {
      const statement = itemAt(statements, index);
      leader = before && before.ahead > 1 && before.function === statement.function ? leader : index;
      this.leaders[index] = leader;
      this.reachable[index] = statement.ahead > 0 ? 1 : 0;
      before = statement;
    }
    for (const { quietLoops = [] } of functions) {
      for (const [first, last] of quietLoops) {
        this.loops.fill(first, first, last + 1);
      }
    }
    this.refresh();
  }

  /** Stop at every statement, or only where there is a reason; `muted`: breakpoints are none. */
  setStepping(on: boolean, muted = false): void {
    if (on !== this.stepping || muted !== this.muted) {
      this.stepping = on;
      this.muted = muted;
      this.refresh();
    }
  }

  /** A task is about to run. */
  goesOn(task: TaskId): void {
    if (this.whenLeft && this.whenLeft.task !== task) {
      this.whenLeft.then();
      this.whenLeft = undefined;
    }
  }

  setBreakpoint(statement: number, on: boolean): void {
    this.breakpoints[statement] = on ? 1 : 0;
    this.hasBreakpoints ||= on;
    this.update(statement);
  }

  /** Whether to stop at a statement. */
  isUp(statement: number): boolean {
    return ((this.flags[statement] ?? 0) & OWN) !== 0;
  }

  /** Whether a statement's flag is up only because it is watched, and none of its run's with it. */
  isOnlyWatched(statement: number): boolean {
    return this.flags[statement] === OWN && !this.stepping && !this.stopsAt(statement) && this.covered[statement] === 1;
  }

  /** Stop at these statements and at no others. */
  setBreakpoints(statements: Iterable<number>): void {
    this.breakpoints.fill(0);
    for (const statement of statements) {
      this.breakpoints[statement] = 1;
    }
    this.hasBreakpoints = true;
    this.refresh();
  }

  clearBreakpoints(): void {
    if (!this.hasBreakpoints) {
      return;
    }
    this.breakpoints.fill(0);
    this.hasBreakpoints = false;
    this.refresh();
  }

  isBreakpoint(statement: number): boolean {
    return this.breakpoints[statement] === 1;
  }

  /** Gives up coverage: nobody will ask. */
  coverEverything(): void {
    this.covered.fill(1);
    this.refresh();
  }

  /** Records that a statement is about to run. Answers whether the stop there was for coverage only. */
  cover(statement: number): boolean {
    if (this.covered[statement] === 0) {
      this.covered[statement] = 1;
      this.update(statement);
    }
    return !this.stepping && !this.stopsAt(statement);
  }

  /** There is a breakpoint, and it counts. */
  private stopsAt(statement: number): boolean {
    return this.breakpoints[statement] === 1 && !this.muted;
  }

  /** Takes all flags down while the evaluator runs C of its own; `resume` puts them up again. */
  suspend(): void {
    this.suspended.set(this.flags);
    this.flags.fill(0);
  }

  resume(): void {
    this.flags.set(this.suspended);
  }

  /** First statements of functions with a probe or an armed fault injection. */
  setWatched(statements: readonly number[]): void {
    const changed = new Set([...this.watched, ...statements]);
    this.watched = new Set(statements);
    if (!this.stepping) {
      changed.forEach((statement) => statement >= 0 && this.update(statement));
    }
  }

  private wanted(statement: number): number {
    return this.stepping || this.stopsAt(statement) || this.covered[statement] === 0 || this.watched.has(statement)
      ? OWN
      : 0;
  }

  private update(statement: number): void {
    const { flags, leaders, loops } = this;
    flags[statement] = (itemAt(flags, statement) & ~OWN) | this.wanted(statement);
    const leader = itemAt(leaders, statement);
    if (leader !== statement) {
      this.summarize(leader, leader + 1, leaders, LATER);
    }
    const loop = itemAt(loops, statement);
    if (loop >= 0) {
      this.summarize(loop, loop, loops, LOOP);
    }
  }

  /** Sets a bit of `first` when a statement from `from` on that belongs to it has its flag up. */
  private summarize(first: number, from: number, belongsTo: Int32Array, bit: number): void {
    const { flags, reachable } = this;
    let up = 0;
    for (let i = from; i < flags.length && belongsTo[i] === first; i++) {
      up |= flags[i]! & reachable[i]!;
    }
    flags[first] = (itemAt(flags, first) & ~bit) | (up !== 0 ? bit : 0);
  }

  private refresh(): void {
    const { flags, leaders, loops, reachable, breakpoints, covered, watched } = this;
    if (this.stepping) {
      flags.fill(OWN);
      return;
    }
    for (let i = 0; i < flags.length; i++) {
      flags[i] = covered[i] === 0 || (breakpoints[i] === 1 && !this.muted) ? OWN : 0;
    }
    for (const statement of watched) {
      if (statement >= 0) {
        flags[statement] = OWN;
      }
    }
    for (let i = 0; i < flags.length; i++) {
      if (flags[i] !== 0 && reachable[i] === 1) {
        if (leaders[i] !== i) {
          flags[leaders[i]!]! |= LATER;
        }
        if (loops[i]! >= 0) {
          flags[loops[i]!]! |= LOOP;
        }
      }
    }
  }
}
