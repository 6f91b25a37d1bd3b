/**
 * A service's view of the call it serves: the argument words in the frame, as C pushed them. One object serves all calls
 * of a machine, one after the other: a service must not keep it.
 */
import { FRAME_HEADER, NULL_LIMIT } from '../ir/memory-map';
import { MemoryRangeError, type Memory } from './memory';
import type { ServiceCall, ServiceHost, ServiceResult, TaskId } from './service';

export class FrameCall implements ServiceCall {
  task: TaskId = 0;
  private fp = 0;

  constructor(
    readonly host: ServiceHost,
    readonly memory: Memory,
  ) {}

  /** The call whose frame is at `fp`. */
  at(task: TaskId, fp: number): this {
    this.task = task;
    this.fp = fp;
    return this;
  }

  arg(index: number): number {
    return this.memory.u32(this.fp + FRAME_HEADER + 4 * index);
  }

  int(index: number): number {
    return this.memory.i32(this.fp + FRAME_HEADER + 4 * index);
  }

  argAddress(index: number): number {
    return this.fp + FRAME_HEADER + 4 * index;
  }
}

/** What a service threw, as the fault of the C that called it; errors of our own are thrown on. */
export function outOfRange(error: unknown): ServiceResult {
  if (error instanceof MemoryRangeError) {
    const kind = error.address < NULL_LIMIT ? 'null-dereference' : 'wild-dereference';
    return { kind: 'fault', fault: { kind, message: error.message, address: error.address } };
  }
  throw error;
}
