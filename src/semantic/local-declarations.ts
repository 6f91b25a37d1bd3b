/**
 * Declarations in blocks: automatic and static variables, local typedefs, `extern` (C99 6.7, 6.2.4).
 *
 * In: a declaration. Out: an `initialize` statement per initialised automatic variable; the variables are added to the
 * block and to the function.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Declaration, Declarator } from '../parse/ast';
import { readAttributes } from './attributes';
import type { GlobalSymbol, LocalVariable, Statement, StatementOf, Value } from './checked';
import type { Context, Resolved } from './context';
import type { ArrayType, CType } from './ctype';
import { initializeStatic } from './data-image';
import { initializeLocal } from './local-initializers';
import { comma } from './fold';
import { addLocal, valueOf } from './places';
import type { Entity } from './scope';
import { spellSyntax, spellType } from './spelling';
import { declareSymbol } from './symbols';
import { declareTagsOnly, declareTypedef, resolveDeclarator } from './type-declarations';
import { newVariableArray, variableRow } from './variable-arrays';
import { alignOf, damageOf, isComplete, missingTag, remedyFor } from './types';

/** Checks a declaration in a block; `locals` is the block's list of variables. */
export function declareLocals(
  context: Context,
  declaration: Declaration,
  locals: LocalVariable[],
  macro: string | undefined,
): Statement[] {
  const statements: Statement[] = [];
  if (declaration.declarators.length === 0) {
    declareTagsOnly(context, declaration);
  }
  for (const declarator of declaration.declarators) {
    if (declaration.storage === 'typedef') {
      declareTypedef(context, declarator, false);
      continue;
    }
    const statement = declareLocal(context, declaration, declarator, locals);
    if (statement) {
      statements.push(macro === undefined ? statement : { ...statement, macro });
    }
  }
  return statements;
}

function declareLocal(
  context: Context,
  declaration: Declaration,
  declarator: Declarator,
  locals: LocalVariable[],
): Statement | undefined {
  const { name, nameSpan } = declarator;
  const span = declaration.declarators.length === 1 ? declaration.span : declarator.span;
  const { resolved, length, rows = [] } = resolveWithLength(context, declaration, declarator);
  if (name === undefined) {
    return undefined;
  }
  if (!resolved) {
    const message = sentence('name-has-an-unknown-type', { name });
    enter(context, name, { kind: 'unusable', message, span: nameSpan }, declarator);
    return declarator.initializer ? { kind: 'trap', span, message } : undefined;
  }
  if (declaration.storage === 'extern' || resolved.type.kind === 'function') {
    declareExtern(context, declarator, resolved);
    return undefined;
  }
  if (declaration.storage === 'static') {
    declareStatic(context, declarator, name, resolved);
    return undefined;
  }
  if (length && resolved.type.kind === 'array') {
    const made = { ...resolved, type: resolved.type };
    const array = declareVariableArray(context, declarator, name, made, length, locals, span);
    return rows.length === 0 ? array : measuredFirst(array, rows);
  }
  return declareAutomatic(context, declarator, name, resolved, locals, span);
}

/** The type of a declarator; for an array whose length is not constant also the length. */
function resolveWithLength(
  context: Context,
  declaration: Declaration,
  declarator: Declarator,
): { resolved: Resolved | undefined; length?: Value | undefined; rows?: readonly Value[] } {
  const rows =
    declarator.type.kind === 'array' && declaration.storage === undefined && !declarator.initializer
      ? variableRow(context, declarator.type.of)
      : undefined;
  if (rows && declarator.type.kind === 'array' && declarator.type.size) {
    const length = valueOf(context, declarator.type.size);
    return length.kind === 'trap' || length.type.kind !== 'integer'
      ? { resolved: undefined }
      : {
          resolved: { type: { kind: 'array', of: rows.type, length: undefined }, qualifiers: 0 },
          length,
          rows: rows.measures,
        };
  }
  if (
    declarator.type.kind !== 'array' ||
    declaration.storage === 'static' ||
    declaration.storage === 'extern' ||
    declarator.initializer
  ) {
    return { resolved: resolveDeclarator(context, declarator) };
  }
  const outer = context.variableArray;
  const found: NonNullable<Context['variableArray']> = { syntax: declarator.type };
  context.variableArray = found;
  const resolved = resolveDeclarator(context, declarator);
  context.variableArray = outer;
  return { resolved, length: found.length };
}

