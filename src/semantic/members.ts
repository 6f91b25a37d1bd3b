/**
 * Subscripts and members: `a[i]`, `s.m`, `p->m`, and `offsetof` (C99 6.5.2.1, 6.5.2.3, 7.17).
 */
import { lastOf } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { ExprOf } from '../parse/ast';
import type { Context, Operand } from './context';
import { promote } from './conversions';
import type { CType, RecordType } from './ctype';
import { integer, offset } from './fold';
import { integerConstant } from './integer-constants';
import { operandAsPlace } from './lvalues';
import { stride } from './operators';
import { lengthOf } from './array-bounds';
import {
  decayed,
  dereference,
  failed,
  findMember,
  memberPlace,
  ofPlace,
  ofValue,
  operandType,
  toPlace,
  toValue,
  valueOf,
} from './places';
import { spellType } from './spelling';
import { isComplete, missingTag, remedyFor, sizeOf, sizeType } from './types';
import { rowOffset } from './variable-arrays';

/** `base[index]`, in either order. */
export function index(context: Context, expr: ExprOf<'index'>): Operand {
  const base = context.checker.operand(context, expr.base);
  const array = base.kind === 'place' && base.place.type.kind === 'array' ? base.place : undefined;
  const first = array && base.kind === 'place' ? decayed(context, array, base.qualifiers) : toValue(context, base);
  const second = valueOf(context, expr.index);
  if (first.kind === 'trap' || second.kind === 'trap') {
    return ofValue(first.kind === 'trap' ? first : second);
  }
  const [pointer, subscript] = first.type.kind === 'pointer' ? [first, second] : [second, first];
  if (pointer.type.kind !== 'pointer' || subscript.type.kind !== 'integer') {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('type-cannot-be-subscripted-with-index', { type: spellType(first.type), index: spellType(second.type) }),
      sentence('subscript-an-array-or-a-pointer-with-an-integer'),
    );
  }
  const row = rowOffset(expr.span, pointer, promote(subscript), 1);
  if (row) {
    return ofPlace(dereference(expr.span, row), pointer.type.qualifiers ?? 0);
  }
  const scale = stride(context, expr.span, pointer.type);
  if (typeof scale !== 'number') {
    return ofValue(scale);
  }
  return ofPlace(
    dereference(expr.span, offset(expr.span, pointer, promote(subscript), scale, array && lengthOf(context, array))),
    pointer.type.qualifiers ?? 0,
  );
}

/** `base.name` and `base->name`. */
export function member(context: Context, expr: ExprOf<'member'>): Operand {
  const base = expr.arrow ? throughPointer(context, expr) : operandAsPlace(context, expr.base);
  if (base.kind === 'value' && base.value.kind === 'trap') {
    return base;
  }
  const type = operandType(base);
  const located = toPlace(context, base);
  if (type.kind !== 'record' || !located) {
    const hint =
      type.kind === 'pointer' && !expr.arrow
        ? sentence('write-in-front-of-expr', { expr: expr.name })
        : sentence('use-a-struct-or-union');
    return failed(context, 'SS3006', expr.span, sentence('type-has-no-members', { type: spellType(type) }), hint);
  }
  const path = findMember(type, expr.name);
  if (!path) {
    return noMember(context, expr, type);
  }
  const qualifiers = path.reduce((bits, field) => bits | (field.qualifiers ?? 0), located.qualifiers);
  return ofPlace(memberPlace(expr.span, located.place, path), qualifiers);
}

function throughPointer(context: Context, expr: ExprOf<'member'>): Operand {
  const pointer = toValue(context, context.checker.operand(context, expr.base));
  if (pointer.kind === 'trap') {
    return ofValue(pointer);
  }
  if (pointer.type.kind !== 'pointer') {
    const hint =
      pointer.type.kind === 'record'
        ? sentence('write-in-front-of-expr-2', { expr: expr.name })
        : sentence('put-a-pointer-to-a-struct-or-union-in-front-of');
    return failed(
      context,
      'SS3006',
      expr.span,
      sentence('needs-a-pointer-not-type', { type: spellType(pointer.type) }),
      hint,
    );
  }
  return ofPlace(dereference(expr.base.span, pointer), pointer.type.qualifiers ?? 0);
}

function noMember(context: Context, expr: ExprOf<'member'>, type: RecordType): Operand {
  if (!type.complete) {
    return failed(
      context,
      'SS3003',
      expr.span,
      sentence('type-is-declared-but-its-members-are-not-known-here', { type: spellType(type) }),
      sentence('include-the-header-that-defines-it'),
      missingTag(type),
    );
  }
  if (type.damage) {
    return failed(
      context,
      'SS3003',
      expr.span,
      sentence('where-expr-lies-in-type-is-not-known', { expr: expr.name, type: spellType(type) }),
      remedyFor(type, sentence('correct-it-first')),
    );
  }
  const near = nearest(expr.name, type);
  return failed(
    context,
    'SS3006',
    expr.span,
    sentence('type-has-no-member-designator', { type: spellType(type), designator: expr.name }),
    near ? sentence('did-you-mean-near', { near }) : sentence('use-one-of-its-members'),
    type.name === undefined ? undefined : { name: expr.name, record: `${type.tag} ${type.name}` },
  );
}

/** The member whose name is the same but for case, underscores, an end, or a prefix that later kernels have given it. */
function nearest(name: string, type: RecordType): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/_/g, '');
  const wanted = plain(name);
  return type.fields
    .map((field) => field.name)
    .find(
      (other) =>
        other !== undefined &&
        (plain(other) === wanted ||
          plain(other).startsWith(wanted) ||
          wanted.startsWith(plain(other)) ||
          name.endsWith(`_${other}`)),
    );
}

/** `offsetof(type, path)`. */
export function offsetOf(context: Context, expr: ExprOf<'offsetof'>): Operand {
  let type: CType | undefined = context.checker.resolve(context, expr.type)?.type;
  if (!type) {
    return failed(
      context,
      'SS3003',
      expr.span,
      sentence('offsetof-needs-a-known-type'),
      sentence('define-the-type-first'),
    );
  }
  let bytes = 0;
  for (const step of expr.path) {
    if (step.kind === 'field') {
      const path: ReturnType<typeof findMember> = type.kind === 'record' ? findMember(type, step.name) : undefined;
      if (!path || path.some((field) => field.bitSize !== undefined)) {
        return failed(
          context,
          'SS3006',
          step.span,
          sentence('type-has-no-member-step-that-has-an-offset', { type: spellType(type), step: step.name }),
          remedyFor(type, sentence('name-a-member-that-is-no-bit-field')),
        );
      }
      bytes += path.reduce((sum, field) => sum + field.offset, 0);
      type = lastOf(path).type;
    } else {
      const at = integerConstant(context, step.index, sentence('a-subscript-in-offsetof'))?.value;
      if (at === undefined || type.kind !== 'array' || !isComplete(type.of)) {
        return failed(
          context,
          'SS3002',
          step.span,
          sentence('type-cannot-be-subscripted-here', { type: spellType(type) }),
          sentence('subscript-an-array-member-with-a-constant'),
        );
      }
      bytes += Number(at) * sizeOf(type.of);
      type = type.of;
    }
  }
  return ofValue(integer(expr.span, sizeType, bytes));
}
