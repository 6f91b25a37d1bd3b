/**
 * The bytes of an earlier moment, enough of them to show what changed since: program data, the used heap with its
 * shadow, the stacks. Everything else is read from the live memory.
 *
 * A session has one and takes it anew before each step, into the same buffers. What differs is found by comparing words,
 * once, when somebody asks; a list of ranges then answers for every object.
 */
import { FRAME_FUNCTION, SHADOW_SHIFT } from '../abi/memory-map';
import type { Machine } from '../machine/machine';
import { BytesReader } from './overlaid-memory';

interface Piece {
  start: number;
  length: number;
  /** At least `length` bytes, which are a multiple of 8, as `start` is. */
  bytes: Uint8Array;
}

/** Bytes from `start` up to `end`, both multiples of 8. */
export interface ChangedRange {
  readonly start: number;
  readonly end: number;
}

export class MemorySnapshot extends BytesReader {
  private readonly buffers: Piece[] = [];
  /** The pieces of the last moment: as many of the buffers, which keep their memory. */
  private pieces: readonly Piece[] = [];
  private ranges: readonly ChangedRange[] | undefined;

  constructor(private readonly machine: Machine) {
    super();
  }

  /** Keeps the present moment, and forgets the one before. */
  take(): this {
    const { map } = this.machine;
    const shadow = map.shadowStart + (map.heapStart >> SHADOW_SHIFT);
    const shadowEnd = map.shadowStart + (this.machine.heapHigh >> SHADOW_SHIFT) + 1;
    const { memory, debug } = this.machine;
    let used = 0;
    this.keep(used++, map.dataStart, Math.max(this.machine.heapHigh, map.dataEnd));
    // Of a stack, what is in use: the rest holds nothing.
    for (const { top, stackLow, stackHigh } of this.machine.tasks.all()) {
      if (top !== 0) {
        const { frameSize = 0 } = debug.functions[memory.u32(top + FRAME_FUNCTION)] ?? {};
        this.keep(used++, Math.max(top - frameSize, stackLow), stackHigh);
      }
    }
    this.keep(used++, shadow, shadowEnd);
    this.pieces = this.buffers.slice(0, used);
    this.ranges = undefined;
    return this;
  }

  /** The machine has moved on: what differs is found anew. */
  movedOn(): void {
    this.ranges = undefined;
  }

  private keep(index: number, from: number, to: number): void {
    const piece = (this.buffers[index] ??= { start: 0, length: 0, bytes: new Uint8Array(0) });
    const { bytes } = this.machine.memory;
    piece.start = from & -8;
    piece.length = Math.min((to + 7) & -8, bytes.length & -8) - piece.start;
    if (piece.bytes.length < piece.length) {
      piece.bytes = new Uint8Array((piece.length + (piece.length >> 2) + 7) & -8);
    }
    piece.bytes.set(bytes.subarray(piece.start, piece.start + piece.length));
  }

  /** What differs now, ascending by address within each part of memory; data and heap, then stacks, then the shadow. */
  changedRanges(): readonly ChangedRange[] {
    return (this.ranges ??= this.pieces.flatMap((piece) => changesOf(piece, this.machine.memory.bytes)));
  }

  /** Whether any of the bytes differ now. */
  changed(address: number, size: number): boolean {
    for (const { start, end } of this.changedRanges()) {
      if (
        start < address + size &&
        end > address &&
        this.differ(Math.max(start, address), Math.min(end, address + size))
      ) {
        return true;
      }
    }
    return false;
  }

  private differ(from: number, to: number): boolean {
    const live = this.machine.memory.bytes;
    const piece = this.pieces.find(({ start, length }) => from >= start && to <= start + length);
    for (let at = from; piece && at < to; at++) {
      if (piece.bytes[at - piece.start] !== live[at]) {
        return true;
      }
    }
    return false;
  }

  contains(address: number, size: number): boolean {
    return this.machine.memory.contains(address, size);
  }

  read(address: number, size: number): Uint8Array {
    for (const { start, bytes, length } of this.pieces) {
      if (address >= start && address + size <= start + length) {
        return bytes.slice(address - start, address - start + size);
      }
    }
    return this.machine.memory.read(address, size);
  }
}

/** Bytes compared at once: unrolled, eight times eight bytes cost an eighth of one loop over words (measured). */
const BLOCK = 8;

function changesOf({ start, length, bytes }: Piece, live: Uint8Array): ChangedRange[] {
  const before = new BigInt64Array(bytes.buffer, 0, length >> 3);
  const now = new BigInt64Array(live.buffer, live.byteOffset + start, length >> 3);
  const found: ChangedRange[] = [];
  const whole = before.length - (before.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) {
    if (
      before[at] !== now[at] ||
      before[at + 1] !== now[at + 1] ||
      before[at + 2] !== now[at + 2] ||
      before[at + 3] !== now[at + 3] ||
      before[at + 4] !== now[at + 4] ||
      before[at + 5] !== now[at + 5] ||
      before[at + 6] !== now[at + 6] ||
      before[at + 7] !== now[at + 7]
    ) {
      addChanges(found, before, now, start, at, at + BLOCK);
    }
  }
  addChanges(found, before, now, start, whole, before.length);
  return found;
}

/** Adds what differs among elements `from` up to `to`. */
function addChanges(
  found: ChangedRange[],
  before: BigInt64Array,
  now: BigInt64Array,
  start: number,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    if (before[at] !== now[at]) {
      const last = found[found.length - 1];
      const begin = start + at * 8;
      if (last?.end === begin) {
        found[found.length - 1] = { start: last.start, end: begin + 8 };
      } else {
        found.push({ start: begin, end: begin + 8 });
      }
    }
  }
}