function declareVariableArray(
  context: Context,
  declarator: Declarator,
  name: string,
  resolved: Resolved & { readonly type: ArrayType },
  length: Value,
  locals: LocalVariable[],
  span: Declaration['span'],
): StatementOf<'initialize'> {
  const type = context.types.pointer(resolved.type.of, resolved.qualifiers);
  const pointer: LocalVariable = {
    name,
    type,
    spelling: spellType(type),
    span: declarator.nameSpan,
    addressTaken: true,
  };
  addLocal(context, pointer);
  locals.push(pointer);
  const { array, allocation } = newVariableArray(context, span, resolved.type, pointer, length);
  enter(context, name, { kind: 'variable-array', array }, declarator);
  return { kind: 'initialize', span, variable: pointer, initializer: allocation };
}

/** The declaration of an array, behind what finds out the bytes of its rows. */
function measuredFirst(array: StatementOf<'initialize'>, rows: readonly Value[]): Statement {
  const { initializer } = array;
  return 'kind' in initializer
    ? { ...array, initializer: rows.reduceRight((value, measure) => comma(array.span, measure, value), initializer) }
    : array;
}

function enter(context: Context, name: string, entity: Entity, declarator: Declarator): void {
  if (context.scope.findHere(name)) {
    context.reporter.error(
      'SS3005',
      declarator.nameSpan,
      sentence('name-is-declared-twice-in-this-block', { name }),
      sentence('rename-one'),
    );
  }
  context.scope.declare(name, entity);
}

function declareExtern(context: Context, declarator: Declarator, resolved: Resolved): void {
  if (declarator.initializer) {
    context.reporter.error(
      'SS3007',
      declarator.span,
      sentence('an-extern-declaration-in-a-block-cannot-have-an'),
      sentence('remove-extern-or-the-initialiser'),
    );
  }
  declareSymbol(context, {
    name: declarator.name ?? '',
    type: resolved.type,
    spelling: spellSyntax(declarator.type, resolved.type),
    qualifiers: resolved.qualifiers,
    static: false,
    span: declarator.nameSpan,
  });
}

function declareStatic(context: Context, declarator: Declarator, name: string, resolved: Resolved): void {
  const attributes = readAttributes(context, declarator.attributes);
  const symbol: GlobalSymbol = {
    kind: 'object',
    name,
    type: resolved.type,
    spelling: spellSyntax(declarator.type, resolved.type),
    linkage: 'none',
    span: declarator.nameSpan,
    function: context.function?.symbol.name ?? '',
    ...(resolved.qualifiers ? { qualifiers: resolved.qualifiers } : {}),
    ...(resolved.align === undefined ? {} : { align: resolved.align }),
    ...(attributes.section === undefined ? {} : { section: attributes.section }),
  };
  if (damageOf(symbol.type)) {
    const message = incomplete(context, declarator, symbol.type);
    enter(context, name, { kind: 'unusable', message, span: declarator.nameSpan }, declarator);
    return;
  }
  enter(context, name, { kind: 'symbol', symbol }, declarator);
  if (declarator.initializer) {
    initializeStatic(context, symbol, declarator.initializer);
  } else {
    symbol.tentative = true;
  }
  if (!isComplete(symbol.type)) {
    incomplete(context, declarator, symbol.type);
    symbol.tentative = false;
    return;
  }
  context.unit.symbols.push(symbol);
}

