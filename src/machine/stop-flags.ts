/**
 * The statement flags: one byte per statement at the end of the linear memory; the code stops before a statement whose byte is
 * not zero. Flags are the debugger's, not the program's: they are no part of a checkpoint.
 *
 * A flag is up for any of three reasons: stepping (all are), a breakpoint, or because the statement was never seen: the first
 * pass through it is recorded as coverage and takes the flag down, so that coverage costs one stop per statement and run.
 *
 * Bit 0 of the byte is the statement's own. Bit 1, of the first statement of a straight run, says that a later one of the run has its flag up:
 * the free body looks only there.
 */
import type { DebugStatement } from '../ir/debug-info';
import type { MemoryMap } from '../ir/memory-map';
import type { Memory } from './memory';

/** A statement's own flag, and that one that follows in its run has it up. */
const OWN = 1;
const LATER = 2;

export class StopFlags {
  private readonly flags: Uint8Array;
  private readonly breakpoints: Uint8Array;
  /** One byte per statement: executed at least once. */
  readonly covered: Uint8Array;
  /** First statement of the run that each statement is in. */
  private readonly leaders: Int32Array;
  private stepping = false;
  private watched: ReadonlySet<number> = new Set();

  constructor(memory: Memory, map: MemoryMap, statements: readonly Pick<DebugStatement, 'function' | 'ahead'>[]) {
    this.flags = memory.bytes.subarray(map.flagsStart, map.flagsStart + statements.length);
    this.breakpoints = new Uint8Array(statements.length);
    this.covered = new Uint8Array(statements.length);
    this.leaders = new Int32Array(statements.length);
    statements.forEach((statement, index) => {
      const before = statements[index - 1];
      this.leaders[index] = before && before.ahead > 1 && before.function === statement.function ? this.leaders[index - 1]! : index;
    });
    this.refresh();
  }

  /** Stop at every statement, or only where there is a reason. */
  setStepping(on: boolean): void {
    if (on !== this.stepping) {
      this.stepping = on;
      this.refresh();
    }
  }

  setBreakpoint(statement: number, on: boolean): void {
    this.breakpoints[statement] = on ? 1 : 0;
    this.update(statement);
  }

  /** Whether to stop at a statement. */
  isUp(statement: number): boolean {
    return (this.flags[statement]! & OWN) !== 0;
  }

  clearBreakpoints(): void {
    this.breakpoints.fill(0);
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
    return !this.stepping && this.breakpoints[statement] === 0;
  }

  /** Takes all flags down while the evaluator runs C of its own; `resume` puts them up again. */
  suspend(): void {
    this.flags.fill(0);
  }

  resume(): void {
    this.refresh();
  }

  /** First statements of functions with a probe or an armed fault injection. */
  setWatched(statements: readonly number[]): void {
    this.watched = new Set(statements);
    this.refresh();
  }

  private wanted(statement: number): number {
    return this.stepping || this.breakpoints[statement] === 1 || this.covered[statement] === 0 || this.watched.has(statement) ? OWN : 0;
  }

  private update(statement: number): void {
    const { flags, leaders } = this;
    flags[statement] = (flags[statement]! & LATER) | this.wanted(statement);
    const leader = leaders[statement]!;
    if (leader !== statement) {
      let later = 0;
      for (let i = leader + 1; i < flags.length && leaders[i] === leader; i++) {
        later |= flags[i]!;
      }
      flags[leader] = (flags[leader]! & OWN) | ((later & OWN) !== 0 ? LATER : 0);
    }
  }

  private refresh(): void {
    const { flags, leaders } = this;
    if (this.stepping) {
      flags.fill(OWN);
      return;
    }
    for (let i = 0; i < flags.length; i++) {
      flags[i] = this.wanted(i);
      if (flags[i] !== 0 && leaders[i] !== i) {
        flags[leaders[i]!]! |= LATER;
      }
    }
  }
}
