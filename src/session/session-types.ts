/**
 * What the session facade gives and takes: plain data in which DAP, the inspector, the command line and tests talk about
 * a run. Lines and columns are one-based (`Position1`), clocks count statements from the start of the run.
 */
import type { Fault } from '../machine/fault';
export type { JournalEntry } from '../machine/journal-entry';

/** Why the machine stands still. */
export type StopReason =
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'function-breakpoint'
  | 'data-breakpoint'
  | 'goto'
  | 'pause'
  /** Beginning or end of what can be reached backwards or forwards. */
  | 'start'
  | 'end'
  | 'fault'
  | 'expectation';

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
  readonly switched?: { readonly from: number; readonly to: number; readonly because: string };
  readonly fault?: Fault;
  readonly breakpointIds?: readonly number[];
  /** A failed expectation of the scenario. */
  readonly expectation?: { readonly line: number; readonly expected: string; readonly actual: string };
}

export interface Thread {
  readonly id: number;
  readonly pid: number;
  readonly name: string;
  readonly state: 'running' | 'ready' | 'sleeping' | 'idle' | 'exited';
  /** For a sleeping one: what it waits for, such as `schedule_timeout in wait_for_connect`. */
  readonly waitsFor?: string;
  /** The system call it is in, as written in the scenario. */
  readonly call?: string;
}

export interface StackFrame {
  /** Valid until the machine moves. */
  readonly id: number;
  readonly function: string;
  readonly functionId: number;
  /** Undefined for a service. */
  readonly path: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Text offsets of the current statement in `path`. */
  readonly start: number;
  readonly end: number;
  /** Name of the macro the statement comes from. */
  readonly macro?: string;
  /** Address of the frame header; identifies the frame while it lives. */
  readonly address: number;
  readonly kind: 'compiled' | 'service' | 'missing' | 'refused';
  /** 'interrupt' when timers or softirqs run on top of a task. */
  readonly context?: 'system-call' | 'interrupt' | 'boot';
}

/**
 * null: NULL; function: a function's address; freed, uninitialised: the slab's fill bytes; dangling: points to freed
 * memory; invalid: points to no memory; user: points into user memory.
 */
export type ValueMark = 'null' | 'function' | 'freed' | 'uninitialised' | 'dangling' | 'invalid' | 'user';

/** An object of the simulated slab allocator. */
export interface LiveObject {
  readonly address: number;
  readonly size: number;
  /** Cache name (`sock`), or `size-64` and the like for kmalloc. */
  readonly cache: string;
  readonly allocatedAtClock?: number;
}

/** A value in C terms, to be shown and unfolded lazily. */
export interface ValueNode {
  readonly name: string;
  /** C expression that gives this value again in the same frame (`sk->tp_pinfo.af_tcp.rto`), when there is one. */
  readonly expression?: string;
  /** The type as written. */
  readonly type: string;
  /** One line: `7 (TCP_CLOSE)`, `0xc010… <tcp_v4_do_rcv>`, `NULL`, `0x6b6b6b6b (freed memory)`, `{…}`, `"text"`. */
  readonly display: string;
  /** Address in machine memory and size; undefined for values that are not in memory. */
  readonly address?: number;
  readonly size?: number;
  /** How many named members or elements `children` gives; 0 for leaves. */
  readonly named: number;
  readonly indexed: number;
  /** Raw pointer value, for pointers. */
  readonly pointer?: number;
  readonly lazy?: boolean;
  /** What is special about it, for fronts that show more than text. */
  readonly mark?: ValueMark;
  children(start?: number, count?: number): readonly ValueNode[];
}

/** One place in memory that a step changed, in C terms. */
export interface Change {
  /** Shortest C path from what the reader sees: `sk->state`, `tcp_prot.sockets`, `sock->wait.task_list.next`. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly address: number;
  readonly size: number;
  readonly type: string;
}

export interface BreakpointRequest {
  /** One-based. */
  readonly line: number;
  readonly column?: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

export interface BreakpointResult {
  readonly id: number;
  readonly verified: boolean;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  /** Why it could not be set. */
  readonly message?: string;
}

/**
 * How far a command goes. `over`, `into`, `out` have the debugger's usual sense; the `back` ones are the same in the
 * past.
 */
export type StepKind = 'into' | 'over' | 'out' | 'continue' | 'back-into' | 'back-over' | 'back-out' | 'back-continue';

export interface RunOptions {
  /**
   * Called between slices (some 200,000 statements): progress, and a chance for the host to handle input; `true` pauses.
   */
  readonly breathe?: () => Promise<boolean>;
  /** Thread to step; the current one by default. */
  readonly thread?: number;
}