function incomplete(context: Context, declarator: Declarator, type: CType): Words {
  const message = sentence('variable-name-has-the-incomplete-type-type', {
    name: declarator.name,
    type: spellType(type),
  });
  context.reporter.error(
    'SS3003',
    declarator.nameSpan,
    message,
    remedyFor(
      type,
      type.kind === 'array' ? sentence('give-the-array-a-length') : sentence('define-the-type-first-or-use-a-pointer'),
    ),
    missingTag(type),
  );
  return message;
}

function declareAutomatic(
  context: Context,
  declarator: Declarator,
  name: string,
  resolved: Resolved,
  locals: LocalVariable[],
  span: Declaration['span'],
): Statement | undefined {
  const { initializer } = declarator;
  if (resolved.type.kind === 'array' && resolved.type.length === undefined && initializer && !damageOf(resolved.type)) {
    // The length comes out of the initialiser, in which the name can be used already (C99 6.2.1p7).
    const variable = newLocal(context, declarator, name, resolved, locals);
    const { type, initializer: checked } = initializeLocal(context, resolved.type, initializer);
    if ('kind' in checked && checked.kind === 'trap') {
      context.scope.declare(name, { kind: 'unusable', message: checked.message, span: declarator.nameSpan });
      return { kind: 'trap', span, message: checked.message };
    }
    if (!isComplete(type)) {
      const message = incomplete(context, declarator, type);
      context.scope.declare(name, { kind: 'unusable', message, span: declarator.nameSpan });
      return { kind: 'trap', span, message };
    }
    variable.type = type;
    variable.spelling = spellSyntax(declarator.type, type);
    return { kind: 'initialize', span, variable, initializer: checked };
  }
  if (!isComplete(resolved.type)) {
    return unusable(context, declarator, name, resolved.type, span);
  }
  const variable = newLocal(context, declarator, name, resolved, locals);
  if (!initializer) {
    return undefined;
  }
  const checked = initializeLocal(context, resolved.type, initializer).initializer;
  if ('kind' in checked && checked.kind === 'trap') {
    return { kind: 'trap', span, message: checked.message };
  }
  return { kind: 'initialize', span, variable, initializer: checked };
}

function unusable(
  context: Context,
  declarator: Declarator,
  name: string,
  type: CType,
  span: Declaration['span'],
): Statement | undefined {
  const message = incomplete(context, declarator, type);
  enter(context, name, { kind: 'unusable', message, span: declarator.nameSpan }, declarator);
  return declarator.initializer ? { kind: 'trap', span, message } : undefined;
}

/** Frames begin at multiples of this, so that nothing in one can be aligned more. */
const FRAME_ALIGNMENT = 8;

function warnOfAlignment(context: Context, declarator: Declarator, name: string, wanted: number): void {
  if (wanted > FRAME_ALIGNMENT) {
    context.reporter.warn(
      declarator.nameSpan,
      sentence('local-name-is-aligned-to-less-than-wanted', { name, wanted, bytes: FRAME_ALIGNMENT }),
      sentence('make-it-static-or-align-a-pointer-into-a-larger-array'),
    );
  }
}

function newLocal(
  context: Context,
  declarator: Declarator,
  name: string,
  resolved: Resolved,
  locals: LocalVariable[],
): LocalVariable {
  const { type } = resolved;
  warnOfAlignment(context, declarator, name, Math.max(resolved.align ?? 1, isComplete(type) ? alignOf(type) : 1));
  const variable: LocalVariable = {
    name,
    type,
    spelling: spellSyntax(declarator.type, type),
    span: declarator.nameSpan,
    addressTaken: type.kind === 'array' || type.kind === 'record',
    ...(resolved.qualifiers ? { qualifiers: resolved.qualifiers } : {}),
    ...(resolved.align === undefined ? {} : { align: Math.min(resolved.align, FRAME_ALIGNMENT) }),
  };
  enter(context, name, { kind: 'local', variable }, declarator);
  addLocal(context, variable);
  locals.push(variable);
  return variable;
}
