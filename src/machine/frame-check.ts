/**
 * Whether frames in memory are what running code left there. C can write over them (an array overrun, a wild pointer),
 * so nothing is gone on with, and nothing is listed, before it was looked at here.
 *
 * In: a task and the address of a frame header. Out: what the header says, or nothing when it cannot be true: the frame
 * must lie in the task's stack, name a function and one of its resume points, and the frame it returns to must wait for
 * a call and begin exactly where this one ends.
 */
import type { DebugFunction, DebugInfo, ResumePoint } from '../abi/debug-info';
import { FRAME_FUNCTION, FRAME_HEADER, FRAME_PARENT, FRAME_PC } from '../abi/memory-map';
import type { Memory } from './memory';
import type { Task } from './tasks';

export interface SoundFrame {
  readonly functionId: number;
  readonly fn: DebugFunction;
  readonly point: ResumePoint;
}

const NOWHERE: ResumePoint = { kind: 'entry', statement: -1 };

export class FrameCheck {
  constructor(
    private readonly memory: Memory,
    private readonly debug: DebugInfo,
  ) {}

  /** The frame at `fp`; undefined when its header is damaged. */
  frame(task: Task, fp: number): SoundFrame | undefined {
    if (fp % 8 !== 0 || fp < task.stackLow || fp + FRAME_HEADER > task.stackHigh) {
      return undefined;
    }
    const { words } = this.memory;
    const functionId = words[(fp + FRAME_FUNCTION) >> 2] ?? -1;
    const fn = this.debug.functions[functionId];
    const point = fn?.resumePoints[words[(fp + FRAME_PC) >> 2] ?? -1];
    // One that has not begun may find that there is no room for it.
    const fits = point?.kind === 'entry' || fp - (fn?.frameSize ?? 0) >= task.stackLow;
    return fn && point && fits ? { functionId, fn, point } : undefined;
  }

  /** Where the frame at `fp` stands, whatever its header may be worth. */
  point(fp: number): ResumePoint {
    const { words } = this.memory;
    const fn = this.debug.functions[words[(fp + FRAME_FUNCTION) >> 2] ?? -1];
    return fn?.resumePoints[words[(fp + FRAME_PC) >> 2] ?? -1] ?? NOWHERE;
  }

  /**
   * The frame that the one at `fp` returns to: 0 when it is the bottom of the pushed call it belongs to (`call`: the last
   * one), undefined when the way there is damaged.
   */
  parent(task: Task, fp: number, call = task.calls[task.calls.length - 1]): number | undefined {
    const parent = (this.memory.words[(fp + FRAME_PARENT) >> 2] ?? 0) >>> 0;
    if (fp === call?.fp) {
      return parent === 0 ? 0 : undefined;
    }
    const frame = parent > fp ? this.frame(task, parent) : undefined;
    return frame?.point.kind === 'call' && parent - frame.fn.frameSize === fp ? parent : undefined;
  }
}
