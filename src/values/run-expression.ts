/**
 * Runs a lowered expression in a stopped machine.
 *
 * In: the lowered function, the expression's string literals. Out: its value's bytes, or why there is none. A module
 * with one function that shares the machine's memory runs in a frame below the stopped one; literals lie between the
 * two. Afterwards the stack, the fuel and the fault words are as before; a call that does not come to its end (it
 * blocks, faults, or runs too long) is undone, and so is everything when nothing may change.
 */
import type { ResumePoint } from '../abi/debug-info';
import { FRAME_FUNCTION, FRAME_HEADER, FRAME_PC, FRAME_RETURN, RED_ZONE } from '../abi/memory-map';
import { Status } from '../abi/run-status';
import { given } from '../base/checked-access';
import type { LoweredFunction } from '../ir/instructions';
import type { Fault } from '../machine/fault';
import type { Machine } from '../machine/machine';
import type { GlobalSymbol } from '../semantic/checked';
import { buildCallThrough, CALL_THROUGH_EXPORT } from '../wasm/call-through';
import { buildThunk } from '../wasm/build-thunk';

export interface ExpressionParts {
  /** Objects that exist for the expression only. */
  readonly literals: readonly GlobalSymbol[];
  /** Address of any other symbol. */
  readonly addressOf: (symbol: GlobalSymbol) => number;
  /** Bytes of the object, when the result is the address of one. */
  readonly objectSize: number | undefined;
  /** It may change something: it assigns, calls, or has statements in it. */
  readonly mayChange: boolean;
  /** What it changes stays; otherwise it runs on a copy of the moment that is thrown away. */
  readonly keep: boolean;
}

/** Bytes that lay at an address. */
export interface Bytes {
  readonly address: number;
  readonly bytes: Uint8Array;
}

export type ExpressionRun =
  | {
      readonly kind: 'value';
      /** The eight bytes of the result. */
      readonly bytes: Uint8Array;
      /** Bytes of the object, when it is gone with the expression's frame: a literal, a struct that a call returned. */
      readonly object?: Uint8Array;
      /** The literals, to which the result may lead; they are gone with the expression too. */
      readonly literals?: Bytes | undefined;
      /** What is not as it was before: memory, or only what has happened. */
      readonly changed: 'memory' | 'journal' | undefined;
    }
  /** `point`: what failed, in the expression itself or in the function `within` that it calls. */
  | {
      readonly kind: 'fault';
      readonly address: number;
      readonly point: ResumePoint | undefined;
      /** The part of the expression that failed: the call, when it is a function that did. */
      readonly expression: string | undefined;
      readonly within?: number;
      /** What a service says of it. */
      readonly fault?: Fault | undefined;
    }
  | { readonly kind: 'unfinished'; readonly expression: string | undefined }
  | { readonly kind: 'no-room' };

/** Statements that a call made by an expression may execute. */
const CALL_BUDGET = 5_000_000;
/** Distance of the expression's own frame and literals from the stopped frame. */
const GAP = 256;

export function runExpression(machine: Machine, lowered: LoweredFunction, parts: ExpressionParts): ExpressionRun {
  const { memory } = machine;
  const { low, high } = freeStack(machine);
  const literals = placeLiterals(parts.literals, high - GAP);
  const fp = (literals.start - FRAME_HEADER) & ~7;
  if (literals.addresses.size > 0 && fp - lowered.frameSize < low + RED_ZONE) {
    return { kind: 'no-room' };
  }
  const addressOf = (symbol: GlobalSymbol): number => literals.addresses.get(symbol) ?? parts.addressOf(symbol);
  const thunk = thunkOf(machine, lowered, literals.addresses.size === 0, { addressOf });
  const undo = parts.mayChange ? machine.save() : undefined;
  const { finished } = machine;
  // An expression that calls nothing stays in its own frame.
  const from = parts.mayChange ? low : Math.max(low, fp - lowered.frameSize - RED_ZONE);
  const kept = memory.read(from, high - from);
  literals.addresses.forEach((address, literal) => memory.write(address, given(literal.data, 'bytes').bytes));
  const { status, faultAddress, top } = call(machine, thunk.entry, fp, low + RED_ZONE, parts.mayChange);
  const bytes = memory.read(fp + FRAME_RETURN, 8);
  const pc = memory.u32(fp + FRAME_PC);
  const address = memory.u32(fp + FRAME_RETURN);
  const { objectSize: size } = parts;
  const isTemporary = status === Status.returned && address >= fp - lowered.frameSize;
  const object = isTemporary && size !== undefined && address + size <= high ? memory.read(address, size) : undefined;
  const within = status === Status.fault && top !== fp && top > low ? innermost(machine, top) : undefined;
  const lay = literals.addresses.size > 0 ? memory.read(literals.start, high - GAP - literals.start) : undefined;
  memory.write(from, kept);
  const changed = undo && machine.changedSince(undo);
  if (undo && (status !== Status.returned || !changed || !parts.keep)) {
    machine.restore(undo);
    machine.finished = finished;
  }
  if (status === Status.returned) {
    return { kind: 'value', bytes, object, literals: lay && { address: literals.start, bytes: lay }, changed };
  }
  const own = thunk.resumePoints[pc];
  const expression = own?.expression;
  return status === Status.fault
    ? { kind: 'fault', address: faultAddress >>> 0, point: own, expression, ...within }
    : { kind: 'unfinished', expression };
}

