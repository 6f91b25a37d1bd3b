/**
 * Declarations at file scope: objects with and without initialiser, function prototypes, typedefs, tags (C99 6.9.2).
 */
import { sentence } from '../sentences/sentence';
import type { Declaration, Declarator, Initializer } from '../parse/ast';
import { readAttributes, type Attributes } from './attributes';
import type { GlobalSymbol } from './checked';
import type { Context, Resolved } from './context';
import { initializeStatic, maximumImage } from './data-image';
import { spellSyntax, spellType } from './spelling';
import { declareSymbol } from './symbols';
import { declareTagsOnly, declareTypedef, independent, resolveDeclarator, resolveShared } from './type-declarations';
import { damageOf, isComplete, remedyFor, sizeOf } from './types';

/** Checks one declaration at file scope. */
export function declareAtFileScope(context: Context, declaration: Declaration): void {
  if (declaration.declarators.length === 0) {
    declareTagsOnly(context, declaration);
  }
  for (const declarator of declaration.declarators) {
    if (declaration.storage === 'typedef') {
      declareTypedef(context, declarator, independent(declaration));
    } else {
      declare(context, declaration, declarator);
    }
  }
}

interface DeclaredType {
  readonly resolved: Resolved;
  readonly spelling: string;
  readonly attributes: Attributes;
}

function declaredType(context: Context, declarator: Declarator): DeclaredType | undefined {
  const resolved = resolveDeclarator(context, declarator);
  return (
    resolved && {
      resolved,
      spelling: spellSyntax(declarator.type, resolved.type),
      attributes: readAttributes(context, declarator.attributes),
    }
  );
}

function declare(context: Context, declaration: Declaration, declarator: Declarator): void {
  const { name, nameSpan: span, initializer } = declarator;
  const resolve = (): DeclaredType | undefined => declaredType(context, declarator);
  const declared = independent(declaration) ? resolveShared(context, declarator, resolve) : resolve();
  const resolved = declared?.resolved;
  if (name === undefined) {
    return;
  }
  // GNU C: `extern void name` is something whose address alone is of use.
  if (!declared || !resolved || (resolved.type.kind === 'void' && declaration.storage !== 'extern')) {
    if (resolved) {
      context.reporter.error(
        'SS3003',
        span,
        sentence('variable-name-has-type-void', { name }),
        sentence('give-it-another-type'),
      );
    }
    if (!context.scope.findHere(name)) {
      context.scope.declare(name, { kind: 'unusable', message: sentence('name-has-an-unknown-type', { name }), span });
    }
    return;
  }
  const { attributes, spelling } = declared;
  const before = context.unit.linked.get(name);
  const symbol = declareSymbol(context, {
    name,
    type: resolved.type,
    spelling,
    qualifiers: resolved.qualifiers,
    static: declaration.storage === 'static',
    span,
    attributes,
    align: resolved.align,
  });
  if (symbol.kind === 'function' || resolved.type.kind === 'function') {
    if (initializer) {
      context.reporter.error(
        'SS3007',
        span,
        sentence('name-is-a-function-and-cannot-be-initialised', { name }),
        sentence('did-you-mean-a-pointer-to-a-function'),
      );
    }
    return;
  }
  if (damageOf(symbol.type) && (initializer || declaration.storage !== 'extern')) {
    const message = sentence('variable-name-has-the-incomplete-type-type', { name, type: spellType(symbol.type) });
    context.reporter.error('SS3003', span, message, remedyFor(symbol.type));
    context.scope.declare(name, { kind: 'unusable', message, span });
  } else if (initializer) {
    define(context, symbol, { ...declarator, initializer }, before !== undefined);
  } else if (declaration.storage !== 'extern' && attributes.alias === undefined) {
    if (!symbol.data && !symbol.tentative) {
      symbol.span = span;
    }
    symbol.tentative = symbol.data === undefined;
  }
}

function define(
  context: Context,
  symbol: GlobalSymbol,
  declarator: Declarator & { readonly initializer: Initializer },
  declaredBefore: boolean,
): void {
  if (symbol.data) {
    context.reporter.error(
      'SS3005',
      declarator.nameSpan,
      sentence('symbol-is-defined-twice', { symbol: symbol.name }),
      sentence('remove-one-initialiser'),
    );
    return;
  }
  if (declaredBefore) {
    symbol.span = declarator.nameSpan;
    symbol.spelling = spellSyntax(declarator.type, symbol.type);
  }
  symbol.tentative = undefined;
  initializeStatic(context, symbol, declarator.initializer);
}

/** End of the unit: tentative definitions become definitions with all bytes zero. */
export function completeTentative(context: Context): void {
  for (const symbol of context.unit.symbols) {
    if (!symbol.tentative) {
      continue;
    }
    if (symbol.type.kind === 'array' && symbol.type.length === undefined && isComplete(symbol.type.of)) {
      context.reporter.warn(
        symbol.span,
        sentence('array-symbol-has-no-length-taken-as-one-element', { symbol: symbol.name }),
        sentence('give-it-a-length'),
      );
      symbol.type = context.types.array(symbol.type.of, 1);
    }
    const size = sizeOf(symbol.type);
    const most = Math.min(maximumImage, context.unit.imageRoom);
    if (!isComplete(symbol.type) || size > most) {
      const problem =
        size > most
          ? sentence('is-larger-than-most-bytes', { most })
          : sentence('has-the-incomplete-type-type', { type: spellType(symbol.type) });
      context.reporter.error(
        'SS3003',
        symbol.span,
        sentence('variable-symbol-problem', { symbol: symbol.name, problem }),
        size > most ? sentence('make-it-smaller') : remedyFor(symbol.type, sentence('define-the-type')),
      );
      symbol.tentative = undefined;
      if (isComplete(symbol.type)) {
        symbol.data = { bytes: new Uint8Array(0), relocations: [] };
      }
      continue;
    }
    context.unit.imageRoom -= size;
    symbol.data = { bytes: new Uint8Array(size), relocations: [] };
  }
}
