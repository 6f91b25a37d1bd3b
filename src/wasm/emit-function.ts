/**
 * One IR function to a wasm function `(fp, pc) → status`.
 *
 * Shape ("flat"): all code lies in one loop, cut at labels. Every label is the end of a block; the blocks are nested so that the first
 * ends first. A forward jump is a plain branch out of its block; a backward jump sets pc and goes round the loop, whose `br_table`
 * also serves as the way in when a suspended frame goes on:
 *
 *   block $spill
 *     block $slice
 *       block $stop
 *         block $fault
 *           loop $top
 *             block Ln … block L1 block L0
 *               br_table pc
 *             end L0: … code … end L1: … code …
 *           end
 *         end $fault: status = fault …
 *       end $stop: status = stopped …
 *     end $slice: status = sliced
 *   end $spill: registers → frame; pc, function id → header; return status
 *
 * Only the innermost frame is ever resumed ("leaf resume"): when it returns, the driver of `emit-driver.ts` enters the caller at the
 * point after its call. A caller that sees a status other than "returned" links the callee's frame to its own and spills.
 */
import { countBlocks, type BlockCounts } from '../ir/blocks';
import type { ResumePoint } from '../ir/debug-info';
import type { Instruction, Label, LoweredFunction, Register } from '../ir/instructions';
import { FRAME_FUNCTION, FRAME_HEADER, FRAME_PARENT, FRAME_PC, FRAME_RETURN, TEXT_BASE } from '../ir/memory-map';
import type { Span } from '../source/source-file';
import { CodeWriter, type BlockTarget } from './code-writer';
import { emitAddress, emitCheck, emitExpr, type ExpressionContext } from './emit-expression';
import { emitCopy, emitZero } from './emit-memory';
import { emitSwitch } from './emit-switch';
import { Op } from './opcodes';
import { planResumePoints, type ResumePlan } from './resume-plan';
import { FIRST_FUNCTION, Global, Status, type EmitTarget } from './target';

const FP = 0;
const PC = 1;

export interface EmittedFunction {
  readonly code: Uint8Array;
  readonly resumePoints: readonly ResumePoint[];
  /** By statement index. */
  readonly ahead: ReadonlyMap<number, number>;
}

export function emitFunction(lowered: LoweredFunction, id: number, firstStatement: number, target: EmitTarget): EmittedFunction {
  return new FunctionEmitter(lowered, id, firstStatement, target).emit();
}

class FunctionEmitter implements ExpressionContext {
  readonly writer = new CodeWriter(2);
  readonly fp = FP;
  readonly base = this.writer.newLocal('i32');
  private readonly status = this.writer.newLocal('i32');
  private readonly faultLocal = this.writer.newLocal('i32');
  private readonly locals = new Map<Register, number>();
  private readonly counts: BlockCounts;
  private readonly plan: ResumePlan;
  private readonly faultPoints: ResumePoint[] = [];
  private readonly blockOf = new Map<Label | number, BlockTarget>();
  private readonly openBlocks: BlockTarget[] = [];
  private readonly placed = new Set<Label>();
  private statementIndex = -1;
  private top!: BlockTarget;
  private faultBlock!: BlockTarget;
  private stopBlock!: BlockTarget;
  private sliceBlock!: BlockTarget;
  private spillBlock!: BlockTarget;

  constructor(
    private readonly lowered: LoweredFunction,
    private readonly id: number,
    private readonly firstStatement: number,
    readonly target: EmitTarget,
  ) {
    this.counts = countBlocks(lowered.code);
    this.plan = planResumePoints(lowered.code, firstStatement);
    for (const register of lowered.registers) {
      this.locals.set(register, this.writer.newLocal(register.kind));
    }
  }

