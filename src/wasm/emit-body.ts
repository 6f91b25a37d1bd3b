/**
 * What both bodies of a function share: locals for registers, straight-line instructions, calls, and the cold way out.
 *
 *   block $spill
 *     block $leave
 *       block $slice
 *         block $stop
 *           block $fault
 *             … code …
 *           end $fault: faultAddress; status = fault; go to $leave
 *         end $stop: status = stopped; go to $leave
 *       end $slice: status = sliced
 *     end $leave: control words status, top, fuel
 *   end $spill: registers → frame; pc, function id → header; return (0, 0)
 *
 * A body answers `(fuel, result)`, or fuel 0 when it suspended. A caller that gets 0 links the callee's frame to its own
 * and spills.
 */
import { itemAt, valueAt } from '../base/checked-access';
import type { Told } from '../sentences/sentence';
import type { ResumePoint } from '../abi/debug-info';
import type { Expr, Instruction, Label, Register } from '../ir/instructions';
import {
  Control,
  FRAME_FUNCTION,
  FRAME_HEADER,
  FRAME_PARENT,
  FRAME_PC,
  FRAME_RETURN,
  REGISTER_WORDS,
} from '../abi/memory-map';
import { Status } from '../abi/run-status';
import type { Span } from '../source/source-file';
import { CheckedAddresses } from './checked-addresses';
import { CodeWriter, type BlockTarget } from './code-writer';
import { accessSize, kindOfAccess } from '../ir/scalar';
import { emitAddress, emitExpr, type ExpressionContext } from './emit-expression';
import { defineFrame } from './define-frame';
import { chargeBlock } from './charge-block';
import { emitIndirectCall, emitTableIndex } from './emit-table-index';
import { emitArgumentCopy, emitCopy, emitZero } from './emit-memory';
import { emitSwitch } from './emit-switch';
import { Op } from './opcodes';
import type { FunctionPlan } from './function-plan';
import { FIRST_FUNCTION, FUEL_BIAS, type EmitTarget } from './target';

type Call = Extract<Instruction, { op: 'call' }>;

export abstract class BodyEmitter implements ExpressionContext {
  readonly writer: CodeWriter;
  readonly fp = 0;
  readonly base: number;
  protected abstract readonly pc: number;
  protected abstract readonly fuel: number;
  readonly target: EmitTarget;
  readonly checked = new CheckedAddresses();
  protected readonly result: number;
  protected readonly locals = new Map<Register, number>();
  protected statementIndex = -1;
  /** Statements executed and not yet taken off the fuel. */
  protected owed = 0;
  /** Long blocks were gone over since the last statement began: the next is not begun without fuel. */
  protected hasWorked = false;
  protected sliceBlock!: BlockTarget;
  protected stopBlock!: BlockTarget;
  protected spillBlock!: BlockTarget;
  protected readonly status: number;
  private readonly faultLocal: number;
  private faultBlock!: BlockTarget;
  private leaveBlock!: BlockTarget;

  protected constructor(
    protected readonly plan: FunctionPlan,
    parameters: number,
  ) {
    this.target = plan.target;
    this.writer = new CodeWriter(parameters);
    this.base = this.writer.newLocal('i32');
    this.status = this.writer.newLocal('i32');
    this.faultLocal = this.writer.newLocal('i32');
    this.result = this.writer.newLocal('i32');
  }

  localOf(register: Register): number {
    return valueAt(this.locals, register.sharesWith ?? register);
  }

  /** Code between the prologue and the cold end; `code` ends in a jump or return. */
  protected withExits(code: () => void): void {
    const { writer } = this;
    this.spillBlock = writer.open(Op.block);
    this.leaveBlock = writer.open(Op.block);
    this.sliceBlock = writer.open(Op.block);
    this.stopBlock = writer.open(Op.block);
    this.faultBlock = writer.open(Op.block);
    code();
    writer.mark(-1, 0);
    writer.close(); // $fault
    writer.setControl(Control.faultAddress, () => writer.get(this.faultLocal));
    this.leave(Status.fault);
    writer.close(); // $stop
    this.leave(Status.stopped);
    writer.close(); // $slice
    writer.i32(Status.sliced);
    writer.set(this.status);
    writer.close(); // $leave
    this.suspendWords(() => writer.get(this.status));
    writer.close(); // $spill
    for (const register of this.plan.lowered.registers) {
      if (register.spilled) {
        this.spill(register);
      }
    }
    this.header(() => writer.get(this.pc));
    this.answerSuspended();
  }

