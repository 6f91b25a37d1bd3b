/**
 * The call stack of a task, read from memory: frame headers, resume points, and the calls that were pushed on top of
 * each other.
 */
import type { DebugInfo } from '../ir/debug-info';
import { FRAME_FUNCTION, FRAME_PARENT, FRAME_PC } from '../ir/memory-map';
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
  const frames: MachineFrame[] = [];
  let call = task.calls.length - 1;
  for (let fp = task.top; fp !== 0 && frames.length < limit;) {
    const functionId = memory.u32(fp + FRAME_FUNCTION);
    const point = debug.functions[functionId]?.resumePoints[memory.u32(fp + FRAME_PC)];
    const pushed = task.calls[call];
    const bottom = pushed?.fp === fp;
    frames.push({ fp, functionId, statement: point?.statement ?? -1, ...(bottom ? { bottomOf: pushed.tag } : {}) });
    if (bottom) {
      fp = pushed.below;
      call--;
    } else {
      fp = memory.u32(fp + FRAME_PARENT);
    }
  }
  return frames;
}