  emit(): EmittedFunction {
    const { writer } = this;
    const points = this.plan.blocks;
    this.prologue();
    this.spillBlock = writer.open(Op.block);
    this.sliceBlock = writer.open(Op.block);
    this.stopBlock = writer.open(Op.block);
    this.faultBlock = writer.open(Op.block);
    this.top = writer.open(Op.loop);
    for (let i = points.length - 1; i >= 0; i--) {
      this.openBlocks.push(writer.open(Op.block));
    }
    points.forEach((point, index) => this.blockOf.set(point, this.openBlocks[points.length - 1 - index]!));
    this.dispatch();
    writer.close();
    this.lowered.code.forEach((instruction, index) => this.instruction(instruction, index));
    writer.op(Op.unreachable);
    writer.close();
    writer.op(Op.unreachable);
    this.epilogue();
    return { code: writer.finish(), resumePoints: [...this.plan.resumePoints, ...this.faultPoints], ahead: this.counts.ahead };
  }

  localOf(register: Register): number {
    return this.locals.get(register)!;
  }

  private prologue(): void {
    const { writer, lowered } = this;
    writer.get(FP);
    writer.i32(lowered.frameSize);
    writer.op(Op.i32_sub);
    writer.set(this.base);
    for (const register of lowered.registers) {
      if (register.parameter) {
        writer.get(FP);
        writer.load(register.access, register.offset);
        writer.set(this.localOf(register));
      }
    }
    writer.get(PC);
    writer.open(Op.if);
    for (const register of lowered.registers) {
      if (register.spilled && !register.parameter) {
        writer.get(this.base);
        writer.load(register.access, register.offset);
        writer.set(this.localOf(register));
      }
    }
    writer.else();
    this.entryCheck();
    writer.close();
  }

  /** Too little stack, or the slice is used up: suspend before anything is done; nothing needs to be spilled. */
  private entryCheck(): void {
    const { writer } = this;
    writer.get(this.base);
    writer.globalGet(Global.stackLimit);
    writer.op(Op.i32_lt_s);
    writer.globalGet(Global.fuel);
    writer.i32(0);
    writer.op(Op.i32_lt_s, Op.i32_or);
    writer.open(Op.if);
    this.header(() => writer.i32(0));
    writer.get(FP);
    writer.globalSet(Global.top);
    writer.i32(Status.sliced);
    writer.op(Op.return);
    writer.close();
  }

  private header(pc: () => void): void {
    const { writer } = this;
    writer.get(FP);
    pc();
    writer.store('i32', FRAME_PC);
    writer.get(FP);
    writer.i32(this.id);
    writer.store('i32', FRAME_FUNCTION);
  }

  private dispatch(): void {
    const entry = this.blockOf.get(-1)!;
    const targets: BlockTarget[] = [entry];
    for (const [label, pc] of this.plan.labelPc) {
      targets[pc] = this.blockOf.get(label)!;
    }
    for (const [index, pc] of this.plan.pointPc) {
      targets[pc] = this.blockOf.get(index)!;
    }
    this.writer.get(PC);
    this.writer.brTable(targets, entry);
  }

  /** The cold ends: each sets its status and joins the spill. */
  private epilogue(): void {
    const { writer } = this;
    const leave = (status: number): void => {
      writer.i32(status);
      writer.set(this.status);
      writer.get(FP);
      writer.globalSet(Global.top);
    };
    writer.close(); // $fault
    writer.get(this.faultLocal);
    writer.globalSet(Global.faultAddress);
    leave(Status.fault);
    writer.br(this.spillBlock);
    writer.close(); // $stop
    leave(Status.stopped);
    writer.br(this.spillBlock);
    writer.close(); // $slice
    leave(Status.sliced);
    writer.close(); // $spill
    for (const register of this.lowered.registers) {
      if (register.spilled) {
        writer.get(register.parameter ? FP : this.base);
        writer.get(this.localOf(register));
        writer.store(register.access, register.offset);
      }
    }
    this.header(() => writer.get(PC));
    writer.get(this.status);
  }

  private setPc(pc: number): void {
    this.writer.i32(pc);
    this.writer.set(PC);
  }

