/**
 * Machine tasks: each has a C stack and the calls pushed on it. A task runs the innermost frame of its last call; the
 * others wait below it, as an interrupted task waits under its interrupt.
 */
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
  readonly service?: number;
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
}

export class TaskTable {
  private tasks: Task[] = [];
  private nextId = 1;

  constructor(
    private readonly stacksStart: number,
    private readonly stacksEnd: number,
    private readonly stackSize: number,
  ) {}

  get(id: TaskId): Task | undefined {
    return this.tasks.find((task) => task.id === id);
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
          stackHigh: low + this.stackSize,
          top: 0,
          blocked: false,
          calls: [],
        };
        this.tasks.push(task);
        return task;
      }
    }
    return undefined;
  }

  destroy(id: TaskId): void {
    this.tasks = this.tasks.filter((task) => task.id !== id);
  }

  save(): { tasks: Task[]; nextId: number } {
    return { tasks: this.tasks.map((task) => ({ ...task, calls: [...task.calls] })), nextId: this.nextId };
  }

  restore(state: { tasks: Task[]; nextId: number }): void {
    this.tasks = state.tasks.map((task) => ({ ...task, calls: [...task.calls] }));
    this.nextId = state.nextId;
  }
}
