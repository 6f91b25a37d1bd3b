/**
 * State of lowering one function: the instruction list being written, registers, frame slots, labels, statements.
 *
 * Code that cannot be reached (after a jump, before a label) is not written, so that every instruction in the list has a
 * way in; its statements are still listed, marked with the reason.
 */
import { assert } from '../base/assert';
import type { GlobalSymbol, LocalInitializer, LocalVariable, Statement, Value } from '../semantic/checked';
import type { Span } from '../source/source-file';
import type { StatementKind } from '../abi/debug-info';
import type { Access, Expr, FrameSlot, Instruction, Kind, Label, LoweredStatement, Register } from './instructions';
import { accessOf, isScalar, kindOfAccess, sizeOf, slotAlign } from './scalar';
import { read } from './builders';

/** Where a variable lives; `absolute` for variables of a stopped frame that an evaluated expression names. */
export type Home = Register | FrameSlot | { readonly argument: number } | { readonly absolute: number };

/**
 * How the parts of a program are lowered. C's grammar goes in circles (a value holds a place holds a value, a statement
 * expression holds statements) and imports do not: parts reach what is inside them through the builder. The one table is
 * in `lowering.ts`.
 */
export interface Lowering {
  value(builder: FunctionBuilder, value: Value): Expr;
  effect(builder: FunctionBuilder, value: Value): void;
  record(builder: FunctionBuilder, value: Value): Expr;
  statements(builder: FunctionBuilder, statements: readonly Statement[]): void;
  localInitializer(builder: FunctionBuilder, variable: LocalVariable, initializer: LocalInitializer, site: Span): void;
}

export class FunctionBuilder {
  code: Instruction[] = [];
  readonly registers: Register[] = [];
  readonly slots: FrameSlot[] = [];
  readonly statements: LoweredStatement[] = [];
  readonly homes = new Map<LocalVariable, Home>();
  readonly references = new Set<GlobalSymbol>();
  readonly userLabels = new Map<string, Label>();
  readonly labelPlaces: { name: string; statement: number; span: Span }[] = [];
  /** Labels whose address is taken, in order: their ids as values are index + 1. */
  readonly addressedLabels: Label[] = [];
  /** Argument bytes needed by the widest call. */
  outgoingBytes = 0;
  reachable = true;
  /** Why code is unreachable, told with its statements. */
  unreachableBecause = '';
  /** Index of the statement being lowered, or -1 before the first. */
  currentStatement = -1;
  /** Where results that are records are written: the hidden argument. */
  recordResult: Register | undefined;
  /** Bytes of the named parameters, after which variable arguments begin. */
  namedArgumentBytes = 0;
  private labels = 0;
  private readonly referenced = new Set<Label>();

  /** @param variablesInFrame gives no variable a register but parameters */
  constructor(
    private readonly lowering: Lowering,
    private readonly variablesInFrame = false,
  ) {}

  /** A scalar value as an expression. */
  lowerValue(value: Value): Expr {
    return this.lowering.value(this, value);
  }

  /** A value for its side effects only. */
  lowerEffect(value: Value): void {
    this.lowering.effect(this, value);
  }

  /** Address of the bytes of a record value. */
  lowerRecord(value: Value): Expr {
    return this.lowering.record(this, value);
  }

  lowerStatements(statements: readonly Statement[]): void {
    this.lowering.statements(this, statements);
  }

  lowerLocalInitializer(variable: LocalVariable, initializer: LocalInitializer, site: Span): void {
    this.lowering.localInitializer(this, variable, initializer, site);
  }

  emit(instruction: Instruction): void {
    if (!this.reachable) {
      return;
    }
    this.code.push(instruction);
    if (instruction.op === 'jump' || instruction.op === 'branch') {
      this.referenced.add(instruction.label);
    } else if (instruction.op === 'switch') {
      this.referenced.add(instruction.otherwise);
      instruction.cases.forEach((entry) => this.referenced.add(entry.label));
    }
  }

