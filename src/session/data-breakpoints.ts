/**
 * Data breakpoints: a stop after the statement that changed watched bytes, or read them.
 *
 * In: ranges of memory, with condition and hit count; the machine at each statement. Out: which of them changed, or were
 * read, since the statement before. Bytes of a frame are watched while that function's frame lies there, and begin anew each time it is
 * entered: what other functions keep in the same place later is none of theirs.
 */
import { frameAt, isThere, type OwnFrame } from '../machine/frame-bytes';
import type { Machine } from '../machine/machine';
import { hitConditionHolds, hitConditionProblem } from './hit-condition';
import { HitHistory } from './hit-history';
import { LoadWatch } from './load-watch';
import type { BreakpointResult, DataAccess, DataBreakpointRequest } from './session-types';
import { sentence } from '../sentences/sentence';

interface Watched {
  readonly id: number;
  readonly label: string;
  readonly address: number;
  readonly size: number;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  /** The bits of them that count; all when there is none. */
  readonly mask?: Uint8Array | undefined;
  /** The frame that the bytes lie in. */
  readonly frame?: OwnFrame | undefined;
  readonly hits: HitHistory;
  readonly access: DataAccess;
  /** Clock of the last moment before they were read; undefined for none that matters. */
  readAt: number | undefined;
  /** The bytes at the statement before; undefined when their frame was not there. */
  bytes: Uint8Array | undefined;
}

/** One whose bytes have changed or, `isRead`, were only read: its id, and what it calls them. */
export type Touched = Pick<Watched, 'id' | 'label'> & { readonly isRead: boolean };

/** Whether a condition holds where the machine stands. */
type Holds = (condition: string) => boolean;

export class DataBreakpoints {
  private watched: Watched[] = [];
  private nextId = 1_000_000;

  private readonly loads: LoadWatch;

  constructor(private readonly machine: Machine) {
    this.loads = new LoadWatch(machine, ({ address, size }, clock) => {
      for (const watch of this.watched) {
        if (address < watch.address + watch.size && watch.address < address + size) {
          watch.readAt = clock;
        }
      }
    });
  }

  get active(): boolean {
    return this.watched.length > 0;
  }

  /** `accesses`: what can be told of bytes. */
  set(
    requests: readonly DataBreakpointRequest[],
    accesses: (request: DataBreakpointRequest) => readonly DataAccess[],
  ): BreakpointResult[] {
    this.watched = [];
    const results = requests.map((request): BreakpointResult => {
      const { address, size, label, access = 'write' } = request;
      const id = this.nextId++;
      const known = accesses(request);
      if (known.length === 0) {
        return { id, verified: false, message: sentence('what-is-not-in-memory', { what: label }) };
      }
      if (!known.includes(access)) {
        const why = request.bits ? 'reads-of-a-bit-field-are-not-told' : 'reads-of-a-local-are-not-told';
        return { id, verified: false, message: sentence(why, { what: label }) };
      }
      const frame = frameAt(this.machine, address);
      const { condition, hitCondition, bits } = request;
      const message = hitConditionProblem(hitCondition);
      if (message) {
        return { id, verified: false, message };
      }
      const mask = bits && maskOf(bits, size);
      const given = { id, label, address, size, mask, condition, hitCondition, frame, access };
      this.watched.push({ ...given, hits: new HitHistory(), readAt: undefined, bytes: undefined });
      return { id, verified: true };
    });
    this.loads.aim(this.watched.filter(({ access }) => access !== 'write'));
    this.look();
    return results;
  }

  /** What can be told of bytes: not reads of what lies in a frame, which may be in a register instead, or of some bits. */
  accesses({ address, bits }: Pick<DataBreakpointRequest, 'address' | 'bits'>): readonly DataAccess[] {
    return bits || frameAt(this.machine, address) !== undefined ? ['write'] : ['read', 'write', 'readWrite'];
  }

  /** Takes the bytes as they are now for those of the statement before. */
  look(): void {
    this.forgetReads();
    for (const watch of this.watched) {
      watch.bytes = this.isThere(watch) ? this.machine.memory.read(watch.address, watch.size) : undefined;
    }
  }

  /** What was read up to now was asked about, or was not read by the run. */
  forgetReads(): void {
    this.watched.forEach((watch) => (watch.readAt = undefined));
  }

  /** Those whose bytes were touched since the statement before, and that hold; none when nothing was. */
  check(holds: Holds): readonly Touched[] {
    const { clock } = this.machine;
    const read = this.watched.filter(({ access, readAt }) => access !== 'write' && readAt === clock - 1);
    let found: Touched[] | undefined;
    for (const watch of this.watched) {
      if (!this.isThere(watch)) {
        watch.bytes = undefined;
        continue;
      }
      const changed = watch.bytes !== undefined && this.differs(watch, watch.bytes);
      if (changed || watch.mask || watch.bytes === undefined) {
        watch.bytes = this.machine.memory.read(watch.address, watch.size);
      }
      const counts = changed && watch.access !== 'read';
      const isHit = counts || read.includes(watch);
      if (!isHit || (watch.condition !== undefined && !holds(watch.condition))) {
        continue;
      }
      watch.hits.add(clock);
      if (watch.hitCondition === undefined || hitConditionHolds(watch.hitCondition, watch.hits.upTo(clock))) {
        (found ??= []).push({ id: watch.id, label: watch.label, isRead: !counts });
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

  private differs({ address, mask }: Watched, before: Uint8Array): boolean {
    const { bytes } = this.machine.memory;
    return before.some((byte, index) => {
      const now = bytes[address + index] ?? 0;
      return now !== byte && (mask === undefined || ((now ^ byte) & (mask[index] ?? 0)) !== 0);
    });
  }

  private isThere({ frame }: Watched): boolean {
    return !frame || isThere(this.machine, frame);
  }
}

/** A byte for each of `size`, with the bits up that belong to a bit-field. */
function maskOf({ bitOffset, bitSize }: NonNullable<DataBreakpointRequest['bits']>, size: number): Uint8Array {
  const mask = new Uint8Array(size);
  for (let bit = bitOffset; bit < bitOffset + bitSize; bit++) {
    mask[bit >> 3] = (mask[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return mask;
}
