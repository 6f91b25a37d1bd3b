/**
 * The checked program: what `semantic` gives and `ir` lowers. Every name is resolved, every implicit conversion is an
 * explicit `convert`, every array or function that decays is an explicit address, and places (lvalues) are told from
 * values. Nothing here depends on an address: globals are symbols until the linker places them.
 *
 * Evaluation rules the lowering relies on:
 * - A `Value`'s `type` is the type after conversions. Arithmetic operands have the same type as the result;
 *   comparison operands have the same type as each other, the result is int; shifts have each operand promoted on its own.
 * - Enums appear as their underlying integer type in values; arrays and functions never are values.
 * - Record values (`type.kind === 'record'`) occur only as: `load` of a place, `call`, `conditional`, `comma`, `assign`,
 *   `statement-expression`.
 */
import type { Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { CType, Field, FunctionType, IntegerType, PointerType, RecordType } from './ctype';

export interface CheckedNode {
  readonly span: Span;
}

/** A local variable or parameter of one function; identity matters. */
export interface LocalVariable {
  readonly name: string;
  /** An array without a length gets it when its initialiser was read. */
  type: CType;
  spelling: string;
  readonly span: Span;
  /**
   * Position in the parameter list; undefined for a local. An old-style parameter narrower than its promoted type is an
   * artificial parameter of the promoted type, and a local of that name initialised from it.
   */
  readonly parameter?: number;
  /** `&v` is taken, or it is an aggregate: it must live in memory. */
  addressTaken: boolean;
  /** Bits of `qualifiers.ts`, left out when 0. */
  readonly qualifiers?: number;
  /** `aligned(n)`, in bytes, as far as frames can keep it. */
  readonly align?: number;
  /** Made by the compiler (compound literal, record temporary); debuggers do not show it. */
  readonly artificial?: boolean;
}

/**
 * A function or object with linkage, or a static local or string literal. One object per entity and translation unit;
 * the linker joins external ones by name.
 */
export interface GlobalSymbol {
  readonly kind: 'function' | 'object';
  /** Name in the source; static locals keep theirs (`function` tells whose), string literals are `.str`. */
  readonly name: string;
  /** The completed type, best known at the end of the unit. */
  type: CType;
  spelling: string;
  /** Bits of `qualifiers.ts`, left out when 0. */
  readonly qualifiers?: number;
  linkage: 'external' | 'internal' | 'none';
  /** Name in the definition; in the first declaration while there is none. */
  span: Span;
  /** For static locals: the enclosing function's name. */
  readonly function?: string;
  /**
   * Objects: undefined while only declared; tentative definitions become zero-filled at the end of the unit unless
   * initialised.
   */
  data?: DataInitializer;
  tentative?: boolean;
  /** Defined `extern inline`/`inline` only: may be dropped when nothing needs it, and another definition wins. */
  inlineOnly?: boolean;
  /** `__attribute__((section("…")))`, aligned, weak, alias… */
  section?: string;
  align?: number;
  weak?: boolean;
  /** `alias("name")`: another name for that symbol of the same unit. */
  alias?: string;
  /** `asm("label")`: the name by which the linker knows it. */
  label?: string;
  /** Functions: run before or after `main`, in this order. */
  before?: number;
  after?: number;
  /** Literals: read-only. */
  readOnly?: boolean;
}

/**
 * Image of an object: `bytes.length === size`; addresses are added in by the linker (little-endian word at offset +=
 * address + addend).
 */
export interface DataInitializer {
  readonly bytes: Uint8Array;
  readonly relocations: readonly { readonly offset: number; readonly symbol: GlobalSymbol; readonly addend: number }[];
}

export type Place = CheckedNode & { readonly type: CType } & (
    | { readonly kind: 'local'; readonly variable: LocalVariable }
    | { readonly kind: 'global'; readonly symbol: GlobalSymbol }
    /** `*p`, `a[i]`, `p->x` before the member: `address` is a pointer value. */
    | { readonly kind: 'dereference'; readonly address: Value }
    /** Member of a record place. For a bit-field `field.bitSize` is set and `type` is the declared type. */
    | { readonly kind: 'member'; readonly base: Place; readonly field: Field }
    /** A record value (function result …) put in a compiler temporary so that it has a place. */
    | { readonly kind: 'materialize'; readonly value: Value; readonly variable: LocalVariable }
    /** Compound literal or other initialised temporary: runs `initializer` each time it is reached. */
    | { readonly kind: 'compound-literal'; readonly variable: LocalVariable; readonly initializer: LocalInitializer }
  );

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^';
export type CompareOperator = '<' | '>' | '<=' | '>=' | '==' | '!=';

export type Value = CheckedNode & { readonly type: CType } &
  /** Integer or pointer constant, already in range of its type. */
  (
    | { readonly kind: 'integer'; readonly value: bigint }
    | { readonly kind: 'floating'; readonly value: number }
    | { readonly kind: 'load'; readonly place: Place }
    /** Address of a place (also of an array that decays to its first element); pointer-typed. */
    | { readonly kind: 'address'; readonly place: Place }
    /** A function that decays to a pointer to itself. */
    | { readonly kind: 'function'; readonly symbol: GlobalSymbol }
    | { readonly kind: 'negate'; readonly operand: Value }
    | { readonly kind: 'complement'; readonly operand: Value }
    /** `!x`: result int. The operand is any scalar. */
    | { readonly kind: 'not'; readonly operand: Value }
    | {
        readonly kind: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly left: Value;
        readonly right: Value;
      }
    | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: Value; readonly right: Value }
    /**
     * pointer + index × scale (scale in bytes, negative to subtract); `index` is an int, unsigned or 64-bit value. A
     * subscript of an array whose length is known has `bound`: an index that is not less is a fault.
     */
    | {
        readonly kind: 'offset';
        readonly pointer: Value;
        readonly index: Value;
        readonly scale: number;
        readonly bound?: number;
      }
    /** (left − right) / scale, as int. */
    | { readonly kind: 'pointer-difference'; readonly left: Value; readonly right: Value; readonly scale: number }
    /**
     * Scalar conversion, C99 6.3: integer width/sign, to _Bool (≠ 0), floating, pointer ↔ integer. To void: value is
     * dropped.
     */
    | { readonly kind: 'convert'; readonly operand: Value }
    | { readonly kind: 'and' | 'or'; readonly left: Value; readonly right: Value }
    /**
     * `then` undefined: GNU `a ?: b`, whose value is that of the condition (converted to `type` by `convertCondition` if
     * set).
     */
    | {
        readonly kind: 'conditional';
        readonly condition: Value;
        readonly then: Value | undefined;
        readonly otherwise: Value;
      }
    | { readonly kind: 'comma'; readonly left: Value; readonly right: Value }
    /** Simple assignment; `value` already has the place's type. The result is the value stored. */
    | { readonly kind: 'assign'; readonly place: Place; readonly value: Value }
    /**
     * `place op= value`. The stored value is convert(convert(load place → computeType) op value → place.type); `value`
     * has computeType (or, for shifts, its own promoted type). For pointers `operator` is + or −, computeType is the
     * pointer type and `scale` the element size.
     */
    | {
        readonly kind: 'compound-assign';
        readonly operator: ArithmeticOperator;
        readonly place: Place;
        readonly value: Value;
        readonly computeType: CType;
        readonly scale?: number;
      }
    /**
     * ++ and --; `amount` is ±1, or ± the element size for pointers. Result: new value when prefix, old value otherwise.
     */
    | { readonly kind: 'increment'; readonly place: Place; readonly amount: number; readonly prefix: boolean }
    /** `callee` has pointer-to-function type. Arguments are converted (or default-promoted past the prototype). */
    | {
        readonly kind: 'call';
        readonly callee: Value;
        readonly functionType: FunctionType;
        readonly args: readonly Value[];
      }
    | { readonly kind: 'statement-expression'; readonly body: readonly Statement[]; readonly result: Value | undefined }
    | { readonly kind: 'va-start'; readonly list: Place }
    | { readonly kind: 'va-arg'; readonly list: Place }
    | { readonly kind: 'va-copy'; readonly target: Place; readonly source: Value }
    /** Did not type-check; a diagnostic was given. Evaluating it is a fault with this message. */
    | { readonly kind: 'trap'; readonly message: Words }
    /**
     * Calls of compiler builtins that need code of their own (`__builtin_trap`, `__builtin_return_address`,
     * `__builtin_memcpy`, `__builtin_alloca` …).
     */
    | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Value[] }
  );

