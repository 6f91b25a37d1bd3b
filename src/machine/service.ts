/**
 * Services: functions that C declares and TypeScript implements, because they are hardware, process or memory. Each
 * keeps its own state as plain data which is saved and restored with the machine, so that time travel covers it.
 */
import type { Bilingual } from '../base/bilingual';
import type { DebugInfo } from '../abi/debug-info';
import type { MemoryMap } from '../abi/memory-map';
import type { Fault } from './fault';
import type { Happening } from './journal-entry';
import { type StatementPlace } from './journal-entry';
import type { Memory } from './memory';

/** Plain data: what `structuredClone` copies and JSON can show. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | bigint
  | Uint8Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData | undefined };

/** What a service answers. A number (or nothing, for void) is the return value. */
export type ServiceResult =
  | void
  | number
  | bigint
  /** The task does not go on: it stays in this call until the scheduler lets it `return`. */
  | { readonly kind: 'block' }
  /**
   * Calls C (a function pointer value or an id from `functionId`) and then `resume(call, data, value)` of the same
   * service.
   */
  | { readonly kind: 'call'; readonly function: number; readonly args: readonly number[]; readonly data: PlainData }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** What a service sees of the call being served. */
export interface ServiceCall {
  readonly host: ServiceHost;
  /** What the addresses that C gave lead to: only what is allocated can be read or written, else the call is a fault. */
  readonly memory: Memory;
  /** Machine task that makes the call. */
  readonly task: TaskId;
  /**
   * Argument words as passed on the C stack: `arg(0)` is the first; unsigned 32-bit. A 64-bit argument takes two words.
   */
  arg(index: number): number;
  /** The same as a signed number. */
  int(index: number): number;
  /** Address of argument word `index`, for variable argument lists. */
  argAddress(index: number): number;
  /** The statement that makes the call; undefined when it comes from outside. For probes. */
  readonly caller: StatementPlace | undefined;
}

export interface Service {
  /** C name. */
  readonly name: string;
  /** Why it is not C: shown in the list of functions. */
  readonly reason: Bilingual;
  call(call: ServiceCall): ServiceResult;
  /** After a `kind: 'call'` result: `value` is the low word of what C returned. */
  resume?(call: ServiceCall, data: PlainData, value: number): ServiceResult;
}

/** A call that does not run its C: what it answers, and what is done when it has returned. */
export interface Replaced {
  readonly value: number;
  readonly then: () => void;
}

/**
 * Looks on when a compiled function is entered, before its first statement. It may read and journal, and change what its
 * own module saves, nothing else.
 */
export interface Probe {
  /** C name; every function of that name is watched. */
  readonly function: string;
  /**
   * What it wants to see of a call: nothing, so that `entered` is not called; the call alone (so where this is missing);
   * or all of the stack, which takes time: then `ServiceHost.stack` holds when `entered` is called. Asked more than once
   * for one call; changes nothing.
   */
  wants?(call: ServiceCall): 'nothing' | 'call' | 'stack';
  /** While {@link mayReplace} says so, an answer means that the C does not run. */
  entered(call: ServiceCall): Replaced | undefined | void;
  mayReplace?(): boolean;
}

/** One simulated device or subsystem: its services and its state. One file each in `src/kernel`. */
export interface ServiceModule {
  /** Key under which its state is saved. */
  readonly name: string;
  readonly services: readonly Service[];
  readonly probes?: readonly Probe[];
  /** Called once per machine, before anything runs. */
  start?(host: ServiceHost): void;
  /** State as plain data; must not alias live objects. */
  save(): PlainData;
  restore(state: PlainData): void;
}

export type TaskId = number;

/** A frame of the stack as the machine has it. */
export interface StackFrame {
  readonly fp: number;
  readonly functionId: number;
  /** Statement it is at or in; -1 for services and frames that have not begun. */
  readonly statement: number;
}

/** A frame, and where it is: a statement of a compiled function. */
export type StackPlace = StatementPlace & {
  readonly functionId: number;
  /** Address of the frame. */
  readonly fp: number;
  /** Whether its call came from outside: what lies under it did not make it. */
  readonly isPushed: boolean;
};

