/**
 * Frame layout of a lowered function: which registers need a slot, and where everything lies above the frame base.
 *
 *   base + 0                 header (24 bytes) and arguments of the calls it makes, if it makes any
 *   base + outgoing …        slots of registers, then objects in memory
 *   base + frameSize = fp    its own header, then its arguments
 */
import { alignUp } from '../base/bytes';
import type { FunctionBuilder } from './function-builder';
import type { Expr, Instruction, Register } from './instructions';
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
  markUnspilled(builder.code, builder.registers, variables);
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
    if (register.spilled && !register.parameter) {
      const size = slotSize(register);
      align(size);
      register.offset = offset;
      offset += size;
    }
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

/** Temporaries that never live across a point where the task can be suspended need no slot. */
function markUnspilled(
  code: readonly Instruction[],
  registers: readonly Register[],
  variables: ReadonlySet<Register>,
): void {
  const first = new Map<Register, number>();
  const last = new Map<Register, number>();
  const seenLabels = new Set<unknown>();
  const suspends: number[] = [];
  code.forEach((instruction, index) => {
    if (instruction.op === 'label') {
      seenLabels.add(instruction.label);
    }
    if (canSuspend(instruction, seenLabels)) {
      suspends.push(index);
    }
    forEachRegister(instruction, (register) => {
      if (!first.has(register)) {
        first.set(register, index);
      }
      last.set(register, index);
    });
  });
  for (const register of registers) {
    if (variables.has(register) || register.parameter) {
      continue;
    }
    const from = first.get(register) ?? 0;
    const to = last.get(register) ?? 0;
    register.spilled = crosses(suspends, from, to);
  }
}

function canSuspend(instruction: Instruction, seenLabels: ReadonlySet<unknown>): boolean {
  switch (instruction.op) {
    case 'call':
    case 'stop':
    case 'jump-computed':
      return true;
    case 'jump':
    case 'branch':
      return seenLabels.has(instruction.label);
    case 'switch':
      return instruction.cases.some((entry) => seenLabels.has(entry.label)) || seenLabels.has(instruction.otherwise);
    default:
      return false;
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
