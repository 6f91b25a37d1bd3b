/**
 * Reads of local variables that may never have been written on the way there: what the machine looks at when somebody
 * wants to know of them.
 *
 * In: a function's instructions and variables. Out: the same instructions, in which such a read is marked (`unwritten`).
 * Algorithm: forward over the control flow, which variables are written on every way to an instruction (definite
 * assignment); the intersection where ways meet, repeated until nothing changes. A read of a variable that is written on
 * every way is not marked, so ordinary code has few marks. Of an array or a struct, and of a variable whose address is
 * taken, only a write of the whole counts; whether a marked read finds something is seen when it runs, by the bytes that
 * a frame begins with (`wasm/define-frame.ts`).
 */
import type { Expr, FrameSlot, Instruction, Label, LoweredVariable, Register } from './instructions';
import { targetsOf } from './blocks';
import { accessSize } from './scalar';

type Home = Register | FrameSlot;
type Load = Extract<Expr, { op: 'load' }>;

/** Marks the reads; without variables that could be read too early the list is the same. */
export function markUnwrittenReads(
  code: readonly Instruction[],
  variables: readonly LoweredVariable[],
): readonly Instruction[] {
  const watched = new Map<Home, { readonly bit: number; readonly variable: LoweredVariable }>();
  for (const variable of variables) {
    const { home } = variable;
    const isOwn = variable.parameter === undefined && !variable.artificial;
    if (isOwn && (('index' in home && home.kind !== 'f32' && home.kind !== 'f64') || 'size' in home)) {
      watched.set(home, { bit: watched.size, variable });
    }
  }
  return watched.size === 0 ? code : new Marker(code, watched).mark();
}

/** No variable's. */
const NOWHERE: FrameSlot = { size: 0, align: 1, offset: 0 };

class Marker {
  /** What is written on every way to a label. */
  private readonly atLabel = new Map<Label, Uint8Array>();
  private readonly everything: Uint8Array;

  constructor(
    private readonly code: readonly Instruction[],
    private readonly watched: ReadonlyMap<Home, { readonly bit: number; readonly variable: LoweredVariable }>,
  ) {
    this.everything = new Uint8Array(watched.size).fill(1);
  }

  mark(): readonly Instruction[] {
    while (this.pass(() => undefined)) {
      // until nothing changes
    }
    const marked: Instruction[] = [];
    this.pass((instruction, written) => marked.push(this.marked(instruction, written)));
    return marked;
  }

  /** Goes over the code once; answers whether a label's state has changed. */
  private pass(see: (instruction: Instruction, written: Uint8Array) => void): boolean {
    let changed = false;
    let written = new Uint8Array(this.watched.size);
    for (const instruction of this.code) {
      if (instruction.op === 'label') {
        changed = this.meet(instruction.label, written) || changed;
        written = Uint8Array.from(this.atLabel.get(instruction.label) ?? this.everything);
      }
      see(instruction, written);
      this.write(instruction, written);
      for (const label of targetsOf(instruction)) {
        changed = this.meet(label, written) || changed;
      }
      if (leavesFor(instruction)) {
        written = Uint8Array.from(this.everything);
      }
    }
    return changed;
  }

  private meet(label: Label, written: Uint8Array): boolean {
    const known = this.atLabel.get(label);
    if (!known) {
      this.atLabel.set(label, Uint8Array.from(written));
      return true;
    }
    let changed = false;
    written.forEach((bit, index) => {
      if (bit === 0 && known[index] !== 0) {
        known[index] = 0;
        changed = true;
      }
    });
    return changed;
  }

  private write(instruction: Instruction, written: Uint8Array): void {
    switch (instruction.op) {
      case 'set':
        this.note(instruction.register, Infinity, written);
        return;
      case 'call':
        if (instruction.result) {
          this.note(instruction.result, Infinity, written);
        }
        return;
      case 'store':
        this.noteBytes(instruction.address, accessSize(instruction.access), written);
        return;
      case 'copy': {
        // What a copy of something never written has is no more written than that.
        const from = this.watched.get(slotOf(instruction.from) ?? NOWHERE);
        if (!from || written[from.bit] !== 0) {
          this.noteBytes(instruction.to, instruction.size, written);
        }
        return;
      }
      case 'zero':
        this.noteBytes(instruction.to, instruction.size, written);
        return;
      default:
        return;
    }
  }

