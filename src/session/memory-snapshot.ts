/**
 * The bytes of an earlier moment, enough of them to show what changed since: program data, the used heap with its shadow, the stacks.
 * Everything else is read from the live memory.
 */
import { SHADOW_SHIFT } from '../ir/memory-map';
import type { Machine } from '../machine/machine';
import type { Memory } from '../machine/memory';
import type { ByteReader } from './value-context';

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class MemorySnapshot implements ByteReader {
  private readonly pieces: readonly Piece[];
  private readonly live: Memory;

  constructor(machine: Machine) {
    const { memory, map } = machine;
    this.live = memory;
    const piece = (start: number, end: number): Piece => ({ start, bytes: memory.bytes.slice(start, end) });
    const stacks = machine.tasks.all().reduce((high, task) => Math.max(high, task.stackHigh), map.stacksStart);
    this.pieces = [
      piece(map.dataStart, Math.max(machine.heapHigh, map.dataEnd)),
      piece(map.stacksStart, stacks),
      piece(map.shadowStart + (map.heapStart >> SHADOW_SHIFT), map.shadowStart + (machine.heapHigh >> SHADOW_SHIFT) + 1),
    ];
  }

  contains(address: number, size: number): boolean {
    return this.live.contains(address, size);
  }

  read(address: number, size: number): Uint8Array {
    for (const { start, bytes } of this.pieces) {
      if (address >= start && address + size <= start + bytes.length) {
        return bytes.slice(address - start, address - start + size);
      }
    }
    return this.live.read(address, size);
  }

  private view(address: number, size: number): DataView {
    const bytes = this.read(address, size);
    return new DataView(bytes.buffer, bytes.byteOffset, size);
  }

  u8(address: number): number {
    return this.view(address, 1).getUint8(0);
  }

  u16(address: number): number {
    return this.view(address, 2).getUint16(0, true);
  }

  u32(address: number): number {
    return this.view(address, 4).getUint32(0, true);
  }

  u64(address: number): bigint {
    return this.view(address, 8).getBigUint64(0, true);
  }
}
