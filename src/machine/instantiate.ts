/**
 * Makes a running wasm instance out of an image: the linear memory with its initial data and shadow, the control words,
 * the driver. The only imports of the module are the memory, the service dispatcher and the questions at a function's
 * entry and behind its return: C can reach nothing else.
 */
import { alignUp } from '../base/bytes';
import type { Image } from '../abi/image';
import { Control, NULL_LIMIT, SHADOW_GUARD, SHADOW_SHIFT, SHADOW_USER, SHADOW_VALID } from '../abi/memory-map';
import { Memory } from './memory';
import { takeMemory } from './spare-memory';

/** One of the words through which running code and the machine talk. */
class ControlWord {
  private readonly index: number;

  constructor(
    private readonly words: Int32Array,
    address: number,
  ) {
    this.index = address >> 2;
  }

  get value(): number {
    return this.words[this.index]!;
  }

  set value(value: number) {
    this.words[this.index] = value;
  }

  /** Takes some off; deep below zero there is nothing more to take. */
  spend(amount: number): void {
    this.value = Math.max(this.value - Math.ceil(amount), -(1 << 28));
  }
}

/** What the machine uses of the instance. */
export interface WasmInstance {
  readonly memory: Memory;
  readonly wasmMemory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  /** Runs a task from its innermost frame on. Somebody who traces code puts something else here for a while. */
  run: (fp: number) => number;
  /** What running code calls. */
  readonly host: WasmHost;
  readonly fuel: ControlWord;
  readonly stackLimit: ControlWord;
  readonly top: ControlWord;
  readonly faultAddress: ControlWord;
  readonly status: ControlWord;
  readonly slabWatched: ControlWord;
  readonly readsWatched: ControlWord;
  readonly damaged: ControlWord;
  /** See {@link Control.clockAtEnd}. */
  setClockAtEnd(clock: number): void;
}

/** What running code calls. */
export interface WasmHost {
  /** Serves a function that is not C and answers with a status. */
  service(id: number, fp: number): number;
  /** A function is entered whose first statement's flag byte is not zero: 1 to stop there, 0 to go on. */
  entered(fp: number): number;
  /** A frame whose caller is suspended has returned: the caller's, 0 at the bottom, -1 when the frames are damaged. */
  returned(fp: number): number;
}

/** Compiled modules, by the bytes they were made from: the machines of one program share the engine's code. */
const modules = new WeakMap<Uint8Array, Promise<WebAssembly.Module>>();

/** Begins to compile: whoever still has something else to do before the machine is made does it meanwhile. */
export function compileAhead(wasm: Uint8Array): void {
  // What is wrong is told to whom makes the machine.
  moduleOf(wasm).catch(() => undefined);
}

function moduleOf(wasm: Uint8Array): Promise<WebAssembly.Module> {
  const known = modules.get(wasm) ?? WebAssembly.compile(wasm as BufferSource);
  modules.set(wasm, known);
  return known;
}

/** Compiles and instantiates. */
export async function instantiate(image: Image, host: WasmHost, userMemoryIsForeign: boolean): Promise<WasmInstance> {
  const { map } = image;
  const module = await moduleOf(image.wasm);
  const wasmMemory = takeMemory(map.pages);
  const instance = await WebAssembly.instantiate(module, {
    env: { memory: wasmMemory, service: host.service, entered: host.entered, returned: host.returned },
  });
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
  const words = new Int32Array(wasmMemory.buffer, 0, NULL_LIMIT >> 2);
  return {
    memory,
    wasmMemory,
    table: exports['table'] as WebAssembly.Table,
    run: exports['run'] as (fp: number) => number,
    host,
    fuel: new ControlWord(words, Control.fuel),
    stackLimit: new ControlWord(words, Control.stackLimit),
    top: new ControlWord(words, Control.top),
    faultAddress: new ControlWord(words, Control.faultAddress),
    status: new ControlWord(words, Control.status),
    slabWatched: new ControlWord(words, Control.slabWatched),
    readsWatched: new ControlWord(words, Control.readsWatched),
    damaged: new ControlWord(words, Control.damaged),
    setClockAtEnd: (clock) => {
      words[Control.clockAtEnd >> 2] = clock | 0;
      words[(Control.clockAtEnd >> 2) + 1] = Math.floor(clock / 2 ** 32);
    },
  };
}

/**
 * Another module of the same program beside a running one: what its `run` does leaves the same memory. `told` hears what
 * such a module tells of by a service number below zero, as a number from 0, with the fuel.
 */
export function runOfAnother(
  { wasmMemory, host }: WasmInstance,
  wasm: Uint8Array,
  told: (number: number, fuel: number) => void,
): (fp: number) => number {
  const service = (id: number, fp: number): number => (id < 0 ? (told(-2 - id, fp), 0) : host.service(id, fp));
  const env = { memory: wasmMemory, service, entered: host.entered, returned: host.returned };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource), { env });
  return instance.exports['run'] as (fp: number) => number;
}
