/**
 * What every checking function is handed: the state of the translation unit, of the function being checked and of the
 * scope at hand.
 *
 * C is mutually recursive (a type may contain an expression, an expression a type, a block or an initialiser). The
 * functions that call upwards do so through {@link Checker}, whose implementations `check-unit.ts` puts together; so
 * imports between the files of this folder only ever point downwards.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Expr, ExprOf, FunctionDefinition, TypeSyntax } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { CheckedFunction, GlobalSymbol, LocalVariable, Place, SwitchCase, Value } from './checked';
import type { CType, IntegerType } from './ctype';
import type { SharedDeclarations } from './shared-declarations';
import type { Reporter } from './reporter';
import { Scope, type Tag } from './scope';
import type { TypeTable } from './types';

/** Old GNU C (2.95) or C99 where they differ: lvalue casts, what `inline` means. */
export type Dialect = 'gnu89' | 'c99';

/** What an expression is before it is used: a value, a place, or a function that has not decayed yet. */
export type Operand =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'place'; readonly place: Place; readonly qualifiers: number }
  | { readonly kind: 'function'; readonly symbol: GlobalSymbol; readonly span: Span };

/** A type as used somewhere: with the qualifiers and the alignment that the declaration gives it. */
export interface Resolved {
  readonly type: CType;
  readonly qualifiers: number;
  /** From `aligned` attributes on a typedef, in bytes. */
  readonly align?: number;
}

/** The mutually recursive entry points. */
export interface Checker {
  operand(context: Context, expr: Expr): Operand;
  resolve(context: Context, syntax: TypeSyntax): Resolved | undefined;
  /** `({ … })`. */
  statementExpression(context: Context, expr: ExprOf<'statement-expression'>): Value;
  /** A compound literal: an automatic object in a function, a static one at file scope and in static initialisers. */
  compoundLiteral(context: Context, expr: ExprOf<'compound-literal'>): Operand;
}

/** The switch statement whose body is being checked. */
export interface SwitchState {
  readonly type: IntegerType;
  readonly cases: SwitchCase[];
  /** Values of single labels. */
  readonly values: Set<bigint>;
}

/** The function whose body is being checked. */
export interface FunctionState {
  readonly symbol: GlobalSymbol;
  readonly returns: CType;
  readonly variadic: boolean;
  readonly locals: LocalVariable[];
  readonly labels: Map<string, Span>;
  /** Labels whose address is taken, in order. */
  readonly addressed: string[];
  /** Marks which blocks `alloca` gave to this call of the function, when it is called. */
  allocations?: LocalVariable | undefined;
  /** How many labels `__label__` declared. */
  localLabels: number;
  /** Gotos and label addresses, looked at when all labels are known. */
  readonly jumps: { readonly label: string; readonly span: Span; readonly fail: (message: Words) => void }[];
  breakable: number;
  loops: number;
  switches: SwitchState[];
}

/** A function of which nothing has been checked. */
export function newFunctionState(symbol: GlobalSymbol, returns: CType, variadic: boolean): FunctionState {
  return {
    symbol,
    returns,
    variadic,
    locals: [],
    labels: new Map(),
    addressed: [],
    localLabels: 0,
    jumps: [],
    breakable: 0,
    loops: 0,
    switches: [],
  };
}

/** The translation unit. */
export interface UnitState {
  readonly path: string;
  readonly types: TypeTable;
  readonly reporter: Reporter;
  readonly dialect: Dialect;
  readonly checker: Checker;
  readonly fileScope: Scope;
  /** Entities with linkage, by name, whichever scope declared them. */
  readonly linked: Map<string, GlobalSymbol>;
  /** All symbols in order of appearance. */
  readonly symbols: GlobalSymbol[];
  /** String literals by content, so that equal ones share their bytes. */
  readonly strings: Map<string, GlobalSymbol>;
  /**
   * Records and enums defined by a piece of syntax: specifiers shared by several declarators define their type once.
   */
  readonly defined: Map<TypeSyntax, CType>;
  /** Types shared with other units, when they are. */
  readonly memo: SharedDeclarations | undefined;
  /** Records and enums whose definition this unit has met. */
  readonly completed: Set<Tag>;
  /** Set when a shared type turns out to be defined otherwise here: the unit is checked again on its own. */
  conflict: boolean;
  /** Bytes that the unit's static objects may still take. */
  imageRoom: number;
  readonly functions: Map<GlobalSymbol, CheckedFunction>;
  /** Functions declared by being called. */
  readonly implicit: Set<GlobalSymbol>;
  /** Functions the compiler calls by itself, until a declaration says what they are. */
  readonly assumed: Set<GlobalSymbol>;
  /** Inline functions of headers whose bodies wait for a first use. */
  readonly waiting: Map<GlobalSymbol, FunctionDefinition>;
  /** Those used since; their bodies are checked at the end of the unit. */
  readonly used: GlobalSymbol[];
}

/** How deeply expressions, statements, types and initialisers may nest in each other; guards the JavaScript stack. */
const maximumNesting = 400;

/**
 * How many operators may lean on each other in one chain (`a + b + c + …`): checked in a loop, but evaluated by
 * something that is nested.
 */
export const maximumChain = 2000;

export const tooLongMessage = sentence('a-chain-of-more-than-maximum-chain-operators', { maximumChain });

export const tooDeepMessage = sentence('nested-more-than-maximum-nesting-levels-deep', { maximumNesting });

export class Context {
  scope: Scope;
  function: FunctionState | undefined;
  /** Set while the initialiser of a static object is checked: compound literals then are data. */
  staticData = false;
  /** Set within `sizeof`, `typeof` and other operands that are never evaluated. */
  unevaluated = 0;
  /** The outermost array of the declarator being resolved, where its length may be found when the program runs. */
  variableArray: { readonly syntax: TypeSyntax; length?: Value } | undefined;
  private depth = 0;

  constructor(
    readonly unit: UnitState,
    scope: Scope = unit.fileScope,
  ) {
    this.scope = scope;
  }

  get types(): TypeTable {
    return this.unit.types;
  }

  get reporter(): Reporter {
    return this.unit.reporter;
  }

  get checker(): Checker {
    return this.unit.checker;
  }

  /** Runs `work` in a new scope inside the present one. */
  nested<T>(work: (scope: Scope) => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer);
    try {
      return work(this.scope);
    } finally {
      this.scope = outer;
    }
  }

  /**
   * Goes one level deeper; false, with a diagnostic, when the program nests beyond {@link maximumNesting}. Pairs with
   * {@link leave}.
   */
  enter(span: Span): boolean {
    if (this.depth >= maximumNesting) {
      this.reporter.error('SS3008', span, tooDeepMessage, sentence('split-the-construct-into-smaller-ones'));
      return false;
    }
    this.depth++;
    return true;
  }

  /** Notes that running code names a symbol. */
  use(symbol: GlobalSymbol): void {
    if (this.unevaluated === 0 && symbol.kind === 'function' && this.unit.waiting.has(symbol)) {
      this.unit.used.push(symbol);
    }
  }

  leave(): void {
    this.depth--;
  }
}
