/**
 * Makers of IR expressions, with the constant folding that keeps emitted code small: sums of constants, addresses at
 * constant offsets, comparisons with zero.
 */
import type { GlobalSymbol } from '../semantic/checked';
import type { BinaryOp, ConvertOp, Expr, FrameSlot, Kind, Register } from './instructions';
import type { Span } from '../source/source-file';

export function i32(value: number): Expr {
  return { op: 'const', kind: 'i32', value: value | 0 };
}

/** An integer constant of kind i32 or i64. */
export function integer(kind: Kind, value: bigint): Expr {
  return kind === 'i64'
    ? { op: 'const', kind, value: BigInt.asIntN(64, value) }
    : i32(Number(BigInt.asIntN(32, value)));
}

export function read(register: Register): Expr {
  return { op: 'register', kind: register.kind, register };
}

export function frameAddress(slot: FrameSlot, offset = 0): Expr {
  return { op: 'frame', kind: 'i32', slot, offset };
}

export function symbolAddress(symbol: GlobalSymbol, addend = 0): Expr {
  return { op: 'symbol', kind: 'i32', symbol, addend };
}

/** Address plus a constant number of bytes. */
export function addOffset(address: Expr, offset: number): Expr {
  if (offset === 0) {
    return address;
  }
  switch (address.op) {
    case 'const':
      return i32(Number(address.value) + offset);
    case 'frame':
      return { ...address, offset: address.offset + offset };
    case 'argument':
      return { ...address, offset: address.offset + offset };
    case 'symbol':
      return { ...address, addend: address.addend + offset };
    case 'binary':
      if (address.operator === 'add' && address.right.op === 'const' && address.kind === 'i32') {
        return addOffset(address.left, Number(address.right.value) + offset);
      }
      return binary('add', 'i32', address, i32(offset));
    default:
      return binary('add', 'i32', address, i32(offset));
  }
}

const comparisons = new Set<BinaryOp>([
  'eq',
  'ne',
  'lt_s',
  'lt_u',
  'gt_s',
  'gt_u',
  'le_s',
  'le_u',
  'ge_s',
  'ge_u',
  'lt',
  'gt',
  'le',
  'ge',
]);

export function binary(operator: BinaryOp, operandKind: Kind, left: Expr, right: Expr, site?: Span): Expr {
  if (operandKind === 'i32' && left.op === 'const' && right.op === 'const') {
    const folded = fold(operator, Number(left.value), Number(right.value));
    if (folded !== undefined) {
      return i32(folded);
    }
  }
  if (operandKind === 'i32' && right.op === 'const') {
    const value = Number(right.value);
    if (
      value === 0 &&
      (operator === 'add' ||
        operator === 'sub' ||
        operator === 'or' ||
        operator === 'shl' ||
        operator === 'shr_u' ||
        operator === 'shr_s')
    ) {
      return left;
    }
    if (value === 0 && operator === 'eq') {
      return { op: 'unary', kind: 'i32', operator: 'eqz', operand: left };
    }
    if (value === 1 && operator === 'mul') {
      return left;
    }
  }
  return {
    op: 'binary',
    kind: comparisons.has(operator) ? 'i32' : operandKind,
    operandKind,
    operator,
    left,
    right,
    site,
  };
}

function fold(operator: BinaryOp, a: number, b: number): number | undefined {
  switch (operator) {
    case 'add':
      return (a + b) | 0;
    case 'sub':
      return (a - b) | 0;
    case 'mul':
      return Math.imul(a, b);
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
    case 'shl':
      return a << b;
    case 'shr_s':
      return a >> b;
    case 'shr_u':
      return (a >>> b) | 0;
    default:
      return undefined;
  }
}

export function convert(operator: ConvertOp, kind: Kind, operand: Expr): Expr {
  return { op: 'convert', kind, operator, operand };
}

/** An i32 that is zero exactly when the value is. */
export function isNonZero(value: Expr): Expr {
  switch (value.kind) {
    case 'i32':
      return value;
    case 'i64':
      return binary('ne', 'i64', value, integer('i64', 0n));
    default:
      return {
        op: 'binary',
        kind: 'i32',
        operandKind: value.kind,
        operator: 'ne',
        left: value,
        right: { op: 'const', kind: value.kind, value: 0 },
      };
  }
}

/** 1 when the value is zero, else 0. */
export function isZero(value: Expr): Expr {
  switch (value.kind) {
    case 'i32':
      return { op: 'unary', kind: 'i32', operator: 'eqz', operand: value };
    case 'i64':
      return { op: 'unary', kind: 'i32', operator: 'eqz', operand: value };
    default:
      return {
        op: 'binary',
        kind: 'i32',
        operandKind: value.kind,
        operator: 'eq',
        left: value,
        right: { op: 'const', kind: value.kind, value: 0 },
      };
  }
}

/** 0 or 1. */
export function toBoolean(value: Expr): Expr {
  if (isBoolean(value)) {
    return value;
  }
  return value.kind === 'i32' ? binary('ne', 'i32', value, i32(0)) : isNonZero(value);
}

/** Whether the expression can only give 0 or 1. */
function isBoolean(value: Expr): boolean {
  return (
    (value.op === 'binary' && comparisons.has(value.operator)) ||
    (value.op === 'unary' && value.operator === 'eqz') ||
    (value.op === 'const' && (value.value === 0 || value.value === 1)) ||
    (value.op === 'choose' && isBoolean(value.then) && isBoolean(value.otherwise))
  );
}
