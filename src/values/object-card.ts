/**
 * One kernel object with its fields, as plain data.
 *
 * In: nothing; types only. `object-view.ts` makes them.
 */
import type { GraphCard, GraphRow } from './graph-types';
import type { SocketIdentity } from './value-context';

/** A sock at a glance. */
export interface SockFacts {
  /** `TCP`, `UDP`, `RAW`; empty while it has none. */
  readonly protocol: string;
  /** `TCP_LISTEN`; for other protocols the same field means connected or not. */
  readonly state: string;
  /** `0.0.0.0:8080`. */
  readonly local: string | undefined;
  readonly remote: string | undefined;
}

export interface ObjectCard extends Omit<GraphCard, 'type' | 'access'> {
  /** Rows that the struct's view names. */
  readonly important: readonly GraphRow[];
  /** Other scalars and lists, in the order of the struct: all, or those that were asked for. */
  readonly others: readonly GraphRow[];
  /** How many of these the struct has. */
  readonly otherCount: number;
  /** One line on what it is right now: `TCP_LISTEN 0.0.0.0:8080`. */
  readonly summary: string | undefined;
  /** Statements executed before the slab handed it out. */
  readonly madeAt?: number | undefined;
  /** Of a sock only. */
  readonly sock: SockFacts | undefined;
  /** The socket it is, is part of, or was reached from. */
  readonly identity?: SocketIdentity | undefined;
}