  /** Runs `body` with instructions going to a fresh list, and gives the list. */
  capture<T>(body: () => T): { result: T; code: Instruction[] } {
    const saved = this.code;
    this.code = [];
    try {
      const result = body();
      return { result, code: this.code };
    } finally {
      this.code = saved;
    }
  }

  append(code: readonly Instruction[]): void {
    for (const instruction of code) {
      this.code.push(instruction);
    }
  }

  newLabel(): Label {
    return { id: this.labels++ };
  }

  /**
   * Puts a label here. A label to which only earlier code can jump (`backward` false) and none does makes nothing
   * reachable.
   */
  place(label: Label, backward = false): void {
    if (!this.reachable && !backward && !this.referenced.has(label)) {
      return;
    }
    this.reachable = true;
    this.emit({ op: 'label', label });
  }

  jump(label: Label, because: string): void {
    this.emit({ op: 'jump', label });
    this.endPath(because);
  }

  /** The code that follows cannot be reached from here. */
  endPath(because: string): void {
    if (this.reachable) {
      this.reachable = false;
      this.unreachableBecause = because;
    }
  }

  userLabel(name: string): Label {
    let label = this.userLabels.get(name);
    if (!label) {
      label = this.newLabel();
      this.userLabels.set(name, label);
    }
    return label;
  }

  /** Begins a statement: lists it and writes the stop. */
  stop(kind: StatementKind, span: Span, macro: string | undefined): void {
    this.currentStatement = this.statements.length;
    const statement: LoweredStatement = { kind, span, macro };
    if (!this.reachable) {
      statement.unreachable = this.unreachableBecause;
    }
    this.statements.push(statement);
    this.emit({ op: 'stop', statement: this.currentStatement });
  }

  newRegister(access: Access): Register {
    const register: Register = {
      index: this.registers.length,
      kind: kindOfAccess(access),
      access,
      offset: 0,
      spilled: true,
      parameter: false,
      sharesWith: undefined,
    };
    this.registers.push(register);
    return register;
  }

  newTemporary(kind: Kind): Register {
    return this.newRegister(kind);
  }

  newParameterRegister(access: Access, offset: number): Register {
    const register: Register = {
      index: this.registers.length,
      kind: kindOfAccess(access),
      access,
      offset,
      spilled: true,
      parameter: true,
      sharesWith: undefined,
    };
    this.registers.push(register);
    return register;
  }

  newSlot(size: number, align: number): FrameSlot {
    const slot: FrameSlot = { size: Math.max(size, 1), align, offset: 0 };
    this.slots.push(slot);
    return slot;
  }

  /** Gives a local variable its home: a register when nothing needs its address. */
  addLocal(variable: LocalVariable): void {
    if (this.homes.has(variable)) {
      return;
    }
    const { type } = variable;
    this.homes.set(
      variable,
      this.variablesInFrame || variable.addressTaken || !isScalar(type)
        ? this.newSlot(sizeOf(type), Math.max(slotAlign(type), variable.align ?? 1))
        : this.newRegister(accessOf(type)),
    );
  }

  homeOf(variable: LocalVariable): Home {
    this.addLocal(variable);
    const home = this.homes.get(variable);
    assert(home, `no home for ${variable.name}`);
    return home;
  }

  /** Puts a value into a register, so that it is computed here and once. Constants and registers stay as they are. */
  hold(value: Expr): Expr {
    if (value.op === 'const' || value.op === 'frame' || value.op === 'argument' || value.op === 'symbol') {
      return value;
    }
    const register = this.newTemporary(value.kind);
    this.emit({ op: 'set', register, value });
    return read(register);
  }

  /** As `hold`, but a plain register read may stay: for values that nothing changes before their use. */
  holdUnlessSimple(value: Expr): Expr {
    return value.op === 'register' ? value : this.hold(value);
  }

  /** Notes that the code refers to a symbol; what cannot be reached needs nothing. */
  refer(symbol: GlobalSymbol): GlobalSymbol {
    if (this.reachable) {
      this.references.add(symbol);
    }
    return symbol;
  }
}
