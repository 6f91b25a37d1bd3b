/**
 * Memory that lasts as long as a frame: arrays of variable length and `alloca`.
 *
 * `__variable_array(slot, bytes)` gives the address of a block and keeps which frame it is for; `__alloca(mark, bytes)`
 * gives one more block each time. The mark is a word of the frame that the function clears when it begins, so blocks
 * kept under it while it is clear are of a call that is over.
 *
 * In: where in the frame the array's pointer lies, and how large it shall be. Out: a block of the heap. Blocks are given
 * up when the same declaration is reached again, and when a frame above asks and they belong to frames that have ended
 * by then (the stack grows down, so a slot below the asking frame is dead). Jumps, breaks and returns need no code of
 * their own.
 */
import { FRAME_HEADER } from '../ir/memory-map';
import type { Slab } from '../kernel/slab';
import type { PlainData, ServiceCall, ServiceResult } from '../machine/service';

export class VariableArrays {
  /** Address of the pointer in its frame → block. */
  private blocks = new Map<number, number>();
  /** Address of the mark in its frame → blocks. */
  private allocated = new Map<number, number[]>();

  constructor(
    private readonly slab: Slab,
    private readonly allocate: (size: number) => ServiceResult,
  ) {}

  /** `__variable_array`. */
  call(call: ServiceCall): ServiceResult {
    const slot = call.arg(0);
    const block = this.giveUp(call, slot) ?? this.newBlock(call, 'an array');
    if (typeof block === 'number') {
      this.blocks.set(slot, block);
    }
    return block;
  }

  /** `__alloca`. */
  allocateInFrame(call: ServiceCall): ServiceResult {
    const mark = call.arg(0);
    const fresh = call.memory.u32(mark) === 0;
    const block = this.giveUp(call, undefined, fresh ? mark : undefined) ?? this.newBlock(call, 'a block');
    if (typeof block === 'number') {
      call.memory.setU32(mark, 1);
      this.allocated.set(mark, [...(this.allocated.get(mark) ?? []), block]);
    }
    return block;
  }

  /** Frees what belongs to frames that have ended, to a slot and to a mark. */
  private giveUp(call: ServiceCall, slot: number | undefined, mark?: number): ServiceResult {
    const frame = call.argAddress(0) - FRAME_HEADER;
    const arrays = [...this.blocks].filter(([other]) => other === slot || other < frame);
    const lists = [...this.allocated].filter(([other]) => other === mark || other < frame);
    arrays.forEach(([other]) => this.blocks.delete(other));
    lists.forEach(([other]) => this.allocated.delete(other));
    for (const block of [...arrays.map(([, block]) => block), ...lists.flatMap(([, blocks]) => blocks)]) {
      const freed = this.slab.free(block);
      if (!freed.ok) {
        return { kind: 'fault', fault: freed.fault };
      }
    }
    return undefined;
  }

  private newBlock(call: ServiceCall, what: string): ServiceResult {
    const bytes = call.arg(1);
    if (call.int(1) < 0) {
      return { kind: 'fault', fault: { kind: 'trap', message: `${what} of ${bytes} bytes is asked for on the stack` } };
    }
    const block = this.allocate(bytes);
    return block === 0
      ? { kind: 'fault', fault: { kind: 'stack-overflow', message: `there is no room for ${what} of ${bytes} bytes` } }
      : block;
  }

  save(): PlainData {
    return { arrays: [...this.blocks], allocated: [...this.allocated] };
  }

  restore(state: PlainData): void {
    const saved = state as unknown as { arrays: [number, number][]; allocated: [number, number[]][] };
    this.blocks = new Map(saved.arrays);
    this.allocated = new Map(saved.allocated);
  }
}
