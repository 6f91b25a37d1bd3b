/**
 * The model of graphs over time: what the kernel's own variables of a connection were, change by change.
 *
 * In: nothing; plain data, built in `curves.ts`, drawn by `curves-scene.ts`.
 */

export interface CurvePoint {
  /** The moment before the statement that made it so. */
  readonly clock: number;
  /** Microseconds of virtual time since the first moment of the ladder. */
  readonly time: number;
  readonly value: number;
}

export type CurveName =
  | 'sent'
  | 'acknowledged'
  | 'edge'
  | 'cwnd'
  | 'ssthresh'
  | 'rto'
  | 'srtt'
  | 'receive'
  | 'write'
  | 'out-of-order'
  | 'accept'
  | 'accept-limit';

export interface Curve {
  readonly name: CurveName;
  /** The member of `struct sock` that it is computed from. */
  readonly member: string;
  readonly points: readonly CurvePoint[];
}

export type PanelName = 'sequence' | 'window' | 'timers' | 'queues' | 'accept';

/** Curves of one unit over each other. */
export interface CurvePanel {
  readonly name: PanelName;
  readonly curves: readonly Curve[];
}

export interface EndCurves {
  readonly local: string;
  readonly remote?: string;
  readonly panels: readonly CurvePanel[];
}

export interface CurvesModel {
  /** Both ends of the connection that is shown, where both are simulated. */
  readonly ends: readonly EndCurves[];
  /** Now: clock, and time as of the points. */
  readonly clock: number;
  readonly time: number;
  /** Other sockets of which there are graphs, by their local and remote end. */
  readonly others: readonly string[];
  /** Members that this kernel does not have. */
  readonly lacking: readonly string[];
}
