/**
 * Frame layout of a lowered function: which registers need a slot, which temporaries share one, and where everything lies
 * above the frame base.
 *
 *   base + 0                 header (24 bytes) and arguments of the calls it makes, if it makes any
 *   base + outgoing …        slots of registers, then objects in memory
 *   base + frameSize = fp    its own header, then its arguments
 */
import { alignUp } from '../base/bytes';
import { itemAt, valueAt } from '../base/checked-access';
import type { FunctionBuilder } from './function-builder';
import type { Expr, Instruction, Label, Register } from './instructions';
import { FRAME_HEADER, REGISTER_WORDS } from '../abi/memory-map';
import { accessSize } from './scalar';

export interface FrameLayout {
  /** Bytes from frame base to frame header, a multiple of 8. */
  readonly frameSize: number;
  /** Where the objects that C can reach by address begin; they go up to the frame header. Equal to the size: none. */
  readonly objectsFrom: number;
  /** What belongs to no slot, `[from, to)` from the base: the outgoing area, then gaps before the objects. */
  readonly unused: readonly (readonly [number, number])[];
}

/** Assigns offsets. */
export function layOutFrame(builder: FunctionBuilder, variables: ReadonlySet<Register>): FrameLayout {
  const lives = livesOf(builder.code);
  const temporaries = builder.registers.filter((register) => !variables.has(register) && !register.parameter);
  markUnspilled(temporaries, lives);
  shareAmong(temporaries, lives);
  const calls = builder.code.some((instruction) => instruction.op === 'call');
  let offset = calls ? FRAME_HEADER + Math.min(Math.max(builder.outgoingBytes, 4 * REGISTER_WORDS), LARGEST_FRAME) : 0;
  const unused: [number, number][] = offset > 0 ? [[0, offset]] : [];
  const align = (to: number): void => {
    const next = alignUp(offset, to);
    if (next > offset) {
      unused.push([offset, next]);
    }
    offset = next;
  };
  for (const register of builder.registers) {
    if (register.spilled && !register.parameter && !register.sharesWith) {
      const size = slotSize(register);
      align(size);
      register.offset = offset;
      offset += size;
    }
  }
  for (const register of temporaries) {
    register.offset = (register.sharesWith ?? register).offset;
  }
  const objectsFrom = offset;
  for (const slot of builder.slots) {
    offset = Math.min(alignUp(offset, slot.align), LARGEST_FRAME);
    slot.offset = offset;
    offset += slot.size;
  }
  offset = Math.min(offset, LARGEST_FRAME);
  if (builder.slots.length === 0) {
    align(8);
    return { frameSize: offset, objectsFrom: offset, unused };
  }
  return { frameSize: alignUp(offset, 8), objectsFrom, unused };
}

/** A value narrower than a word takes a word, all of which is written. */
function slotSize(register: Register): number {
  return Math.max(4, accessSize(register.access));
}

/** No stack has room for a frame of this size, so that what lies beyond its end is never touched. */
const LARGEST_FRAME = 1 << 30;

/** Where in the code registers occur, and what else lies there; indices of instructions, in ascending order. */
interface Lives {
  readonly first: ReadonlyMap<Register, number>;
  readonly last: ReadonlyMap<Register, number>;
  /** Where the task can be suspended. */
  readonly suspends: readonly number[];
  /** Labels to which code behind them jumps, each with the last jump. */
  readonly loops: readonly { readonly head: number; readonly end: number }[];
}

function livesOf(code: readonly Instruction[]): Lives {
  const first = new Map<Register, number>();
  const last = new Map<Register, number>();
  const seenLabels = new Map<Label, number>();
  const ends = new Map<number, number>();
  const suspends: number[] = [];
  code.forEach((instruction, index) => {
    if (instruction.op === 'label') {
      seenLabels.set(instruction.label, index);
    }
    const heads = targetsOf(instruction).flatMap((label) => seenLabels.get(label) ?? []);
    heads.forEach((head) => ends.set(head, index));
    if (heads.length > 0 || ['call', 'stop', 'jump-computed'].includes(instruction.op)) {
      suspends.push(index);
    }
    forEachRegister(instruction, (register) => {
      if (!first.has(register)) {
        first.set(register, index);
      }
      last.set(register, index);
    });
  });
  const loops = [...ends].map(([head, end]) => ({ head, end })).sort((a, b) => a.head - b.head);
  return { first, last, suspends, loops };
}