  /** The last of the cold end: what the caller gets. */
  protected answerSuspended(): void {
    this.writer.i32(0);
    this.writer.i32(0);
  }

  private leave(status: number): void {
    this.writer.i32(status);
    this.writer.set(this.status);
    this.writer.br(this.leaveBlock);
  }

  protected suspendWords(status: () => void): void {
    const { writer } = this;
    writer.setControl(Control.status, status);
    writer.setControl(Control.top, () => writer.get(this.fp));
    writer.storeFuel(this.fuel);
  }

  /** Writes a register to its slot: the whole word, so that nothing of what lay there before is left. */
  protected spill(register: Register): void {
    const { writer } = this;
    writer.get(register.parameter ? this.fp : this.base);
    writer.get(this.localOf(register));
    writer.store(register.kind, register.offset);
  }

  protected reload(register: Register): void {
    const { writer } = this;
    writer.get(register.parameter ? this.fp : this.base);
    writer.load(register.access, register.offset);
    writer.set(this.localOf(register));
  }

  /** Computes the frame base. */
  protected setBase(): void {
    const { writer } = this;
    writer.get(this.fp);
    writer.i32(this.plan.lowered.frameSize);
    writer.op(Op.i32_sub);
    writer.set(this.base);
  }

  /**
   * Too little stack, or the slice is used up: leaves before anything is done; `leave` writes what is not in memory yet.
   */
  protected entryCheck(leave: () => void): void {
    const { writer } = this;
    const ok = writer.open(Op.block);
    const cold = writer.open(Op.block);
    writer.get(this.base);
    writer.control(Control.stackLimit);
    writer.op(Op.i32_lt_s);
    writer.brIf(cold);
    this.hasFuel();
    writer.brIf(ok);
    writer.close();
    leave();
    this.writeHeader(() => writer.get(this.pc));
    this.suspendWords(() => writer.i32(Status.sliced));
    writer.i32(0);
    writer.i32(0);
    writer.op(Op.return);
    writer.close();
  }

  /** Fills a frame that begins. */
  protected beginFrame(): void {
    const { lowered } = this.plan;
    defineFrame(this.writer, this.base, lowered, (register) => this.localOf(register));
    this.chargeBlock(lowered.frameSize - lowered.objectsFrom);
  }

  /** The header of a frame that suspends; what was written over it is told first. */
  private header(pc: () => void): void {
    const { writer } = this;
    if (this.plan.guarded) {
      this.isWrittenOver();
      writer.open(Op.if);
      writer.setControl(Control.damaged, () => writer.get(this.fp));
      writer.close();
    }
    this.writeHeader(pc);
  }

  /** Pushes whether the function's id is no longer in its frame. */
  private isWrittenOver(): void {
    const { writer } = this;
    writer.get(this.fp);
    writer.load('i32', FRAME_FUNCTION);
    writer.i32(this.plan.id);
    writer.op(Op.i32_ne);
  }

  /** Writes the function's id into its frame, for {@link isWrittenOver}. */
  protected guard(): void {
    const { writer } = this;
    if (this.plan.guarded) {
      writer.get(this.fp);
      writer.i32(this.plan.id);
      writer.store('i32', FRAME_FUNCTION);
    }
  }

  protected writeHeader(pc: () => void): void {
    const { writer } = this;
    writer.get(this.fp);
    pc();
    writer.store('i32', FRAME_PC);
    writer.get(this.fp);
    writer.i32(this.plan.id);
    writer.store('i32', FRAME_FUNCTION);
  }

  protected setPc(pc: number): void {
    this.writer.i32(pc);
    this.writer.set(this.pc);
  }

  protected hasFuel(): void {
    const { writer } = this;
    writer.get(this.fuel);
    writer.i32(FUEL_BIAS);
    writer.op(Op.i32_ge_s);
  }

