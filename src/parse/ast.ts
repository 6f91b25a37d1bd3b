/**
 * Our plain syntax tree of C: what `parse` gives and `semantic` reads. No node knows tree-sitter. Declarators are
 * already turned inside out: a declared name comes with its full `TypeSyntax`. Specifiers shared by several declarators
 * (`struct { … } a, b;`) are the same object in each, so that the struct is declared once.
 *
 * `span` is where a person sees the construct: for text that comes out of a macro, the place of the macro's use.
 */
import type { Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';

export interface Node {
  readonly span: Span;
  /** Name of the outermost macro whose expansion produced the first token, when it comes from one. */
  readonly macro?: string;
}

export type UnaryOperator = '+' | '-' | '~' | '!' | '&' | '*';
export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^' | '<' | '>' | '<=' | '>=' | '==' | '!=' | '&&' | '||';
export type AssignOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '<<=' | '>>=' | '&=' | '|=' | '^=';

export type Expr = Node &
  (
    | { readonly kind: 'identifier'; readonly name: string }
    | {
        readonly kind: 'integer';
        readonly value: bigint;
        readonly decimal: boolean;
        readonly unsigned: boolean;
        readonly long: 0 | 1 | 2;
      }
    | { readonly kind: 'floating'; readonly value: number; readonly suffix: '' | 'f' | 'l' }
    | { readonly kind: 'character'; readonly value: number; readonly wide: boolean }
    /**
     * Adjacent literals are joined; `bytes` has no terminating zero. Wide strings give one 32-bit unit per element in
     * `units`.
     */
    | { readonly kind: 'string'; readonly bytes: Uint8Array; readonly units?: Uint32Array }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expr }
    | { readonly kind: 'increment'; readonly delta: 1 | -1; readonly prefix: boolean; readonly operand: Expr }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'assign'; readonly operator: AssignOperator; readonly target: Expr; readonly value: Expr }
    /** `then` is undefined for GNU C's `a ?: b`. */
    | {
        readonly kind: 'conditional';
        readonly condition: Expr;
        readonly then: Expr | undefined;
        readonly otherwise: Expr;
      }
    | { readonly kind: 'comma'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Expr[] }
    | { readonly kind: 'index'; readonly base: Expr; readonly index: Expr }
    | { readonly kind: 'member'; readonly base: Expr; readonly name: string; readonly arrow: boolean }
    | { readonly kind: 'cast'; readonly type: TypeSyntax; readonly operand: Expr }
    | { readonly kind: 'sizeof-expression'; readonly operand: Expr }
    | { readonly kind: 'sizeof-type'; readonly type: TypeSyntax }
    | { readonly kind: 'alignof-expression'; readonly operand: Expr }
    /** `least`: what the ABI asks for (`_Alignof`); else what gcc prefers (`__alignof__`). */
    | { readonly kind: 'alignof-type'; readonly type: TypeSyntax; readonly least: boolean }
    | { readonly kind: 'compound-literal'; readonly type: TypeSyntax; readonly initializer: Initializer }
    | { readonly kind: 'statement-expression'; readonly body: Block }
    | { readonly kind: 'offsetof'; readonly type: TypeSyntax; readonly path: readonly Designator[] }
    | { readonly kind: 'va-arg'; readonly list: Expr; readonly type: TypeSyntax }
    | { readonly kind: 'label-address'; readonly name: string }
    | {
        readonly kind: 'generic';
        readonly control: Expr;
        readonly choices: readonly { readonly type: TypeSyntax | undefined; readonly value: Expr }[];
      }
    | { readonly kind: 'types-compatible'; readonly a: TypeSyntax; readonly b: TypeSyntax }
    /** Text that could not be understood; a diagnostic was given. Evaluating it is a stop. */
    | { readonly kind: 'error'; readonly message: Words }
  );
export type ExprOf<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

export interface Qualifiers {
  readonly const?: boolean;
  readonly volatile?: boolean;
  readonly restrict?: boolean;
}

/** A GNU `__attribute__((name(args…)))`; `asm("label")` behind a declarator is one named `asm`. */
export interface Attribute {
  readonly span: Span;
  /** Without leading and trailing underscores: `packed`, `aligned`, `section`, `noreturn`. */
  readonly name: string;
  readonly args: readonly Expr[];
}

