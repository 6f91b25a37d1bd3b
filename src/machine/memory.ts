/**
 * Typed access to the linear memory for the host side: services, inspector, debugger. Reads and writes are
 * little-endian; addresses out of range throw a {@link MemoryRangeError}, which the machine turns into a fault of the
 * running program.
 */

export class MemoryRangeError extends Error {
  constructor(
    readonly address: number,
    readonly size: number,
  ) {
    super(`no memory at 0x${(address >>> 0).toString(16)} (${size} bytes)`);
  }
}

/** Bytes that are sooner written one by one than by a call. */
const SHORT = 24;
/** The number that eight times the same byte spells. */
const spelled = new Float64Array(Uint8Array.from({ length: 2048 }, (_, i) => i >> 3).buffer);

export class Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Aligned 32-bit words. */
  readonly words: Int32Array;
  private readonly doubles: Float64Array;

  /** `size`: bytes of the buffer that are memory; by default all. */
  constructor(buffer: ArrayBuffer, size = buffer.byteLength) {
    this.bytes = new Uint8Array(buffer, 0, size);
    this.view = new DataView(buffer, 0, size);
    this.words = new Int32Array(buffer, 0, size >> 2);
    this.doubles = new Float64Array(buffer, 0, size >> 3);
  }

  /** Whether `[address, address + size)` lies in the memory at all. */
  contains(address: number, size: number): boolean {
    return address >= 0 && size >= 0 && address + size <= this.bytes.length;
  }

  /** Throws when the bytes must not be read. */
  protected checkRead(address: number, size: number): void {
    if (!this.contains(address, size)) {
      throw new MemoryRangeError(address, size);
    }
  }

  /** Throws when the bytes must not be written. */
  protected checkWrite(address: number, size: number): void {
    if (!this.contains(address, size)) {
      throw new MemoryRangeError(address, size);
    }
  }

  u8(address: number): number {
    this.checkRead(address, 1);
    return this.bytes[address]!;
  }

  u16(address: number): number {
    this.checkRead(address, 2);
    return this.view.getUint16(address, true);
  }

  u32(address: number): number {
    this.checkRead(address, 4);
    return this.view.getUint32(address, true);
  }

  i32(address: number): number {
    this.checkRead(address, 4);
    return this.view.getInt32(address, true);
  }

  u64(address: number): bigint {
    this.checkRead(address, 8);
    return this.view.getBigUint64(address, true);
  }

  setU8(address: number, value: number): void {
    this.checkWrite(address, 1);
    this.bytes[address] = value;
  }

  setU16(address: number, value: number): void {
    this.checkWrite(address, 2);
    this.view.setUint16(address, value, true);
  }

  setU32(address: number, value: number): void {
    this.checkWrite(address, 4);
    this.view.setUint32(address, value, true);
  }

  setU64(address: number, value: bigint): void {
    this.checkWrite(address, 8);
    this.view.setBigUint64(address, value, true);
  }

  /** A copy of the bytes. */
  read(address: number, size: number): Uint8Array {
    this.checkRead(address, size);
    return this.bytes.slice(address, address + size);
  }

  write(address: number, bytes: Uint8Array): void {
    this.checkWrite(address, bytes.length);
    this.bytes.set(bytes, address);
  }

  /** Address of the first of `size` bytes that is not `byte`; undefined when all are. */
  firstUnlike(address: number, size: number, byte: number): number | undefined {
    this.checkRead(address, size);
    const { bytes, doubles } = this;
    const end = address + size;
    let at = address;
    while (at < end && (at & 7) !== 0 && bytes[at] === byte) {
      at++;
    }
    if ((at & 7) === 0) {
      // Eight bytes at once, as a number that they spell.
      const pattern = spelled[byte]!;
      const last = (end >> 3) - 4;
      let index = at >> 3;
      while (
        index <= last &&
        doubles[index] === pattern &&
        doubles[index + 1] === pattern &&
        doubles[index + 2] === pattern &&
        doubles[index + 3] === pattern
      ) {
        index += 4;
      }
      at = index << 3;
    }
    while (at < end && bytes[at] === byte) {
      at++;
    }
    return at < end ? at : undefined;
  }

  /** memmove. */
  move(to: number, from: number, size: number): void {
    this.checkWrite(to, size);
    this.checkRead(from, size);
    this.bytes.copyWithin(to, from, from + size);
  }

  fill(address: number, size: number, value: number): void {
    this.checkWrite(address, size);
    if (size > SHORT) {
      this.bytes.fill(value, address, address + size);
      return;
    }
    for (let at = address; at < address + size; at++) {
      this.bytes[at] = value;
    }
  }

  /** Zero-terminated string at `address`, at most `limit` bytes, one UTF-16 unit per byte. */
  cString(address: number, limit = 4096): string {
    // No farther than it may go: memory behind it can be long, and looking through it counts for nothing.
    const room = Math.min(Math.max(this.bytes.length - address, 0), limit);
    const zero = this.bytes.subarray(address, address + room).indexOf(0);
    const length = zero < 0 ? room : zero;
    this.checkRead(address, Math.max(1, Math.min(length + 1, limit)));
    const end = address + length;
    let text = '';
    for (let at = address; at < end; at += 4096) {
      text += String.fromCharCode(...this.bytes.subarray(at, Math.min(at + 4096, end)));
    }
    return text;
  }
}
