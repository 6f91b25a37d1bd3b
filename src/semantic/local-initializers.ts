/**
 * Initialisers of automatic objects, and compound literals.
 *
 * In: the entries of a walk. Out: stores in order behind an optional clearing. A larger object whose values are all
 * constant is copied from a read-only image instead, as gcc does.
 */
import { sentence } from '../sentences/sentence';
import type { ExprOf, Initializer } from '../parse/ast';
import type { GlobalSymbol, LocalInitializer, Value } from './checked';
import type { Context, Operand } from './context';
import type { CType } from './ctype';
import { constantImage, initializeStatic } from './data-image';
import { trap } from './fold';
import { walkInitializer, type Entry, type Walked } from './initializer-walk';
import { constantObject, stringSymbol } from './literals';
import { globalPlace, ofPlace, ofValue, temporary } from './places';
import { spellType } from './spelling';
import { isComplete, remedyFor, sizeOf } from './types';

/** Entries from which on an image is copied rather than stored value by value. */
const imageFrom = 12;

export interface LocalInitialization {
  /** Completed type. */
  readonly type: CType;
  readonly initializer: LocalInitializer | Value;
}

/** Initialiser of an automatic object: a value for scalars and records given as a whole, stores for the rest. */
export function initializeLocal(context: Context, type: CType, initializer: Initializer): LocalInitialization {
  const outer = context.staticData;
  context.staticData = false;
  const walked = walkInitializer(context, type, initializer);
  context.staticData = outer;
  const broken = walked.entries.find((entry) => entry.kind === 'value' && entry.value.kind === 'trap');
  if (broken?.kind === 'value') {
    return { type: walked.type, initializer: broken.value };
  }
  const only = walked.entries.length === 1 ? walked.entries[0] : undefined;
  if (only?.kind === 'value' && only.offset === 0 && !only.field && only.type === walked.type) {
    return { type: walked.type, initializer: only.value };
  }
  return { type: walked.type, initializer: localInitializer(context, walked) };
}

function localInitializer(context: Context, walked: Walked): LocalInitializer {
  const image = walked.entries.length >= imageFrom ? constantImage(walked) : undefined;
  const first = walked.entries[0];
  if (image && first && context.unevaluated === 0) {
    const span = first.kind === 'value' ? first.value.span : first.literal.span;
    const symbol = constantObject(context, '.image', walked.type, image, span);
    return { zero: false, stores: [], copies: [{ offset: 0, symbol, size: sizeOf(walked.type) }] };
  }
  const stores: LocalInitializer['stores'][number][] = [];
  const copies: { offset: number; symbol: GlobalSymbol; size: number }[] = [];
  for (const entry of walked.entries) {
    if (entry.kind === 'string') {
      const symbol = stringSymbol(context, entry.literal);
      copies.push({ offset: entry.offset, symbol, size: Math.min(sizeOf(entry.type), symbol.data?.bytes.length ?? 0) });
    } else {
      stores.push({ offset: entry.offset, field: entry.field, value: entry.value });
    }
  }
  const zero = !coversAll(walked.entries, sizeOf(walked.type));
  return copies.length > 0 ? { zero, stores, copies } : { zero, stores };
}

/** Whether the entries, which rarely overlap, leave no byte out. */
function coversAll(entries: readonly Entry[], size: number): boolean {
  let next = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset > next || (entry.kind === 'value' && entry.field)) {
      return false;
    }
    next = Math.max(next, entry.offset + coveredBytes(entry));
  }
  return next >= size;
}

function coveredBytes(entry: Entry): number {
  const size = sizeOf(entry.type);
  if (entry.kind === 'value') {
    return size;
  }
  const { units, bytes } = entry.literal;
  return Math.min(size, units ? (units.length + 1) * 4 : bytes.length + 1);
}

/** `(type){ … }`: static data at file scope and within static initialisers, an automatic object elsewhere. */
export function compoundLiteral(context: Context, expr: ExprOf<'compound-literal'>): Operand {
  const resolved = context.checker.resolve(context, expr.type);
  if (!resolved) {
    return ofValue(trap(expr.span, sentence('compound-literal-of-an-unknown-type')));
  }
  const { span } = expr;
  const { type, qualifiers } = resolved;
  const open = type.kind === 'array' && type.length === undefined && isComplete(type.of);
  if (!isComplete(type) && !open) {
    context.reporter.error(
      'SS3003',
      span,
      sentence('a-compound-literal-of-the-incomplete-type-type', { type: spellType(type) }),
      remedyFor(type, sentence('define-the-type-first')),
    );
    return ofValue(trap(span, sentence('compound-literal-of-an-incomplete-type')));
  }
  if (context.staticData || !context.function) {
    const symbol: GlobalSymbol = {
      kind: 'object',
      name: '.compound',
      type,
      spelling: spellType(type),
      linkage: 'none',
      span,
    };
    context.unit.symbols.push(symbol);
    initializeStatic(context, symbol, expr.initializer);
    return ofPlace(globalPlace(span, symbol), qualifiers);
  }
  const local = initializeLocal(context, type, expr.initializer);
  const variable = temporary(context, span, '.compound', local.type);
  variable.addressTaken = true;
  return ofPlace(
    { kind: 'compound-literal', span, type: local.type, variable, initializer: asStores(local.initializer) },
    qualifiers,
  );
}

function asStores(initializer: LocalInitializer | Value): LocalInitializer {
  return 'zero' in initializer ? initializer : { zero: false, stores: [{ offset: 0, value: initializer }] };
}
