/**
 * Running code, one instruction after the other, with the provenance of every value.
 *
 * In: the code of functions, the machine's memory and what running code calls (services). Out: the same bytes in memory
 * and the same control words as the engine's own run of that code, and for each byte written where it came from. It takes
 * the place of the driver (`wasm/emit-driver.ts`): of a compiled function it runs the resumable body, of a service the
 * stub. It is slow, and meant for one statement.
 */
import type { DebugInfo, FunctionId } from '../abi/debug-info';
import {
  Control,
  FRAME_FUNCTION,
  FRAME_HEADER,
  FRAME_PC,
  FRAME_RETURN,
  NATIVE_DEPTH,
  REGISTER_WORDS,
} from '../abi/memory-map';
import { Status } from '../abi/run-status';
import type { WasmHost } from '../machine/instantiate';
import { Op } from '../wasm/opcodes';
import { FIRST_FUNCTION, FUEL_BIAS, SERVICE_IMPORT } from '../wasm/target';
import type { Code, Instruction, ModuleCode } from './module-code';
import type { Provenance, Value } from './provenance';
import type { Reading, TracedMemory } from './traced-memory';
import { operatorCodes } from './wasm-operators';

/** A value with its provenance. */
interface Traced {
  readonly value: Value;
  readonly from: Provenance;
}

interface Label {
  readonly block: Instruction;
  /** Index of the block's instruction. */
  readonly at: number;
  readonly height: number;
}

/** Opcodes of bulk memory instructions, as `module-code.ts` numbers them. */
const MEMORY_COPY = 0x10a;
const MEMORY_FILL = 0x10b;
/** Value types whose locals begin as a bigint. */
const I64 = 0x7e;

const fixed = (value: Value): Traced => ({ value, from: { kind: 'constant', value } });

export class Interpreter {
  private readonly compiled = new Map<FunctionId, number>();

  constructor(
    private readonly code: ModuleCode,
    private readonly memory: TracedMemory,
    private readonly host: WasmHost,
    private readonly debug: DebugInfo,
  ) {}

  /** The driver: `run(fp) → status`. */
  run(start: number): number {
    const { memory, host } = this;
    let fp = start;
    let fuel = memory.word(Control.fuel) + FUEL_BIAS;
    for (;;) {
      const before = memory.word(fp + FRAME_PC);
      const [left, result] = this.enter(memory.word(fp + FRAME_FUNCTION), fp, fuel);
      if (left.value === 0) {
        const status = memory.word(Control.status);
        const top = memory.word(Control.top);
        const pc = memory.word(top + FRAME_PC);
        fuel = memory.word(Control.fuel) + FUEL_BIAS;
        if (status === Status.sliced && pc !== 0 && fuel >= FUEL_BIAS && (top !== fp || pc !== before)) {
          fp = top;
          continue;
        }
        return status;
      }
      fuel = Number(left.value);
      memory.store(fp + FRAME_RETURN, 4, result.value, result.from);
      memory.returns++;
      const parent = host.returned(fp);
      if (parent < 1) {
        memory.setWord(Control.top, fp);
        memory.setWord(Control.fuel, fuel - FUEL_BIAS);
        return parent === 0 ? Status.returned : Status.damaged;
      }
      memory.setWord(Control.stackLimit, Math.max(memory.word(Control.stackLimit), parent - NATIVE_DEPTH));
      fp = parent;
    }
  }

  /** Goes on with the frame at `fp`. */
  private enter(id: FunctionId, fp: number, fuel: number): readonly [Traced, Traced] {
    const resumable = this.code.resumable(id);
    return resumable
      ? this.execute(resumable, [fixed(fp), fixed(this.memory.word(fp + FRAME_PC)), fixed(fuel)])
      : this.execute(this.code.body(id), [fixed(fp | 1), fixed(fuel), fixed(0), fixed(0), fixed(0)]);
  }

  /** Calls a function as running code does, `(fp, fuel, words…) → (fuel, result)`. */
  private call(id: FunctionId, args: readonly Traced[]): readonly [Traced, Traced] {
    const resumable = this.code.resumable(id);
    if (!resumable) {
      return this.execute(this.code.body(id), args);
    }
    const [frame = fixed(0), fuel = fixed(0), ...words] = args;
    const fp = Number(frame.value);
    this.memory.setWord(fp + FRAME_PC, 0);
    this.memory.setWord(fp + FRAME_FUNCTION, id);
    words.slice(0, this.wordsOf(id)).forEach(({ value, from }, index) => {
      this.memory.store(fp + FRAME_HEADER + 4 * index, 4, value, from);
    });
    return this.execute(resumable, [frame, fixed(0), fuel]);
  }