  private noteBytes(address: Expr, size: number, written: Uint8Array): void {
    if (address.op === 'frame' && address.offset === 0) {
      this.note(address.slot, size, written);
    }
  }

  private note(home: Home, size: number, written: Uint8Array): void {
    const watched = this.watched.get(home);
    if (watched && ('index' in home || size >= home.size)) {
      written[watched.bit] = 1;
    }
  }

  private marked(instruction: Instruction, written: Uint8Array): Instruction {
    const see = (expr: Expr): Expr => this.markedExpr(expr, written);
    switch (instruction.op) {
      case 'set':
      case 'drop':
      case 'jump-computed':
      case 'switch':
        return withValue(instruction, see(instruction.value));
      case 'branch': {
        const condition = see(instruction.condition);
        return condition === instruction.condition ? instruction : { ...instruction, condition };
      }
      case 'return':
        return instruction.value ? withValue(instruction, see(instruction.value)) : instruction;
      case 'store':
        // A bit-field is written with the bits around it: they are read and put back, which tells nothing.
        return keepsBits(instruction) ? instruction : withValue(instruction, see(instruction.value));
      case 'call':
        return {
          ...instruction,
          args: instruction.args.map((each) => ('value' in each ? { ...each, value: see(each.value) } : each)),
        };
      default:
        return instruction;
    }
  }

  private markedExpr(expr: Expr, written: Uint8Array): Expr {
    const see = (part: Expr): Expr => this.markedExpr(part, written);
    switch (expr.op) {
      case 'register':
        return this.orMarked(expr, expr.register, written);
      case 'load': {
        const address = see(expr.address);
        const load: Load = address === expr.address ? expr : { ...expr, address };
        const slot = slotOf(expr.address);
        return slot ? this.orMarked(load, slot, written) : load;
      }
      case 'unary':
      case 'convert': {
        const operand = see(expr.operand);
        return operand === expr.operand ? expr : { ...expr, operand };
      }
      case 'binary': {
        const [left, right] = [see(expr.left), see(expr.right)];
        return left === expr.left && right === expr.right ? expr : { ...expr, left, right };
      }
      case 'bound': {
        const index = see(expr.index);
        return index === expr.index ? expr : { ...expr, index };
      }
      case 'choose':
        return { ...expr, condition: see(expr.condition), then: see(expr.then), otherwise: see(expr.otherwise) };
      default:
        return expr;
    }
  }

  private orMarked(operand: Extract<Expr, { op: 'register' | 'load' }>, home: Home, written: Uint8Array): Expr {
    const watched = this.watched.get(home);
    return watched && written[watched.bit] === 0 && operand.kind !== 'f32' && operand.kind !== 'f64'
      ? {
          op: 'unwritten',
          kind: operand.kind,
          operand,
          name: watched.variable.name,
          declared: watched.variable.source.span,
        }
      : operand;
  }
}

function withValue<I extends { readonly value: Expr | undefined }>(instruction: I, value: Expr): I {
  return value === instruction.value ? instruction : { ...instruction, value };
}

/** The object of the frame that an address lies in. */
function slotOf(address: Expr): FrameSlot | undefined {
  for (let at = address; ; at = at.left) {
    if (at.op === 'frame') {
      return at.slot;
    }
    if (at.op !== 'binary' || at.operator !== 'add') {
      return undefined;
    }
  }
}

function keepsBits({ value, address }: Extract<Instruction, { op: 'store' }>): boolean {
  const kept = value.op === 'binary' && value.operator === 'or' ? value.left : undefined;
  const old = kept?.op === 'binary' && kept.operator === 'and' ? kept.left : undefined;
  return old?.op === 'load' && old.address === address;
}

/** Nothing behind it is come to from it. */
function leavesFor({ op }: Instruction): boolean {
  return op === 'jump' || op === 'return' || op === 'switch' || op === 'jump-computed' || op === 'fault';
}
