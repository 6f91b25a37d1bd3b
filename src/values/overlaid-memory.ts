/**
 * Memory as values are read from it, where all that is known is how to read bytes; and memory in which some bytes are
 * others.
 *
 * In: other memory, an address, bytes that lie there instead. Out: a {@link ByteReader}; the other memory stays as it is.
 */
import type { ByteReader } from './value-context';

/** Numbers from bytes. Addresses and sizes are those of the memory; a read beyond it fails as there. */
export abstract class BytesReader implements ByteReader {
  abstract contains(address: number, size: number): boolean;
  abstract read(address: number, size: number): Uint8Array;

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

/** Memory with `laid` over what lies at `start`; what is asked for wholly within it need not be memory. */
export class OverlaidMemory extends BytesReader {
  constructor(
    private readonly memory: ByteReader,
    private readonly start: number,
    private readonly laid: Uint8Array,
  ) {
    super();
  }

  contains(address: number, size: number): boolean {
    return this.memory.contains(address, size);
  }

  read(address: number, size: number): Uint8Array {
    const { start, laid } = this;
    if (address >= start && address + size <= start + laid.length) {
      return laid.slice(address - start, address - start + size);
    }
    const bytes = this.memory.read(address, size).slice();
    const [from, to] = [Math.max(address, start), Math.min(address + size, start + laid.length)];
    if (from < to) {
      bytes.set(laid.subarray(from - start, to - start), from - address);
    }
    return bytes;
  }
}
