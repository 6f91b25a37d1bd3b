/**
 * Debug information of a compiled program: plain data (JSON-able, so that it can be cached), all a debugger needs to
 * turn addresses and resume points back into C. Ids are indices into the arrays of {@link DebugInfo}.
 */
import type { Told } from '../sentences/sentence';

export type TypeId = number;
export type FileId = number;
/** Function id = index in `DebugInfo.functions` = index in the wasm function table. */
export type FunctionId = number;
/**
 * Statement id = index in `DebugInfo.statements`; ids of one function are contiguous and in source order of lowering.
 */
export type StatementId = number;

export interface DebugField {
  /** Empty for anonymous members and unnamed bit-fields. */
  readonly name: string;
  readonly type: TypeId;
  /** The type as written: `volatile unsigned char`, `__u32`, `struct proto *`. */
  readonly spelling: string;
  readonly offset: number;
  readonly bitOffset?: number;
  readonly bitSize?: number;
  readonly file?: FileId;
  /** One-based line of the declaration. */
  readonly line?: number;
}

/** Why the layout of a record is not known: the member, the record that it stands in, and where. */
export interface DebugDamage {
  /** Empty when it has no readable name. */
  readonly member: string;
  readonly record: string;
  readonly file: FileId;
  readonly line: number;
}

export type DebugType =
  | { readonly kind: 'void'; readonly size: 0 }
  | { readonly kind: 'integer'; readonly name: string; readonly size: number; readonly signed: boolean }
  | { readonly kind: 'floating'; readonly name: string; readonly size: number }
  | { readonly kind: 'pointer'; readonly size: 4; readonly to: TypeId }
  /** `length` is -1 when not known. */
  | { readonly kind: 'array'; readonly size: number; readonly of: TypeId; readonly length: number }
  /** `name` is empty for untagged records. `complete` false: only declared. */
  | {
      readonly kind: 'record';
      readonly tag: 'struct' | 'union';
      readonly name: string;
      readonly size: number;
      readonly align: number;
      readonly complete: boolean;
      readonly fields: readonly DebugField[];
      readonly file?: FileId;
      readonly line?: number;
      /** A member makes no sense: `fields` are those whose place is known, and the size is not. */
      readonly damage?: DebugDamage;
    }
  | {
      readonly kind: 'enum';
      readonly name: string;
      readonly size: number;
      readonly signed: boolean;
      readonly enumerators: readonly { readonly name: string; readonly value: number }[];
    }
  | {
      readonly kind: 'function';
      readonly size: 0;
      readonly returns: TypeId;
      readonly parameters: readonly TypeId[];
      readonly variadic: boolean;
    };

/** A function that was checked and is not part of the program, because nothing in it calls the function. */
export interface UnlinkedFunction {
  readonly name: string;
  readonly path: string;
  /** Text offsets of the whole definition. */
  readonly start: number;
  readonly end: number;
}

export interface DebugVariable {
  readonly name: string;
  readonly type: TypeId;
  readonly spelling: string;
  /** Bytes above the frame base (see `Frame.base`). */
  readonly offset: number;
  /** Position among the parameters; undefined for other locals. */
  readonly parameter?: number;
  readonly artificial?: boolean;
  /** Text offsets in the function's file between which the name is visible. */
  readonly from: number;
  readonly to: number;
}

