/**
 * What the session facade gives and takes: plain data in which DAP, the inspector, the command line and tests talk about
 * a run. Lines and columns are one-based (`Position1`), clocks count statements from the start of the run.
 */
import type { Told } from '../sentences/sentence';
import type { Fault } from '../machine/fault';
import type { BitPlace } from '../values/value-model';
import type { Diagnostic } from '../source/diagnostic';
export type { JournalEntry } from '../machine/journal-entry';

/** Why the machine stands still. */
export type StopReason =
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'function-breakpoint'
  | 'data-breakpoint'
  /** A system call is about to return an error that was waited for. */
  | 'failed-call'
  | 'goto'
  | 'pause'
  /** Beginning or end of what can be reached backwards or forwards. */
  | 'start'
  | 'end'
  | 'fault';

/** Why a step on one thread ends on another. */
export type WhyLeft = 'exited' | 'not-begun' | 'returned' | 'sleeps' | 'other-runs';

export interface Stop {
  readonly reason: StopReason;
  /** Statements executed before this moment. */
  readonly clock: number;
  /** The furthest clock this run has seen; `clock < frontier` means we stand in the past. */
  readonly frontier: number;
  /** The oldest clock that can be travelled to. */
  readonly oldest: number;
  /** Thread (process) id that stopped; -1 when none exists any more. */
  readonly thread: number;
  /** Set when stepping had to go to another process: why. */
  readonly switched?: {
    readonly from: number;
    readonly to: number;
    readonly because: WhyLeft;
    /** The one that was left, as it was last seen, where it is not there any more, or not yet. */
    readonly left?: Thread | undefined;
  };
  readonly fault?: Fault;
  /** The call that fails, with its result: `connect(3, ..., ...) = -99 (-EADDRNOTAVAIL)`. */
  readonly failedCall?: string;
  readonly breakpointIds?: readonly number[];
  /** What data breakpoints watch that has changed, as they call it: `sk->state`. */
  readonly watched?: readonly string[];
  /** What they watch that was read, and did not change. */
  readonly read?: readonly string[];
  /** Condition of a breakpoint that could not be decided; that is why it stopped. */
  readonly badCondition?: { readonly text: string; readonly problem: Diagnostic };
  /** The expectation of the scenario that was not met, at the end of the run. */
  readonly expectation?: { readonly line: number; readonly expected: Told; readonly actual: Told };
}

export interface Thread {
  readonly id: number;
  readonly pid: number;
  readonly name: string;
  /** `woken`: it slept, and has not run since somebody woke it. */
  readonly state: 'running' | 'ready' | 'sleeping' | 'woken' | 'idle' | 'exited';
  /** For a sleeping one: the function that called the scheduler, `wait_for_connect`. */
  readonly sleepsIn?: string;
  /** The system call it is in, as written in the scenario. */
  readonly call?: string;
}

export interface BreakpointRequest {
  /** One-based. */
  readonly line: number;
  readonly column?: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

/** What is done to bytes that a data breakpoint waits for. Of a local variable only what is written is known. */
export type DataAccess = 'read' | 'write' | 'readWrite';

/** Bytes to watch; `label` is how messages name them. */
export interface DataBreakpointRequest {
  readonly address: number;
  readonly size: number;
  readonly label: string;
  /** Of a bit-field: its bits of these bytes; others are its neighbours'. */
  readonly bits?: BitPlace | undefined;
  /** `write` when it is left out. */
  readonly access?: DataAccess | undefined;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

export interface BreakpointResult {
  readonly id: number;
  readonly verified: boolean;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  /** Why it could not be set. */
  readonly message?: Told;
}

/**
 * How far a command goes. `over`, `into`, `out` have the debugger's usual sense; the `back` ones are the same in the
 * past.
 */
export type StepKind = 'into' | 'over' | 'out' | 'continue' | 'back-into' | 'back-over' | 'back-out' | 'back-continue';

export interface RunOptions {
  /**
   * Called between slices (some 200,000 statements) with the clock: progress, and a chance for the host to handle input;
   * `true` pauses.
   */
  readonly breathe?: (clock: number) => Promise<boolean>;
  /** Thread to step; the current one by default. */
  readonly thread?: number;
  /** With 'into': the id of the one function to step into; other calls of the statement are stepped over. */
  readonly into?: number | undefined;
  /** Of travels: the move before goes on, as when a slider is dragged; what was changed is told since that one began. */
  readonly goesOn?: boolean | undefined;
}
