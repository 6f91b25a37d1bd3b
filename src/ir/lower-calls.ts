/**
 * Calls, variable arguments and builtins. Arguments are laid out as cdecl pushes them: one 4-byte slot each, 8 for
 * 64-bit values, records in full; a record result goes to the address in a hidden first argument.
 */
import { sentence } from '../sentences/sentence';
import { alignUp } from '../base/bytes';
import type { Place, Value } from '../semantic/checked';
import type { CType } from '../semantic/ctype';
import type { Span } from '../source/source-file';
import { FRAME_HEADER } from '../abi/memory-map';
import { addOffset, binary, frameAddress, i32, integer, isNonZero, read } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Argument, BinaryOp, Expr } from './instructions';
import { convertScalar } from './lower-conversions';
import { argumentAddress, fixPlace, lowerPlace, readPlace, writePlace, zeroOf } from './lower-places';
import { accessOf, kindOf, sizeOf } from './scalar';

/** Bytes a value of the type takes in an argument area: whole words, and none for GNU C's records without members. */
export function argumentSize(type: CType): number {
  return alignUp(sizeOf(type), 4);
}

/** Emits a call. Gives the result (a record's address), or 0 when it is not wanted or void. */
export function lowerCall(builder: FunctionBuilder, call: Extract<Value, { kind: 'call' }>, wanted: boolean): Expr {
  const { functionType } = call;
  const returns = functionType.returns;
  const args: Argument[] = [];
  let offset = 0;
  let recordAddress: Expr | undefined;
  if (returns.kind === 'record') {
    recordAddress = frameAddress(builder.newSlot(sizeOf(returns), 4));
    args.push({ offset, access: 'i32', value: recordAddress });
    offset += 4;
  }
  const callee = call.callee.kind === 'function' ? builder.refer(call.callee.symbol) : builder.lowerValue(call.callee);
  for (const argument of call.args) {
    const { type } = argument;
    if (type.kind === 'record') {
      args.push({ offset, size: sizeOf(type), copyFrom: builder.lowerRecord(argument) });
    } else {
      const access = accessOf(type);
      const value = builder.lowerValue(argument);
      args.push({ offset, access: access === 'i64' || access === 'f64' || access === 'f32' ? access : 'i32', value });
    }
    offset += argumentSize(type);
  }
  const hasResult = wanted && returns.kind !== 'void' && returns.kind !== 'record';
  const resultAccess = hasResult ? returnAccess(returns) : undefined;
  const result = resultAccess ? builder.newTemporary(kindOf(returns)) : undefined;
  builder.outgoingBytes = Math.max(builder.outgoingBytes, offset);
  const inMemory = functionType.variadic || !functionType.prototype;
  builder.emit({
    op: 'call',
    callee,
    args,
    argBytes: offset,
    result,
    resultAccess,
    inMemory,
    site: call.span,
    statement: builder.currentStatement,
  });
  return recordAddress ?? (result ? read(result) : i32(0));
}

/** How a scalar result lies in the frame header: small integers as whole words. */
export function returnAccess(type: CType): 'i32' | 'i64' | 'f32' | 'f64' {
  const access = accessOf(type);
  return access === 'i64' || access === 'f32' || access === 'f64' ? access : 'i32';
}

/** `va_start`: the list becomes the address after the last named argument. */
export function lowerVaStart(builder: FunctionBuilder, list: Place): Expr {
  const end = builder.namedArgumentBytes;
  writePlace(builder, lowerPlace(builder, list), argumentAddress(FRAME_HEADER + end, 0));
  return i32(0);
}