/**
 * Initialisation of an automatic object: `zero` first clears all of it (needed when the list does not cover every byte),
 * then `copies`, then `stores` in order. Offsets are bytes from the start of the object; for a bit-field that of its
 * storage unit, `field` telling the bits.
 */
export interface LocalInitializer {
  readonly zero: boolean;
  readonly stores: readonly { readonly offset: number; readonly field?: Field; readonly value: Value }[];
  /** Character array from a string literal, or another block copy: bytes of a read-only symbol copied to `offset`. */
  readonly copies?: readonly { readonly offset: number; readonly symbol: GlobalSymbol; readonly size: number }[];
}

/**
 * Statements. Those with `stop: true` in the comment are stops of the machine; `for` and `while` stop at their condition
 * (and at initial and step expressions), `if`, `switch` and `do` at their condition, declarations at each initialiser.
 */
export type Statement = CheckedNode & { readonly macro?: string } & (
    | { readonly kind: 'expression'; readonly value: Value } // stop: true
    | { readonly kind: 'empty' }
    | { readonly kind: 'block'; readonly items: readonly Statement[]; readonly locals: readonly LocalVariable[] }
    | { readonly kind: 'initialize'; readonly variable: LocalVariable; readonly initializer: LocalInitializer | Value } // stop: true
    | {
        readonly kind: 'if';
        readonly condition: Value;
        readonly then: Statement;
        readonly otherwise: Statement | undefined;
      }
    | { readonly kind: 'while'; readonly condition: Value; readonly body: Statement }
    | { readonly kind: 'do-while'; readonly body: Statement; readonly condition: Value }
    | {
        readonly kind: 'for';
        readonly initial: readonly Statement[];
        readonly condition: Value | undefined;
        readonly step: Value | undefined;
        readonly body: Statement;
        readonly locals: readonly LocalVariable[];
      }
    /** Case labels are found inside `body` as `case` statements that name this switch. */
    | {
        readonly kind: 'switch';
        readonly control: Value;
        readonly body: Statement;
        readonly cases: readonly SwitchCase[];
      }
    | { readonly kind: 'case'; readonly entry: SwitchCase; readonly body: Statement | undefined }
    /** `name` ends in `#n` when `__label__` declared it. */
    | { readonly kind: 'label'; readonly name: string; readonly body: Statement | undefined }
    | { readonly kind: 'goto'; readonly label: string } // stop: true
    | { readonly kind: 'goto-computed'; readonly target: Value } // stop: true
    | { readonly kind: 'break' | 'continue' } // stop: true
    | { readonly kind: 'return'; readonly value: Value | undefined } // stop: true
    | { readonly kind: 'trap'; readonly message: Words } // stop: true, then a fault
  );
