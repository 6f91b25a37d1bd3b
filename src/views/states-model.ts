/**
 * The model of TCP states: connections with their ends, and for each end where it is and how it came there.
 *
 * In: nothing; plain data, built in `states.ts`, drawn by `states-scene.ts`.
 */
import type { Bilingual } from '../base/bilingual';

/** A change of state. */
export interface StateStep {
  readonly from: string;
  readonly to: string;
  /** Statements before it. */
  readonly clock: number;
  /** Microseconds of virtual time since the first moment of the ladder. */
  readonly time: number;
  /** Where the kernel decides it. */
  readonly place?: { readonly function: string; readonly file: string; readonly line: number };
}

/** One end of a connection, or a socket without a peer. */
export interface StateEnd {
  readonly local: string;
  readonly remote?: string;
  /** What the socket is called everywhere; a request that is no socket yet has no name. */
  readonly name?: Bilingual;
  /** The card of the object that stands for it now: a sock, a request, a time-wait bucket. */
  readonly card?: string;
  /** Where that object is. */
  readonly address?: number;
  /** Undefined when it is no more. */
  readonly state?: string;
  /** A request in a listener's SYN table, which has no sock yet. */
  readonly isHalfOpen?: boolean;
  /** Oldest first. */
  readonly steps: readonly StateStep[];
}

/** Two ends of one connection; one where the other is outside, or there is none. */
export interface ConnectionStates {
  readonly ends: readonly StateEnd[];
}

export interface StatesModel {
  /** Listeners first, then in the order in which they began. */
  readonly connections: readonly ConnectionStates[];
  /** Connections that are not shown: older ones. */
  readonly leftOff: number;
}
