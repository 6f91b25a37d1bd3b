/**
 * Memory that notes what is read of it, so that what was made of the bytes can be used again while they are the same.
 *
 * In: a memory. Out: the same bytes, and whether all that were read are still as they were. Words are noted once each; it
 * does not matter who has changed the memory since, or whether the run went forwards or back.
 */
import { BytesReader } from './overlaid-memory';
import type { ByteReader } from './value-context';

export class NotedReads extends BytesReader {
  /** By address, what the words were. */
  private readonly words = new Map<number, number>();

  constructor(private readonly memory: ByteReader) {
    super();
  }

  /** Whether all bytes that were read are as they were. */
  areSame(): boolean {
    for (const [address, word] of this.words) {
      if (this.memory.u32(address) !== word) {
        return false;
      }
    }
    return true;
  }

  contains(address: number, size: number): boolean {
    return this.memory.contains(address, size);
  }

  read(address: number, size: number): Uint8Array {
    this.note(address, size);
    return this.memory.read(address, size);
  }

  override u8(address: number): number {
    this.note(address, 1);
    return this.memory.u8(address);
  }

  override u16(address: number): number {
    this.note(address, 2);
    return this.memory.u16(address);
  }

  override u32(address: number): number {
    this.note(address, 4);
    return this.memory.u32(address);
  }

  private note(address: number, size: number): void {
    for (let word = address - (address & 3); word < address + size; word += 4) {
      if (!this.words.has(word) && this.memory.contains(word, 4)) {
        this.words.set(word, this.memory.u32(word));
      }
    }
  }
}
