/**
 * Branches as fronts see them: plain data about the lines of time of one run.
 *
 * In: nothing. Out: types. `branching.ts` makes them, `compare-branches.ts` compares two.
 */
import type { Event } from '../base/events';
import type { Told } from '../sentences/sentence';
import type { Deed } from '../machine/intervention';
import type { Stop } from './session-types';

export type { Deed } from '../machine/intervention';

/** What can be ordered: changes of values are made by expressions. */
export type Order = Exclude<Deed, { readonly kind: 'expression' | 'memory' }>;

/** A line of time. The first is the scenario as it is written. */
export interface Branch {
  readonly name: string;
  /** The branch it began on; none for the first. */
  readonly parent: string | undefined;
  /** Statements executed before its first change that its parent does not have. */
  readonly from: number;
  /** What was changed to make it, in order, with the clocks: all that is needed to run it again. */
  readonly changes: readonly BranchChange[];
  /** Where it was left; where it stands when it is the current one. */
  readonly clock: number;
  readonly frontier: number;
  readonly isCurrent: boolean;
}

export interface BranchChange {
  readonly clock: number;
  readonly deed: Deed;
  readonly text: Told;
}

/** Where a statement stands. */
export interface ComparedPlace {
  readonly clock: number;
  readonly thread: number;
  readonly process: string;
  readonly function: string;
  readonly path: string | undefined;
  /** One-based. */
  readonly line: number;
  /** The statement's C, on one line. */
  readonly text: string;
}

/** A packet that only one of two branches has, or that they have at different times. */
export interface PacketDifference {
  readonly a?: ComparedPacket;
  readonly b?: ComparedPacket;
}

export interface ComparedPacket {
  readonly clock: number;
  readonly direction: 'in' | 'out';
  readonly text: string;
  /** Virtual microseconds since the machine was switched on. */
  readonly uptime: number;
}

/** A call whose result is not the same; a missing side has not returned. */
export interface CallDifference {
  readonly process: string;
  readonly text: string;
  readonly a?: ComparedResult;
  readonly b?: ComparedResult;
}

export interface ComparedResult {
  readonly clock: number;
  readonly value: number;
  /** `-101 (-ENETUNREACH)`. */
  readonly text: string;
}

/** How a branch came to its end. */
export interface BranchEnd {
  readonly name: string;
  readonly clock: number;
  /** `budget`: it was not followed any further. */
  readonly kind: 'end' | 'fault' | 'budget';
  /** The fault, or the expectation that was not met. */
  readonly what?: Told;
}

export interface Comparison {
  readonly a: BranchEnd;
  readonly b: BranchEnd;
  /** Up to this clock both are one run. */
  readonly common: number;
  /** The first statement that is not the same; a side that has ended has none. Without one they never differ. */
  readonly statement?: { readonly a?: ComparedPlace; readonly b?: ComparedPlace };
  readonly packets: readonly PacketDifference[];
  readonly calls: readonly CallDifference[];
  /** Differences that were left off the lists. */
  readonly leftOff: number;
}

/** A branch that begins. */
export interface BranchStart {
  readonly branch: Branch;
  /** The branch that was left. */
  readonly left: string;
  /** The change that began it; none when somebody asked for a branch. */
  readonly change: BranchChange | undefined;
}

/** What came of an order. */
export type Ordered =
  | { readonly kind: 'done'; readonly branch: Branch; readonly stop: Stop }
  | { readonly kind: 'refused'; readonly why: Told };

/** The lines of time of a run. */
export interface BranchesApi {
  /** A branch begins. */
  readonly onBegun: Event<BranchStart>;
  /** The first, then the others in the order in which they began. */
  list(): readonly Branch[];
  /** Begins a branch here, by hand. Refused when the name is taken or no name. */
  begin(name: string | undefined): Ordered;
  /** Goes to a branch: where it was left, or at `clock`. */
  switchTo(name: string, clock?: number): Promise<Ordered>;
  /** Goes back to the branch that the current one began on, at the moment where it began. */
  undo(): Promise<Ordered>;
  /** Does something to the run from outside: that begins a branch. */
  order(deed: Order, name?: string): Promise<Ordered>;
  /** Runs both on to their ends and tells where they differ. The run stands afterwards where it stood. */
  compare(a: string, b: string, options?: { readonly breathe?: () => Promise<boolean> }): Promise<Comparison | Told>;
  /** Packets so far, counted from the start of the run: what {@link Deed} counts. */
  readonly packets: number;
}
