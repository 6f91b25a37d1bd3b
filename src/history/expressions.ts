/**
 * C expressions in the frames of the machine that a replay looks at.
 *
 * In: texts, a machine at a stop. Out: whether they hold, how they are shown, what is wrong with them. An evaluator belongs to
 * one machine; that of the copy is made when it is first needed.
 */
import type { DebugInfo, FunctionId, StatementId } from '../abi/debug-info';
import { formatAddress } from '../base/bytes';
import type { Program } from '../compile/program';
import type { Machine } from '../machine/machine';
import type { Memory } from '../machine/memory';
import type { StatementStop } from '../machine/traveller';
import type { CParser } from '../parse/tree-sitter';
import type { Diagnostic } from '../source/diagnostic';
import { holds } from '../values/condition';
import { nodeOf } from '../values/evaluated-node';
import { frameAt } from '../values/frame-at';
import { Evaluator, type Evaluated } from '../values/evaluator';
import type { ViewSet } from '../values/structure-views';
import type { ValueContext } from '../values/value-context';
import type { StackFrame, ValueNode } from '../values/value-model';
import { spellType, typeOf } from '../values/value-types';
import type { ShownValue } from './rows';

/** As results are called in C. */
const RESULT = 'ret';
/** Arguments that a call's row shows. */
const MOST_ARGUMENTS = 4;

export class Expressions {
  private readonly evaluators = new Map<Machine, Evaluator>();
  private readonly constants = new Map<string, number | undefined>();

  constructor(
    private readonly original: Machine,
    private readonly program: Program,
    private readonly parser: CParser,
    private readonly views?: ViewSet,
  ) {}

  private get debug(): DebugInfo {
    return this.original.debug;
  }

  evaluatorOf(machine: Machine): Evaluator {
    const evaluator = this.evaluators.get(machine) ?? new Evaluator(machine, this.program, this.parser);
    this.evaluators.set(machine, evaluator);
    return evaluator;
  }

  private contextOf(machine: Machine): ValueContext {
    const { memory, map } = machine;
    return { debug: this.evaluatorOf(machine).debug, memory, map, views: this.views };
  }

  /** The frame that is about to run a statement. */
  frameAt(machine: Machine, stop: StatementStop): StackFrame {
    return frameAt(machine.debug, stop);
  }

  /** Whether a condition holds; undefined when it has no value there. */
  holds(machine: Machine, text: string, frame: StackFrame | undefined): boolean | undefined {
    const { evaluated } = this.evaluatorOf(machine).evaluate(text, frame, { sideEffects: false });
    return evaluated && holds(this.contextOf(machine), evaluated);
  }

  /** An expression's value, or what is wrong with it; `name` is how it is shown. */
  value(
    machine: Machine,
    text: string,
    frame: StackFrame | undefined,
    name = text,
  ): { readonly value?: ValueNode; readonly diagnostics: readonly Diagnostic[] } {
    const { evaluated, diagnostics } = this.evaluatorOf(machine).evaluate(text, frame, { sideEffects: false });
    return evaluated ? { value: nodeOf(this.contextOf(machine), evaluated, name), diagnostics } : { diagnostics };
  }

  /** The scalar object that an expression names, and how it is shown; undefined where it names none. */
  object(
    machine: Machine,
    text: string,
    frame: StackFrame | undefined,
  ): { address: number; size: number; bits: Evaluated['bits']; display: string } | undefined {
    const { evaluated } = this.evaluatorOf(machine).evaluate(text, frame, { sideEffects: false });
    const node = evaluated && nodeOf(this.contextOf(machine), evaluated, text);
    return evaluated?.address === undefined || !node || node.scalar.kind === 'none'
      ? undefined
      : {
          address: evaluated.address,
          size: typeOf(this.debug, evaluated.type).size,
          bits: evaluated.bits,
          display: node.display,
        };
  }

  /** An expression's value; `written` is how the question has it. */
  shown(machine: Machine, written: string, text: string, frame: StackFrame | undefined): ShownValue {
    const { value, diagnostics } = this.value(machine, text, frame, written);
    return value
      ? { expression: written, value: value.display }
      : { expression: written, problem: diagnostics[0]?.message };
  }

  /** What is wrong with an expression at a statement, whatever the values are. */
  check(text: string, statement: StatementId): Pick<Diagnostic, 'message' | 'remedy'> | undefined {
    const frame = this.frameAt(this.original, { kind: 'statement', statement, fp: 0, task: 0 });
    return this.evaluatorOf(this.original).mistakeIn(text, frame);
  }

  /** Parameters of a frame, shortly. */
  argumentsOf(machine: Machine, frame: StackFrame): string {
    const fn = machine.debug.functions[frame.functionId];
    const parameters = (fn?.variables ?? []).filter(({ parameter }) => parameter !== undefined);
    const shown = parameters.slice(0, MOST_ARGUMENTS).map(({ name, type, offset }) => {
      const address = frame.address - (fn?.frameSize ?? 0) + offset;
      const node = nodeOf(this.contextOf(machine), { type, address, isVoid: false }, name);
      return `${name}=${node.scalar.kind === 'none' ? '{…}' : node.display}`;
    });
    return [...shown, ...(parameters.length > MOST_ARGUMENTS ? ['…'] : [])].join(', ');
  }

