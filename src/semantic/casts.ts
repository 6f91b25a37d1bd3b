/**
 * Casts, GNU C's cast to union included, `sizeof` and alignment (C99 6.5.4, 6.5.3.4).
 */
import { sentence } from '../sentences/sentence';
import type { Expr, ExprOf, TypeSyntax } from '../parse/ast';
import type { Span } from '../source/source-file';
import { rowBytes, variableArraySize } from './variable-arrays';
import type { Value } from './checked';
import { compatible } from './compatibility';
import type { Context, Operand } from './context';
import type { CType, RecordType } from './ctype';
import { convert, integer, trap } from './fold';
import { failed, isBitField, isTrap, ofValue, operandType, temporary, valueOf } from './places';
import { spellType } from './spelling';
import {
  alignOf,
  isArithmetic,
  isComplete,
  isScalar,
  missingTag,
  preferredAlignOf,
  remedyFor,
  sizeType,
  strideOf,
  valueType,
  voidType,
} from './types';

/** `(type)operand`. */
export function cast(context: Context, expr: ExprOf<'cast'>): Operand {
  const resolved = context.checker.resolve(context, expr.type);
  const value = valueOf(context, expr.operand);
  return ofValue(
    resolved
      ? makeCast(context, expr.span, resolved.type, value)
      : trap(expr.span, sentence('cast-to-an-unknown-type')),
  );
}

/** Converts as a cast does. */
export function makeCast(context: Context, span: Span, type: CType, value: Value): Value {
  if (value.kind === 'trap') {
    return convert(value, valueType(type));
  }
  if (type.kind === 'void') {
    return convert(value, voidType);
  }
  const pointers = type.kind === 'pointer' || value.type.kind === 'pointer';
  const floats = type.kind === 'floating' || value.type.kind === 'floating';
  if (isScalar(type) && isScalar(value.type) && !(pointers && floats)) {
    if (value.kind === 'load' && isBitField(value.place) && value.type === valueType(type)) {
      // The result is no bit-field any more: it has the whole type, and is not promoted by the bits.
      return { kind: 'convert', span, type: value.type, operand: value };
    }
    const result = convert(value, valueType(type));
    return result.span === span ? result : { ...result, span };
  }
  if (type.kind === 'record') {
    if (type === value.type) {
      return value;
    }
    const union = type.tag === 'union' ? castToUnion(context, span, type, value) : undefined;
    if (union) {
      return union;
    }
  }
  const message = sentence('from-cannot-be-cast-to-to', { from: spellType(value.type), to: spellType(type) });
  context.reporter.error(
    'SS3002',
    span,
    message,
    isArithmetic(type) ? sentence('cast-a-number-or-a-pointer') : sentence('take-the-address-and-cast-that'),
  );
  return trap(span, message, valueType(type));
}

/** GNU C: a union that holds the value in the first member of its type. */
function castToUnion(context: Context, span: Span, type: RecordType, value: Value): Value | undefined {
  const field = (isComplete(type) ? type.fields : []).find(
    (candidate) => candidate.bitSize === undefined && compatible(valueType(candidate.type), value.type),
  );
  if (!field) {
    return undefined;
  }
  if (!context.function) {
    // Only constants can be cast at file scope, and those are data.
    return undefined;
  }
  const variable = temporary(context, span, '.union', type);
  return {
    kind: 'load',
    span,
    type,
    place: {
      kind: 'compound-literal',
      span,
      type,
      variable,
      initializer: { zero: true, stores: [{ offset: 0, value }] },
    },
  };
}

/** `sizeof expr` and `__alignof__ expr`: the operand is not evaluated. */
export function measureExpression(context: Context, span: Span, operand: Expr, what: 'sizeof' | 'alignof'): Operand {
  const named = operand.kind === 'identifier' && what === 'sizeof' ? context.scope.find(operand.name) : undefined;
  if (named?.kind === 'variable-array') {
    return ofValue(variableArraySize(span, named.array));
  }
  context.unevaluated++;
  try {
    const measured = context.checker.operand(context, operand);
    if (isTrap(measured)) {
      return measured;
    }
    if (measured.kind === 'place' && isBitField(measured.place)) {
      return failed(
        context,
        'SS3002',
        span,
        sentence('what-of-a-bit-field-is-not-defined', { what }),
        sentence('use-the-type-it-was-declared-with'),
      );
    }
    const own = what === 'alignof' && measured.kind === 'function' ? measured.symbol.align : undefined;
    const row = what === 'sizeof' ? rowBytes(span, operandType(measured)) : undefined;
    if (row) {
      return ofValue(row);
    }
    return own === undefined
      ? measure(context, span, operandType(measured), what, operand.kind === 'member' ? alignOf : preferredAlignOf)
      : ofValue(integer(span, sizeType, own));
  } finally {
    context.unevaluated--;
  }
}

/** `sizeof(type)` and `__alignof__(type)`. */
export function measureType(
  context: Context,
  span: Span,
  syntax: TypeSyntax,
  what: 'sizeof' | 'alignof',
  alignment?: Alignment,
): Operand {
  const resolved = context.checker.resolve(context, syntax);
  if (!resolved) {
    return ofValue(trap(span, sentence('operator-of-an-unknown-type', { operator: what }), sizeType));
  }
  const align = resolved.align;
  return what === 'alignof' && align !== undefined
    ? ofValue(integer(span, sizeType, align))
    : measure(context, span, resolved.type, what, alignment);
}

/** Which alignment of a type is meant: the ABI's, or the one that gcc prefers. */
type Alignment = (type: CType) => number;

function measure(
  context: Context,
  span: Span,
  type: CType,
  what: 'sizeof' | 'alignof',
  alignment: Alignment = preferredAlignOf,
): Operand {
  const open = type.kind === 'array' && type.length === undefined;
  if (
    (type.kind === 'array' || type.kind === 'record' || type.kind === 'enum') &&
    !isComplete(type) &&
    !(open && what === 'alignof')
  ) {
    return failed(
      context,
      'SS3003',
      span,
      sentence('what-of-the-incomplete-type-type', { what, type: spellType(type) }),
      remedyFor(
        type,
        open ? sentence('give-the-array-a-length') : sentence('define-type-first', { type: spellType(type) }),
      ),
      missingTag(type),
    );
  }
  return ofValue(integer(span, sizeType, what === 'sizeof' ? strideOf(type) : alignment(type)));
}
