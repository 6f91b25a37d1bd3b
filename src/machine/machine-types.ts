/**
 * What the machine says and is told: reasons to stop, options.
 */
import type { Fault } from './fault';
import type { JournalEntry } from './journal-entry';
import type { ServiceModule, TaskId } from './service';

/** Why `advance` came back. */
export type MachineStop =
  | { readonly kind: 'statement'; readonly statement: number; readonly fp: number; readonly task: TaskId }
  /** The slice is used up; nothing else happened. */
  | { readonly kind: 'slice' }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly task: TaskId }
  | { readonly kind: 'end' };

/** Who looks on while a machine runs, and changes nothing. */
export interface Witness {
  /** A frame has returned whose caller was suspended; its result lies in its header. */
  returned?(fp: number): void;
  /** A store of a statement (-1: of a service) into what is watched, with the fuel of running code: `wasm/watch-stores.ts`. */
  wrote?(statement: number, fuel: number): void;
  /** A service has answered. */
  served?(functionId: number): void;
  /** Something was written into the journal. */
  happened?(entry: JournalEntry): void;
}

export interface MachineOptions {
  readonly modules: readonly ServiceModule[];
  readonly witness?: Witness | undefined;
  readonly stackSize?: number;
  /** User memory may not be touched by C directly (kernel programs; not hosted ones). */
  readonly userMemoryIsForeign?: boolean;
  readonly checkpointLimit?: number;
  readonly checkpointInterval?: number;
  /** Bytes of the journal that are kept, about. */
  readonly journalRoom?: number | undefined;
  /** Statements that pass with each byte that a service goes over; none unless it is said. */
  readonly statementsPerByte?: number;
}

/** An armed fault injection: a call of a function that will return without running. */
export interface Interception {
  readonly functionId: number;
  /** Calls until it strikes. */
  left: number;
  readonly value: number;
}
