/**
 * Writes the body of one wasm function: instructions, nesting depth, scratch locals. Knows nothing of C.
 */
import type { Access, Kind } from '../ir/instructions';
import { ByteWriter } from './byte-writer';
import { Control } from '../abi/memory-map';
import { FUEL_BIAS } from './target';
import { Op, VOID, loadOpcode, storeOpcode, valueType } from './opcodes';

/** A structured block that code can branch to. */
export interface BlockTarget {
  readonly level: number;
}

/** The code entry of a body, the local that holds its fuel, and what its code belongs to ({@link CodeWriter.marks}). */
export interface EmittedBody {
  readonly code: Uint8Array;
  readonly fuel: number;
  readonly marks: readonly number[];
}

export class CodeWriter {
  readonly out = new ByteWriter();
  private level = 0;
  private readonly kinds: Kind[] = [];
  private readonly free: Record<Kind, number[]> = { i32: [], i64: [], f32: [], f64: [] };

  /**
   * What the code from an offset on belongs to, three numbers each: the offset, a statement (-1: none of them), and how many
   * statements the fuel local still owes there.
   */
  readonly marks: number[] = [];

  /** `parameters`: how many locals the signature already has. */
  constructor(private readonly parameters: number) {}

  /** The code that follows belongs to a statement; see {@link marks}. */
  mark(statement: number, owed: number): void {
    const { marks } = this;
    if (marks[marks.length - 2] !== statement || marks[marks.length - 1] !== owed) {
      marks.push(this.out.length, statement, owed);
    }
  }

  newLocal(kind: Kind): number {
    this.kinds.push(kind);
    return this.parameters + this.kinds.length - 1;
  }

  /** Lends a scratch local until it is given back. */
  borrow(kind: Kind): number {
    return this.free[kind].pop() ?? this.newLocal(kind);
  }

  giveBack(kind: Kind, local: number): void {
    this.free[kind].push(local);
  }

  /** Lends a scratch local for the time of `body`. */
  withScratch(kind: Kind, body: (local: number) => void): void {
    const local = this.borrow(kind);
    body(local);
    this.giveBack(kind, local);
  }

  op(...bytes: readonly number[]): void {
    for (const byte of bytes) {
      this.out.byte(byte);
    }
  }

  i32(value: number): void {
    this.out.byte(Op.i32_const);
    this.out.s32(value);
  }

  i64(value: bigint): void {
    this.out.byte(Op.i64_const);
    this.out.s64(value);
  }

  get(local: number): void {
    this.out.byte(Op.local_get);
    this.out.u32(local);
  }

  set(local: number): void {
    this.out.byte(Op.local_set);
    this.out.u32(local);
  }

  tee(local: number): void {
    this.out.byte(Op.local_tee);
    this.out.u32(local);
  }

  /** Reads a control word. */
  control(address: number): void {
    this.i32(0);
    this.load('i32', address);
  }

  setControl(address: number, value: () => void): void {
    this.i32(0);
    value();
    this.store('i32', address);
  }

  /** Writes fuel, as running code has it in a local, to its control word, less what it owes. */
  storeFuel(local: number, owed = 0): void {
    this.setControl(Control.fuel, () => {
      this.get(local);
      this.i32(FUEL_BIAS + owed);
      this.op(Op.i32_sub);
    });
  }

  /** The fuel of the control word as running code has it. */
  loadFuel(): void {
    this.control(Control.fuel);
    this.i32(FUEL_BIAS);
    this.op(Op.i32_add);
  }

  /** Load or store with a static offset; alignment is given as 1, which is always allowed. */
  load(access: Access, offset = 0): void {
    this.memoryOp(loadOpcode[access], offset);
  }

  store(access: Access, offset = 0): void {
    this.memoryOp(storeOpcode[access], offset);
  }

  private memoryOp(opcode: number, offset: number): void {
    this.out.byte(opcode);
    this.out.byte(0);
    this.out.u32(offset);
  }

  open(opcode: typeof Op.block | typeof Op.loop | typeof Op.if, result?: Kind): BlockTarget {
    this.out.byte(opcode);
    this.out.byte(result ? valueType[result] : VOID);
    this.level++;
    return { level: this.level };
  }

  else(): void {
    this.out.byte(Op.else);
  }

  close(): void {
    this.out.byte(Op.end);
    this.level--;
  }

  /** Relative depth of a target from here. */
  depth(target: BlockTarget): number {
    return this.level - target.level;
  }

  br(target: BlockTarget): void {
    this.out.byte(Op.br);
    this.out.u32(this.depth(target));
  }

  brIf(target: BlockTarget): void {
    this.out.byte(Op.br_if);
    this.out.u32(this.depth(target));
  }

  brTable(targets: readonly BlockTarget[], otherwise: BlockTarget): void {
    this.out.byte(Op.br_table);
    this.out.u32(targets.length);
    targets.forEach((target) => this.out.u32(this.depth(target)));
    this.out.u32(this.depth(otherwise));
  }

  /** The code entry of the function: size, locals, body, end. */
  finish(): Uint8Array {
    const body = new ByteWriter();
    const runs: { kind: Kind; count: number }[] = [];
    for (const kind of this.kinds) {
      const last = runs[runs.length - 1];
      if (last?.kind === kind) {
        last.count++;
      } else {
        runs.push({ kind, count: 1 });
      }
    }
    body.u32(runs.length);
    for (const run of runs) {
      body.u32(run.count);
      body.byte(valueType[run.kind]);
    }
    body.bytes(this.out.take());
    body.byte(Op.end);
    const sized = new ByteWriter();
    sized.u32(body.length);
    sized.bytes(body.take());
    return sized.take();
  }
}
