/**
 * The free body of a function, `(fp, fuel, word 0, word 1, word 2) → (fuel, result)`: what runs when nobody looks.
 *
 * Loops are wasm loops, arguments and results are values, and flags are looked at once in a straight run of statements:
 * the byte of its first statement is nonzero when any of the run is wanted. It stops then, and whatever is stopped goes
 * on in the resumable body, which looks at each statement. In a loop without calls the flags are looked at before the
 * loop only, and the statements of an iteration are counted at its end. The free body itself can be entered at the
 * function's beginning and at the heads of its loops: an odd `fp` says that the frame has been suspended, and its pc
 * which of these it is. The way to the head of an inner loop leads through the heads of the loops around it:
 *
 *   block $to            a loop that begins further down
 *     br_table pc        (only where the region has loops)
 *     …
 *   end $to
 *   pc = 0
 *   loop … end
 *
 * A function whose jumps do not nest has a free body that only hands over to the resumable one.
 */
import { given, itemAt, valueAt } from '../base/checked-access';
import { isScalar, kindOf } from '../ir/scalar';
import type { Instruction, Label, Register } from '../ir/instructions';
import { FRAME_HEADER, FRAME_PC, FRAME_RETURN, RED_ZONE, REGISTER_WORDS } from '../abi/memory-map';
import type { BlockTarget, EmittedBody } from './code-writer';
import { BodyEmitter } from './emit-body';
import type { FunctionPlan } from './function-plan';
import { emitExpr } from './emit-expression';
import { Op } from './opcodes';
import type { Region } from './regions';
import { ENTERED_IMPORT, QUIET_BITS } from './target';

/** In the status local: the resumable body goes on at once. */
const HAND_OVER = -1;
/** Wasm parameter of argument word 0. */
const FIRST_WORD = 2;

/** `resumable`: wasm function index of the other body. */
export function emitFree(plan: FunctionPlan, resumable: number): EmittedBody {
  return new FreeEmitter(plan, resumable).emit();
}

class FreeEmitter extends BodyEmitter {
  protected readonly fuel = 1;
  protected readonly pc: number;
  private readonly blockOf = new Map<Label, BlockTarget>();
  private readonly entryOf = new Map<Region, BlockTarget>();
  private readonly loopOf = new Map<Label, BlockTarget>();
  private current: Region | undefined;

  constructor(
    plan: FunctionPlan,
    private readonly resumable: number,
  ) {
    super(plan, FIRST_WORD + REGISTER_WORDS);
    this.pc = this.writer.newLocal('i32');
    for (const register of plan.lowered.registers) {
      this.locals.set(
        register,
        isWord(register) ? FIRST_WORD + wordOf(register.offset) : this.writer.newLocal(register.kind),
      );
    }
  }

  emit(): EmittedBody {
    const { writer } = this;
    const { regions, lowered } = this.plan;
    this.prologue();
    if (!regions) {
      this.callResumable();
      return { code: writer.finish(), fuel: this.fuel, marks: writer.marks };
    }
    this.setBase();
    if (lowered.frameSize > RED_ZONE || lowered.code.some((instruction) => instruction.op === 'call')) {
      this.entryCheck(() =>
        lowered.registers.filter((register) => register.parameter).forEach((register) => this.spill(register)),
      );
    }
    this.defineFresh();
    this.withExits(() => {
      this.current = regions.root;
      this.openRegion(regions.root);
      lowered.code.forEach((instruction, index) => {
        this.instruction(instruction, index);
        while (this.current && this.current.head && this.current.end === index) {
          writer.close();
          this.current = this.current.parent;
        }
      });
      writer.op(Op.unreachable);
    });
    return { code: writer.finish(), fuel: this.fuel, marks: writer.marks };
  }

