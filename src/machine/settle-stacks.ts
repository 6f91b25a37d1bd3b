/**
 * Stacks at rest: what no frame uses is zero, so that a moment has the same bytes in whichever of its two bodies each
 * function came there.
 *
 * In: a task that stands still, its frames in memory. Written: zeros below its innermost frame, in the outgoing area of
 * each frame behind the arguments of the call it waits for, in the gaps between its slots, and in the results of calls
 * that have not returned. Nothing that runs reads any of these.
 */
import type { DebugInfo } from '../abi/debug-info';
import { FRAME_HEADER, FRAME_PAD, FRAME_RETURN } from '../abi/memory-map';
import { FrameCheck } from './frame-check';
import type { Memory } from './memory';
import type { Task, TaskTable } from './tasks';

/** Settles the stacks on which something ran since this was last done. */
export function settleStacks(table: TaskTable, memory: Memory, debug: DebugInfo): void {
  const { tasks, left } = table.takeMoved();
  left.forEach(({ stackLow, stackHigh }) => memory.fill(stackLow, stackHigh - stackLow, 0));
  tasks.forEach((task) => settleStack(task, memory, debug));
}

function settleStack(task: Task, memory: Memory, debug: DebugInfo): void {
  const check = new FrameCheck(memory, debug);
  const zero = (from: number, to: number): void => {
    if (to > from) {
      memory.fill(from, to - from, 0);
    }
  };
  const top = task.top === 0 ? undefined : check.frame(task, task.top);
  if (task.top !== 0 && !top) {
    return; // a damaged stack is left as it is
  }
  zero(task.stackLow, top ? task.top - top.fn.frameSize : task.stackHigh);
  let call = task.calls.length - 1;
  for (let fp = task.top; fp !== 0;) {
    const frame = check.frame(task, fp);
    const pushed = task.calls[call];
    if (!frame) {
      return;
    }
    const base = fp - frame.fn.frameSize;
    // Another call may have been pushed on a frame that waits for none: then the call's frame lies below this one's.
    const inUse = frame.point.kind === 'call' ? FRAME_HEADER + (frame.point.argumentBytes ?? 0) : 0;
    for (const [from, to] of frame.fn.unused) {
      zero(base + Math.max(from, inUse), base + to);
    }
    memory.setU32(fp + FRAME_PAD, 0);
    memory.setU64(fp + FRAME_RETURN, 0n);
    if (pushed?.fp === fp) {
      fp = pushed.below;
      call--;
    } else {
      const parent = check.parent(task, fp, pushed);
      if (parent === undefined) {
        return;
      }
      fp = parent;
    }
  }
}
