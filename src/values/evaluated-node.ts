/**
 * Shows what an expression evaluated to: an object where it lies, any other value from the bytes the evaluator returned.
 */
import type { Evaluated } from './evaluator';
import type { ValueNode } from './value-model';
import type { ByteReader, ValueContext } from './value-context';
import { valueNode } from './value-node';

/** Address at which a scalar's bytes appear; in the null page, where no object can be. */
const SCRATCH = 8;

export function nodeOf(context: ValueContext, evaluated: Evaluated, expression: string): ValueNode {
  if (evaluated.isVoid) {
    return {
      name: expression,
      type: 'void',
      display: '(no value)',
      scalar: { kind: 'none' },
      named: 0,
      indexed: 0,
      children: () => [],
    };
  }
  const { bits, member, type, address, bytes } = evaluated;
  const place = { ...member, ...(bits ? { bits: { bitOffset: bits.offset, bitSize: bits.size } } : {}) };
  if (address !== undefined) {
    return valueNode(context, { name: expression, expression, type, address, place });
  }
  const scratch = new ScratchReader(context.memory, bytes ?? new Uint8Array(8));
  const node = valueNode(
    { ...context, memory: scratch },
    { name: expression, expression, type, address: SCRATCH, place },
  );
  return { ...node, address: undefined, size: undefined };
}

/** The machine's memory with a value's bytes laid over the scratch address. */
class ScratchReader implements ByteReader {
  private readonly view: DataView;

  constructor(
    private readonly memory: ByteReader,
    private readonly bytes: Uint8Array,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  private within(address: number, size: number): boolean {
    return address >= SCRATCH && address + size <= SCRATCH + this.bytes.length;
  }

  contains(address: number, size: number): boolean {
    return this.memory.contains(address, size);
  }

  u8(address: number): number {
    return this.within(address, 1) ? this.view.getUint8(address - SCRATCH) : this.memory.u8(address);
  }

  u16(address: number): number {
    return this.within(address, 2) ? this.view.getUint16(address - SCRATCH, true) : this.memory.u16(address);
  }

  u32(address: number): number {
    return this.within(address, 4) ? this.view.getUint32(address - SCRATCH, true) : this.memory.u32(address);
  }

  u64(address: number): bigint {
    return this.within(address, 8) ? this.view.getBigUint64(address - SCRATCH, true) : this.memory.u64(address);
  }

  read(address: number, size: number): Uint8Array {
    return this.within(address, size)
      ? this.bytes.slice(address - SCRATCH, address - SCRATCH + size)
      : this.memory.read(address, size);
  }
}
