/**
 * Which addresses need no check when the program runs: those that lie, whatever the indexes in them are, within an
 * object of the frame, an argument or a global.
 *
 * In: the expression of an address. Out: whether so many bytes there belong to one object. Algorithm: the object is the
 * innermost left operand of a chain of sums; the right operands are counted at their least and largest values.
 */
import { i32 } from './builders';
import type { Expr } from './instructions';
import type { Span } from '../source/source-file';
import { sizeOf } from './scalar';

/** Values an i32 expression can have, both ends included; neither is negative unless it is a constant. */
interface Range {
  readonly low: number;
  readonly high: number;
}

interface Reach extends Range {
  /** Where the object begins and ends, counted as `low` and `high` are. */
  readonly start: number;
  readonly end: number;
}

/** Whether `size` bytes at the address lie within an object that is there as long as the address is used. */
export function isSafeAddress(address: Expr, size = 1): boolean {
  const reach = reachOf(address);
  return reach !== undefined && reach.low >= reach.start && reach.high + size <= reach.end;
}

function reachOf(address: Expr): Reach | undefined {
  switch (address.op) {
    case 'frame':
      return { low: address.offset, high: address.offset, start: 0, end: address.slot.size };
    case 'argument':
      return { low: address.offset, high: address.offset, start: address.start, end: address.end };
    case 'symbol':
      return symbolReach(address);
    case 'binary': {
      const base = address.operator === 'add' && address.kind === 'i32' ? reachOf(address.left) : undefined;
      const by = base && rangeOf(address.right);
      return base && by && { ...base, low: base.low + by.low, high: base.high + by.high };
    }
    default:
      return undefined;
  }
}

/** The largest object that a mere declaration is believed to be. */
const DECLARED_LIMIT = 1 << 20;

/** A weak symbol that is defined nowhere has no object. */
function symbolReach({ symbol, addend }: Extract<Expr, { op: 'symbol' }>): Reach | undefined {
  if (symbol.kind !== 'object' || (symbol.weak && !symbol.data && !symbol.tentative)) {
    return undefined;
  }
  const end = symbol.data?.bytes.length ?? Math.min(sizeOf(symbol.type), DECLARED_LIMIT);
  return { low: addend, high: addend, start: 0, end: Math.max(end, 1) };
}

function rangeOf(value: Expr): Range | undefined {
  switch (value.op) {
    case 'const':
      return { low: Number(value.value), high: Number(value.value) };
    case 'bound':
      return { low: 0, high: value.limit - 1 };
    case 'load':
      return value.access === 'u8'
        ? { low: 0, high: 0xff }
        : value.access === 'u16'
          ? { low: 0, high: 0xffff }
          : undefined;
    case 'unary':
      return value.operator === 'eqz' ? { low: 0, high: 1 } : undefined;
    case 'binary':
      return value.kind === 'i32' && value.operandKind === 'i32' && value.right.op === 'const'
        ? withConstant(value.operator, value.left, Number(value.right.value))
        : undefined;
    default:
      return undefined;
  }
}

function withConstant(operator: string, left: Expr, constant: number): Range | undefined {
  if (constant < 0) {
    return undefined;
  }
  switch (operator) {
    case 'and':
      return { low: 0, high: constant };
    case 'rem_u':
      return constant > 0 ? { low: 0, high: constant - 1 } : undefined;
    case 'shr_u':
      return constant > 0 && constant < 32 ? { low: 0, high: 2 ** (32 - constant) - 1 } : undefined;
    case 'mul':
    case 'shl': {
      const range = rangeOf(left);
      const factor = operator === 'mul' ? constant : 2 ** (constant & 31);
      return range && range.low >= 0 && range.high * factor <= 0x7fffffff
        ? { low: range.low * factor, high: range.high * factor }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** An index that must be less than `limit`: itself when it can be nothing else. */
export function bounded(index: Expr, limit: number, site: Span): Expr {
  const word: Expr =
    index.kind !== 'i64'
      ? index
      : index.op === 'const'
        ? i32(Number(BigInt.asIntN(32, BigInt(index.value))))
        : { op: 'convert', kind: 'i32', operator: 'wrap', operand: index };
  const range = rangeOf(word);
  return range && range.low >= 0 && range.high < limit ? word : { op: 'bound', kind: 'i32', index: word, limit, site };
}
