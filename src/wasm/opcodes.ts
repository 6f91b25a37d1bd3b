/**
 * Opcodes of the WebAssembly core specification (2.0) that the emitter uses, and the tables from IR operators to them.
 */
import type { Access, BinaryOp, ConvertOp, Kind } from '../ir/instructions';

export const Op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  br_table: 0x0e,
  return: 0x0f,
  call: 0x10,
  call_indirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  local_get: 0x20,
  local_set: 0x21,
  local_tee: 0x22,
  global_get: 0x23,
  global_set: 0x24,
  i32_const: 0x41,
  i64_const: 0x42,
  f32_const: 0x43,
  f64_const: 0x44,
  i32_eqz: 0x45,
  i32_eq: 0x46,
  i32_ne: 0x47,
  i32_lt_s: 0x48,
  i32_lt_u: 0x49,
  i32_gt_s: 0x4a,
  i32_gt_u: 0x4b,
  i32_le_u: 0x4d,
  i32_ge_s: 0x4e,
  i32_ge_u: 0x4f,
  i64_eqz: 0x50,
  i64_eq: 0x51,
  i64_ne: 0x52,
  i64_le_u: 0x58,
  i32_clz: 0x67,
  i32_add: 0x6a,
  i32_sub: 0x6b,
  i32_mul: 0x6c,
  i32_and: 0x71,
  i32_or: 0x72,
  i32_shl: 0x74,
  i32_shr_u: 0x76,
  i64_sub: 0x7d,
  i64_shr_u: 0x88,
  i32_wrap_i64: 0xa7,
  i64_extend_i32_s: 0xac,
  i32_extend8_s: 0xc0,
  i32_extend16_s: 0xc1,
} as const;

/** `block` type with no results, and value types. */
export const VOID = 0x40;
export const valueType: Record<Kind, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

export const loadOpcode: Record<Access, number> = {
  i8: 0x2c,
  u8: 0x2d,
  i16: 0x2e,
  u16: 0x2f,
  i32: 0x28,
  i64: 0x29,
  f32: 0x2a,
  f64: 0x2b,
};
export const storeOpcode: Record<Access, number> = {
  i8: 0x3a,
  u8: 0x3a,
  i16: 0x3b,
  u16: 0x3b,
  i32: 0x36,
  i64: 0x37,
  f32: 0x38,
  f64: 0x39,
};

const integerOrder: readonly BinaryOp[] = ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'];
const floatOrder: readonly BinaryOp[] = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'];
const arithmeticOrder: readonly BinaryOp[] = [
  'add',
  'sub',
  'mul',
  'div_s',
  'div_u',
  'rem_s',
  'rem_u',
  'and',
  'or',
  'xor',
  'shl',
  'shr_s',
  'shr_u',
];
const floatArithmetic: readonly BinaryOp[] = ['add', 'sub', 'mul', 'div'];

function table(order: readonly BinaryOp[], first: number): [BinaryOp, number][] {
  return order.map((operator, index) => [operator, first + index]);
}

/** Opcode of a binary operator by the kind of its operands. */
export const binaryOpcode: Record<Kind, ReadonlyMap<BinaryOp, number>> = {
  i32: new Map([...table(integerOrder, 0x46), ...table(arithmeticOrder, 0x6a)]),
  i64: new Map([...table(integerOrder, 0x51), ...table(arithmeticOrder, 0x7c)]),
  f32: new Map([...table(floatOrder, 0x5b), ...table(floatArithmetic, 0x92), ['copysign', 0x98]]),
  f64: new Map([...table(floatOrder, 0x61), ...table(floatArithmetic, 0xa0), ['copysign', 0xa6]]),
};

export const unaryOpcode: Record<string, number> = {
  'eqz i32': 0x45,
  'eqz i64': 0x50,
  'clz i32': 0x67,
  'ctz i32': 0x68,
  'popcnt i32': 0x69,
  'clz i64': 0x79,
  'ctz i64': 0x7a,
  'popcnt i64': 0x7b,
  'neg f32': 0x8c,
  'neg f64': 0x9a,
};

/** Conversions; those from floating point saturate instead of trapping (prefix 0xfc). */
export const convertOpcode: Record<ConvertOp, readonly number[]> = {
  wrap: [0xa7],
  extend_s: [0xac],
  extend_u: [0xad],
  extend8_s: [0xc0],
  extend16_s: [0xc1],
  i32_from_f32_s: [0xfc, 0],
  i32_from_f32_u: [0xfc, 1],
  i32_from_f64_s: [0xfc, 2],
  i32_from_f64_u: [0xfc, 3],
  i64_from_f32_s: [0xfc, 4],
  i64_from_f32_u: [0xfc, 5],
  i64_from_f64_s: [0xfc, 6],
  i64_from_f64_u: [0xfc, 7],
  f32_from_i32_s: [0xb2],
  f32_from_i32_u: [0xb3],
  f32_from_i64_s: [0xb4],
  f32_from_i64_u: [0xb5],
  demote: [0xb6],
  f64_from_i32_s: [0xb7],
  f64_from_i32_u: [0xb8],
  f64_from_i64_s: [0xb9],
  f64_from_i64_u: [0xba],
  promote: [0xbb],
};