/** Temporaries that never live across a point where the task can be suspended need no slot. */
function markUnspilled(temporaries: readonly Register[], { first, last, suspends }: Lives): void {
  for (const register of temporaries) {
    register.spilled = crosses(suspends, first.get(register) ?? 0, last.get(register) ?? 0);
  }
}

/**
 * Lets temporaries that are never alive at the same time share a wasm local and a slot: with one for each expression of a
 * long function, what compiles the module needs memory by the square of its length. Each is alive from its first place
 * in the code to its last, or to the end of a loop into which it is carried from before.
 */
function shareAmong(temporaries: readonly Register[], { first, last, loops }: Lives): void {
  const free = new Map<string, Register[]>();
  const busy: { readonly until: number; readonly group: string; readonly register: Register }[] = [];
  const inOrder = temporaries
    .map((register) => ({ register, from: first.get(register) ?? 0, to: last.get(register) ?? 0 }))
    .sort((a, b) => a.from - b.from || a.register.index - b.register.index);
  for (const { register, from, to } of inOrder) {
    for (let ended = busy.at(-1); ended && ended.until < from; ended = busy.at(-1)) {
      valueAt(free, ended.group).push(ended.register);
      busy.pop();
    }
    const group = `${register.access} ${register.spilled}`;
    const unused = free.get(group) ?? [];
    free.set(group, unused);
    register.sharesWith = unused.pop();
    const until = endOfLife(loops, from, to);
    let place = busy.length;
    while (place > 0 && itemAt(busy, place - 1).until < until) {
      place--;
    }
    busy.splice(place, 0, { until, group, register: register.sharesWith ?? register });
  }
}

/** The end of what is used from `from` to `to`: that of the last loop that begins in between and goes on behind. */
function endOfLife(loops: Lives['loops'], from: number, to: number): number {
  let low = 0;
  let high = loops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (itemAt(loops, middle).head > from) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  let end = to;
  for (; low < loops.length && itemAt(loops, low).head <= end; low++) {
    end = Math.max(end, itemAt(loops, low).end);
  }
  return end;
}

/** The labels to which an instruction may jump. */
function targetsOf(instruction: Instruction): readonly Label[] {
  switch (instruction.op) {
    case 'jump':
    case 'branch':
      return [instruction.label];
    case 'switch':
      return [...instruction.cases.map(({ label }) => label), instruction.otherwise];
    case 'jump-computed':
      return instruction.targets;
    default:
      return [];
  }
}

/** Whether a suspend point lies strictly between two instruction indices. */
function crosses(suspends: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = suspends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((suspends[middle] ?? 0) > from) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const next = suspends[low];
  return next !== undefined && next < to;
}

/** Calls `visit` for every register an instruction reads or writes. */
function forEachRegister(instruction: Instruction, visit: (register: Register) => void): void {
  if (instruction.op === 'set') {
    visit(instruction.register);
  } else if (instruction.op === 'call' && instruction.result) {
    visit(instruction.result);
  }
  forEachOperand(instruction, (expr) => {
    visitExpr(expr, visit);
  });
}

/** Calls `visit` for every operand expression of an instruction. */
function forEachOperand(instruction: Instruction, visit: (expr: Expr) => void): void {
  switch (instruction.op) {
    case 'set':
    case 'drop':
    case 'switch':
    case 'jump-computed':
      visit(instruction.value);
      return;
    case 'store':
      visit(instruction.address);
      visit(instruction.value);
      return;
    case 'copy':
      visit(instruction.to);
      visit(instruction.from);
      return;
    case 'zero':
      visit(instruction.to);
      return;
    case 'call':
      if (!('linkage' in instruction.callee)) {
        visit(instruction.callee);
      }
      for (const argument of instruction.args) {
        visit('value' in argument ? argument.value : argument.copyFrom);
      }
      return;
    case 'branch':
      visit(instruction.condition);
      return;
    case 'return':
      if (instruction.value) {
        visit(instruction.value);
      }
      return;
    default:
      return;
  }
}

function visitExpr(expr: Expr, visit: (register: Register) => void): void {
  switch (expr.op) {
    case 'register':
      visit(expr.register);
      return;
    case 'load':
      visitExpr(expr.address, visit);
      return;
    case 'unary':
    case 'convert':
      visitExpr(expr.operand, visit);
      return;
    case 'binary':
      visitExpr(expr.left, visit);
      visitExpr(expr.right, visit);
      return;
    case 'bound':
      visitExpr(expr.index, visit);
      return;
    case 'choose':
      visitExpr(expr.condition, visit);
      visitExpr(expr.then, visit);
      visitExpr(expr.otherwise, visit);
      return;
    default:
      return;
  }
}
