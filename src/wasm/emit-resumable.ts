/**
 * The resumable body of a function, `(fp, pc, fuel) → (fuel, result)`: every statement is a stop, and a frame suspended
 * at any statement or call goes on in it.
 *
 * Shape ("flat"): all code lies in one loop, cut at labels. Every label is the end of a block; the blocks are nested so
 * that the first ends first. A forward jump is a plain branch out of its block; a backward jump sets pc and goes round
 * the loop, whose `br_table` also serves as the way in when a suspended frame goes on:
 *
 *   loop $top
 *     block Ln … block L1 block L0
 *       br_table pc
 *     end L0: … code … end L1: … code …
 *   end
 *
 * Only the innermost frame is ever resumed ("leaf resume"): when it returns, the driver of `emit-driver.ts` enters the
 * caller at the point after its call. At the head of a loop, where the free body can go on, this one suspends, unless
 * somebody waits there.
 */
import { itemAt, valueAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { Instruction, Label } from '../ir/instructions';
import { FRAME_RETURN } from '../abi/memory-map';
import type { BlockTarget, EmittedBody } from './code-writer';
import { BodyEmitter } from './emit-body';
import type { FunctionPlan } from './function-plan';
import { emitExpr } from './emit-expression';
import { Op } from './opcodes';
import { QUIET_BITS } from './target';

export function emitResumable(plan: FunctionPlan): EmittedBody {
  return new ResumableEmitter(plan).emit();
}

class ResumableEmitter extends BodyEmitter {
  protected readonly pc = 1;
  protected readonly fuel = 2;
  private readonly blockOf = new Map<Label | number, BlockTarget>();
  private readonly placed = new Set<Label>();
  private statementsAt: Map<Label, number> | undefined;
  private top!: BlockTarget;

  constructor(plan: FunctionPlan) {
    super(plan, 3);
    for (const register of plan.lowered.registers) {
      this.locals.set(register, this.writer.newLocal(register.kind));
    }
  }

  emit(): EmittedBody {
    const { writer } = this;
    const points = this.plan.resume.blocks;
    this.prologue();
    this.withExits(() => {
      this.top = writer.open(Op.loop);
      const open = points.map(() => writer.open(Op.block));
      points.forEach((point, index) => this.blockOf.set(point, itemAt(open, points.length - 1 - index)));
      this.dispatch();
      writer.close();
      this.plan.lowered.code.forEach((instruction, index) => this.instruction(instruction, index));
      writer.op(Op.unreachable);
      writer.close();
      writer.op(Op.unreachable);
    });
    return { code: writer.finish(), fuel: this.fuel, marks: writer.marks };
  }

  private prologue(): void {
    const { writer } = this;
    const { registers } = this.plan.lowered;
    this.setBase();
    registers.filter((register) => register.parameter).forEach((register) => this.reload(register));
    writer.get(this.pc);
    writer.open(Op.if);
    registers
      .filter((register) => register.spilled && !register.parameter)
      .forEach((register) => this.reload(register));
    writer.else();
    this.entryCheck(() => undefined);
    this.beginFrame();
    writer.close();
  }

  private dispatch(): void {
    const { labelPc, pointPc } = this.plan.resume;
    const entry = valueAt(this.blockOf, -1);
    const targets: BlockTarget[] = [entry];
    for (const [label, pc] of labelPc) {
      targets[pc] = valueAt(this.blockOf, label);
    }
    for (const [index, pc] of pointPc) {
      targets[pc] = valueAt(this.blockOf, index);
    }
    this.writer.get(this.pc);
    this.writer.brTable(targets, entry);
  }

  protected label(label: Label): void {
    this.placed.add(label);
    if (this.blockOf.has(label)) {
      this.writer.close();
    }
  }

  /** Charges the run that begins here, tests the flag, and is the place where a frame stopped here goes on. */
  protected stop(statement: number, index: number): void {
    const { writer } = this;
    this.charge(this.plan.counts.charge.get(statement) ?? 0);
    this.flag(statement, 1);
    writer.open(Op.if);
    this.setPc(valueAt(this.plan.resume.pointPc, index));
    writer.br(this.stopBlock);
    writer.close();
    this.leaveIfSpent(index);
    writer.close(); // the block of this resume point
    this.checked.forget();
  }

  /** Whether any of some bits of a statement's flag byte is set. */
  private flag(statement: number, bits: number): void {
    const { writer } = this;
    writer.i32(0);
    writer.load('u8', this.target.flagsStart + this.plan.firstStatement + statement);
    writer.i32(bits);
    writer.op(Op.i32_and);
  }

  protected ahead(label: Label): BlockTarget | undefined {
    return this.placed.has(label) ? undefined : this.blockOf.get(label);
  }

  protected jump(label: Label): void {
    const { writer } = this;
    const ahead = this.ahead(label);
    if (ahead) {
      writer.br(ahead);
      return;
    }
    this.setPc(valueAt(this.plan.resume.labelPc, label));
    this.hasFuel();
    writer.op(Op.i32_eqz);
    writer.brIf(this.sliceBlock);
    if (this.plan.regions) {
      const quiet = this.plan.quiet.get(label);
      this.flag(quiet ? quiet[0] : this.statementAt(label), quiet ? QUIET_BITS : 1);
      writer.op(Op.i32_eqz);
      writer.brIf(this.sliceBlock);
    }
    writer.br(this.top);
  }

  /** The first statement after a label in the code; statement 0 when there is none. */
  private statementAt(label: Label): number {
    if (!this.statementsAt) {
      this.statementsAt = new Map();
      const { code } = this.plan.lowered;
      let next = 0;
      for (let index = code.length - 1; index >= 0; index--) {
        const instruction = code[index];
        if (instruction?.op === 'stop') {
          next = instruction.statement;
        } else if (instruction?.op === 'label') {
          this.statementsAt.set(instruction.label, next);
        }
      }
    }
    return this.statementsAt.get(label) ?? 0;
  }

  protected branch(instruction: Extract<Instruction, { op: 'branch' }>): void {
    const { writer } = this;
    emitExpr(this, instruction.condition);
    if (!instruction.when) {
      writer.op(Op.i32_eqz);
    }
    const ahead = this.ahead(instruction.label);
    if (ahead) {
      writer.brIf(ahead);
      return;
    }
    writer.open(Op.if);
    this.jump(instruction.label);
    writer.close();
  }

  protected jumpComputed(instruction: Extract<Instruction, { op: 'jump-computed' }>): void {
    const { writer } = this;
    writer.withScratch('i32', (scratch) => {
      emitExpr(this, instruction.value);
      writer.set(scratch);
      instruction.targets.forEach((label, index) => {
        writer.get(scratch);
        writer.i32(index + 1);
        writer.op(Op.i32_eq);
        writer.open(Op.if);
        this.setPc(valueAt(this.plan.resume.labelPc, label));
        this.hasFuel();
        writer.op(Op.i32_eqz);
        writer.brIf(this.sliceBlock);
        writer.br(this.top);
        writer.close();
      });
    });
    this.fault('trap', undefined, undefined, sentence('goto-to-an-address-that-is-no-label'));
  }

  /** The result is read from the callee's header, where the driver puts it when the call returns later. */
  protected afterCall(instruction: Extract<Instruction, { op: 'call' }>): void {
    const { writer } = this;
    if (instruction.result) {
      writer.get(this.base);
      writer.get(this.result);
      writer.store('i32', FRAME_RETURN);
    }
    writer.close(); // the block of this resume point
    if (instruction.result && instruction.resultAccess) {
      writer.get(this.base);
      writer.load(instruction.resultAccess, FRAME_RETURN);
      writer.set(this.localOf(instruction.result));
    }
  }
}
