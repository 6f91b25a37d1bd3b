/**
 * Memory that lasts as long as a frame: arrays of variable length and `alloca`.
 *
 * `__variable_array(slot, bytes)` gives the address of a block and keeps which frame it is for; `__alloca(mark, bytes)`
 * gives one more block each time. The mark is a word of the frame that the function clears when it begins, so blocks
 * kept under it while it is clear are of a call that is over.
 *
 * In: where in the frame the array's pointer lies, and how large it shall be. Out: a block of the heap. Blocks are given
 * up when the same declaration is reached again, and when a frame above asks and they belong to frames that have ended
 * by then (the stack grows down, so a slot below the asking frame is dead). What is kept is in the order of addresses,
 * the deepest last, so that asking costs no more with many frames below. Jumps, breaks and returns need no code of their
 * own.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import { FRAME_HEADER } from '../abi/memory-map';
import type { Slab } from '../kernel/slab';
import type { PlainData, ServiceCall, ServiceResult } from '../machine/service';

/** Blocks that last as long as the frame in which a word lies: an array's pointer, or the mark of `alloca`. */
interface Kept {
  readonly word: number;
  blocks: number[];
}

export class VariableArrays {
  /** By falling address of the word. */
  private kept: Kept[] = [];
  private byWord = new Map<number, Kept>();

  constructor(
    private readonly slab: Slab,
    private readonly allocate: (call: ServiceCall, size: number) => ServiceResult,
  ) {}

  /** `__variable_array`. */
  call(call: ServiceCall): ServiceResult {
    const slot = call.arg(0);
    const block = this.giveUp(call, slot) ?? this.newBlock(call, sentence('an-array'));
    if (typeof block === 'number') {
      this.keep(slot, block);
    }
    return block;
  }

  /** `__alloca`. */
  allocateInFrame(call: ServiceCall): ServiceResult {
    const mark = call.arg(0);
    const fresh = call.memory.u32(mark) === 0;
    const block = this.giveUp(call, fresh ? mark : undefined) ?? this.newBlock(call, sentence('a-block'));
    if (typeof block === 'number') {
      call.memory.setU32(mark, 1);
      this.keep(mark, block);
    }
    return block;
  }

  private keep(word: number, block: number): void {
    const known = this.byWord.get(word);
    if (known) {
      known.blocks.push(block);
      return;
    }
    const kept = { word, blocks: [block] };
    let at = this.kept.length;
    while (at > 0 && itemAt(this.kept, at - 1).word < word) {
      at--;
    }
    this.kept.splice(at, 0, kept);
    this.byWord.set(word, kept);
  }

  /** Frees what belongs to frames that have ended, and to one word. */
  private giveUp(call: ServiceCall, word: number | undefined): ServiceResult {
    const frame = call.argAddress(0) - FRAME_HEADER;
    const blocks: number[] = [];
    const own = word === undefined ? undefined : this.byWord.get(word);
    if (own) {
      own.blocks.splice(0).forEach((block) => blocks.push(block));
    }
    for (let last = this.kept.at(-1); last && last.word < frame; last = this.kept.at(-1)) {
      this.kept.pop();
      this.byWord.delete(last.word);
      last.blocks.forEach((block) => blocks.push(block));
    }
    for (const block of blocks) {
      const freed = this.slab.free(block);
      if (!freed.ok) {
        return { kind: 'fault', fault: freed.fault };
      }
    }
    return undefined;
  }

  private newBlock(call: ServiceCall, what: Words): ServiceResult {
    const bytes = call.arg(1);
    if (call.int(1) < 0) {
      return {
        kind: 'fault',
        fault: { kind: 'trap', message: sentence('what-of-bytes-bytes-is-asked-for-on-the-stack', { what, bytes }) },
      };
    }
    const block = this.allocate(call, bytes);
    return block === 0
      ? {
          kind: 'fault',
          fault: {
            kind: 'stack-overflow',
            message: sentence('there-is-no-room-for-what-of-bytes-bytes', { what, bytes }),
          },
        }
      : block;
  }

  save(): PlainData {
    return this.kept.map(({ word, blocks }) => [word, [...blocks]] as const);
  }

  restore(state: PlainData): void {
    const saved = state as [number, number[]][];
    this.kept = saved.map(([word, blocks]) => ({ word, blocks: [...blocks] }));
    this.byWord = new Map(this.kept.map((kept) => [kept.word, kept]));
  }
}
