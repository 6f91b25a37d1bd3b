/**
 * Machine tasks: each has a C stack and the calls pushed on it. A task runs the innermost frame of its last call; the
 * others wait below it, as an interrupted task waits under its interrupt.
 */
import { alignUp } from '../base/bytes';
import type { DebugInfo } from '../abi/debug-info';
import {
  FRAME_FUNCTION,
  FRAME_HEADER,
  FRAME_PARENT,
  FRAME_PC,
  FRAME_RETURN,
  REGISTER_WORDS,
  STACK_GAP,
} from '../abi/memory-map';
import type { Memory } from './memory';
import type { PlainData, TaskId } from './service';

/** A call pushed from outside (system call, interrupt, callback of a service). */
export interface PushedCall {
  /** Header of its bottom frame. */
  readonly fp: number;
  /** Innermost frame of what it was pushed on; 0 when the stack was empty. */
  readonly below: number;
  /** Whether what is below was blocked. */
  readonly blockedBelow: boolean;
  /** For the environment; or, with `service`, data for the service that asked for the call. */
  readonly tag: PlainData;
  /** Function id of the service to resume with the result, when a service made the call. */
  readonly service?: number | undefined;
}

export interface Task {
  readonly id: TaskId;
  readonly stackLow: number;
  readonly stackHigh: number;
  /** Header of the innermost frame; 0 when idle. */
  top: number;
  /** A service keeps the innermost frame. */
  blocked: boolean;
  calls: PushedCall[];
  /** Something ran on its stack, or was pushed, since the stack was last settled. */
  moved: boolean;
}

/** Puts a call on a task's stack, on top of whatever is there: its frame, with the argument words. */
export function pushCall(
  memory: Memory,
  debug: DebugInfo,
  task: Task,
  functionId: number,
  args: readonly number[],
  tag: PlainData,
  service?: number,
): void {
  const size = task.top === 0 ? 0 : (debug.functions[memory.u32(task.top + FRAME_FUNCTION)]?.frameSize ?? 0);
  const below = task.top === 0 ? task.stackHigh : task.top - size;
  const fp = (below - FRAME_HEADER - alignUp(Math.max(args.length, REGISTER_WORDS) * 4, 8)) & ~7;
  memory.fill(fp + FRAME_HEADER, below - fp - FRAME_HEADER, 0);
  args.forEach((arg, index) => memory.setU32(fp + FRAME_HEADER + 4 * index, arg >>> 0));
  memory.setU32(fp + FRAME_PC, 0);
  memory.setU32(fp + FRAME_FUNCTION, functionId);
  memory.setU32(fp + FRAME_PARENT, 0);
  memory.setU32(fp + FRAME_RETURN, 0);
  memory.setU32(fp + FRAME_RETURN + 4, 0);
  task.calls.push({ fp, below: task.top, blockedBelow: task.blocked, tag, service });
  task.top = fp;
  task.blocked = false;
  task.moved = true;
}

export class TaskTable {
  private tasks: Task[] = [];
  private nextId = 1;
  /** End of the highest stack that was ever in use. */
  private high: number;
  /** Tasks that are no more, and whose stacks still hold what they left. */
  private left: Task[] = [];

  constructor(
    private readonly stacksStart: number,
    private readonly stacksEnd: number,
    private readonly stackSize: number,
  ) {
    this.high = stacksStart;
  }

  get highest(): number {
    return this.high;
  }

  /** What belongs to no stack: the ends of all stacks, and what is left behind the last one. */
  gaps(): { readonly start: number; readonly size: number }[] {
    const gaps: { start: number; size: number }[] = [];
    let low = this.stacksStart;
    for (; low + this.stackSize <= this.stacksEnd; low += this.stackSize) {
      gaps.push({ start: low + this.stackSize - STACK_GAP, size: STACK_GAP });
    }
    return [...gaps, { start: low, size: this.stacksEnd - low }];
  }

  get(id: TaskId): Task | undefined {
    return this.tasks.find((task) => task.id === id);
  }

  /** Whether there is, or once was, a task of that number. */
  hasBegun(id: TaskId): boolean {
    return id < this.nextId;
  }

  all(): readonly Task[] {
    return this.tasks;
  }

  /** Whether a stack is free. */
  hasRoom(): boolean {
    return this.tasks.length < Math.floor((this.stacksEnd - this.stacksStart) / this.stackSize);
  }

  /** New task on the lowest free stack; undefined when all are taken. */
  create(): Task | undefined {
    const used = new Set(this.tasks.map((task) => task.stackLow));
    for (let low = this.stacksStart; low + this.stackSize <= this.stacksEnd; low += this.stackSize) {
      if (!used.has(low)) {
        const task: Task = {
          id: this.nextId++,
          stackLow: low,
          stackHigh: low + this.stackSize - STACK_GAP,
          top: 0,
          blocked: false,
          calls: [],
          moved: false,
        };
        this.tasks.push(task);
        this.high = Math.max(this.high, low + this.stackSize);
        return task;
      }
    }
    return undefined;
  }

  destroy(id: TaskId): void {
    const task = this.get(id);
    if (task) {
      this.left.push(task);
    }
    this.tasks = this.tasks.filter((task) => task.id !== id);
  }

  /** Stacks that were in use since this was last asked: those of tasks, and those that nobody has any more. */
  takeMoved(): { readonly tasks: readonly Task[]; readonly left: readonly Task[] } {
    const used = new Set(this.tasks.map((task) => task.stackLow));
    const left = this.left.filter((task) => !used.has(task.stackLow));
    const tasks = this.tasks.filter((task) => task.moved);
    this.left = [];
    tasks.forEach((task) => (task.moved = false));
    return { tasks, left };
  }

  save(): { tasks: Task[]; nextId: number } {
    return { tasks: this.tasks.map((task) => ({ ...task, calls: [...task.calls] })), nextId: this.nextId };
  }

  restore(state: { tasks: Task[]; nextId: number }): void {
    this.tasks = state.tasks.map((task) => ({ ...task, calls: [...task.calls] }));
    this.nextId = state.nextId;
    this.left = [];
  }
}
