/**
 * Memory of arrays of variable length: `__variable_array(slot, bytes)` gives the address of a block and keeps which frame it is for.
 *
 * In: where in the frame the array's pointer lies, and how large it shall be. Out: a block of the heap. Blocks are given up when the same
 * declaration is reached again, and when a frame above asks and they belong to frames that have ended by then (the stack grows down, so a
 * slot below the asking frame is dead). Jumps, breaks and returns need no code of their own.
 */
import { FRAME_HEADER } from '../ir/memory-map';
import type { Slab } from '../kernel/slab';
import type { PlainData, ServiceCall, ServiceResult } from '../machine/service';

export class VariableArrays {
  /** Address of the pointer in its frame → block. */
  private blocks = new Map<number, number>();

  constructor(
    private readonly slab: Slab,
    private readonly allocate: (size: number) => ServiceResult,
  ) {}

  call(call: ServiceCall): ServiceResult {
    const [slot, bytes] = [call.arg(0), call.arg(1)];
    const frame = call.argAddress(0) - FRAME_HEADER;
    for (const [other, block] of this.blocks) {
      if (other === slot || other < frame) {
        this.blocks.delete(other);
        const freed = this.slab.free(block);
        if (!freed.ok) {
          return { kind: 'fault', fault: freed.fault };
        }
      }
    }
    if (call.int(1) < 0) {
      return { kind: 'fault', fault: { kind: 'trap', message: `an array of ${bytes} bytes is declared` } };
    }
    const block = this.allocate(bytes);
    if (block === 0) {
      return { kind: 'fault', fault: { kind: 'stack-overflow', message: `there is no room for an array of ${bytes} bytes` } };
    }
    if (typeof block === 'number') {
      this.blocks.set(slot, block);
    }
    return block;
  }

  save(): PlainData {
    return [...this.blocks];
  }

  restore(state: PlainData): void {
    this.blocks = new Map(state as unknown as [number, number][]);
  }
}
