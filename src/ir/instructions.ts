/**
 * The intermediate representation: one flat list of instructions per function, whose operands are expression trees
 * without calls, assignments or jumps. Lowering hoists every side effect out of expressions, in an order that C allows.
 *
 * Registers are wasm locals with a slot in the frame: they are written to it only when the task suspends and read back
 * when it goes on, so that at every stop the frame in memory is complete. Variables whose address is taken live in the
 * frame alone.
 */
import type { Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { GlobalSymbol } from '../semantic/checked';
import type { StatementKind } from '../abi/debug-info';

/** Types of wasm values. Pointers are i32. */
export type Kind = 'i32' | 'i64' | 'f32' | 'f64';

/** How a value lies in memory: width and, below 32 bits, signedness. */
export type Access = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'i64' | 'f32' | 'f64';

export interface Register {
  readonly index: number;
  readonly kind: Kind;
  /** How its frame slot is read and written. */
  readonly access: Access;
  /** Offset of the slot from the frame base; set by frame layout. Parameters: in the caller's argument area. */
  offset: number;
  /** False for temporaries that never live across a stop: they have no slot. */
  spilled: boolean;
  readonly parameter: boolean;
  /** A temporary that is never alive together with another one uses that one's local and slot; set by frame layout. */
  sharesWith: Register | undefined;
}

/** A place in the code to jump to. */
export interface Label {
  readonly id: number;
}

export type UnaryOp = 'eqz' | 'neg' | 'clz' | 'ctz' | 'popcnt';
export type BinaryOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div_s'
  | 'div_u'
  | 'rem_s'
  | 'rem_u'
  | 'and'
  | 'or'
  | 'xor'
  | 'shl'
  | 'shr_s'
  | 'shr_u'
  | 'div'
  | 'copysign'
  | 'eq'
  | 'ne'
  | 'lt_s'
  | 'lt_u'
  | 'gt_s'
  | 'gt_u'
  | 'le_s'
  | 'le_u'
  | 'ge_s'
  | 'ge_u'
  | 'lt'
  | 'gt'
  | 'le'
  | 'ge';
export type ConvertOp =
  | 'wrap'
  | 'extend_s'
  | 'extend_u'
  | 'extend8_s'
  | 'extend16_s'
  | 'i32_from_f32_s'
  | 'i32_from_f32_u'
  | 'i32_from_f64_s'
  | 'i32_from_f64_u'
  | 'i64_from_f32_s'
  | 'i64_from_f32_u'
  | 'i64_from_f64_s'
  | 'i64_from_f64_u'
  | 'f32_from_i32_s'
  | 'f32_from_i32_u'
  | 'f32_from_i64_s'
  | 'f32_from_i64_u'
  | 'f64_from_i32_s'
  | 'f64_from_i32_u'
  | 'f64_from_i64_s'
  | 'f64_from_i64_u'
  | 'promote'
  | 'demote';

export type Expr =
  | { readonly op: 'const'; readonly kind: Kind; readonly value: number | bigint }
  | { readonly op: 'register'; readonly kind: Kind; readonly register: Register }
  /** base + slot.offset + offset: address of an object in the frame. */
  | { readonly op: 'frame'; readonly kind: 'i32'; readonly slot: FrameSlot; readonly offset: number }
  /** The frame pointer plus an offset: the argument area. The argument meant lies from `start` up to `end`. */
  | {
      readonly op: 'argument';
      readonly kind: 'i32';
      readonly offset: number;
      readonly start: number;
      readonly end: number;
    }
  /** Address of a global, or the pointer value of a function, plus an addend; a constant once linked. */
  | { readonly op: 'symbol'; readonly kind: 'i32'; readonly symbol: GlobalSymbol; readonly addend: number }
  /**
   * `safe`: the address needs no check (frame, global at a constant offset). `site` describes the access for a fault.
   */
  | {
      readonly op: 'load';
      readonly kind: Kind;
      readonly access: Access;
      readonly address: Expr;
      readonly offset: number;
      readonly safe: boolean;
      readonly site: Span;
    }
  | { readonly op: 'unary'; readonly kind: Kind; readonly operator: UnaryOp; readonly operand: Expr }
  /**
   * `operandKind` is the kind of both operands; comparisons give i32. Division by a zero that is not a nonzero constant
   * is checked.
   */
  | {
      readonly op: 'binary';
      readonly kind: Kind;
      readonly operandKind: Kind;
      readonly operator: BinaryOp;
      readonly left: Expr;
      readonly right: Expr;
      readonly site?: Span;
    }
  | { readonly op: 'convert'; readonly kind: Kind; readonly operator: ConvertOp; readonly operand: Expr }
  /** An index that is a fault when it is not, unsigned, less than `limit`. */
  | { readonly op: 'bound'; readonly kind: 'i32'; readonly index: Expr; readonly limit: number; readonly site: Span }
  /** A read of a local variable that may never have been written: told when somebody asks for it. */
  | {
      readonly op: 'unwritten';
      readonly kind: Kind;
      readonly operand: Extract<Expr, { op: 'register' | 'load' }>;
      readonly name: string;
      readonly declared: Span;
    }
  /** Only the chosen side is evaluated. */
  | {
      readonly op: 'choose';
      readonly kind: Kind;
      readonly condition: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
    };

/** An object in the frame; `offset` from the base is set by frame layout. */
export interface FrameSlot {
  readonly size: number;
  readonly align: number;
  offset: number;
}

/** One word, double word or block of an outgoing argument area; `offset` from its start. */
export type Argument =
  | { readonly offset: number; readonly access: Access; readonly value: Expr }
  | { readonly offset: number; readonly size: number; readonly copyFrom: Expr };

export type Instruction =
  | { readonly op: 'set'; readonly register: Register; readonly value: Expr }
  | {
      readonly op: 'store';
      readonly access: Access;
      readonly address: Expr;
      readonly offset: number;
      readonly value: Expr;
      readonly safe: boolean;
      readonly site: Span;
    }
  /** memmove of a constant size; each side is checked unless safe. */
  | {
      readonly op: 'copy';
      readonly to: Expr;
      readonly from: Expr;
      readonly size: number;
      readonly safe: boolean;
      readonly site: Span;
    }
  | { readonly op: 'zero'; readonly to: Expr; readonly size: number }
  /** Evaluates for faults only. */
  | { readonly op: 'drop'; readonly value: Expr }
  /**
   * Calls a function. Integers and pointers among the first REGISTER_WORDS argument words are handed over as values, the
   * others in the outgoing area at the frame base; `inMemory` (variable arguments, no prototype) puts all of them there
   * too. Ends its counted block.
   */
  | {
      readonly op: 'call';
      readonly callee: GlobalSymbol | Expr;
      readonly args: readonly Argument[];
      readonly argBytes: number;
      readonly result: Register | undefined;
      readonly resultAccess: Access | undefined;
      readonly inMemory: boolean;
      readonly site: Span;
      readonly statement: number;
    }
  /** A statement begins: a stop. `statement` is the index in the function's statement list. */
  | { readonly op: 'stop'; readonly statement: number }
  | { readonly op: 'label'; readonly label: Label }
  | { readonly op: 'jump'; readonly label: Label }
  /** Jumps when the i32 condition is nonzero (`when` true) or zero (`when` false). */
  | { readonly op: 'branch'; readonly condition: Expr; readonly when: boolean; readonly label: Label }
  | {
      readonly op: 'switch';
      readonly value: Expr;
      readonly signed: boolean;
      readonly cases: readonly { readonly low: bigint; readonly high: bigint; readonly label: Label }[];
      readonly otherwise: Label;
    }
  | { readonly op: 'return'; readonly value: Expr | undefined; readonly access: Access | undefined }
  /** `goto *p`: the value is the id given to a label by `label-id`. */
  | { readonly op: 'jump-computed'; readonly value: Expr; readonly targets: readonly Label[] }
  | { readonly op: 'fault'; readonly message: Words; readonly site: Span };

export interface LoweredStatement {
  readonly kind: StatementKind;
  readonly span: Span;
  readonly macro: string | undefined;
  unreachable?: string;
}

export interface LoweredVariable {
  readonly source: import('../semantic/checked').LocalVariable;
  readonly name: string;
  readonly type: import('../semantic/ctype').CType;
  readonly spelling: string;
  readonly parameter: number | undefined;
  readonly artificial: boolean;
  /** Where it lives: a register's slot, a frame slot, or an argument offset. */
  readonly home: Register | FrameSlot | { readonly argument: number } | { readonly absolute: number };
  readonly from: number;
  readonly to: number;
}

export interface LoweredFunction {
  readonly symbol: GlobalSymbol;
  readonly checked: import('../semantic/checked').CheckedFunction;
  readonly code: readonly Instruction[];
  readonly registers: readonly Register[];
  readonly statements: readonly LoweredStatement[];
  readonly variables: readonly LoweredVariable[];
  readonly labels: readonly { readonly name: string; readonly statement: number; readonly span: Span }[];
  /** Bytes from frame base to frame header, a multiple of 8; includes the outgoing area at the base. */
  readonly frameSize: number;
  /** Objects that C can reach by address lie from here to the frame header. */
  readonly objectsFrom: number;
  /** What belongs to no slot, `[from, to)` from the base: the outgoing area, then gaps. */
  readonly unused: readonly (readonly [number, number])[];
  /** Everything it refers to: what the linker must have. */
  readonly references: ReadonlySet<GlobalSymbol>;
}