/** `va_arg`: reads at the list and moves it on. Records give their address. */
export function lowerVaArg(builder: FunctionBuilder, list: Place, type: CType, site: Span): Expr {
  const ref = fixPlace(builder, lowerPlace(builder, list));
  const at = builder.newTemporary('i32');
  builder.emit({ op: 'set', register: at, value: readPlace(ref) });
  writePlace(builder, ref, addOffset(read(at), argumentSize(type)));
  if (type.kind === 'record') {
    return read(at);
  }
  const kind = kindOf(type);
  return builder.hold({ op: 'load', kind, access: accessOf(type), address: read(at), offset: 0, safe: false, site });
}

export function lowerVaCopy(builder: FunctionBuilder, target: Place, source: Value): Expr {
  const value = builder.lowerValue(source);
  writePlace(builder, lowerPlace(builder, target), value);
  return i32(0);
}

const ordered: Readonly<Record<string, BinaryOp | undefined>> = {
  isgreater: 'gt',
  isgreaterequal: 'ge',
  isless: 'lt',
  islessequal: 'le',
};

/** Builtins with code of their own. Unknown ones are a fault when reached. */
export function lowerBuiltin(builder: FunctionBuilder, value: Extract<Value, { kind: 'builtin' }>): Expr {
  const [first, second] = value.args;
  const name = value.name.replace(/^__builtin_/, '');
  const operand = (): Expr => (first ? builder.lowerValue(first) : i32(0));
  const wrap = (result: Expr): Expr =>
    result.kind === 'i64' ? { op: 'convert', kind: 'i32', operator: 'wrap', operand: result } : result;
  switch (name) {
    case 'clz':
    case 'clzl':
    case 'clzll':
      return wrap({ op: 'unary', kind: operandKind(first), operator: 'clz', operand: operand() });
    case 'ctz':
    case 'ctzl':
    case 'ctzll':
      return wrap({ op: 'unary', kind: operandKind(first), operator: 'ctz', operand: operand() });
    case 'popcount':
    case 'popcountl':
    case 'popcountll':
      return wrap({ op: 'unary', kind: operandKind(first), operator: 'popcnt', operand: operand() });
    case 'parity':
    case 'parityl':
    case 'parityll':
      return binary(
        'and',
        'i32',
        wrap({ op: 'unary', kind: operandKind(first), operator: 'popcnt', operand: operand() }),
        i32(1),
      );
    case 'ffs':
    case 'ffsl':
    case 'ffsll': {
      const held = builder.hold(operand());
      const position = binary(
        'add',
        'i32',
        wrap({ op: 'unary', kind: held.kind, operator: 'ctz', operand: held }),
        i32(1),
      );
      return { op: 'choose', kind: 'i32', condition: isNonZero(held), then: position, otherwise: i32(0) };
    }
    case 'bswap16':
      return binary('shr_u', 'i32', swapBytes(builder.hold(operand())), i32(16));
    case 'bswap32':
      return swapBytes(builder.hold(operand()));
    case 'bswap64': {
      const held = builder.hold(operand());
      const half = (value: Expr): Expr => ({
        op: 'convert',
        kind: 'i64',
        operator: 'extend_u',
        operand: swapBytes(builder.hold({ op: 'convert', kind: 'i32', operator: 'wrap', operand: value })),
      });
      const low = half(held);
      const high = half(binary('shr_u', 'i64', held, integer('i64', 32n)));
      return binary('or', 'i64', binary('shl', 'i64', low, integer('i64', 32n)), high);
    }
    case 'clrsb':
    case 'clrsbl':
    case 'clrsbll': {
      const held = builder.hold(operand());
      const signs = binary('shr_s', held.kind, held, integer(held.kind, held.kind === 'i64' ? 63n : 31n));
      return binary(
        'sub',
        'i32',
        wrap({ op: 'unary', kind: held.kind, operator: 'clz', operand: binary('xor', held.kind, held, signs) }),
        i32(1),
      );
    }
    case 'fabs':
    case 'fabsf':
    case 'fabsl': {
      const value = operand();
      return binary('copysign', value.kind, value, { op: 'const', kind: value.kind, value: 0 });
    }
    case 'copysign':
    case 'copysignf':
    case 'copysignl': {
      const size = operand();
      return binary('copysign', size.kind, size, builder.lowerValue(second!));
    }
    case 'isgreater':
    case 'isgreaterequal':
    case 'isless':
    case 'islessequal':
      return binary(ordered[name]!, kindOf(first!.type), operand(), builder.lowerValue(second!));
    case 'islessgreater':
    case 'isunordered': {
      const left = builder.hold(operand());
      const right = builder.hold(builder.lowerValue(second!));
      const { kind } = left;
      return name === 'isunordered'
        ? binary('or', 'i32', binary('ne', kind, left, left), binary('ne', kind, right, right))
        : binary('or', 'i32', binary('lt', kind, left, right), binary('gt', kind, left, right));
    }
    case 'isfinite':
    case 'finite':
    case 'finitef':
    case 'finitel': {
      const held = builder.hold(operand());
      const difference = builder.hold(binary('sub', held.kind, held, held));
      return binary('eq', held.kind, difference, difference);
    }
    case 'isnan':
    case 'isnanf':
    case 'isnanl': {
      const held = builder.hold(operand());
      return binary('ne', held.kind, held, held);
    }
    case 'isinf':
    case 'isinff':
    case 'isinfl': {
      const held = builder.hold(operand());
      const infinity = (value: number): Expr => binary('eq', held.kind, held, { op: 'const', kind: held.kind, value });
      return binary('or', 'i32', infinity(Infinity), infinity(-Infinity));
    }
    case 'signbit':
    case 'signbitf':
    case 'signbitl': {
      const value = operand();
      const constant = (number: number): Expr => ({ op: 'const', kind: value.kind, value: number });
      return binary('lt', value.kind, binary('copysign', value.kind, constant(1), value), constant(0));
    }
    case 'abs':
    case 'labs':
    case 'llabs': {
      const held = builder.hold(operand());
      const zero = integer(held.kind, 0n);
      return {
        op: 'choose',
        kind: held.kind,
        condition: binary('lt_s', held.kind, held, zero),
        then: binary('sub', held.kind, zero, held),
        otherwise: held,
      };
    }
    case 'frame_address': {
      // Of the function itself; what called it is not told.
      const level = operand();
      return level.op === 'const' && level.value === 0 ? argumentAddress(0, 0) : i32(0);
    }
    case 'return_address':
    case 'prefetch':
    case 'va_end':
      for (const argument of value.args) {
        builder.lowerEffect(argument);
      }
      return i32(0);
    case 'expect':
      return first ? convertScalar(operand(), first.type, value.type) : i32(0);
    case 'unreachable':
      builder.emit({ op: 'fault', message: sentence('builtin-unreachable-was-reached'), site: value.span });
      return i32(0);
    case 'trap':
    case 'abort':
      builder.emit({ op: 'fault', message: sentence('name-was-called', { name: value.name }), site: value.span });
      return i32(0);
    default:
      builder.emit({ op: 'fault', message: sentence('name-is-not-supported', { name: value.name }), site: value.span });
      return value.type.kind === 'void' ? i32(0) : zeroOf(value.type);
  }
}

/** The four bytes of a held word in the other order. */
function swapBytes(word: Expr): Expr {
  const part = (operator: 'shl' | 'shr_u', by: number, mask: number): Expr =>
    binary('and', 'i32', binary(operator, 'i32', word, i32(by)), i32(mask | 0));
  const outer = binary('or', 'i32', binary('shl', 'i32', word, i32(24)), binary('shr_u', 'i32', word, i32(24)));
  return binary('or', 'i32', outer, binary('or', 'i32', part('shl', 8, 0xff0000), part('shr_u', 8, 0xff00)));
}

function operandKind(value: Value | undefined): 'i32' | 'i64' {
  return value && kindOf(value.type) === 'i64' ? 'i64' : 'i32';
}