  /** A frame that was suspended has all in memory; a fresh one brings words, some of which belong there. */
  private prologue(): void {
    const { writer } = this;
    const { lowered, resume, regions } = this.plan;
    const parameters = lowered.registers.filter((register) => register.parameter);
    writer.get(this.fp);
    writer.i32(1);
    writer.op(Op.i32_and);
    writer.open(Op.if);
    writer.get(this.fp);
    writer.i32(1);
    writer.op(Op.i32_sub);
    writer.tee(this.fp);
    writer.load('i32', FRAME_PC);
    writer.tee(this.pc);
    writer.i32(regions ? resume.loops : -1);
    writer.op(Op.i32_gt_s);
    writer.open(Op.if);
    this.callResumable();
    writer.op(Op.return);
    writer.close();
    parameters.forEach((register) => this.reload(register));
    if (resume.loops > 0) {
      writer.get(this.pc);
      writer.open(Op.if);
      this.setBase();
      lowered.registers
        .filter((register) => register.spilled && !register.parameter)
        .forEach((register) => this.reload(register));
      writer.close();
    }
    writer.else();
    for (const register of parameters) {
      if (!isWord(register)) {
        this.reload(register);
      } else if (register.access !== 'i32') {
        this.narrow(register);
      }
      if (!regions && isWord(register)) {
        this.spill(register);
      }
    }
    for (const { home, type, parameter } of lowered.variables) {
      if (
        parameter !== undefined &&
        'argument' in home &&
        home.argument < FRAME_HEADER + 4 * REGISTER_WORDS &&
        isScalar(type) &&
        kindOf(type) === 'i32'
      ) {
        writer.get(this.fp);
        writer.get(FIRST_WORD + wordOf(home.argument));
        writer.store('i32', home.argument);
      }
    }
    this.guard();
    writer.close();
  }

  /** A frame that goes on in one of its loops has been defined. */
  private defineFresh(): void {
    const { writer } = this;
    const mayGoOn = this.plan.resume.loops > 0;
    if (mayGoOn) {
      writer.get(this.pc);
      writer.op(Op.i32_eqz);
      writer.open(Op.if);
    }
    this.beginFrame();
    if (mayGoOn) {
      writer.close();
    }
  }

  private callResumable(): void {
    const { writer } = this;
    writer.get(this.fp);
    writer.get(this.pc);
    writer.get(this.fuel);
    writer.op(Op.call);
    writer.out.u32(this.resumable);
  }

  /** A word as its parameter's type holds it. */
  private narrow(register: Register): void {
    const { writer } = this;
    const local = this.localOf(register);
    writer.get(local);
    switch (register.access) {
      case 'i8':
        writer.op(Op.i32_extend8_s);
        break;
      case 'i16':
        writer.op(Op.i32_extend16_s);
        break;
      default:
        writer.i32(register.access === 'u8' ? 0xff : 0xffff);
        writer.op(Op.i32_and);
    }
    writer.set(local);
  }

  /** Opens the blocks that end in a region, and sends a frame that goes on in one of its loops there. */
  private openRegion(region: Region): void {
    const { writer } = this;
    const { code } = this.plan.lowered;
    const ends = new Map<Label, Region | undefined>(region.labels.map((label) => [label, undefined]));
    const order: (Label | Region)[] = [];
    for (let index = Math.max(region.start, 0); index <= Math.min(region.end, code.length - 1); index++) {
      const instruction = code[index];
      if (instruction?.op !== 'label') {
        continue;
      }
      if (ends.has(instruction.label)) {
        order.push(instruction.label);
      }
      const loop = region.inner.find(({ head }) => head === instruction.label);
      if (loop) {
        order.push(loop);
      }
    }
    for (const end of order.reverse()) {
      const block = writer.open(Op.block);
      if ('head' in end) {
        this.entryOf.set(end, block);
      } else {
        this.blockOf.set(end, block);
      }
    }
    if (region.inner.length === 0) {
      return;
    }
    writer.get(this.pc);
    if (region.inner.length === 1) {
      writer.brIf(valueAt(this.entryOf, itemAt(region.inner, 0)));
      return;
    }
    writer.open(Op.if);
    const targets: BlockTarget[] = [];
    const fallback = valueAt(this.entryOf, itemAt(region.inner, 0));
    for (const inner of region.inner) {
      const send = (each: Region): void => {
        targets[valueAt(this.plan.resume.labelPc, given(each.head, 'head of a loop'))] = valueAt(this.entryOf, inner);
        each.inner.forEach(send);
      };
      send(inner);
    }
    writer.get(this.pc);
    writer.brTable(
      Array.from(targets, (target) => target ?? fallback),
      fallback,
    );
    writer.close();
  }

  override fault(...fault: Parameters<BodyEmitter['fault']>): void {
    this.charge(this.owed);
    super.fault(...fault);
  }

  protected label(label: Label): void {
    const { writer } = this;
    const region = this.plan.regions?.loops.get(label);
    if (this.blockOf.has(label) || region) {
      this.settle();
    }
    if (this.blockOf.has(label)) {
      writer.close();
      this.blockOf.delete(label);
    }
    if (!region) {
      return;
    }
    writer.close(); // the way in
    if (region.inner.length > 0) {
      writer.get(this.pc);
      writer.i32(valueAt(this.plan.resume.labelPc, label));
      writer.op(Op.i32_eq);
      writer.open(Op.if);
      this.setPc(0);
      writer.close();
    } else {
      this.setPc(0);
    }
    const quiet = this.plan.quiet.get(label);
    if (quiet) {
      this.loadFlags(quiet[0]);
      writer.i32(QUIET_BITS);
      writer.op(Op.i32_and);
      writer.open(Op.if);
      writer.i32(HAND_OVER);
      writer.set(this.status);
      this.setPc(valueAt(this.plan.resume.labelPc, label));
      writer.br(this.spillBlock);
      writer.close();
    }
    this.loopOf.set(label, writer.open(Op.loop));
    this.current = region;
    this.openRegion(region);
  }

