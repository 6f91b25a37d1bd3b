/**
 * Where a value came from, as fronts see it: a tree of hops, each a moment that one can travel to.
 *
 * In: nothing. Out: types. `origin.ts` finds the hops.
 */
import type { Told } from '../sentences/sentence';

/** Bytes whose origin is asked for. */
export interface OriginTarget {
  readonly address: number;
  readonly size: number;
  /** Those of their bits that are meant, counted from the lowest of the first, when it is a bit-field. */
  readonly bits?: { readonly offset: number; readonly size: number } | undefined;
  /** How they are called. */
  readonly label: Told;
  /** How their value is shown, where their type is known. */
  readonly shown?: string | undefined;
  /** The moment at which they have their value: statements executed before it. */
  readonly clock: number;
}

/** How a value came to be where it is. */
export type OriginKind =
  /** It was copied, as it is, from the only child. */
  | 'moved'
  /** It was put together from the children, or computed from them. */
  | 'computed'
  | 'constant'
  /** A service of the simulator answered or wrote it; the children are the values that it was given. */
  | 'service'
  /** The script wrote it: a packet that came in, an argument of a system call, or another input. */
  | 'packet'
  | 'argument'
  | 'input'
  /** Somebody changed it by hand. */
  | 'hand'
  /** It has been so since the program was loaded, or since its memory was set up. */
  | 'initial'
  /** Not looked for: the tree is as large as was asked for. */
  | 'unknown';

/** A value at a moment, and how it came there. */
export interface OriginNode extends OriginTarget {
  readonly kind: OriginKind;
  /** The value, in decimal, or its bytes. */
  readonly value: string;
  /** Where it was written: the moment before the statement; none for what was never written. */
  readonly written?: OriginPlace;
  /** The packet, call or service that it comes from. */
  readonly source?: Told;
  readonly children: readonly OriginNode[];
}

export interface OriginPlace {
  readonly clock: number;
  readonly thread: number;
  /** Name of the process; empty where there is none. */
  readonly process: string;
  readonly function: string;
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  /** The statement's C, on one line. */
  readonly text: string;
}