/** What services and the environment may do to the machine. */
export interface ServiceHost {
  /** What the program can see; of the rest nothing can be written. */
  readonly memory: Memory;
  /** All memory, with the slab's books and the shadow. */
  readonly books: Memory;
  readonly debug: DebugInfo;
  readonly map: MemoryMap;
  /** Statements executed so far: the machine's time. */
  readonly clock: number;
  /**
   * Says that a service goes over so many bytes. Where services count as work
   * (`MachineOptions.statementsPerByte`), time passes with them.
   */
  touched(bytes: number): void;
  /** Address of a global, by name; undefined when the program has none. */
  globalAddress(name: string): number | undefined;
  /**
   * Offset of `field` (dotted path) in `struct name`; undefined when this program's struct has no such field: cope with
   * it.
   */
  fieldOffset(structName: string, path: string): number | undefined;
  structSize(structName: string): number | undefined;
  /** Id of a compiled function by name. */
  functionId(name: string): number | undefined;
  /** Function pointer value of an id, and back (undefined when it is none). */
  functionPointer(id: number): number;
  functionAt(pointer: number): number | undefined;
  /** The task whose C is running or would run next. */
  currentTask: TaskId;
  /** Whether there is a stack left for one more task. */
  hasTaskRoom(): boolean;
  /** New task with an empty stack of its own; only while {@link hasTaskRoom}. */
  createTask(): TaskId;
  /** Frees a task's stack. */
  destroyTask(task: TaskId): void;
  /**
   * Pushes a call on a task's stack: it runs before whatever is there. `tag` comes back in `Environment.returned`. Used
   * for system calls and, on top of a running task, for interrupts.
   */
  pushCall(task: TaskId, functionId: number, args: readonly number[], tag: PlainData): void;
  /** Lets a task whose service call said `block` return from it with `value`. */
  unblock(task: TaskId, value: number): void;
  isBlocked(task: TaskId): boolean;
  /** True when the task's stack is empty. */
  isIdle(task: TaskId): boolean;
  /** The stack of the task that runs, innermost first: for probes that want it. */
  stack(): Iterable<StackPlace>;
  /** The same without the places in the source, which take longer than the frames. */
  frames(): Iterable<StackFrame>;
  /** Writes an entry of the journal: at this clock, by the task that runs. The object becomes the entry. */
  journal(happening: Happening): void;
  /** Whether somebody reads the journal: for nobody nothing needs to be put into words. */
  isHeard(): boolean;
  /** Bytes of kernel heap: the slab hands out from here. */
  readonly heap: { readonly start: number; readonly end: number };
  /** Marks `[address, address + size)` for the access check: one of SHADOW_*. Both are multiples of 16. */
  setShadow(address: number, size: number, state: number): void;
  /** Whether the slab's services are to be called even where running code could do their work. */
  watchSlab(on: boolean): void;
  /**
   * Fault injection: the `nth` call (1 = the next one) of a compiled function does not run its C but returns `value` at
   * once. Optional: a host that cannot do it leaves it out, and scenarios that ask for it are refused. The pending
   * injections are machine state.
   */
  interceptCall?(functionId: number, nth: number, value: number): void;
}

/**
 * Decides what happens when the C that runs comes to an end: the kernel services' scheduler and clock, and the scenario.
 * Its choices may depend only on machine state and its own saved state, so that a replay makes them again.
 */
export interface Environment {
  /** A call pushed with `pushCall` returned. `value` is the 32-bit return value. */
  returned(task: TaskId, tag: PlainData, value: number): void;
  /**
   * The current task cannot go on (idle, blocked). Choose: set `host.currentTask`, push a call, advance time, … and
   * answer 'continue'; or 'end' when the run is over; or 'deadlock' when everything sleeps and no timer or input will
   * come.
   */
  advance(): 'continue' | 'end' | 'deadlock';
  /** The run was changed from outside: what was expected of it is told, and does not end it any more. */
  changed?(): void;
  save(): PlainData;
  restore(state: PlainData): void;
}
