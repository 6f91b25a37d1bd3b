/**
 * Where a value of running code comes from, byte by byte.
 *
 * In: what was done to values: loads, constants, operators, results of services. Out: for each byte of a value the byte of
 * memory that it is, or that it is a constant, or what it was computed from. Masks, shifts by whole bytes and the joining
 * of disjoint bytes move bytes and compute nothing: htons() is a move. What an address was computed from is not part of
 * what lies there.
 */

/** Value of a register or on the stack. */
export type Value = number | bigint;

/** A byte of a value. */
export interface BytePart {
  readonly from: Provenance;
  readonly index: number;
}

export type Provenance =
  | { readonly kind: 'constant'; readonly value: Value }
  /** Bytes of memory as they were when the span began; `value` as it was loaded. */
  | { readonly kind: 'load'; readonly address: number; readonly size: number; readonly value: Value }
  /** Bytes that were written in the span. */
  | { readonly kind: 'bytes'; readonly parts: readonly BytePart[]; readonly value: Value }
  | { readonly kind: 'operator'; readonly name: string; readonly operands: readonly Operand[] }
  /** What a service answered or wrote. */
  | { readonly kind: 'service'; readonly name: string; readonly words: readonly BytePart[] }
  /** Written while no C ran: by the scenario, or by what is around the kernel. */
  | { readonly kind: 'outside' };

export interface Operand {
  readonly value: Value;
  readonly from: Provenance;
}

/** What bytes or bits are that were not moved here from memory. */
export type UnmovedSource =
  | { readonly kind: 'constant' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'service'; readonly from: Extract<Provenance, { kind: 'service' }> }
  | { readonly kind: 'computed'; readonly from: Provenance };

/** What a byte is. */
export type ByteSource = { readonly kind: 'memory'; readonly address: number } | UnmovedSource;

export const constant: UnmovedSource = { kind: 'constant' };
/** Nesting of operators that is looked into. */
export const DEEPEST = 64;

/** The source of byte `index` of a value, the lowest first. */
export function sourceOfByte(from: Provenance, index: number, depth = 0): ByteSource {
  if (depth > DEEPEST) {
    return { kind: 'computed', from };
  }
  switch (from.kind) {
    case 'constant':
      return constant;
    case 'outside':
      return { kind: 'outside' };
    case 'service':
      return { kind: 'service', from };
    case 'load':
      return index < from.size ? { kind: 'memory', address: from.address + index } : extended(from, index);
    case 'bytes': {
      const part = from.parts[index];
      return part ? sourceOfByte(part.from, part.index, depth + 1) : extended(from, index);
    }
    case 'operator':
      return moved(from, index, depth + 1) ?? { kind: 'computed', from };
  }
}

/** A byte beyond those that were loaded: zero, or copies of a sign. */
function extended(from: Extract<Provenance, { kind: 'load' | 'bytes' }>, index: number): ByteSource {
  return byteOf(from.value, index) === 0 ? constant : { kind: 'computed', from };
}

export type Operator = Extract<Provenance, { kind: 'operator' }>;

/** The source of a byte that an operator only moves; undefined when it computes. */
function moved(operator: Operator, index: number, depth: number): ByteSource | undefined {
  const [x, y] = operator.operands;
  if (!x) {
    return undefined;
  }
  switch (operator.name) {
    case 'wrap':
      return sourceOfByte(x.from, index, depth);
    case 'extend_u':
      return index < 4 ? sourceOfByte(x.from, index, depth) : constant;
    case 'extend_s':
    case 'extend8_s':
    case 'extend16_s': {
      const kept = operator.name === 'extend_s' ? 4 : operator.name === 'extend16_s' ? 2 : 1;
      return index < kept ? sourceOfByte(x.from, index, depth) : undefined;
    }
  }
  if (!y) {
    return undefined;
  }
  switch (operator.name) {
    case 'and':
      return masked(x, y, index, depth) ?? masked(y, x, index, depth);
    case 'or':
    case 'xor':
      return beside(x, y, index, depth) ?? beside(y, x, index, depth);
    case 'add':
      return areDisjoint(x, y, index, depth) ? (beside(x, y, index, depth) ?? beside(y, x, index, depth)) : undefined;
    case 'shl':
    case 'shr_u':
    case 'shr_s':
      return shifted(operator.name, x, y, index, depth);
    default:
      return undefined;
  }
}

function isConstant({ from }: Operand): boolean {
  return from.kind === 'constant';
}

/** The byte under a constant mask. */
function masked(value: Operand, mask: Operand, index: number, depth: number): ByteSource | undefined {
  if (!isConstant(mask)) {
    return undefined;
  }
  const bits = byteOf(mask.value, index);
  return bits === 0 ? constant : bits === 0xff ? sourceOfByte(value.from, index, depth) : undefined;
}

/** The byte of one side when the other side's is a constant zero. */
function beside(zero: Operand, other: Operand, index: number, depth: number): ByteSource | undefined {
  return isZero(zero, index, depth) ? sourceOfByte(other.from, index, depth) : undefined;
}

function isZero({ value, from }: Operand, index: number, depth: number): boolean {
  return byteOf(value, index) === 0 && sourceOfByte(from, index, depth).kind === 'constant';
}

/** No carry can come into a byte: in each below it, and in it, one side is a constant zero. */
function areDisjoint(x: Operand, y: Operand, index: number, depth: number): boolean {
  return Array.from({ length: index + 1 }, (_, at) => at).every((at) => isZero(x, at, depth) || isZero(y, at, depth));
}

function shifted(name: string, x: Operand, y: Operand, index: number, depth: number): ByteSource | undefined {
  const bits = isConstant(y) ? Number(y.value) & (typeof x.value === 'bigint' ? 63 : 31) : -1;
  if (bits < 0 || bits % 8 !== 0) {
    return undefined;
  }
  const size = typeof x.value === 'bigint' ? 8 : 4;
  const at = name === 'shl' ? index - bits / 8 : index + bits / 8;
  if (at >= 0 && at < size) {
    return sourceOfByte(x.from, at, depth);
  }
  return name === 'shr_s' && byteOf(x.value, size - 1) >= 0x80 ? undefined : constant;
}

/** Byte `index` of a value, the lowest first. */
export function byteOf(value: Value, index: number): number {
  if (typeof value === 'bigint') {
    return Number(BigInt.asUintN(8, value >> BigInt(8 * index)));
  }
  return index < 4 ? (value >>> (8 * index)) & 0xff : value < 0 ? 0xff : 0;
}

/** What a value was computed from in the end: loads, and results of services. */
export type Leaf = Extract<Provenance, { kind: 'load' | 'service' | 'outside' }>;

/** The leaves of a value, each once, in the order in which they stand in the expression. */
export function leavesOf(from: Provenance): readonly Leaf[] {
  const found = new Map<string, Leaf>();
  const seen = new Set<Provenance>();
  const walk = (each: Provenance): void => {
    if (seen.has(each)) {
      return;
    }
    seen.add(each);
    switch (each.kind) {
      case 'constant':
        return;
      case 'operator':
        each.operands.forEach((operand) => walk(operand.from));
        return;
      case 'bytes':
        each.parts.forEach((part) => walk(part.from));
        return;
      case 'load':
        found.set(`${each.address} ${each.size}`, each);
        return;
      default:
        found.set(each.kind === 'service' ? `service ${each.name}` : 'outside', each);
    }
  };
  walk(from);
  return [...found.values()];
}