  fault(check: ResumePoint['check'] & string, site: Span | undefined, address: number | undefined, message?: string): void {
    const { writer } = this;
    if (address !== undefined) {
      writer.get(address);
    } else {
      writer.i32(0);
    }
    writer.set(this.faultLocal);
    const statement = this.statementIndex < 0 ? -1 : this.firstStatement + this.statementIndex;
    const pc = this.plan.resumePoints.length + this.faultPoints.length;
    this.faultPoints.push({ kind: 'fault', statement, check, expression: site ? excerpt(site) : undefined, message });
    this.setPc(pc);
    writer.br(this.faultBlock);
  }

  private instruction(instruction: Instruction, index: number): void {
    const { writer } = this;
    switch (instruction.op) {
      case 'set':
        emitExpr(this, instruction.value);
        writer.set(this.localOf(instruction.register));
        return;
      case 'store': {
        const offset = emitAddress(this, instruction.address, instruction.offset, instruction.safe, instruction.site);
        emitExpr(this, instruction.value);
        writer.store(instruction.access, offset);
        return;
      }
      case 'copy':
        emitCopy(this, instruction);
        return;
      case 'zero':
        emitZero(this, instruction.to, instruction.size);
        return;
      case 'drop':
        emitExpr(this, instruction.value);
        writer.op(Op.drop);
        return;
      case 'label':
        this.placed.add(instruction.label);
        if (this.blockOf.has(instruction.label)) {
          writer.close();
        }
        return;
      case 'stop':
        this.stop(instruction.statement, index);
        return;
      case 'call':
        this.call(instruction, index);
        return;
      case 'jump':
        this.jump(instruction.label);
        return;
      case 'branch':
        this.branch(instruction);
        return;
      case 'switch':
        emitSwitch(this, instruction, (label) => this.jump(label), (label) => (this.placed.has(label) ? undefined : this.blockOf.get(label)));
        return;
      case 'return':
        if (instruction.value && instruction.access) {
          writer.get(FP);
          emitExpr(this, instruction.value);
          writer.store(instruction.access, FRAME_RETURN);
        }
        writer.i32(Status.returned);
        writer.op(Op.return);
        return;
      case 'jump-computed':
        this.jumpComputed(instruction);
        return;
      case 'fault':
        this.fault('trap', instruction.site, undefined, instruction.message);
        return;
    }
  }

  /** Charges the run that begins here, tests the flag, and is the place where a frame stopped here goes on. */
  private stop(statement: number, index: number): void {
    const { writer } = this;
    this.statementIndex = statement;
    const charge = this.counts.charge.get(statement);
    if (charge !== undefined) {
      writer.globalGet(Global.fuel);
      writer.i32(charge);
      writer.op(Op.i32_sub);
      writer.globalSet(Global.fuel);
    }
    writer.i32(0);
    writer.load('u8', this.target.flagsStart + this.firstStatement + statement);
    writer.open(Op.if);
    this.setPc(this.plan.pointPc.get(index)!);
    writer.br(this.stopBlock);
    writer.close();
    writer.close(); // the block of this resume point
  }

  private jump(label: Label): void {
    const { writer } = this;
    if (!this.placed.has(label)) {
      writer.br(this.blockOf.get(label)!);
      return;
    }
    this.setPc(this.plan.labelPc.get(label)!);
    writer.globalGet(Global.fuel);
    writer.i32(0);
    writer.op(Op.i32_lt_s);
    writer.brIf(this.sliceBlock);
    writer.br(this.top);
  }

  private branch(instruction: Extract<Instruction, { op: 'branch' }>): void {
    const { writer } = this;
    emitExpr(this, instruction.condition);
    if (!instruction.when) {
      writer.op(Op.i32_eqz);
    }
    if (!this.placed.has(instruction.label)) {
      writer.brIf(this.blockOf.get(instruction.label)!);
      return;
    }
    writer.open(Op.if);
    this.jump(instruction.label);
    writer.close();
  }