  /** Argument words that a function takes as values. */
  private wordsOf(id: FunctionId): number {
    let words = this.compiled.get(id);
    if (words === undefined) {
      const { frameSize = 0, variables = [] } = this.debug.functions[id] ?? {};
      const ends = variables
        .filter(({ parameter }) => parameter !== undefined)
        .map(({ offset, type }) => offset - frameSize - FRAME_HEADER + Math.max(4, this.debug.types[type]?.size ?? 4));
      words = Math.min(REGISTER_WORDS, Math.ceil(Math.max(0, ...ends) / 4));
      this.compiled.set(id, words);
    }
    return words;
  }

  private execute(code: Code, args: readonly Traced[]): readonly [Traced, Traced] {
    const activation = new Activation(code, args, this.memory, (instruction, stack) => this.calls(instruction, stack));
    return activation.run();
  }

  /** `call` and `call_indirect`: takes the arguments off the stack and leaves the results there. */
  private calls(instruction: Instruction, stack: Traced[]): void {
    const indirect = instruction.op === Op.call_indirect;
    const target = indirect ? Number(stack.pop()?.value) : Number(instruction.a) - FIRST_FUNCTION;
    if (!indirect && Number(instruction.a) === SERVICE_IMPORT) {
      this.service(stack);
      return;
    }
    const args = stack.splice(stack.length - 2 - REGISTER_WORDS);
    stack.push(...this.call(target, args));
  }

  private service(stack: Traced[]): void {
    const fp = Number(stack.pop()?.value);
    const id = Number(stack.pop()?.value);
    const words = this.memory.partsAt(fp + FRAME_HEADER, 4 * REGISTER_WORDS);
    const args = [0, 1, 2].map((index) => this.memory.word(fp + FRAME_HEADER + 4 * index));
    const name = this.debug.functions[id]?.name ?? '?';
    this.memory.beginService(name, args);
    const status = this.host.service(id, fp);
    this.memory.endService({ kind: 'service', name, words }, fp + FRAME_RETURN);
    stack.push(fixed(status));
  }
}

/** One call of one function. */
class Activation {
  private readonly stack: Traced[] = [];
  private readonly labels: Label[] = [];
  private readonly locals: Traced[];
  private at = 0;

  constructor(
    private readonly code: Code,
    args: readonly Traced[],
    private readonly memory: TracedMemory,
    private readonly calls: (instruction: Instruction, stack: Traced[]) => void,
  ) {
    this.locals = [...args, ...code.locals.map((type) => fixed(type === I64 ? 0n : 0))];
  }

  run(): readonly [Traced, Traced] {
    const { instructions } = this.code;
    while (this.at < instructions.length) {
      const instruction = instructions[this.at];
      if (!instruction || instruction.op === Op.return) {
        break;
      }
      this.at++;
      this.step(instruction);
    }
    const result = this.pop();
    return [this.pop(), result];
  }

  private pop(): Traced {
    return this.stack.pop() ?? fixed(0);
  }

  private local(instruction: Instruction): Traced {
    return this.locals[Number(instruction.a)] ?? fixed(0);
  }

  private step(instruction: Instruction): void {
    const { stack, locals } = this;
    switch (instruction.op) {
      case Op.local_get:
        stack.push(this.local(instruction));
        return;
      case Op.local_set:
        locals[Number(instruction.a)] = this.pop();
        return;
      case Op.local_tee:
        locals[Number(instruction.a)] = stack[stack.length - 1] ?? fixed(0);
        return;
      case Op.i32_const:
      case Op.i64_const:
      case Op.f32_const:
      case Op.f64_const:
        stack.push(fixed(instruction.a));
        return;
      case Op.drop:
        this.pop();
        return;
      case Op.select: {
        const condition = this.pop();
        const [otherwise, then] = [this.pop(), this.pop()];
        stack.push(condition.value !== 0 ? then : otherwise);
        return;
      }
      case Op.call:
      case Op.call_indirect:
        this.calls(instruction, stack);
        return;
      case Op.unreachable:
        throw new Error('internal error: running code came to where it cannot come');
      default:
        if (!this.control(instruction) && !this.compute(instruction)) {
          this.access(instruction);
        }
    }
  }

