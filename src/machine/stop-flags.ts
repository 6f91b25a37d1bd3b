/**
 * The statement flags: one byte per statement at the end of the linear memory; the code stops before a statement whose byte is
 * not zero. Flags are the debugger's, not the program's: they are no part of a checkpoint.
 *
 * A flag is up for any of three reasons: stepping (all are), a breakpoint, or because the statement was never seen: the first
 * pass through it is recorded as coverage and takes the flag down, so that coverage costs one stop per statement and run.
 */
import type { MemoryMap } from '../ir/memory-map';
import type { Memory } from './memory';

export class StopFlags {
  private readonly flags: Uint8Array;
  private readonly breakpoints: Uint8Array;
  /** One byte per statement: executed at least once. */
  readonly covered: Uint8Array;
  private stepping = false;
  private watched: ReadonlySet<number> = new Set();

  constructor(memory: Memory, map: MemoryMap, statements: number) {
    this.flags = memory.bytes.subarray(map.flagsStart, map.flagsStart + statements);
    this.breakpoints = new Uint8Array(statements);
    this.covered = new Uint8Array(statements);
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
    this.flags[statement] = this.wanted(statement);
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
      this.flags[statement] = this.wanted(statement);
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
    return this.stepping || this.breakpoints[statement] === 1 || this.covered[statement] === 0 || this.watched.has(statement) ? 1 : 0;
  }

  private refresh(): void {
    if (this.stepping) {
      this.flags.fill(1);
      return;
    }
    for (let i = 0; i < this.flags.length; i++) {
      this.flags[i] = this.wanted(i);
    }
  }
}
