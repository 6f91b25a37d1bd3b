/**
 * What the linker is given: the checked and lowered units, and which names TypeScript implements.
 */
import type { CheckedUnit, GlobalSymbol } from '../semantic/checked';
import type { LoweredFunction } from './instructions';

export interface LinkUnit {
  readonly unit: CheckedUnit;
  readonly functions: readonly LinkFunction[];
}

/** A function that may be linked. */
export interface LinkFunction {
  readonly symbol: GlobalSymbol;
  /** Lowers it when it is asked for the first time: what is not linked needs no code. */
  readonly lowered: LoweredFunction;
}

export interface LinkInput {
  readonly units: readonly LinkUnit[];
  /** Names of functions that services implement; C of the same name wins. */
  readonly services: ReadonlySet<string>;
  /** When given, only what these functions need is linked; else everything defined in the source files themselves. */
  readonly roots?: ReadonlySet<string> | undefined;
  /** Functions that services implement even where there is C for them. */
  readonly servicesFirst?: ReadonlySet<string> | undefined;
  /** Paths of units from which only what others need is linked. */
  readonly library?: ReadonlySet<string> | undefined;
  /**
   * Objects that C only declares and a linker script makes another name of a defined one (`jiffies` of `jiffies_64`).
   */
  readonly aliases?: ReadonlyMap<string, string> | undefined;
  /** Functions to link besides those that are roots anyway. */
  readonly extraRoots?: ReadonlySet<string> | undefined;
}
