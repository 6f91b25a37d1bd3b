/**
 * Reads what `byte-writer.ts` writes: bytes and LEB128 numbers (WebAssembly core specification, section 5.2.2).
 */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
    readonly end = bytes.length,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value >>> 0;
      }
    }
  }

  s32(): number {
    let value = 0;
    for (let shift = 0; ;) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) {
        return shift < 32 && (byte & 0x40) !== 0 ? value | (-1 << shift) : value;
      }
    }
  }

  /** Goes past a LEB128 number of any width. */
  skipNumber(): void {
    while (this.byte() >= 0x80) {
      // its last byte has the high bit clear
    }
  }

  text(): string {
    const length = this.u32();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}
