/**
 * The operators of WebAssembly as TypeScript computes them.
 *
 * In: an opcode, operands (numbers; bigints for i64). Out: what the core specification (section 4.3) says, with the name
 * that the intermediate representation has for the operator. Integers are signed.
 */
import type { BinaryOp, ConvertOp, Kind } from '../ir/instructions';
import { binaryOpcode, convertOpcode, unaryOpcode } from '../wasm/opcodes';
import type { Value } from './provenance';

export interface OperatorCode {
  readonly name: string;
  readonly operands: 1 | 2;
  readonly compute: (x: Value, y: Value) => Value;
}

const truth = (value: boolean): number => (value ? 1 : 0);
const n = Number;
const u = (value: Value): number => n(value) >>> 0;
const long = (value: bigint): bigint => BigInt.asIntN(64, value);
const ulong = (value: Value): bigint => BigInt.asUintN(64, value as bigint);

type Binary = (x: Value, y: Value) => Value;

const i32: Partial<Record<BinaryOp, Binary>> = {
  add: (x, y) => (n(x) + n(y)) | 0,
  sub: (x, y) => (n(x) - n(y)) | 0,
  mul: (x, y) => Math.imul(n(x), n(y)),
  div_s: (x, y) => (n(x) / n(y)) | 0,
  div_u: (x, y) => (u(x) / u(y)) | 0,
  rem_s: (x, y) => (n(x) % n(y)) | 0,
  rem_u: (x, y) => (u(x) % u(y)) | 0,
  and: (x, y) => n(x) & n(y),
  or: (x, y) => n(x) | n(y),
  xor: (x, y) => n(x) ^ n(y),
  shl: (x, y) => n(x) << n(y),
  shr_s: (x, y) => n(x) >> n(y),
  shr_u: (x, y) => (n(x) >>> n(y)) | 0,
  lt_u: (x, y) => truth(u(x) < u(y)),
  gt_u: (x, y) => truth(u(x) > u(y)),
  le_u: (x, y) => truth(u(x) <= u(y)),
  ge_u: (x, y) => truth(u(x) >= u(y)),
};

const big =
  (compute: (x: bigint, y: bigint) => bigint): Binary =>
  (x, y) =>
    long(compute(x as bigint, y as bigint));

const i64: Partial<Record<BinaryOp, Binary>> = {
  add: big((x, y) => x + y),
  sub: big((x, y) => x - y),
  mul: big((x, y) => x * y),
  div_s: big((x, y) => x / y),
  div_u: (x, y) => long(ulong(x) / ulong(y)),
  rem_s: big((x, y) => x % y),
  rem_u: (x, y) => long(ulong(x) % ulong(y)),
  and: big((x, y) => x & y),
  or: big((x, y) => x | y),
  xor: big((x, y) => x ^ y),
  shl: big((x, y) => x << (y & 63n)),
  shr_s: big((x, y) => x >> (y & 63n)),
  shr_u: (x, y) => long(ulong(x) >> ((y as bigint) & 63n)),
  lt_u: (x, y) => truth(ulong(x) < ulong(y)),
  gt_u: (x, y) => truth(ulong(x) > ulong(y)),
  le_u: (x, y) => truth(ulong(x) <= ulong(y)),
  ge_u: (x, y) => truth(ulong(x) >= ulong(y)),
};

/** Comparisons that are the same for all kinds, given what JavaScript compares. */
const compared: Partial<Record<BinaryOp, Binary>> = {
  eq: (x, y) => truth(x === y),
  ne: (x, y) => truth(x !== y),
  lt_s: (x, y) => truth(x < y),
  gt_s: (x, y) => truth(x > y),
  le_s: (x, y) => truth(x <= y),
  ge_s: (x, y) => truth(x >= y),
  lt: (x, y) => truth(x < y),
  gt: (x, y) => truth(x > y),
  le: (x, y) => truth(x <= y),
  ge: (x, y) => truth(x >= y),
};

const floating = (round: (value: number) => number): Partial<Record<BinaryOp, Binary>> => ({
  add: (x, y) => round(n(x) + n(y)),
  sub: (x, y) => round(n(x) - n(y)),
  mul: (x, y) => round(n(x) * n(y)),
  div: (x, y) => round(n(x) / n(y)),
  copysign: (x, y) => (Object.is(Math.sign(n(y)), -0) || n(y) < 0 ? -Math.abs(n(x)) : Math.abs(n(x))),
});

