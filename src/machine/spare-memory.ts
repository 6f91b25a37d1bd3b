/**
 * The linear memory of a machine that is over, for the next one.
 *
 * In: machines that are used no more. Out: memory as new. Each takes 275 MiB of address space, a few of which are ever
 * touched, and the engine looks for garbage whenever it has made one or two, which was most of the time of a check with
 * hundreds of cases. Who runs many machines one after the other uses one memory for all.
 */
import type { MemoryMap } from '../abi/memory-map';
import type { Memory } from './memory';

const WASM_PAGE = 65536;

/** By their buffers. */
const inUse = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();
const over = new WeakSet<Memory>();
let spare: WebAssembly.Memory | undefined;

/** Memory of so many wasm pages, all of it zero. */
export function takeMemory(pages: number): WebAssembly.Memory {
  const known = spare?.buffer.byteLength === pages * WASM_PAGE ? spare : undefined;
  const memory = known ?? new WebAssembly.Memory({ initial: pages, maximum: pages });
  spare = undefined;
  inUse.set(memory.buffer, memory);
  return memory;
}

/** A machine is over and nothing of it is used any more; of the heap it used what lies below `heapHigh`. */
export function giveBack(machine: {
  readonly memory: Memory;
  readonly map: MemoryMap;
  readonly heapHigh: number;
}): void {
  const { memory, map, heapHigh } = machine;
  if (over.has(memory)) {
    return;
  }
  over.add(memory);
  memory.bytes.fill(0, 0, Math.max(map.heapStart, heapHigh));
  memory.bytes.fill(0, map.heapEnd);
  spare = inUse.get(memory.bytes.buffer);
}