  /** Blocks and branches; false for any other instruction. */
  private control(instruction: Instruction): boolean {
    switch (instruction.op) {
      case Op.block:
      case Op.loop:
        this.open(instruction);
        return true;
      case Op.if:
        this.branchIf(instruction);
        return true;
      case Op.else: // the end of what was chosen
        this.at = instruction.end;
        return true;
      case Op.end:
        this.labels.pop();
        return true;
      case Op.br:
        this.branch(Number(instruction.a));
        return true;
      case Op.br_if:
        if (this.pop().value !== 0) {
          this.branch(Number(instruction.a));
        }
        return true;
      case Op.br_table: {
        const index = Number(this.pop().value) >>> 0;
        this.branch(instruction.targets?.[index] ?? Number(instruction.a));
        return true;
      }
      default:
        return false;
    }
  }

  private open(block: Instruction): void {
    this.labels.push({ block, at: this.at - 1, height: this.stack.length });
  }

  private branchIf(instruction: Instruction): void {
    const isTrue = this.pop().value !== 0;
    if (!isTrue && instruction.checks) {
      const { local, expression } = instruction.checks;
      this.memory.named(Number(this.locals[local]?.value) >>> 0, expression);
    }
    if (isTrue || instruction.hasElse === true) {
      this.open(instruction);
    }
    if (!isTrue) {
      this.at = instruction.hasElse === true ? instruction.end : instruction.end + 1;
    }
  }

  private branch(depth: number): void {
    const label = this.labels[this.labels.length - 1 - depth];
    if (!label) {
      this.at = this.code.instructions.length;
      return;
    }
    this.stack.length = label.height;
    if (label.block.op === Op.loop) {
      this.labels.length -= depth;
      this.at = label.at + 1;
    } else {
      this.labels.length -= depth + 1;
      this.at = this.endOf(label.block) + 1;
    }
  }

  /** Index of the `end` of a block. */
  private endOf(block: Instruction): number {
    return block.hasElse === true ? (this.code.instructions[block.end - 1]?.end ?? block.end) : block.end;
  }

  private compute({ op }: Instruction): boolean {
    const operator = operatorCodes.get(op);
    if (!operator) {
      return false;
    }
    const y = operator.operands === 2 ? this.pop() : undefined;
    const x = this.pop();
    const value = operator.compute(x.value, y?.value ?? 0);
    const operands = y ? [x, y] : [x];
    const isFixed = operands.every(({ from }) => from.kind === 'constant');
    this.stack.push(isFixed ? fixed(value) : { value, from: { kind: 'operator', name: operator.name, operands } });
    return true;
  }

  private access({ op, a }: Instruction): void {
    const { memory, stack } = this;
    if (op === MEMORY_COPY || op === MEMORY_FILL) {
      const size = Number(this.pop().value) >>> 0;
      const from = this.pop();
      const to = Number(this.pop().value) >>> 0;
      if (op === MEMORY_COPY) {
        memory.copy(to, Number(from.value) >>> 0, size);
      } else {
        memory.fill(to, size, from.value, from.from);
      }
      return;
    }
    const load = LOADS.get(op);
    if (load) {
      stack.push(memory.load((Number(this.pop().value) >>> 0) + Number(a), load.size, load.type));
      return;
    }
    const store = STORES.get(op);
    if (!store) {
      throw new Error(`internal error: opcode 0x${op.toString(16)} is not known`);
    }
    const { value, from } = this.pop();
    memory.store((Number(this.pop().value) >>> 0) + Number(a), store.size, value, from, store.type);
  }
}

const LOADS: ReadonlyMap<number, { readonly size: number; readonly type: Reading }> = new Map([
  [0x28, { size: 4, type: 'i32' }],
  [0x29, { size: 8, type: 'i64' }],
  [0x2a, { size: 4, type: 'f32' }],
  [0x2b, { size: 8, type: 'f64' }],
  [0x2c, { size: 1, type: 'signed' }],
  [0x2d, { size: 1, type: 'unsigned' }],
  [0x2e, { size: 2, type: 'signed' }],
  [0x2f, { size: 2, type: 'unsigned' }],
]);
const STORES: ReadonlyMap<number, { readonly size: number; readonly type: Reading }> = new Map([
  [0x36, { size: 4, type: 'i32' }],
  [0x37, { size: 8, type: 'i64' }],
  [0x38, { size: 4, type: 'f32' }],
  [0x39, { size: 8, type: 'f64' }],
  [0x3a, { size: 1, type: 'unsigned' }],
  [0x3b, { size: 2, type: 'unsigned' }],
]);