const binaries: Record<Kind, Partial<Record<BinaryOp, Binary>>> = {
  i32: { ...compared, ...i32 },
  i64: { ...compared, ...i64 },
  f32: { ...compared, ...floating(Math.fround) },
  f64: { ...compared, ...floating((value) => value) },
};

function trailingZeros(value: bigint, bits: number): number {
  let count = 0;
  while (count < bits && ((value >> BigInt(count)) & 1n) === 0n) {
    count++;
  }
  return count;
}

function ones(value: bigint): number {
  return value.toString(2).replaceAll('0', '').length;
}

const unaries: Readonly<Record<string, (x: Value) => Value>> = {
  'eqz i32': (x) => truth(x === 0),
  'eqz i64': (x) => truth(x === 0n),
  'clz i32': (x) => Math.clz32(n(x)),
  'ctz i32': (x) => trailingZeros(BigInt(u(x)), 32),
  'popcnt i32': (x) => ones(BigInt(u(x))),
  'clz i64': (x) => BigInt(64 - (x === 0n ? 0 : ulong(x).toString(2).length)),
  'ctz i64': (x) => BigInt(trailingZeros(ulong(x), 64)),
  'popcnt i64': (x) => BigInt(ones(ulong(x))),
  'neg f32': (x) => -n(x),
  'neg f64': (x) => -n(x),
};

/** The integer nearest to zero, within bounds; 0 for what is no number. */
function saturated(value: Value, least: bigint, most: bigint): bigint {
  const x = n(value);
  return Number.isNaN(x) ? 0n : x <= n(least) ? least : x >= n(most) ? most : BigInt(Math.trunc(x));
}

const toWord = (signed: boolean) => (x: Value) =>
  n(BigInt.asIntN(32, signed ? saturated(x, -(2n ** 31n), 2n ** 31n - 1n) : saturated(x, 0n, 2n ** 32n - 1n)));
const toLong = (signed: boolean) => (x: Value) =>
  long(signed ? saturated(x, -(2n ** 63n), 2n ** 63n - 1n) : saturated(x, 0n, 2n ** 64n - 1n));

const conversions: Record<ConvertOp, (x: Value) => Value> = {
  wrap: (x) => n(BigInt.asIntN(32, x as bigint)),
  extend_s: (x) => BigInt(x),
  extend_u: (x) => BigInt(u(x)),
  extend8_s: (x) => (n(x) << 24) >> 24,
  extend16_s: (x) => (n(x) << 16) >> 16,
  i32_from_f32_s: toWord(true),
  i32_from_f32_u: toWord(false),
  i32_from_f64_s: toWord(true),
  i32_from_f64_u: toWord(false),
  i64_from_f32_s: toLong(true),
  i64_from_f32_u: toLong(false),
  i64_from_f64_s: toLong(true),
  i64_from_f64_u: toLong(false),
  f32_from_i32_s: (x) => Math.fround(n(x)),
  f32_from_i32_u: (x) => Math.fround(u(x)),
  f32_from_i64_s: (x) => Math.fround(n(x)),
  f32_from_i64_u: (x) => Math.fround(n(ulong(x))),
  f64_from_i32_s: n,
  f64_from_i32_u: u,
  f64_from_i64_s: n,
  f64_from_i64_u: (x) => n(ulong(x)),
  promote: n,
  demote: (x) => Math.fround(n(x)),
};

/** Every operator by its opcode; those behind a prefix at 0x100 and their number. */
export const operatorCodes: ReadonlyMap<number, OperatorCode> = new Map([
  ...Object.entries(binaryOpcode).flatMap(([kind, table]) =>
    [...table].flatMap(([name, opcode]): [number, OperatorCode][] => {
      const compute = binaries[kind as Kind][name];
      return compute ? [[opcode, { name, operands: 2, compute }]] : [];
    }),
  ),
  ...Object.entries(unaryOpcode).flatMap(([key, opcode]): [number, OperatorCode][] => {
    const compute = unaries[key];
    return compute ? [[opcode, { name: key.split(' ')[0] ?? key, operands: 1, compute }]] : [];
  }),
  ...Object.entries(convertOpcode).map(([name, bytes]): [number, OperatorCode] => [
    bytes.length > 1 ? 0x100 + (bytes[1] ?? 0) : (bytes[0] ?? 0),
    { name, operands: 1, compute: conversions[name as ConvertOp] },
  ]),
]);
