/**
 * Changes of a range of bytes while a copy of the machine runs.
 *
 * In: stores that overlap the range, told by the code itself (`wasm/watch-stores.ts`), and what services, the scenario and
 * hands did, after they did it. Out: one change for each statement after which the bytes are others than before it. The
 * bytes are compared each time, so a value that is written over itself is no change. Of a variable that lives in a frame,
 * only what happens while that frame is there counts; what the code keeps in a register is compared at each statement of
 * its function.
 */
import { Control } from '../abi/memory-map';
import { watchedMoment } from '../wasm/watched-moment';
import { statementsOf, type StatementId } from '../abi/debug-info';
import { isThere, type OwnFrame } from '../machine/frame-bytes';
import type { Machine } from '../machine/machine';
import type { StatementStop } from '../machine/traveller';

/** Bytes to look out for. */
export interface ByteRange {
  readonly address: number;
  readonly size: number;
  /** The frame that they lie in. */
  readonly frame?: OwnFrame | undefined;
}

/** Who changed bytes. `scenario`: what lies outside the kernel; `hand`: somebody changed the moment. */
export type Writer =
  | { readonly kind: 'statement'; readonly statement: StatementId; readonly task: number }
  | { readonly kind: 'service'; readonly service: string; readonly statement: StatementId; readonly task: number }
  | { readonly kind: 'scenario' | 'hand' };

export interface ByteChange {
  /** The last moment with the bytes of before. */
  readonly clock: number;
  readonly writer: Writer;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export class ByteWatch {
  private bytes: Uint8Array;
  /** The bytes are where they belong: always, but for those of a frame. */
  live: boolean;
  private pending: ByteChange | undefined;
  /** The last stop in the frame. */
  private last: { readonly clock: number; readonly statement: StatementId } | undefined;
  private readonly entry: StatementId;
  /** Statements at which the frame's registers lie in memory. */
  readonly statements: readonly StatementId[];

  constructor(
    private readonly machine: Machine,
    private readonly range: ByteRange,
    /** Changes are told whose new bytes are there at this clock at the latest. */
    private readonly until: number,
    private readonly tell: (change: ByteChange) => void,
  ) {
    const fn = machine.debug.functions[range.frame?.functionId ?? -1];
    this.entry = fn?.firstStatement ?? -1;
    this.statements = fn ? statementsOf(fn) : [];
    this.bytes = machine.memory.read(range.address, range.size);
    this.live = range.frame === undefined || isThere(machine, range.frame);
    this.last = this.live && machine.at ? { clock: machine.clock, statement: machine.at.statement } : undefined;
    this.aim(range.address, range.size);
  }

  /** No store is told any more. */
  end(): void {
    this.aim(0xffff_ffff, 0);
    this.flush();
  }

  private aim(start: number, size: number): void {
    const { words } = this.machine.memory;
    words[Control.watchStart >> 2] = start | 0;
    words[Control.watchSize >> 2] = size;
  }

  private get callSite(): StatementId {
    return this.machine.memory.words[Control.callSite >> 2] ?? -1;
  }

  /** A store of a statement, or of the service that the last call went to (-1), with the fuel of that moment. */
  wrote(statement: number, fuel: number): void {
    if (!this.live || !this.differs()) {
      return;
    }
    const at = statement < 0 ? this.callSite : statement;
    const ahead = this.machine.debug.statements[at]?.ahead ?? 1;
    const clock = watchedMoment(this.machine.memory.view, fuel, ahead);
    this.note(clock, { kind: 'statement', statement: at, task: this.machine.currentTask });
  }

  /** A service has done its work. */
  served(service: string): void {
    if (this.live && this.differs()) {
      const { currentTask, host } = this.machine;
      this.note(host.clock - 1, { kind: 'service', service, statement: this.callSite, task: currentTask });
    }
  }

  /** Something outside the kernel's C has acted. */
  acted(kind: 'scenario' | 'hand', clock = this.machine.host.clock - 1): void {
    if (this.live && this.differs()) {
      this.note(clock, { kind });
    }
  }

  /** The frame has returned. */
  returned(fp: number): void {
    if (fp === this.range.frame?.fp && this.machine.currentTask === this.range.frame.task) {
      this.live = false;
    }
  }

  /** A statement of the frame's function is next: what it has in registers lies in memory now. */
  stopped(stop: StatementStop): void {
    const { frame } = this.range;
    if (!frame || stop.fp !== frame.fp || stop.task !== frame.task) {
      return;
    }
    const { clock } = this.machine;
    if (this.machine.debug.statements[stop.statement]?.function !== frame.functionId) {
      return;
    }
    if (!this.live || (stop.statement === this.entry && this.last === undefined)) {
      this.live = true;
      this.bytes = this.machine.memory.read(this.range.address, this.range.size);
    } else if (this.differs()) {
      const { statement = stop.statement } = this.last ?? {};
      this.note(clock - 1, { kind: 'statement', statement, task: stop.task });
    }
    this.last = { clock, statement: stop.statement };
  }

  private differs(): boolean {
    const { bytes } = this.machine.memory;
    const { address } = this.range;
    const before = this.bytes;
    for (let index = 0; index < before.length; index++) {
      if (before[index] !== bytes[address + index]) {
        return true;
      }
    }
    return false;
  }

  private note(clock: number, writer: Writer): void {
    const after = this.machine.memory.read(this.range.address, this.range.size);
    const { pending } = this;
    if (pending && pending.clock === clock) {
      this.pending = { ...pending, writer, after };
    } else {
      this.flush();
      this.pending = { clock, writer, before: this.bytes, after };
    }
    this.bytes = after;
  }

  /** Tells what is known to be complete: nothing more happens at that clock. */
  flush(before = Infinity): void {
    const { pending } = this;
    if (pending && pending.clock < before) {
      this.pending = undefined;
      if (pending.clock < this.until && pending.before.some((byte, index) => byte !== pending.after[index])) {
        this.tell(pending);
      }
    }
  }
}
