/**
 * GNU C's `__builtin_…` functions, as far as they have code of their own: one table, a lowering for each name. In: a call
 * whose operands are checked (`semantic/builtin-signatures.ts`). Out: an expression; what nobody lowers is a fault when it
 * is reached.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Value } from '../semantic/checked';
import { binary, i32, integer, isNonZero } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { BinaryOp, Expr } from './instructions';
import { convertScalar } from './lower-conversions';
import { argumentAddress, zeroOf } from './lower-places';
import { kindOf } from './scalar';

type BuiltinCall = Extract<Value, { kind: 'builtin' }>;
type Lowering = (builder: FunctionBuilder, call: BuiltinCall) => Expr;

/** A builtin's call in IR. */
export function lowerBuiltin(builder: FunctionBuilder, call: BuiltinCall): Expr {
  const lowering = LOWERINGS.get(call.name.replace(/^__builtin_/, ''));
  return lowering ? lowering(builder, call) : unknown(builder, call);
}

/** Integers: the type is `int`, `long` or `long long`, the bits are those of the operand. */
const ofBits: readonly (readonly [string, Lowering])[] = [
  ...sized('clz', (builder, call) => countBits('clz', operand(builder, call), operandKind(call))),
  ...sized('ctz', (builder, call) => countBits('ctz', operand(builder, call), operandKind(call))),
  ...sized('popcount', (builder, call) => countBits('popcnt', operand(builder, call), operandKind(call))),
  ...sized('parity', (builder, call) =>
    binary('and', 'i32', countBits('popcnt', operand(builder, call), operandKind(call)), i32(1)),
  ),
  ...sized('ffs', (builder, call) => {
    const held = builder.hold(operand(builder, call));
    const position = binary('add', 'i32', countBits('ctz', held, held.kind), i32(1));
    return { op: 'choose', kind: 'i32', condition: isNonZero(held), then: position, otherwise: i32(0) };
  }),
  ...sized('clrsb', (builder, call) => {
    const held = builder.hold(operand(builder, call));
    const signs = binary('shr_s', held.kind, held, integer(held.kind, held.kind === 'i64' ? 63n : 31n));
    return binary('sub', 'i32', countBits('clz', binary('xor', held.kind, held, signs), held.kind), i32(1));
  }),
  ...alike(['abs', 'labs', 'llabs'], (builder, call) => {
    const held = builder.hold(operand(builder, call));
    const zero = integer(held.kind, 0n);
    return {
      op: 'choose',
      kind: held.kind,
      condition: binary('lt_s', held.kind, held, zero),
      then: binary('sub', held.kind, zero, held),
      otherwise: held,
    };
  }),
  ['bswap16', (builder, call) => binary('shr_u', 'i32', swapBytes(builder.hold(operand(builder, call))), i32(16))],
  ['bswap32', (builder, call) => swapBytes(builder.hold(operand(builder, call)))],
  ['bswap64', swapLongBytes],
];

/** Floating point: signs, kinds of numbers, comparisons that are quiet about NaN. */
const ofFloats: readonly (readonly [string, Lowering])[] = [
  ...alike(['fabs', 'fabsf', 'fabsl'], (builder, call) => {
    const value = operand(builder, call);
    return binary('copysign', value.kind, value, constantOf(value, 0));
  }),
  ...alike(['copysign', 'copysignf', 'copysignl'], (builder, call) => {
    const size = operand(builder, call);
    return binary('copysign', size.kind, size, operand(builder, call, 1));
  }),
  ...alike(['signbit', 'signbitf', 'signbitl'], (builder, call) => {
    const value = operand(builder, call);
    return binary('lt', value.kind, binary('copysign', value.kind, constantOf(value, 1), value), constantOf(value, 0));
  }),
  ...alike(['isfinite', 'finite', 'finitef', 'finitel'], (builder, call) => {
    const held = builder.hold(operand(builder, call));
    const difference = builder.hold(binary('sub', held.kind, held, held));
    return binary('eq', held.kind, difference, difference);
  }),
  ...alike(['isnan', 'isnanf', 'isnanl'], (builder, call) => {
    const held = builder.hold(operand(builder, call));
    return binary('ne', held.kind, held, held);
  }),
  ...alike(['isinf', 'isinff', 'isinfl'], (builder, call) => {
    const held = builder.hold(operand(builder, call));
    const is = (value: number): Expr => binary('eq', held.kind, held, constantOf(held, value));
    return binary('or', 'i32', is(Infinity), is(-Infinity));
  }),
  ['isgreater', compared('gt')],
  ['isgreaterequal', compared('ge')],
  ['isless', compared('lt')],
  ['islessequal', compared('le')],
  ['isunordered', comparedTwice((kind, a, b) => [binary('ne', kind, a, a), binary('ne', kind, b, b)])],
  ['islessgreater', comparedTwice((kind, a, b) => [binary('lt', kind, a, b), binary('gt', kind, a, b)])],
];