export type TypeSyntax = Node & { readonly qualifiers?: Qualifiers } &
  /**
   * Keywords in source order without qualifiers and storage: `['unsigned', 'long']`, `['void']`, `['_Bool']`,
   * `['double']`. Empty: implicit int.
   */
  (
    | { readonly kind: 'basic'; readonly words: readonly string[] }
    | { readonly kind: 'named'; readonly name: string }
    | {
        readonly kind: 'record';
        readonly tag: 'struct' | 'union';
        readonly name: string | undefined;
        readonly members: readonly Declaration[] | undefined;
        readonly attributes: readonly Attribute[];
      }
    | {
        readonly kind: 'enum';
        readonly name: string | undefined;
        readonly enumerators: readonly Enumerator[] | undefined;
        readonly attributes: readonly Attribute[];
      }
    | { readonly kind: 'typeof-expression'; readonly operand: Expr }
    | { readonly kind: 'typeof-type'; readonly type: TypeSyntax }
    | { readonly kind: 'pointer'; readonly to: TypeSyntax }
    | { readonly kind: 'array'; readonly of: TypeSyntax; readonly size: Expr | undefined }
    /** `prototype` is false for `f()` and for old-style `f(a, b)` (then `names` has them). */
    | {
        readonly kind: 'function';
        readonly returns: TypeSyntax;
        readonly parameters: readonly Parameter[];
        readonly variadic: boolean;
        readonly prototype: boolean;
        readonly names?: readonly string[];
      }
    | { readonly kind: 'error-type'; readonly message: Words }
  );

export interface Enumerator extends Node {
  readonly name: string;
  readonly value: Expr | undefined;
}

export interface Parameter extends Node {
  readonly name: string | undefined;
  readonly type: TypeSyntax;
}

export type Initializer = Node &
  (
    | { readonly kind: 'expression'; readonly value: Expr }
    | { readonly kind: 'list'; readonly items: readonly InitializerItem[] }
  );

export interface InitializerItem {
  /** Empty when the item is positional. The old GNU form `field: value` gives one field designator. */
  readonly designators: readonly Designator[];
  readonly value: Initializer;
}

export type Designator =
  | { readonly kind: 'field'; readonly name: string; readonly span: Span }
  | { readonly kind: 'index'; readonly index: Expr; readonly last?: Expr; readonly span: Span };

export type Storage = 'typedef' | 'extern' | 'static' | 'auto' | 'register';

/** One declared name of a declaration, or a struct member. */
export interface Declarator extends Node {
  /** Undefined for an unnamed bit-field or an anonymous struct member. */
  readonly name: string | undefined;
  /** Span of the name itself (of the whole declarator when unnamed). */
  readonly nameSpan: Span;
  readonly type: TypeSyntax;
  readonly initializer: Initializer | undefined;
  readonly bitWidth: Expr | undefined;
  readonly attributes: readonly Attribute[];
}

export interface Declaration extends Node {
  readonly kind: 'declaration';
  readonly storage: Storage | undefined;
  readonly inline: boolean;
  /** The specifiers alone, for declarations that only declare a tag. */
  readonly base: TypeSyntax;
  readonly declarators: readonly Declarator[];
}

export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly nameSpan: Span;
  readonly storage: Storage | undefined;
  readonly inline: boolean;
  /** Always of kind 'function' (or 'error-type'). */
  readonly type: TypeSyntax;
  /** Declarations between `)` and `{` of an old-style definition. */
  readonly oldStyle: readonly Declaration[];
  readonly attributes: readonly Attribute[];
  readonly body: Block;
}

export type Stmt = Node &
  (
    | { readonly kind: 'expression-statement'; readonly value: Expr }
    | { readonly kind: 'empty' }
    | { readonly kind: 'block'; readonly items: readonly Stmt[] }
    | { readonly kind: 'declaration-statement'; readonly declaration: Declaration }
    | { readonly kind: 'if'; readonly condition: Expr; readonly then: Stmt; readonly otherwise: Stmt | undefined }
    | { readonly kind: 'while'; readonly condition: Expr; readonly body: Stmt }
    | { readonly kind: 'do-while'; readonly body: Stmt; readonly condition: Expr }
    | {
        readonly kind: 'for';
        readonly initial: Expr | Declaration | undefined;
        readonly condition: Expr | undefined;
        readonly step: Expr | undefined;
        readonly body: Stmt;
      }
    | { readonly kind: 'switch'; readonly control: Expr; readonly body: Stmt }
    /** `body` is undefined at the end of a block. `last` is GNU C's `case a ... b`. */
    | { readonly kind: 'case'; readonly value: Expr; readonly last: Expr | undefined; readonly body: Stmt | undefined }
    | { readonly kind: 'default'; readonly body: Stmt | undefined }
    | { readonly kind: 'label'; readonly name: string; readonly body: Stmt | undefined }
    /** GNU C's `__label__ a, b;`: these labels belong to the block alone. */
    | { readonly kind: 'local-labels'; readonly names: readonly string[] }
    | { readonly kind: 'goto'; readonly label: string }
    | { readonly kind: 'goto-computed'; readonly target: Expr }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'return'; readonly value: Expr | undefined }
    /** Nested function definitions and inline assembler: told by a diagnostic, a stop when reached. */
    | { readonly kind: 'error-statement'; readonly message: Words }
  );
export type StmtOf<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;
export type Block = StmtOf<'block'>;

export type TopLevel = Declaration | FunctionDefinition;
