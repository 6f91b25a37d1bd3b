/**
 * The call stack of a task, read from memory: frame headers, resume points, and the calls that were pushed on top of
 * each other. Where a header is damaged, what lies under it in the same call cannot be found and is left out.
 */
import type { DebugInfo } from '../abi/debug-info';
import { FrameCheck } from './frame-check';
import type { Memory } from './memory';
import type { PlainData } from './service';
import type { Task } from './tasks';

export interface MachineFrame {
  /** Address of the header. */
  readonly fp: number;
  readonly functionId: number;
  /** Statement it is at or in; -1 for services and frames that have not begun. */
  readonly statement: number;
  /** Tag of the pushed call whose bottom frame this is. */
  readonly bottomOf?: PlainData;
}

/** More frames than any stack can hold: a damaged chain ends here. */
const LIMIT = 100_000;

/** Innermost first. */
export function framesOf(task: Task, memory: Memory, debug: DebugInfo, limit = LIMIT): MachineFrame[] {
  return [...walkFrames(task, memory, debug, limit)];
}

/** The same, one after the other: for those who need only the innermost. */
export function* walkFrames(task: Task, memory: Memory, debug: DebugInfo, limit: number): Generator<MachineFrame> {
  const check = new FrameCheck(memory, debug);
  let call = task.calls.length - 1;
  let count = 0;
  for (let fp = task.top; fp !== 0 && count < limit; count++) {
    const pushed = task.calls[call];
    const frame = check.frame(task, fp);
    const bottom = pushed?.fp === fp;
    if (frame) {
      const { functionId, point } = frame;
      yield { fp, functionId, statement: point.statement, ...(bottom ? { bottomOf: pushed.tag } : {}) };
    }
    const parent = frame && !bottom ? check.parent(task, fp, pushed) : undefined;
    if (parent) {
      fp = parent;
    } else {
      fp = pushed?.below ?? 0;
      call--;
    }
  }
}