/** About the run itself. */
const ofControl: readonly (readonly [string, Lowering])[] = [
  [
    'frame_address',
    (builder, call) => {
      // Of the function itself; what called it is not told.
      const level = operand(builder, call);
      return level.op === 'const' && level.value === 0 ? argumentAddress(0, 0) : i32(0);
    },
  ],
  ...alike(['return_address', 'prefetch', 'va_end'], (builder, call) => {
    call.args.forEach((argument) => builder.lowerEffect(argument));
    return i32(0);
  }),
  [
    'expect',
    (builder, call) => (call.args[0] ? convertScalar(operand(builder, call), call.args[0].type, call.type) : i32(0)),
  ],
  ['unreachable', (builder, call) => faultAt(builder, call, sentence('builtin-unreachable-was-reached'))],
  ...alike(['trap', 'abort'], (builder, call) =>
    faultAt(builder, call, sentence('name-was-called', { name: call.name })),
  ),
];

const LOWERINGS: ReadonlyMap<string, Lowering> = new Map([...ofBits, ...ofFloats, ...ofControl]);

function alike(names: readonly string[], lowering: Lowering): (readonly [string, Lowering])[] {
  return names.map((name) => [name, lowering]);
}

/** A builtin for `int`, `long` and `long long`. */
function sized(name: string, lowering: Lowering): (readonly [string, Lowering])[] {
  return alike([name, `${name}l`, `${name}ll`], lowering);
}

function operand(builder: FunctionBuilder, call: BuiltinCall, index = 0): Expr {
  const value = call.args[index];
  return value ? builder.lowerValue(value) : i32(0);
}

function operandKind({ args: [value] }: BuiltinCall): 'i32' | 'i64' {
  return value && kindOf(value.type) === 'i64' ? 'i64' : 'i32';
}

function constantOf({ kind }: Expr, value: number): Expr {
  return { op: 'const', kind, value };
}

function countBits(operator: 'clz' | 'ctz' | 'popcnt', value: Expr, kind: Expr['kind']): Expr {
  const result: Expr = { op: 'unary', kind, operator, operand: value };
  return kind === 'i64' ? { op: 'convert', kind: 'i32', operator: 'wrap', operand: result } : result;
}

function compared(operator: BinaryOp): Lowering {
  return (builder, call) => {
    const left = operand(builder, call);
    return binary(operator, left.kind, left, operand(builder, call, 1));
  };
}

/** True when one of two comparisons is. */
function comparedTwice(tests: (kind: Expr['kind'], left: Expr, right: Expr) => [Expr, Expr]): Lowering {
  return (builder, call) => {
    const left = builder.hold(operand(builder, call));
    const right = builder.hold(operand(builder, call, 1));
    return binary('or', 'i32', ...tests(left.kind, left, right));
  };
}

function faultAt(builder: FunctionBuilder, call: BuiltinCall, message: Words): Expr {
  builder.emit({ op: 'fault', message, site: call.span });
  return i32(0);
}

function unknown(builder: FunctionBuilder, call: BuiltinCall): Expr {
  faultAt(builder, call, sentence('name-is-not-supported', { name: call.name }));
  return call.type.kind === 'void' ? i32(0) : zeroOf(call.type);
}

/** The four bytes of a held word in the other order. */
function swapBytes(word: Expr): Expr {
  const part = (operator: 'shl' | 'shr_u', by: number, mask: number): Expr =>
    binary('and', 'i32', binary(operator, 'i32', word, i32(by)), i32(mask | 0));
  const outer = binary('or', 'i32', binary('shl', 'i32', word, i32(24)), binary('shr_u', 'i32', word, i32(24)));
  return binary('or', 'i32', outer, binary('or', 'i32', part('shl', 8, 0xff0000), part('shr_u', 8, 0xff00)));
}

function swapLongBytes(builder: FunctionBuilder, call: BuiltinCall): Expr {
  const held = builder.hold(operand(builder, call));
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
