/**
 * Checks one translation unit.
 *
 * In: its external declarations in order. Out: the checked functions, all symbols with their data, the file scope, and
 * what is wrong. It never fails: what has no meaning becomes a trap at the smallest statement around it.
 */
import type { TopLevel } from '../parse/ast';
import type { Diagnostic } from '../source/diagnostic';
import type { CheckedUnit } from './checked';
import { Context, type Checker, type Dialect, type UnitState } from './context';
import { maximumImage } from './data-image';
import { checkOperand } from './expressions';
import { completeTentative, declareAtFileScope } from './file-declarations';
import { checkUsedBodies, defineFunction } from './functions';
import { compoundLiteral } from './local-initializers';
import { Reporter } from './reporter';
import { Scope } from './scope';
import type { SharedDeclarations } from './shared-declarations';
import { statementExpression } from './statements';
import { resolveType } from './type-names';
import { charType, TypeTable } from './types';
import { FileScopeView } from './unit-scope';

export interface CheckOptions {
  /** Old GNU C by default. */
  readonly dialect?: Dialect;
  /** Shared by the units of one program, so that the same pointer type is the same object in all of them. */
  readonly types?: TypeTable;
  /**
   * Shared by the units of one program: their common headers are resolved once, and their types are the same objects.
   * Wins over `types`.
   */
  readonly shared?: SharedDeclarations;
  /**
   * `used` (default): inline functions of included files are checked and given only when something uses them.
   * `all`: every body is.
   */
  readonly bodies?: 'used' | 'all';
}

export interface CheckResult {
  readonly unit: CheckedUnit;
  readonly diagnostics: readonly Diagnostic[];
}

const checker: Checker = { operand: checkOperand, resolve: resolveType, statementExpression, compoundLiteral };

/** A unit in which nothing is declared yet. `path` is that of its main file. */
export function newUnit(path: string, options: CheckOptions, fileScope = new Scope(undefined)): UnitState {
  return {
    path,
    types: options.shared?.types ?? options.types ?? new TypeTable(),
    reporter: new Reporter(),
    dialect: options.dialect ?? 'gnu89',
    checker,
    fileScope,
    linked: new Map(),
    symbols: [],
    strings: new Map(),
    imageRoom: 2 * maximumImage,
    defined: new Map(),
    memo: options.shared,
    completed: new Set(),
    conflict: false,
    functions: new Map(),
    implicit: new Set(),
    assumed: new Set(),
    waiting: new Map(),
    used: [],
  };
}

/** Checks the unit whose main file is `path`. */
export function checkUnit(path: string, items: readonly TopLevel[], options: CheckOptions = {}): CheckResult {
  const unit = newUnit(path, options);
  const context = new Context(unit);
  declareBuiltinTypes(context, items);
  for (const item of items) {
    if (item.kind === 'declaration') {
      declareAtFileScope(context, item);
    } else {
      defineFunction(context, item, options.bodies !== 'all' && item.span.file.path !== path);
    }
    if (unit.conflict) {
      return checkUnit(path, items, { ...options, shared: undefined, types: options.shared?.types });
    }
  }
  checkUsedBodies(context);
  completeTentative(context);
  const functions = [...unit.functions.values()];
  return {
    unit: { path, functions, symbols: unit.symbols, scope: new FileScopeView(unit.fileScope) },
    diagnostics: unit.reporter.diagnostics,
  };
}

/** `__builtin_va_list` is `char *` on i386. */
function declareBuiltinTypes(context: Context, items: readonly TopLevel[]): void {
  const name = '__builtin_va_list';
  const span = items[0]?.span;
  const known = context.unit.memo?.predeclared.get(name);
  const made = span && {
    kind: 'typedef' as const,
    type: context.types.pointer(charType),
    qualifiers: 0,
    align: undefined,
    spelling: 'char *',
    span,
  };
  const entity = known ?? made;
  if (entity) {
    context.unit.memo?.predeclared.set(name, entity);
    context.scope.declare(name, entity);
  }
}
