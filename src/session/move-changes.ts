/**
 * What the last move changed, whether it was a step or a long way, forwards or back.
 *
 * In: the machine, whose memory is kept before each move; the frames before and after. Out: changes in C terms, worked out
 * when they are asked for and once for a stop. A move that goes on with the one before changes what both do together.
 */
import type { Machine } from '../machine/machine';
import { changesSince } from '../values/changes';
import { MemorySnapshot } from '../values/memory-snapshot';
import type { Change, StackFrame } from '../values/value-model';
import type { ObjectSource } from '../values/value-context';

export class MoveChanges {
  private readonly earlier: MemorySnapshot;
  private framesBefore: readonly StackFrame[] = [];
  private changes: readonly Change[] | undefined = [];
  private isStep = false;
  /** There is something to compare with. */
  private isKnown = false;
  private isContinued = false;

  constructor(
    machine: Machine,
    private readonly source: ObjectSource,
    private readonly framesNow: () => readonly StackFrame[],
  ) {
    this.earlier = new MemorySnapshot(machine);
  }

  /** Before the machine moves; `goesOn`: on with the move before, when that can be told. */
  begin(frames: readonly StackFrame[], goesOn = false): void {
    this.changes = [];
    this.isStep = false;
    this.isContinued = goesOn && this.isKnown;
    if (this.isContinued) {
      this.earlier.movedOn();
    } else {
      this.earlier.take();
      this.framesBefore = frames;
      this.isKnown = true;
    }
  }

  /** The machine has arrived. */
  end(isStep: boolean): void {
    this.changes = undefined;
    this.isStep = isStep;
  }

  /** Nothing can be told: the machine stands on another line of time, or was stopped on its way. */
  forget(): void {
    this.changes = [];
    this.isStep = false;
    this.isKnown = false;
    this.isContinued = false;
  }

  /** Whether the move went on with the one before. */
  get wentOn(): boolean {
    return this.isContinued;
  }

  /** Whether the move was a step. */
  get stepped(): boolean {
    return this.isStep;
  }

  list(): readonly Change[] {
    return (this.changes ??= changesSince(this.source, this.earlier, this.framesNow(), this.framesBefore));
  }
}