/** A label as it is written. */
export function shownLabel(name: string): string {
  return name.replace(/#\d+$/, '');
}

export type StatementOf<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** One case of a switch: values from `low` to `high` (equal for an ordinary case); undefined values mark `default`. */
export interface SwitchCase {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

export interface CheckedFunction {
  readonly symbol: GlobalSymbol;
  readonly type: FunctionType;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly parameters: readonly LocalVariable[];
  /** Every local including parameters, static ones excluded, in order of declaration. */
  readonly locals: readonly LocalVariable[];
  /** Labels whose address is taken: the value of `&&label` is its index here plus one. */
  readonly addressedLabels: readonly string[];
  readonly body: StatementOf<'block'>;
  /** Span of the closing brace: where a function that falls off its end stops last. */
  readonly end: Span;
}

/** Result of checking one translation unit. */
export interface CheckedUnit {
  readonly path: string;
  readonly functions: readonly CheckedFunction[];
  /** Every object and function symbol with linkage, declared or defined, and every static local and literal. */
  readonly symbols: readonly GlobalSymbol[];
  readonly scope: UnitScope;
}

/** File-scope names, for the inspector, the evaluator and hovers. */
export interface UnitScope {
  readonly typedefs: ReadonlyMap<string, { readonly type: CType; readonly spelling: string; readonly span: Span }>;
  /** Keys are `struct name`, `union name`, `enum name`. */
  readonly tags: ReadonlyMap<string, RecordType | import('./ctype').EnumType>;
  readonly enumerators: ReadonlyMap<
    string,
    { readonly value: bigint; readonly type: IntegerType; readonly span: Span }
  >;
  readonly symbols: ReadonlyMap<string, GlobalSymbol>;
}

/** `va_list` is `char *` pointing at the next argument, as in the i386 ABI. */
export type VaListType = PointerType;