  /** Takes statements off the fuel. */
  protected charge(statements: number): void {
    const { writer } = this;
    if (statements !== 0) {
      writer.get(this.fuel);
      writer.i32(statements);
      writer.op(Op.i32_sub);
      writer.set(this.fuel);
    }
  }

  /** Takes the statements off that a long block counts as. */
  protected chargeBlock(bytes: number): void {
    const taken = chargeBlock(this.writer, this.fuel, bytes, this.target.bytesPerStatement);
    this.hasWorked ||= taken;
  }

  /** Leaves before a statement that follows long blocks when they have used the fuel up. Nothing may be owed. */
  protected leaveIfSpent(index: number): void {
    const { writer } = this;
    if (!this.hasWorked) {
      return;
    }
    this.hasWorked = false;
    this.hasFuel();
    writer.op(Op.i32_eqz);
    writer.open(Op.if);
    this.setPc(valueAt(this.plan.resume.pointPc, index));
    writer.br(this.sliceBlock);
    writer.close();
  }

  /** Makes the fuel right where code can leave the straight line. */
  protected settle(): void {
    this.charge(this.owed);
    this.owed = 0;
  }

  fault(
    check: ResumePoint['check'] & string,
    site: Span | undefined,
    address: number | undefined,
    message?: Told,
  ): void {
    const { writer } = this;
    if (address !== undefined) {
      writer.get(address);
    } else {
      writer.i32(0);
    }
    writer.set(this.faultLocal);
    const statement = this.statementIndex < 0 ? -1 : this.plan.firstStatement + this.statementIndex;
    this.setPc(this.plan.faults.pcOf(statement, check, site, message));
    writer.br(this.faultBlock);
  }

  protected abstract label(label: Label, index: number): void;
  protected abstract stop(statement: number, index: number): void;
  protected abstract jump(label: Label): void;
  protected abstract branch(instruction: Extract<Instruction, { op: 'branch' }>): void;
  protected abstract jumpComputed(instruction: Extract<Instruction, { op: 'jump-computed' }>): void;
  /** The block that ends at a label ahead; undefined for a label behind. */
  protected abstract ahead(label: Label): BlockTarget | undefined;
  /** After a call came back or was suspended: the place to go on, and the result. */
  protected abstract afterCall(instruction: Call, index: number): void;

  protected instruction(instruction: Instruction, index: number): void {
    const { writer } = this;
    writer.mark(instruction.op === 'stop' ? -1 : this.statementIndex, this.owed);
    switch (instruction.op) {
      case 'set':
        emitExpr(this, instruction.value);
        writer.set(this.localOf(instruction.register));
        this.checked.changed(instruction.register);
        return;
      case 'store':
        this.store(instruction);
        return;
      case 'copy':
      case 'zero':
        this.block(instruction);
        return;
      case 'drop':
        emitExpr(this, instruction.value);
        writer.op(Op.drop);
        return;
      case 'label':
        this.label(instruction.label, index);
        this.checked.forget();
        return;
      case 'stop':
        this.statementIndex = instruction.statement;
        this.stop(instruction.statement, index);
        return;
      case 'call':
        this.call(instruction, index);
        this.checked.forget();
        return;
      case 'jump':
        this.jump(instruction.label);
        return;
      case 'branch':
        this.branch(instruction);
        return;
      case 'switch':
        this.settle();
        emitSwitch(
          this,
          instruction,
          (label) => this.jump(label),
          (label) => this.ahead(label),
        );
        return;
      case 'return':
        this.return(instruction);
        return;
      case 'jump-computed':
        this.jumpComputed(instruction);
        return;
      case 'fault':
        this.fault('trap', instruction.site, undefined, instruction.message);
        return;
    }
  }

  private block(instruction: Extract<Instruction, { op: 'copy' | 'zero' }>): void {
    if (instruction.op === 'copy') {
      emitCopy(this, instruction);
    } else {
      emitZero(this, instruction.to, instruction.size);
    }
    this.chargeBlock(instruction.size);
  }

