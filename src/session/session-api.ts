/**
 * The session facade: open a source and a scenario, run, step, travel, read, evaluate. It knows neither DAP nor vscode;
 * every front (debug adapter, inspector, command line, tests) talks to this interface. Implemented by `Session` in
 * `session.ts`.
 */
import type { Event } from '../base/events';
import type { DebugInfo } from '../abi/debug-info';
import type { MemoryMap } from '../abi/memory-map';
import type { Memory } from '../machine/memory';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type {
  BreakpointRequest,
  BreakpointResult,
  JournalEntry,
  RunOptions,
  StepKind,
  Stop,
  Thread,
} from './session-types';
import type { Change, LiveObject, StackFrame, ValueNode } from '../values/value-model';

export interface SessionApi {
  readonly debug: DebugInfo;
  readonly memory: Memory;
  /** Where things lie in `memory`; with it values tell freed, user and invalid pointers apart. */
  readonly map?: MemoryMap;
  /** Objects the slab has handed out and not taken back, by address. */
  liveObjects?(): readonly LiveObject[];
  /** Where the machine stands. Before `start` it is the first moment. */
  readonly stop: Stop;
  readonly onStop: Event<Stop>;
  /**
   * Journal entries as they happen for the first time, and again after travelling back past them (then `clock` ≤ an
   * earlier one).
   */
  readonly onJournal: Event<JournalEntry>;
  /** Entries up to the current clock, oldest first: all of a short run, the newest of a long one. */
  journal(): readonly JournalEntry[];
  /** How many entries there were before the first of {@link journal}. */
  readonly journalForgotten?: number;

  /**
   * Boots the kernel and runs to the scenario's first system call, or to the first statement of `stopAtFunction` or a
   * breakpoint before it; without `stopOnEntry` only these two stop it.
   */
  start(options?: RunOptions & { readonly stopOnEntry?: boolean; readonly stopAtFunction?: string }): Promise<Stop>;
  /** Moves the machine; resolves at the next stop. One command at a time. */
  run(kind: StepKind, options?: RunOptions): Promise<Stop>;
  /** Travels to a clock between `stop.oldest` and `stop.frontier`, or on beyond. */
  travelTo(clock: number, options?: RunOptions): Promise<Stop>;
  /** Asks a running command to stop at the next statement. */
  pause(): void;

  threads(): readonly Thread[];
  stack(thread: number): readonly StackFrame[];
  /** Variables of a frame (parameters and locals visible at its statement), without children read yet. */
  locals(frame: StackFrame): readonly ValueNode[];
  /** Globals of the frame's file, or all of the program's when `path` is undefined. */
  globals(path?: string): readonly ValueNode[];
  /**
   * Value of a C expression in a frame (or among the globals). Assignments and calls are allowed only with
   * `sideEffects`.
   */
  evaluate(
    expression: string,
    frame: StackFrame | undefined,
    options?: { readonly sideEffects?: boolean },
  ): { readonly value?: ValueNode; readonly diagnostics: readonly Diagnostic[] };
  /** Sets a place given by a C expression to the value of another; makes the present the frontier. */
  assign(
    target: string,
    value: string,
    frame: StackFrame | undefined,
  ): { readonly value?: ValueNode; readonly diagnostics: readonly Diagnostic[] };
  /** Value at an address as a given type name (`struct sock`). */
  valueAt(address: number, typeName: string, name?: string): ValueNode | undefined;

  /** What the last step (or the last move) changed. Empty after travelling further than a step. */
  changes(): readonly Change[];

  setBreakpoints(path: string, requests: readonly BreakpointRequest[]): readonly BreakpointResult[];
  setFunctionBreakpoints(
    requests: readonly { readonly name: string; readonly condition?: string; readonly hitCondition?: string }[],
  ): readonly BreakpointResult[];
  /** Stops after a statement that changes any of the bytes. */
  setDataBreakpoints(
    requests: readonly { readonly address: number; readonly size: number; readonly label: string }[],
  ): readonly BreakpointResult[];
  /** Statement places of a file between two one-based lines: where breakpoints can go. */
  breakpointLocations(
    path: string,
    line: number,
    endLine: number,
  ): readonly {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  }[];

  sourceFile(path: string): SourceFile | undefined;
  /** Statement ids executed so far at least once, as a bit per statement id. */
  coverage(): Uint8Array;
  dispose(): void;
}
