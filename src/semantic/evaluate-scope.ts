/**
 * Expressions outside of a translation unit's text: watch, hover, conditional breakpoints.
 *
 * In: a parsed expression, the unit's scope, and the locals that can be seen where execution stands. Out: a checked
 * value, the temporaries it needs a home for, and diagnostics.
 */
import type { Expr, TypeSyntax } from '../parse/ast';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile, type Span } from '../source/source-file';
import { shownLabel, type GlobalSymbol, type LocalVariable, type Place, type UnitScope, type Value } from './checked';
import { newUnit, type CheckOptions } from './check-unit';
import { Context, newFunctionState, type FunctionState } from './context';
import type { CType } from './ctype';
import { toValue } from './places';
import { Scope, type Entity, type Tag } from './scope';
import { resolveType } from './type-names';
import { intType } from './types';

/** What an expression can see. */
export interface EvaluationScope {
  readonly unit: UnitScope;
  /** Innermost last: a later variable hides an earlier one of its name. */
  readonly locals: readonly LocalVariable[];
  /** The function execution stands in; its static locals are found through `statics`. */
  readonly function?: GlobalSymbol;
  readonly statics?: readonly GlobalSymbol[];
}

export interface CheckedExpression {
  readonly value: Value;
  /** The place the expression names, when it names one: what can be set, and has an address. */
  readonly place: Place | undefined;
  /** Variables and literals made for this expression. */
  readonly temporaries: readonly LocalVariable[];
  readonly symbols: readonly GlobalSymbol[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks an expression in a scope. */
export function checkExpression(expr: Expr, scope: EvaluationScope, options: CheckOptions = {}): CheckedExpression {
  const context = contextFor(scope, options);
  const operand = context.checker.operand(context, expr);
  const value = toValue(context, operand);
  checkJumps(context);
  return {
    value,
    place: operand.kind === 'place' ? operand.place : undefined,
    temporaries: context.function?.locals ?? [],
    symbols: context.unit.symbols,
    diagnostics: context.reporter.diagnostics,
  };
}

/** An expression can jump within itself alone: labels of the function around it are not its own. */
function checkJumps({ function: state, reporter }: Context): void {
  for (const { label, span, fail } of state?.jumps ?? []) {
    if (!state?.labels.has(label)) {
      const message = sentence('there-is-no-label-in-this-expression', { label: shownLabel(label) });
      reporter.error('SS4003', span, message, sentence('write-an-expression-without-a-jump'));
      fail(message);
    }
  }
}

/** Resolves a type name such as `struct sock *` in a scope. */
export function checkTypeName(
  syntax: TypeSyntax,
  scope: EvaluationScope,
  options: CheckOptions = {},
): { readonly type: CType | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const context = contextFor(scope, options);
  return { type: resolveType(context, syntax)?.type, diagnostics: context.reporter.diagnostics };
}

function contextFor(scope: EvaluationScope, options: CheckOptions): Context {
  const fileScope = fileScopeOf(scope.unit);
  // A scope of its own: what the expression declares (implicit functions, tags) does not reach the unit.
  const unit = newUnit('', options, new Scope(fileScope));
  const context = new Context(unit);
  for (const symbol of scope.statics ?? []) {
    context.scope.declare(symbol.name, { kind: 'symbol', symbol });
  }
  for (const variable of scope.locals) {
    context.scope.declare(variable.name, { kind: 'local', variable });
  }
  context.function = functionState(scope.function ?? fallbackFunction(context, scope));
  return context;
}

function functionState(symbol: GlobalSymbol): FunctionState {
  const returns = symbol.type.kind === 'function' ? symbol.type.returns : intType;
  return newFunctionState(symbol, returns, false);
}

/** Where an expression stands that is in no file. */
const nowhere: Span = { file: new SourceFile('expression', ''), start: 0, end: 0 };

function fallbackFunction(context: Context, scope: EvaluationScope): GlobalSymbol {
  const [any] = scope.unit.symbols.values();
  return {
    kind: 'function',
    name: '',
    type: context.types.function(intType, [], false, true),
    spelling: '',
    linkage: 'none',
    span: any?.span ?? scope.locals[0]?.span ?? nowhere,
  };
}

/** The names of a unit as a {@link Scope}, whichever way its {@link UnitScope} was made. */
function fileScopeOf(unit: UnitScope & { readonly scope?: Scope }): Scope {
  if (unit.scope) {
    return unit.scope;
  }
  const scope = new Scope(undefined);
  for (const [name, typedef] of unit.typedefs) {
    scope.declare(name, { kind: 'typedef', qualifiers: 0, align: undefined, ...typedef });
  }
  for (const [name, enumerator] of unit.enumerators) {
    scope.declare(name, { kind: 'enumerator', ...enumerator } satisfies Entity);
  }
  for (const [name, symbol] of unit.symbols) {
    scope.declare(name, { kind: 'symbol', symbol });
  }
  for (const [key, tag] of unit.tags) {
    scope.declareTag(key.slice(key.indexOf(' ') + 1), tag satisfies Tag);
  }
  return scope;
}
