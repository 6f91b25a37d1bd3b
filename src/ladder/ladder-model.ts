/**
 * The ladder's model: who talks to whom, and when. Life lines stand side by side, what happens stands row below row in
 * the order in which it happened. Plain data; built in `ladder.ts`, drawn by `ladder-layout.ts`.
 */
import type { Bilingual } from '../base/bilingual';
import type { TcpFlag } from './packet-facts';

/** A process, the other end of the wire, or the stack itself where no process has the address that answers. */
export interface Lifeline {
  /** `pid 2`, or the address of a host. */
  readonly id: string;
  readonly kind: 'process' | 'kernel' | 'host';
  readonly name: string;
  readonly pid?: number;
}

/** What every row has. */
interface Row {
  /** Statements before it. */
  readonly clock: number;
  /** Microseconds of virtual time since the first row. */
  readonly time: number;
  /** Index of the life line it belongs to. */
  readonly at: number;
}

/** A packet, from `at` to `to`. */
export interface PacketRow extends Row {
  readonly kind: 'packet';
  readonly to: number;
  /** Counted from 1 over the whole run, as a capture file counts. */
  readonly number: number;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  /** What the socket that sent it is called. */
  readonly sender?: Bilingual;
  readonly flags: readonly TcpFlag[];
  /** Bytes of data. */
  readonly length: number;
  /** As on the wire. */
  readonly sequence?: number;
  readonly acknowledgment?: number;
  /** Less the initial sequence number of their side, where its SYN was seen. */
  readonly relativeSequence?: number;
  readonly relativeAcknowledgment?: number;
  readonly window?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
  /** Number of the packet that it sends again. */
  readonly repeats?: number;
}

/** A system call begins; `end` is the row of its return, when that is known. */
export interface CallRow extends Row {
  readonly kind: 'call';
  readonly text: Bilingual;
  readonly end?: number;
  /** It slept, from and to these rows. */
  readonly sleeps: readonly (readonly [number, number | undefined])[];
}

export interface ReturnRow extends Row {
  readonly kind: 'return';
  readonly text: Bilingual;
  readonly failed: boolean;
}

/** Something that happens at one life line: a state, a wake-up, a drop, a line of the kernel's log. */
export interface MarkRow extends Row {
  readonly kind: 'mark';
  readonly what: 'state' | 'wake-up' | 'drop' | 'printk' | 'fault' | 'expectation' | 'other';
  readonly text: Bilingual;
}

export type LadderRow = PacketRow | CallRow | ReturnRow | MarkRow;

export interface Ladder {
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly LadderRow[];
  /** Rows before the first of them that are not shown. */
  readonly leftOff: number;
  /** Microseconds at the first row, since the machine was switched on. */
  readonly origin: number;
}
