/**
 * What the emitter must know of the program around a function, and the fixed indices of the module's imports, types.
 */
import type { GlobalSymbol } from '../semantic/checked';

/**
 * The imported functions: the service dispatcher, whom to ask when a function is entered whose first statement is
 * flagged, and where to go on when a frame has returned whose caller is suspended.
 */
export const SERVICE_IMPORT = 0;
export const ENTERED_IMPORT = 1;
export const RETURNED_IMPORT = 2;
/** The free body of compiled function id n is function index FIRST_FUNCTION + n. */
export const FIRST_FUNCTION = 3;

/** Function types of every module, in order. */
export const Type = {
  /** `(fp, fuel, word 0, word 1, word 2) → (fuel, result)`: what the table holds. See emit-free.ts. */
  body: 0,
  /** `(fp, pc, fuel) → (fuel, result)`. See emit-resumable.ts. */
  resumable: 1,
  /** `(id, fp) → status`: the service dispatcher. */
  service: 2,
  /**
   * `(fp) → status`: the driver; `(fp) → whether to stop`: the question at a function's entry; `(fp) → fp`: the frame
   * that a frame returns to, 0 at the bottom, -1 when the frames are damaged.
   */
  run: 3,
} as const;

/** The type section's content, see `Type`. */
export const typeSection: readonly number[] = [
  4, 0x60, 5, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 2, 0x7f, 0x7f, 0x60, 3, 0x7f, 0x7f, 0x7f, 2, 0x7f, 0x7f, 0x60, 2, 0x7f,
  0x7f, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f,
];

/**
 * Running code hands fuel from function to function as a number that is never zero: the control word's value plus this.
 * A function that answers zero has suspended.
 */
export const FUEL_BIAS = 1 << 30;

/** Bits of the flag byte of a quiet loop's first statement that keep the free body out of the loop. */
export const QUIET_BITS = 5;

export interface EmitTarget {
  readonly shadowStart: number;
  readonly flagsStart: number;
  /** Number of functions in the table. */
  readonly functionCount: number;
  /** The imported function that calls through the table (`call-through.ts`), for modules without one. */
  readonly callThrough?: number;
  /** Address or function pointer value of a symbol. */
  addressOf(symbol: GlobalSymbol): number;
  functionId(symbol: GlobalSymbol): number | undefined;
  /** Blocks of `LONG_BLOCK` bytes or more take as many statements as so many bytes go into them; undefined: none. */
  readonly bytesPerStatement?: number;
}

/** Shorter blocks are copied, cleared and begun with within the time of a few statements. */
export const LONG_BLOCK = 4096;