  private jumpComputed(instruction: Extract<Instruction, { op: 'jump-computed' }>): void {
    const { writer } = this;
    writer.withScratch('i32', (scratch) => {
      emitExpr(this, instruction.value);
      writer.set(scratch);
      instruction.targets.forEach((label, index) => {
        writer.get(scratch);
        writer.i32(index + 1);
        writer.op(Op.i32_eq);
        writer.open(Op.if);
        this.setPc(this.plan.labelPc.get(label)!);
        writer.br(this.top);
        writer.close();
      });
    });
    this.fault('trap', undefined, undefined, 'goto to an address that is no label');
  }

  /** Arguments to the outgoing area, the call, the cold path when it did not return, the result. */
  private call(instruction: Extract<Instruction, { op: 'call' }>, index: number): void {
    const { writer } = this;
    const { callee } = instruction;
    const direct = 'linkage' in callee ? this.target.functionId(callee) : undefined;
    const invoke = (pointer: number | undefined): void => {
      for (const argument of instruction.args) {
        if ('value' in argument) {
          writer.get(this.base);
          emitExpr(this, argument.value);
          writer.store(argument.access, FRAME_HEADER + argument.offset);
        } else {
          this.copyArgument(argument.copyFrom, argument.offset, argument.size, instruction.site);
        }
      }
      writer.get(this.base);
      writer.i32(0);
      if (pointer === undefined) {
        writer.op(Op.call);
        writer.out.u32(FIRST_FUNCTION + (direct ?? 0));
      } else {
        writer.get(pointer);
        writer.op(Op.call_indirect);
        writer.out.u32(0);
        writer.out.u32(0);
      }
    };
    if (direct !== undefined) {
      invoke(undefined);
    } else {
      writer.withScratch('i32', (pointer) => {
        if ('linkage' in callee) {
          writer.i32(this.target.addressOf(callee));
        } else {
          emitExpr(this, callee);
        }
        writer.set(pointer);
        this.tableIndex(pointer, instruction.site);
        invoke(pointer);
      });
    }
    writer.tee(this.status);
    writer.open(Op.if, undefined);
    writer.get(this.base);
    writer.get(FP);
    writer.store('i32', FRAME_PARENT);
    this.setPc(this.plan.pointPc.get(index)!);
    writer.br(this.spillBlock);
    writer.close();
    writer.close(); // the block of this resume point
    if (instruction.result && instruction.resultAccess) {
      writer.get(this.base);
      writer.load(instruction.resultAccess, FRAME_RETURN);
      writer.set(this.localOf(instruction.result));
    }
  }

  /** Turns a function pointer value in a local into a table index, or faults. */
  private tableIndex(pointer: number, site: Span): void {
    const { writer } = this;
    writer.withScratch('i32', (index) => {
      writer.get(pointer);
      writer.i32(TEXT_BASE | 0);
      writer.op(Op.i32_sub);
      writer.i32(4);
      writer.op(Op.i32_shr_u);
      writer.tee(index);
      writer.i32(this.target.functionCount);
      writer.op(Op.i32_ge_u);
      writer.open(Op.if);
      this.fault('function-pointer', site, pointer);
      writer.close();
      writer.get(index);
      writer.set(pointer);
    });
  }

  private copyArgument(from: Parameters<typeof emitExpr>[1], offset: number, size: number, site: Span): void {
    const { writer } = this;
    writer.withScratch('i32', (source) => {
      emitExpr(this, from);
      writer.set(source);
      emitCheck(this, source, site);
      writer.get(this.base);
      writer.i32(FRAME_HEADER + offset);
      writer.op(Op.i32_add);
      writer.get(source);
      writer.i32(size);
      writer.op(0xfc, 10, 0, 0); // memory.copy
    });
  }
}

/** Source text of a span, short enough for a message. */
function excerpt(span: Span): string {
  const text = span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

