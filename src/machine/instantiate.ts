/**
 * Makes a running wasm instance out of an image: the linear memory with its initial data and shadow, the exported globals, the
 * driver. The only imports of the module are the memory and the service dispatcher: C can reach nothing else.
 */
import { alignUp } from '../base/bytes';
import type { Image } from '../ir/image';
import { NULL_LIMIT, SHADOW_GUARD, SHADOW_SHIFT, SHADOW_USER, SHADOW_VALID } from '../ir/memory-map';
import { Memory } from './memory';

/** What the machine uses of the instance. */
export interface WasmInstance {
  readonly memory: Memory;
  readonly wasmMemory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly run: (fp: number) => number;
  readonly fuel: WebAssembly.Global<'i32'>;
  readonly stackLimit: WebAssembly.Global<'i32'>;
  readonly top: WebAssembly.Global<'i32'>;
  readonly faultAddress: WebAssembly.Global<'i32'>;
  readonly status: WebAssembly.Global<'i32'>;
}

/** Compiles and instantiates. `dispatch(id, fp)` serves the functions that are not C and answers with a status. */
export async function instantiate(image: Image, dispatch: (id: number, fp: number) => number, userMemoryIsForeign: boolean): Promise<WasmInstance> {
  const { map } = image;
  const wasmMemory = new WebAssembly.Memory({ initial: map.pages, maximum: map.pages });
  const module = await WebAssembly.compile(image.wasm as BufferSource);
  const instance = await WebAssembly.instantiate(module, { env: { memory: wasmMemory, service: dispatch } });
  // The host sees the shadow of what exists, not of all addresses.
  const memory = new Memory(wasmMemory.buffer, map.shadowStart + alignUp(map.shadowStart >> SHADOW_SHIFT, 4096));
  memory.write(map.dataStart, image.data);
  const shadow = (start: number, end: number, state: number): void => {
    memory.bytes.fill(state, map.shadowStart + (start >> SHADOW_SHIFT), map.shadowStart + (end >> SHADOW_SHIFT));
  };
  shadow(0, NULL_LIMIT, SHADOW_GUARD);
  shadow(map.dataStart, map.heapStart, SHADOW_VALID);
  shadow(map.userStart, map.userEnd, userMemoryIsForeign ? SHADOW_USER : SHADOW_VALID);
  shadow(map.stacksStart, map.stacksEnd, SHADOW_VALID);
  const { exports } = instance;
  return {
    memory,
    wasmMemory,
    table: exports['table'] as WebAssembly.Table,
    run: exports['run'] as (fp: number) => number,
    fuel: exports['fuel'] as WebAssembly.Global<'i32'>,
    stackLimit: exports['stackLimit'] as WebAssembly.Global<'i32'>,
    top: exports['top'] as WebAssembly.Global<'i32'>,
    faultAddress: exports['faultAddress'] as WebAssembly.Global<'i32'>,
    status: exports['status'] as WebAssembly.Global<'i32'>,
  };
}