  private store({ address, offset, safe, site, access, value }: Extract<Instruction, { op: 'store' }>): void {
    const rest = emitAddress(this, address, offset, safe, site, accessSize(access));
    emitExpr(this, value);
    this.writer.store(access, rest);
  }

  /** A word is answered as it is; other values lie in the header, with their first word answered too. */
  private return({ value, access }: Extract<Instruction, { op: 'return' }>): void {
    const { writer } = this;
    this.settle();
    if (this.plan.guarded) {
      this.isWrittenOver();
      writer.open(Op.if);
      this.guard();
      this.fault('stack', undefined, undefined);
      writer.close();
    }
    if (value && access && access !== 'i32') {
      writer.get(this.fp);
      emitExpr(this, value);
      writer.store(access, FRAME_RETURN);
      writer.get(this.fuel);
      writer.get(this.fp);
      writer.load('i32', FRAME_RETURN);
    } else {
      writer.get(this.fuel);
      if (value && access) {
        emitExpr(this, value);
      } else {
        writer.i32(0);
      }
    }
    writer.op(Op.return);
  }

  /** Arguments, the call, the cold path when it did not return. */
  private call(instruction: Call, index: number): void {
    const { writer } = this;
    const { callee } = instruction;
    const direct = 'linkage' in callee ? this.target.functionId(callee) : undefined;
    this.settle();
    const pc = valueAt(this.plan.resume.pointPc, index);
    writer.setControl(Control.callSite, () => writer.i32(itemAt(this.plan.resume.resumePoints, pc).statement));
    if (direct !== undefined) {
      this.passArguments(instruction);
      writer.op(Op.call);
      writer.out.u32(FIRST_FUNCTION + direct);
    } else {
      writer.withScratch('i32', (pointer) => {
        if ('linkage' in callee) {
          writer.i32(this.target.addressOf(callee));
        } else {
          emitExpr(this, callee);
        }
        writer.set(pointer);
        emitTableIndex(this, pointer, instruction.site);
        this.passArguments(instruction);
        writer.get(pointer);
        emitIndirectCall(this);
      });
    }
    writer.set(this.result);
    writer.tee(this.fuel);
    writer.op(Op.i32_eqz);
    writer.open(Op.if);
    writer.get(this.base);
    writer.get(this.fp);
    writer.store('i32', FRAME_PARENT);
    this.setPc(pc);
    writer.br(this.spillBlock);
    writer.close();
    this.afterCall(instruction, index);
  }

  /** Frame, fuel and words on the wasm stack, the rest in the outgoing area. */
  private passArguments(instruction: Call): void {
    const { writer } = this;
    const words: Expr[] = [];
    const held = new Map<number, number>();
    const borrowed: number[] = [];
    for (const argument of instruction.args) {
      if (!('value' in argument)) {
        emitArgumentCopy(this, argument, instruction.site);
        this.chargeBlock(argument.size);
        continue;
      }
      const word = argument.offset >> 2;
      if (argument.access !== 'i32' || word >= REGISTER_WORDS) {
        writer.get(this.base);
        emitExpr(this, argument.value);
        writer.store(kindOfAccess(argument.access), FRAME_HEADER + argument.offset);
        continue;
      }
      words[word] = argument.value;
      if (instruction.inMemory) {
        const local = writer.borrow('i32');
        borrowed.push(local);
        held.set(word, local);
        writer.get(this.base);
        emitExpr(this, argument.value);
        writer.tee(local);
        writer.store('i32', FRAME_HEADER + argument.offset);
      }
    }
    writer.get(this.base);
    writer.get(this.fuel);
    for (let word = 0; word < REGISTER_WORDS; word++) {
      const value = words[word];
      const local = held.get(word);
      if (local !== undefined) {
        writer.get(local);
      } else if (value) {
        emitExpr(this, value);
      } else if (word * 4 < instruction.argBytes) {
        writer.get(this.base); // part of an argument in memory: a service gets all words
        writer.load('i32', FRAME_HEADER + 4 * word);
      } else {
        writer.i32(0);
      }
    }
    borrowed.forEach((local) => writer.giveBack('i32', local));
  }
}