/** The function whose frame is at `top`, and where it stands. */
function innermost(
  { memory, debug, pendingFault }: Machine,
  top: number,
): { readonly within: number; readonly point: ResumePoint | undefined; readonly fault: Fault | undefined } | undefined {
  const within = memory.u32(top + FRAME_FUNCTION);
  const fn = debug.functions[within];
  const point = fn?.kind === 'compiled' ? fn.resumePoints[memory.u32(top + FRAME_PC)] : undefined;
  return fn && { within, point, fault: fn.kind === 'compiled' ? undefined : pendingFault };
}

/** The part of the current task's stack that no frame uses. */
function freeStack(machine: Machine): { readonly low: number; readonly high: number } {
  const task = machine.tasks.get(machine.currentTask);
  if (!task) {
    return { low: machine.map.stacksStart, high: machine.map.stacksStart + 65536 };
  }
  if (task.top === 0) {
    return { low: task.stackLow, high: task.stackHigh };
  }
  const frameSize = machine.debug.functions[machine.memory.u32(task.top + FRAME_FUNCTION)]?.frameSize ?? 0;
  return { low: task.stackLow, high: task.top - frameSize };
}

/** A lowered expression's function in a machine's memory. */
interface Running {
  readonly entry: (fp: number) => number;
  readonly resumePoints: readonly ResumePoint[];
}

/** What calls C functions on behalf of expressions; one for each machine. */
const through = new WeakMap<Machine, WebAssembly.ExportValue>();

function callThrough(machine: Machine): WebAssembly.ExportValue {
  let made = through.get(machine);
  if (!made) {
    const module = new WebAssembly.Module(buildCallThrough(machine.debug.functions.length) as BufferSource);
    const instance = new WebAssembly.Instance(module, { env: { table: machine.wasm.table } });
    made = given(instance.exports[CALL_THROUGH_EXPORT], CALL_THROUGH_EXPORT);
    through.set(machine, made);
  }
  return made;
}

/** Those without literals can be run again. */
const running = new WeakMap<LoweredFunction, Running>();

function thunkOf(
  machine: Machine,
  lowered: LoweredFunction,
  isLasting: boolean,
  program: { readonly addressOf: (symbol: GlobalSymbol) => number },
): Running {
  const known = running.get(lowered);
  if (known) {
    return known;
  }
  const { wasm, resumePoints } = buildThunk(lowered, machine.image, program);
  const module = new WebAssembly.Module(wasm as BufferSource);
  const env = { memory: machine.wasm.wasmMemory, [CALL_THROUGH_EXPORT]: callThrough(machine) };
  const instance = new WebAssembly.Instance(module, { env });
  const made = { entry: instance.exports['thunk'] as (fp: number) => number, resumePoints };
  if (isLasting) {
    running.set(lowered, made);
  }
  return made;
}

/** Calls the module's function; the machine's own words are as before. */
function call(
  machine: Machine,
  entry: (fp: number) => number,
  fp: number,
  limit: number,
  callsOthers: boolean,
): { readonly status: number; readonly faultAddress: number; readonly top: number } {
  const { fuel, stackLimit, top, faultAddress } = machine.wasm;
  const { clock } = machine;
  const saved = { fuel: fuel.value, stackLimit: stackLimit.value, top: top.value, faultAddress: faultAddress.value };
  fuel.value = CALL_BUDGET;
  stackLimit.value = limit;
  // What stays in the expression's own frame comes to no statement.
  if (callsOthers) {
    machine.heldClock = clock;
    machine.flags.suspend();
  }
  try {
    return { status: entry(fp), faultAddress: faultAddress.value, top: top.value };
  } finally {
    if (callsOthers) {
      machine.flags.resume();
      machine.heldClock = undefined;
    }
    fuel.value = saved.fuel;
    stackLimit.value = saved.stackLimit;
    top.value = saved.top;
    faultAddress.value = saved.faultAddress;
  }
}

/** Gives literals places on the stack that end at `end`. */
function placeLiterals(
  literals: readonly GlobalSymbol[],
  end: number,
): { readonly start: number; readonly addresses: ReadonlyMap<GlobalSymbol, number> } {
  const addresses = new Map<GlobalSymbol, number>();
  let start = end;
  for (const literal of literals) {
    if (literal.data) {
      start = (start - literal.data.bytes.length) & ~3;
      addresses.set(literal, start);
    }
  }
  return { start, addresses };
}
