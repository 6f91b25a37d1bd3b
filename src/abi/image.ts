/**
 * A linked program, ready to be instantiated: wasm bytes, initial data, memory map, debug information. Plain data, so
 * that it can be cached. The module imports `env.memory`, `env.table` (functions by id), `env.service (id, fp) →
 * status`, and the globals listed in `src/wasm`.
 */
import type { DebugInfo, FunctionId } from './debug-info';
import type { MemoryMap } from './memory-map';

export interface Image {
  readonly wasm: Uint8Array;
  readonly map: MemoryMap;
  /** Initial contents of the data region, copied to `map.dataStart`. */
  readonly data: Uint8Array;
  readonly debug: DebugInfo;
  /** Functions by name; a static function that shares its name with another has `file:name` besides. */
  readonly functionIds: Readonly<Record<string, FunctionId>>;
  /** Functions to be called before the first system call, in order (`__initcall` and the like). */
  readonly initcalls: readonly FunctionId[];
  /** Functions to be called before and after `main` (`constructor`, `destructor`), in order. */
  readonly beforeMain: readonly FunctionId[];
  readonly afterMain: readonly FunctionId[];
}
