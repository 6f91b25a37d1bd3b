/**
 * A service's view of the call it serves: the argument words in the frame, as C pushed them. One object serves all calls
 * of a machine, one after the other: a service must not keep it.
 */
import { sentence } from '../sentences/sentence';
import { Control, FRAME_HEADER, FRAME_RETURN, NULL_LIMIT } from '../abi/memory-map';
import type { StatementPlace } from './journal-entry';
import { statementPlace } from './statement-places';
import type { Fault } from './fault';
import { GuardedMemory, ServiceFault } from './guarded-memory';
import { MemoryRangeError, type Memory } from './memory';
import type { Probe, Replaced, ServiceCall, ServiceHost, TaskId } from './service';

export class FrameCall implements ServiceCall {
  task: TaskId = 0;
  readonly memory: GuardedMemory;
  /** A probe is shown a call while frames are elsewhere: there is no stack to be seen. */
  isGlancing = false;
  private fp = 0;

  /** `frames`: memory in which the argument words lie. */
  constructor(
    readonly host: ServiceHost,
    private readonly frames: Memory,
  ) {
    this.memory = new GuardedMemory(frames, host.map);
  }

  /** The call of `name` whose frame is at `fp`. */
  at(task: TaskId, fp: number, name: string): this {
    this.task = task;
    this.fp = fp;
    this.memory.what = name;
    return this;
  }

  /** Shows a probe the call whose frame is at `fp`, all frames being in memory; what it cannot read it does without. */
  lookOn(probe: Probe, task: TaskId, fp: number): Replaced | undefined {
    try {
      const call = this.at(task, fp, probe.function);
      return probe.wants?.(call) !== 'nothing' ? (probe.entered(call) ?? undefined) : undefined;
    } catch (error) {
      outOfRange(error);
      return undefined;
    }
  }

  /**
   * The same while frames are elsewhere. False when there is no probe, or when it must be shown the call again with all
   * frames in memory: where the run paused between the call and its first statement, running code no longer says where
   * the call is; and what a probe makes of the stack is told in the journal, when somebody reads that, and changes
   * nothing else.
   */
  glance(probe: Probe | undefined, task: TaskId, fp: number): boolean {
    if (!probe || this.callSite < 0) {
      return false;
    }
    try {
      this.isGlancing = true;
      const call = this.at(task, fp, probe.function);
      const wanted = probe.wants?.(call) ?? 'call';
      const isLater = wanted === 'stack' && this.host.isHeard();
      if (wanted !== 'nothing' && !isLater) {
        probe.entered(call);
      }
      return !isLater;
    } catch (error) {
      outOfRange(error);
      return true;
    } finally {
      this.isGlancing = false;
    }
  }

  /** Running code says where it calls from; else the frames do. */
  get caller(): StatementPlace | undefined {
    if (this.isGlancing) {
      return statementPlace(this.host.debug, this.callSite);
    }
    const [called, caller] = this.host.stack();
    return called?.isPushed ? undefined : caller;
  }

  /** Statement of the call that running code made last; negative when it has made none since the machine went on. */
  private get callSite(): number {
    return this.frames.i32(Control.callSite);
  }

  arg(index: number): number {
    return this.frames.u32(this.fp + FRAME_HEADER + 4 * index);
  }

  int(index: number): number {
    return this.frames.i32(this.fp + FRAME_HEADER + 4 * index);
  }

  argAddress(index: number): number {
    return this.fp + FRAME_HEADER + 4 * index;
  }
}

/** Puts a service's result where its caller looks for it. */
export function writeResult(memory: Memory, fp: number, result: number | bigint | undefined | void): void {
  if (typeof result === 'number') {
    memory.setU32(fp + FRAME_RETURN, result >>> 0);
  } else if (typeof result === 'bigint') {
    memory.setU64(fp + FRAME_RETURN, BigInt.asUintN(64, result));
  } else {
    memory.setU32(fp + FRAME_RETURN, 0);
    memory.setU32(fp + FRAME_RETURN + 4, 0);
  }
}

/** What a service threw, as the fault of the C that called it; errors of our own are thrown on. */
export function outOfRange(error: unknown): Fault {
  if (error instanceof ServiceFault) {
    return error.fault;
  }
  if (error instanceof MemoryRangeError) {
    const kind = error.address < NULL_LIMIT ? 'null-dereference' : 'wild-dereference';
    return {
      kind,
      message: sentence('no-memory-at-address', { address: `0x${error.address.toString(16)}`, size: error.size }),
      address: error.address,
    };
  }
  throw error;
}
