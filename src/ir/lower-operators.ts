/**
 * Operators on operands that are lowered already: arithmetic, comparison and pointer arithmetic as IR expressions.
 * Nothing here emits instructions.
 */
import type { CompareOperator, Value } from '../semantic/checked';
import type { CType } from '../semantic/ctype';
import { addOffset, binary, i32, integer } from './builders';
import type { BinaryOp, Expr } from './instructions';
import { isUnsigned } from './scalar';

/** `-operand`. */
export function negate(operand: Expr, type: CType): Expr {
  if (type.kind === 'floating') {
    return { op: 'unary', kind: operand.kind, operator: 'neg', operand };
  }
  return binary('sub', operand.kind, integer(operand.kind, 0n), operand);
}

/** An arithmetic operator on operands of the type's kind (shifts: right operand of its own kind). */
export function arithmetic(operator: string, left: Expr, right: Expr, type: CType, site: Value): Expr {
  const kind = left.kind;
  if (type.kind === 'floating') {
    const name = ({ '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' } as Record<string, BinaryOp>)[operator];
    return { op: 'binary', kind, operandKind: kind, operator: name ?? 'add', left, right };
  }
  const unsigned = isUnsigned(type);
  switch (operator) {
    case '+':
      return binary('add', kind, left, right);
    case '-':
      return binary('sub', kind, left, right);
    case '*':
      return binary('mul', kind, left, right);
    case '/':
      return binary(unsigned ? 'div_u' : 'div_s', kind, left, right, site.span);
    case '%':
      return binary(unsigned ? 'rem_u' : 'rem_s', kind, left, right, site.span);
    case '&':
      return binary('and', kind, left, right);
    case '|':
      return binary('or', kind, left, right);
    case '^':
      return binary('xor', kind, left, right);
    default: {
      const count = shiftCount(right, kind);
      return binary(operator === '<<' ? 'shl' : unsigned ? 'shr_u' : 'shr_s', kind, left, count);
    }
  }
}

function shiftCount(count: Expr, kind: Expr['kind']): Expr {
  if (count.kind === kind) {
    return count;
  }
  if (count.op === 'const') {
    return integer(kind, BigInt(count.value));
  }
  return { op: 'convert', kind, operator: kind === 'i64' ? 'extend_u' : 'wrap', operand: count };
}

/** A comparison of operands of `type`; 0 or 1. */
export function compare(operator: CompareOperator, left: Expr, right: Expr, type: CType): Expr {
  const kind = left.kind;
  const suffix =
    type.kind === 'floating' || operator === '==' || operator === '!=' ? '' : isUnsigned(type) ? '_u' : '_s';
  const names: Record<CompareOperator, string> = {
    '<': 'lt',
    '>': 'gt',
    '<=': 'le',
    '>=': 'ge',
    '==': 'eq',
    '!=': 'ne',
  };
  return binary(`${names[operator]}${suffix}` as BinaryOp, kind, left, right);
}

/** `pointer + index` in elements of `scale` bytes. */
export function pointerOffset(pointer: Expr, index: Expr, scale: number): Expr {
  const word: Expr =
    index.kind === 'i64'
      ? index.op === 'const'
        ? i32(Number(BigInt.asIntN(32, BigInt(index.value))))
        : { op: 'convert', kind: 'i32', operator: 'wrap', operand: index }
      : index;
  if (word.op === 'const') {
    return addOffset(pointer, Math.imul(Number(word.value), scale));
  }
  const bytes =
    (scale & (scale - 1)) === 0 && scale > 1
      ? binary('shl', 'i32', word, i32(Math.log2(scale)))
      : binary('mul', 'i32', word, i32(scale));
  return binary('add', 'i32', pointer, bytes);
}