  private returnTypeOf(id: FunctionId): number | undefined {
    const type = this.debug.types[this.debug.functions[id]?.type ?? -1];
    return type?.kind === 'function' && typeOf(this.debug, type.returns).kind !== 'void' ? type.returns : undefined;
  }

  /** C that has the value a function returned; undefined when it returns none that a word holds. */
  literalOf(id: FunctionId, bytes: Uint8Array): string | undefined {
    const returns = this.returnTypeOf(id);
    const type = returns === undefined ? undefined : typeOf(this.debug, returns);
    if (returns === undefined || (type?.kind !== 'integer' && type?.kind !== 'pointer' && type?.kind !== 'enum')) {
      return undefined;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    if (type.kind === 'pointer') {
      return `((${spellType(this.debug, returns)})${formatAddress(view.getUint32(0, true))})`;
    }
    const isLong = type.size === 8;
    const value = isLong ? view.getBigInt64(0, true) : BigInt(view.getInt32(0, true));
    return `((${spellType(this.debug, returns)})(${value}${isLong ? 'LL' : ''}))`;
  }

  /** The value a function returned as a number, with its sign; pointers have none. */
  resultNumber(id: FunctionId, bytes: Uint8Array): number | undefined {
    const returns = this.returnTypeOf(id);
    const type = returns === undefined ? undefined : typeOf(this.debug, returns);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    if (type?.kind === 'integer' && type.size === 8) {
      return Number(type.signed ? view.getBigInt64(0, true) : view.getBigUint64(0, true));
    }
    return type?.kind === 'integer' && type.signed ? view.getInt32(0, true) : view.getUint32(0, true);
  }

  /** The value a function returned, as it is shown: what is negative by the name of the error. */
  resultText(machine: Machine, id: FunctionId, bytes: Uint8Array): string | undefined {
    const returns = this.returnTypeOf(id);
    return returns === undefined
      ? undefined
      : nodeOf(this.contextOf(machine), { type: returns, bytes, isVoid: false, variable: RESULT }, '').display;
  }

  /**
   * Whether a condition compares a function's result with constants and does nothing else, so that it means the same in any
   * frame and without C's conversions: nothing is computed, nothing negative stands beside something unsigned.
   */
  comparesResult(text: string, id: FunctionId): boolean {
    const returns = this.returnTypeOf(id);
    const type = returns === undefined ? undefined : typeOf(this.debug, returns);
    const isSigned = type?.kind === 'integer' && type.signed;
    const operands = text.match(/\$?\w+/g) ?? [];
    const numbers = operands.filter((each) => each !== '$ret').map((each) => this.constant(each) ?? Number(each));
    const isFitting = (value: number): boolean => (isSigned ? value <= 0x7fffffff : value >= 0);
    const minus = isSigned ? /(?<=^|[=<>(!&|])\s*-/g : /^$/;
    return (
      type?.size === 4 && numbers.every(isFitting) && !/[-+&|^~]/.test(text.replace(minus, '').replace(/&&|\|\|/g, ''))
    );
  }

  /** An enumerator, or a macro that stands for a number. */
  constant(name: string): number | undefined {
    if (!this.constants.has(name)) {
      this.constants.set(name, /^[A-Z_]\w*$/.test(name) ? this.constantIn(name) : undefined);
    }
    return this.constants.get(name);
  }

  private constantIn(name: string): number | undefined {
    if (Object.hasOwn(this.debug.constants, name)) {
      return this.debug.constants[name];
    }
    const { evaluated } = this.evaluatorOf(this.original).evaluate(name, undefined, { sideEffects: false });
    const scalar = evaluated && evaluated.address === undefined && !evaluated.isVoid ? evaluated : undefined;
    const node = scalar && nodeOf(this.contextOf(this.original), scalar, name);
    return node?.scalar.kind === 'integer' ? Number(node.scalar.value) : undefined;
  }

  /** Readers of a struct's own members that are numbers or pointers, by name. */
  numbersOf(tag: string): ReadonlyMap<string, (memory: Memory, address: number) => number | undefined> {
    const type = this.debug.types[this.debug.typeNames[`struct ${tag}`] ?? -1];
    const readers = new Map<string, (memory: Memory, address: number) => number | undefined>();
    for (const { name, type: id, offset, bitSize } of type?.kind === 'record' ? type.fields : []) {
      const field = typeOf(this.debug, id);
      if (name !== '' && bitSize === undefined && (field.kind === 'integer' || field.kind === 'pointer')) {
        const isSigned = field.kind === 'integer' && field.signed;
        readers.set(name, (memory, address) => numberAt(memory, address + offset, field.size, isSigned));
      }
    }
    return readers;
  }
}

function numberAt(memory: Memory, address: number, size: number, isSigned: boolean): number | undefined {
  if (!memory.contains(address, size)) {
    return undefined;
  }
  switch (size) {
    case 1:
      return isSigned ? (memory.u8(address) << 24) >> 24 : memory.u8(address);
    case 2:
      return isSigned ? (memory.u16(address) << 16) >> 16 : memory.u16(address);
    case 4:
      return isSigned ? memory.i32(address) : memory.u32(address);
    default:
      return undefined;
  }
}
