/**
 * Data breakpoints: a stop after the statement that changed watched bytes.
 *
 * In: ranges of memory, with condition and hit count; the machine at each statement. Out: which of them changed since the
 * statement before. Bytes of a frame are watched while that function's frame lies there, and begin anew each time it is
 * entered: what other functions keep in the same place later is none of theirs.
 */
import { frameAt, isThere, type OwnFrame } from '../machine/frame-bytes';
import type { Machine } from '../machine/machine';
import { hitConditionHolds } from './hit-condition';
import { HitHistory } from './hit-history';
import type { BreakpointResult, DataBreakpointRequest } from './session-types';
import { sentence } from '../sentences/sentence';

interface Watched {
  readonly id: number;
  readonly label: string;
  readonly address: number;
  readonly size: number;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  /** The frame that the bytes lie in. */
  readonly frame?: OwnFrame | undefined;
  readonly hits: HitHistory;
  /** The bytes at the statement before; undefined when their frame was not there. */
  bytes: Uint8Array | undefined;
}

/** One whose bytes have changed: its id, and what it calls them. */
export type Changed = Pick<Watched, 'id' | 'label'>;

/** Whether a condition holds where the machine stands. */
type Holds = (condition: string) => boolean;

export class DataBreakpoints {
  private watched: Watched[] = [];
  private nextId = 1_000_000;

  constructor(private readonly machine: Machine) {}

  get active(): boolean {
    return this.watched.length > 0;
  }

  set(requests: readonly DataBreakpointRequest[]): BreakpointResult[] {
    this.watched = [];
    const results = requests.map(({ address, size, label, condition, hitCondition }): BreakpointResult => {
      const id = this.nextId++;
      if (size <= 0 || !this.machine.memory.contains(address, size)) {
        return { id, verified: false, message: sentence('what-is-not-in-memory', { what: label }) };
      }
      const frame = frameAt(this.machine, address);
      this.watched.push({
        id,
        label,
        address,
        size,
        condition,
        hitCondition,
        frame,
        hits: new HitHistory(),
        bytes: undefined,
      });
      return { id, verified: true };
    });
    this.look();
    return results;
  }

  /** Takes the bytes as they are now for those of the statement before. */
  look(): void {
    for (const watch of this.watched) {
      watch.bytes = this.isThere(watch) ? this.machine.memory.read(watch.address, watch.size) : undefined;
    }
  }

  /** Those whose bytes changed since the statement before, and that hold; none when nothing did. */
  check(holds: Holds): readonly Changed[] {
    const { clock } = this.machine;
    let found: Changed[] | undefined;
    for (const watch of this.watched) {
      if (!this.isThere(watch)) {
        watch.bytes = undefined;
        continue;
      }
      const changed = watch.bytes !== undefined && this.differs(watch.address, watch.bytes);
      if (changed || watch.bytes === undefined) {
        watch.bytes = this.machine.memory.read(watch.address, watch.size);
      }
      if (!changed || (watch.condition !== undefined && !holds(watch.condition))) {
        continue;
      }
      watch.hits.add(clock);
      if (watch.hitCondition === undefined || hitConditionHolds(watch.hitCondition, watch.hits.upTo(clock))) {
        (found ??= []).push(watch);
      }
    }
    return found ?? [];
  }

  /** Up to where the hits of all are known that have a hit count; Infinity when none has. */
  get counted(): number {
    return this.counting().reduce((least, { hits }) => Math.min(least, hits.known), Infinity);
  }

  passed(clock: number): void {
    this.counting().forEach(({ hits }) => hits.passed(clock));
  }

  forgetAfter(clock: number): void {
    this.watched.forEach(({ hits }) => hits.forgetAfter(clock));
  }

  private counting(): readonly Watched[] {
    return this.watched.filter(({ hitCondition }) => hitCondition !== undefined);
  }

  private differs(address: number, before: Uint8Array): boolean {
    const { bytes } = this.machine.memory;
    return before.some((byte, index) => bytes[address + index] !== byte);
  }

  private isThere({ frame }: Watched): boolean {
    return !frame || isThere(this.machine, frame);
  }
}
