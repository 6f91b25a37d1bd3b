/**
 * The model of graphs over time: what the kernel's own variables of a connection were, change by change.
 *
 * In: nothing; plain data, built in `curves.ts`, drawn by `curves-scene.ts`.
 */
import type { Bilingual } from '../base/bilingual';

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

/** A packet of the connection, as the ladder has it: on the axis that both share. */
export interface CurvePacket {
  readonly clock: number;
  readonly time: number;
  /** This end sent it. */
  readonly isSent: boolean;
  /** `#3 SYN ACK seq 0 ack 1 win 5792`. */
  readonly text: string;
}

export interface EndCurves {
  readonly local: string;
  readonly remote?: string;
  /** What the socket is called everywhere. */
  readonly name?: Bilingual;
  readonly panels: readonly CurvePanel[];
  readonly packets: readonly CurvePacket[];
}

/** What stands between the choices of several connections. */
export const BETWEEN_CHOICES = '|';

export interface CurvesModel {
  /** Both ends of each connection that is shown, where both are simulated. */
  readonly ends: readonly EndCurves[];
  /** What asks for the connections that are shown, one each. */
  readonly shown: readonly string[];
  /** Now: clock, and time as of the points. */
  readonly clock: number;
  readonly time: number;
  /** Other sockets of which there are graphs; `choice`, their local and remote end, asks for one. */
  readonly others: readonly { readonly choice: string; readonly name?: Bilingual }[];
  /** Members that this kernel does not have. */
  readonly lacking: readonly string[];
}
