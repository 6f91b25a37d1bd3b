/**
 * The session facade: open a source and a scenario, run, step, travel, read, evaluate. It knows neither DAP nor vscode;
 * every front (debug adapter, inspector, command line, tests) talks to this interface. Implemented by `Session` in
 * `session.ts`.
 */
import type { Bilingual } from '../base/bilingual';
import type { Event } from '../base/events';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type {
  BreakpointRequest,
  BreakpointResult,
  DataAccess,
  DataBreakpointRequest,
  JournalEntry,
  RunOptions,
  StepKind,
  Stop,
  Thread,
} from './session-types';
import type { BranchesApi } from './branch-types';
import type { PlacesApi } from './places';
import type { VisitsApi } from './visits';
import type { FieldsWanted, FollowedPointer, ObjectView } from '../values/object-view';
import type { ObjectSource } from '../values/value-context';
import type { Change, Scalar, StackFrame, ValueNode } from '../values/value-model';

/** Something of the program that has a name. */
export interface ProgramName {
  readonly name: string;
  readonly kind: 'variable' | 'function' | 'constant';
  /** A variable's type, as written. */
  readonly type?: string;
}

export interface SessionApi {
  /** Paths of the program's files. */
  readonly files: readonly string[];
  /** What an expression can name anywhere: global variables, functions, constants. */
  names(): Iterable<ProgramName>;
  /** Whether the program has the function, from its C. */
  hasFunction(name: string): boolean;
  readonly places: PlacesApi;
  /** Ticks of the kernel's clock, `HZ` a second; undefined when the program has no clock. */
  jiffies(): number | undefined;
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
  /** The lines of time of this run: a change by hand begins one. */
  readonly branches: BranchesApi;
  /** The line about an entry, with the error names of the program's own headers. */
  entryText(entry: JournalEntry): Bilingual;
  /** How many entries there were before the first of {@link journal}. */
  readonly journalForgotten?: number;
  /** Microseconds of virtual time at the first entry that has one, kept or not: all pictures of the run count from there. */
  readonly journalBegan?: number | undefined;

  /**
   * Boots the kernel and runs to the scenario's first system call, or to the first statement of `stopAtFunction` or a
   * breakpoint before it; without `stopOnEntry` only these two stop it. A function that the kernel calls while it boots is
   * that of the boot only when the scenario never comes there.
   */
  start(options?: RunOptions & { readonly stopOnEntry?: boolean; readonly stopAtFunction?: string }): Promise<Stop>;
  /** Moves the machine; resolves at the next stop. One command at a time. */
  run(kind: StepKind, options?: RunOptions): Promise<Stop>;
  /** Travels to a clock between `stop.oldest` and `stop.frontier`, or on beyond. */
  travelTo(clock: number, options?: RunOptions): Promise<Stop>;
  /** Moments by place; they move the machine as {@link run} does. */
  readonly visits: VisitsApi;
  /** Stops at the last statement of system calls that fail with one of the errors; answers the names that are none. */
  readonly failedCalls: { wait(names: string | undefined): readonly string[] };
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
   * `sideEffects`; `changed` says that there were some, which begin a branch.
   */
  evaluate(
    expression: string,
    frame: StackFrame | undefined,
    options?: { readonly sideEffects?: boolean },
  ): { readonly value?: ValueNode; readonly changed?: boolean; readonly diagnostics: readonly Diagnostic[] };
  /** Sets a place given by a C expression to the value of another; begins a branch. */
  assign(
    target: string,
    value: string,
    frame: StackFrame | undefined,
  ): { readonly value?: ValueNode; readonly diagnostics: readonly Diagnostic[] };
  /** Value at an address as a given type name (`struct sock`). */
  valueAt(address: number, typeName: string, name?: string): ValueNode | undefined;

  /** What a frame has returned that was there before the last command and is gone since. */
  returnValue(frame: StackFrame): Scalar;
  /** The stopped machine's memory and objects, for rooms that make something of them. */
  readonly reader: ObjectSource;
  /** The kernel objects around frames, innermost first, and behind pointers. */
  objectView(frames: readonly StackFrame[], followed?: readonly FollowedPointer[], fields?: FieldsWanted): ObjectView;
  /** The bytes there are of `count` ones; `address` is where they begin. */
  readMemory(address: number, count: number): { readonly address: number; readonly bytes: Uint8Array };
  /** How many of `count` bytes from an address on are the program's memory: none of the null page, say. */
  readable(address: number, count: number): number;
  /** Writes what C could write, up to the first byte that it could not; begins a branch. */
  writeMemory(
    address: number,
    bytes: Uint8Array,
  ): { readonly written: number; readonly diagnostics: readonly Diagnostic[] };

  /**
   * Whether the first read of a local variable that was never written is a stop (reason `fault`, kind
   * `uninitialised-read`), forwards only; a move from there goes on. Off to begin with.
   */
  watchUnwrittenReads(on: boolean): void;
  /** What the last move changed of what is in sight now, a step or a long way. */
  changes(): readonly Change[];
  /** Whether the last move was a step, and {@link changes} are what one statement or call did. */
  readonly stepped: boolean;
  /** Whether the last move went on with the one before, and {@link changes} are what both did. */
  readonly wentOn: boolean;

  /** Statements before which a breakpoint may stop. */
  readonly breakpointStatements: readonly number[];
  setBreakpoints(path: string, requests: readonly BreakpointRequest[]): readonly BreakpointResult[];
  setFunctionBreakpoints(
    requests: readonly { readonly name: string; readonly condition?: string; readonly hitCondition?: string }[],
  ): readonly BreakpointResult[];
  /** Stops after a statement that changes any of the bytes. */
  setDataBreakpoints(requests: readonly DataBreakpointRequest[]): readonly BreakpointResult[];
  /**
   * What data breakpoints can tell of bytes: nothing where the program has no memory, of local variables and bit-fields
   * writes alone.
   */
  watchable(bytes: Pick<DataBreakpointRequest, 'address' | 'size' | 'bits'>): readonly DataAccess[];
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
