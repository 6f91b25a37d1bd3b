/**
 * Entities with linkage (C99 6.2.2): one symbol per name and translation unit, whichever scopes declare it.
 *
 * In: one declaration at a time. Out: the symbol, whose type is the composite of all declarations so far.
 */
import { sentence } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { Attributes } from './attributes';
import type { GlobalSymbol } from './checked';
import { compatible, composite } from './compatibility';
import type { Context } from './context';
import type { CType } from './ctype';
import { spellType } from './spelling';

export interface SymbolDeclaration {
  readonly name: string;
  readonly type: CType;
  readonly spelling: string;
  readonly qualifiers: number;
  readonly static: boolean;
  readonly span: Span;
  readonly attributes?: Attributes;
  /** From a typedef, in bytes. */
  readonly align?: number;
}

/** Declares an object or function with linkage in the scope at hand, joining it with earlier declarations. */
export function declareSymbol(context: Context, declaration: SymbolDeclaration): GlobalSymbol {
  const { name } = declaration;
  const kind = declaration.type.kind === 'function' ? 'function' : 'object';
  const known = context.unit.linked.get(name);
  const symbol = known ?? newSymbol(context, kind, declaration);
  if (known) {
    merge(context, known, kind, declaration);
  }
  applyAttributes(symbol, declaration);
  const present = context.scope.findHere(name);
  if (!present) {
    context.scope.declare(name, { kind: 'symbol', symbol });
  } else if (present.kind !== 'symbol' || present.symbol !== symbol) {
    context.reporter.error(
      'SS3005',
      declaration.span,
      sentence('name-is-declared-already-as-something-else', { name }),
      sentence('use-another-name'),
    );
  }
  return symbol;
}

function newSymbol(context: Context, kind: 'function' | 'object', declaration: SymbolDeclaration): GlobalSymbol {
  const { name, type, spelling, span, qualifiers } = declaration;
  const symbol: GlobalSymbol = {
    kind,
    name,
    type,
    spelling,
    linkage: declaration.static ? 'internal' : 'external',
    span,
  };
  const complete = qualifiers ? { ...symbol, qualifiers } : symbol;
  context.unit.linked.set(name, complete);
  context.unit.symbols.push(complete);
  return complete;
}

function merge(
  context: Context,
  known: GlobalSymbol,
  kind: 'function' | 'object',
  declaration: SymbolDeclaration,
): void {
  const { name, type, span } = declaration;
  if (known.kind !== kind) {
    context.reporter.error(
      'SS3005',
      span,
      sentence('name-is-declared-both-as-a-function-and-as-an-object', { name }),
      sentence('use-another-name'),
    );
    return;
  }
  if (context.unit.assumed.delete(known)) {
    known.type = type;
    known.span = span;
  } else if (compatible(known.type, type)) {
    known.type = composite(context.types, known.type, type);
  } else if (context.unit.implicit.has(known)) {
    context.reporter.warn(
      span,
      sentence('name-was-called-before-it-was-declared-as-if-it', { name }),
      sentence('declare-it-before-its-first-use'),
    );
    known.type = type;
  } else {
    context.reporter.error(
      'SS3005',
      span,
      sentence('name-is-declared-as-type-here-and-as-before-before', {
        name,
        type: spellType(type),
        before: spellType(known.type),
      }),
      sentence('make-the-declarations-agree'),
    );
    known.type = type;
  }
  context.unit.implicit.delete(known);
  if (declaration.static && known.linkage === 'external') {
    context.reporter.warn(
      span,
      sentence('name-is-static-here-but-was-not-before', { name }),
      sentence('say-static-in-both-places'),
    );
    known.linkage = 'internal';
  }
}

function applyAttributes(symbol: GlobalSymbol, { attributes, align }: SymbolDeclaration): void {
  const bytes = Math.max(align ?? 1, attributes?.align ?? 1);
  if (bytes > 1) {
    symbol.align = Math.max(symbol.align ?? 1, bytes);
  }
  if (attributes?.section !== undefined) {
    symbol.section = attributes.section;
  }
  if (attributes?.weak) {
    symbol.weak = true;
  }
  if (attributes?.alias !== undefined) {
    symbol.alias = attributes.alias;
  }
  if (attributes?.label !== undefined) {
    symbol.label = attributes.label;
  }
  if (symbol.kind === 'function') {
    symbol.before = attributes?.before ?? symbol.before;
    symbol.after = attributes?.after ?? symbol.after;
  }
}