export interface DebugFunction {
  readonly name: string;
  /**
   * compiled: has C; service: implemented in TypeScript; missing: calling it is a fault; refused: its C could not be
   * compiled (reason says why).
   */
  readonly kind: 'compiled' | 'service' | 'missing' | 'refused';
  readonly type: TypeId;
  readonly file: FileId;
  /** One-based place of the name; 0 when there is no C (then the place of the declaration, if known). */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Text offsets of the whole definition. */
  readonly start: number;
  readonly end: number;
  readonly linkage: 'external' | 'internal';
  readonly firstStatement: StatementId;
  readonly statementCount: number;
  readonly variables: readonly DebugVariable[];
  /** Bytes from the frame base to the frame header: header address = base + frameSize. */
  readonly frameSize: number;
  /**
   * Ranges from the frame base, `[from, to)`, that hold nothing of the function itself: first the outgoing area (header and
   * arguments of what it calls), then gaps between slots.
   */
  readonly unused: readonly (readonly [number, number])[];
  /** Labels of the C function with the statement they lead to. */
  readonly labels: readonly { readonly name: string; readonly statement: StatementId; readonly line: number }[];
  /** What each resume point (the `pc` a suspended frame stores) stands for. */
  readonly resumePoints: readonly ResumePoint[];
  /** Those of them that are quiet loops: first and last statement of each. */
  readonly quietLoops?: readonly (readonly [StatementId, StatementId])[];
  readonly reason?: string;
}

/**
 * entry: not begun; statement: about to run it; call: inside it, waiting for a call to return; loop: about to jump back;
 * fault: inside it, stopped by a fault.
 */
export interface ResumePoint {
  readonly kind: 'entry' | 'statement' | 'call' | 'loop' | 'fault';
  /** -1 when no statement has begun (entry). For `loop` (a back edge): the statement that jumped. */
  readonly statement: StatementId;
  /** Calls: bytes of arguments that were handed over. */
  readonly argumentBytes?: number;
  /**
   * A loop in which the free body looks at no flags, but once before it: first and last statement of the loop. The byte
   * of the first has bit 2 set when any of them has its flag up.
   */
  readonly quiet?: readonly [StatementId, StatementId];
  /** Faults: what kind of check failed, and the C expression; `bounds`: the message is the array's length. */
  readonly check?: 'memory' | 'division' | 'function-pointer' | 'trap' | 'bounds' | 'stack' | 'unwritten';
  readonly expression?: string;
  readonly message?: Told;
}

export type StatementKind =
  | 'expression'
  | 'initialize'
  | 'if'
  | 'while'
  | 'do-while'
  | 'for-condition'
  | 'for-step'
  | 'switch'
  | 'goto'
  | 'break'
  | 'continue'
  | 'return'
  | 'end'
  | 'trap';

export interface DebugStatement {
  readonly function: FunctionId;
  readonly kind: StatementKind;
  readonly file: FileId;
  /** Text offsets of what is highlighted: the statement, or the condition of an `if`, `while`, `switch`. */
  readonly start: number;
  readonly end: number;
  /** One-based place of `start` and of `end`. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Outermost macro the statement comes from. */
  readonly macro?: string;
  /**
   * Statements from this one to the end of its counted block, itself included: the block charges them all at its start.
   */
  readonly ahead: number;
  /** The compiler knows that nothing leads here, and why. */
  readonly unreachable?: string;
}

export interface DebugGlobal {
  readonly name: string;
  readonly type: TypeId;
  readonly spelling: string;
  readonly address: number;
  readonly size: number;
  readonly linkage: 'external' | 'internal';
  readonly file: FileId;
  readonly line: number;
  /** Static locals: the function they belong to. */
  readonly function?: string;
}

export interface DebugInfo {
  readonly files: readonly string[];
  readonly types: readonly DebugType[];
  readonly functions: readonly DebugFunction[];
  readonly statements: readonly DebugStatement[];
  readonly globals: readonly DebugGlobal[];
  /** Named types by name: typedefs, and `struct x`, `union x`, `enum x`. */
  readonly typeNames: Readonly<Record<string, TypeId>>;
  /** Enumeration constants. Macros that are integer constants may be added by the front end under the same map. */
  readonly constants: Readonly<Record<string, number>>;
  /** Functions of the sources that nothing calls. */
  readonly unlinked?: readonly UnlinkedFunction[];
}

/** Ids of a function's statements, in order. */
export function statementsOf({ firstStatement, statementCount }: DebugFunction): StatementId[] {
  return Array.from({ length: statementCount }, (_, index) => firstStatement + index);
}
