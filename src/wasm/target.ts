/**
 * What the emitter must know of the program around a function, and the fixed indices of the module's imports, globals and types.
 */
import type { GlobalSymbol } from '../semantic/checked';

/** Function index 0 is the imported service dispatcher; compiled function id n is function index FIRST_FUNCTION + n. */
export const SERVICE_IMPORT = 0;
export const FIRST_FUNCTION = 1;

/** Globals of the module, all mutable i32 and exported under these names (the evaluator's modules import them). */
export const Global = {
  /** Statements left in the slice; negative: suspend at the next loop or call. */
  fuel: 0,
  /** Frames must not begin below this address. */
  stackLimit: 1,
  /** fp of the innermost frame when a task suspends. */
  top: 2,
  /** Address of the last fault. */
  faultAddress: 3,
} as const;
export const globalNames = ['fuel', 'stackLimit', 'top', 'faultAddress'] as const;

/** Status of a function: what it answers to its caller. */
export const Status = {
  returned: 0,
  /** Stopped before a statement whose flag is set. */
  stopped: 1,
  /** Out of fuel or native stack: resume as it is. */
  sliced: 2,
  fault: 3,
  /** A service keeps the task. */
  blocked: 4,
} as const;

/** How C's memory accesses are checked. `range`: null page and beyond the end; `shadow`: also freed and foreign memory. */
export type MemoryCheck = 'range' | 'shadow';

export interface EmitTarget {
  readonly check: MemoryCheck;
  readonly shadowStart: number;
  readonly flagsStart: number;
  /** Number of functions in the table. */
  readonly functionCount: number;
  /** Address or function pointer value of a symbol. */
  addressOf(symbol: GlobalSymbol): number;
  functionId(symbol: GlobalSymbol): number | undefined;
}