  /** Charges the run that begins here and looks whether anything in it is wanted. */
  protected stop(statement: number, index: number): void {
    const { writer } = this;
    const charge = this.plan.counts.charge.get(statement);
    this.owed += charge ?? 0;
    if (this.hasWorked) {
      this.settle();
      this.leaveIfSpent(index);
    }
    if (charge === undefined) {
      return;
    }
    if (this.current?.head && this.plan.quiet.has(this.current.head)) {
      return;
    }
    this.loadFlags(statement);
    writer.open(Op.if);
    if (statement === 0) {
      this.askAtEntry();
    }
    this.charge(this.owed);
    this.setPc(valueAt(this.plan.resume.pointPc, index));
    writer.br(this.stopBlock);
    writer.close();
  }

  /**
   * Somebody may only look on at calls of this function: asks the host, and goes on past the enclosing `if` when there
   * is no need to stop.
   */
  private askAtEntry(): void {
    const { writer } = this;
    this.plan.lowered.registers.filter((register) => register.parameter).forEach((register) => this.spill(register));
    this.writeHeader(() => writer.i32(0));
    writer.storeFuel(this.fuel, this.owed);
    writer.get(this.fp);
    writer.op(Op.call, ENTERED_IMPORT);
    writer.op(Op.i32_eqz, Op.br_if, 0);
  }

  private loadFlags(statement: number): void {
    this.writer.i32(0);
    this.writer.load('u8', this.target.flagsStart + this.plan.firstStatement + statement);
  }

  protected override answerSuspended(): void {
    const { writer } = this;
    if (this.plan.quiet.size > 0) {
      writer.get(this.status);
      writer.i32(HAND_OVER);
      writer.op(Op.i32_eq);
      writer.open(Op.if);
      this.callResumable();
      writer.op(Op.return);
      writer.close();
    }
    super.answerSuspended();
  }

  protected ahead(label: Label): BlockTarget | undefined {
    return this.blockOf.get(label);
  }

  protected jump(label: Label): void {
    const { writer } = this;
    this.settle();
    const ahead = this.ahead(label);
    if (ahead) {
      writer.br(ahead);
      return;
    }
    this.hasFuel();
    writer.brIf(valueAt(this.loopOf, label));
    this.setPc(valueAt(this.plan.resume.labelPc, label));
    writer.br(this.sliceBlock);
  }

  protected branch(instruction: Extract<Instruction, { op: 'branch' }>): void {
    const { writer } = this;
    const ahead = this.ahead(instruction.label);
    // The way out of a loop pays for itself; elsewhere both ways are as likely.
    const leaves =
      ahead !== undefined && this.current?.head !== undefined && !this.current.labels.includes(instruction.label);
    if (ahead && !leaves) {
      this.settle();
    }
    emitExpr(this, instruction.condition);
    if (!instruction.when) {
      writer.op(Op.i32_eqz);
    }
    if (ahead && this.owed === 0) {
      writer.brIf(ahead);
      return;
    }
    writer.open(Op.if);
    if (ahead) {
      this.charge(this.owed);
      writer.br(ahead);
    } else {
      const { owed } = this;
      this.jump(instruction.label);
      this.owed = owed;
    }
    writer.close();
  }

  protected jumpComputed(): void {
    throw new Error('internal error: a computed jump in a free body');
  }

  protected afterCall(instruction: Extract<Instruction, { op: 'call' }>): void {
    const { writer } = this;
    if (!instruction.result || !instruction.resultAccess) {
      return;
    }
    if (instruction.resultAccess === 'i32') {
      writer.get(this.result);
    } else {
      writer.get(this.base);
      writer.load(instruction.resultAccess, FRAME_RETURN);
    }
    writer.set(this.localOf(instruction.result));
  }
}

function wordOf(offset: number): number {
  return (offset - FRAME_HEADER) >> 2;
}

/** Whether a parameter is handed over as a value. */
function isWord(register: Register): boolean {
  return register.parameter && register.kind === 'i32' && wordOf(register.offset) < REGISTER_WORDS;
}
