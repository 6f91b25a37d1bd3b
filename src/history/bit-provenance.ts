/**
 * Where some bits of a value of running code come from: what `provenance.ts` tells of bytes, for members that share them.
 *
 * In: the provenance of a value and a mask of its bits. Out: the bits of one load that they are, or that they are constant,
 * or what they were computed from. Masks, shifts and the joining of disjoint bits move bits: so bit-fields are read and
 * written. What lies beside the mask does not count.
 */
import { constant, DEEPEST, type Operator, type Provenance, type UnmovedSource, type Value } from './provenance';

export type BitSource =
  /** `mask`: bits of the `size` bytes at the address, in the order of the bits asked for. */
  { readonly kind: 'memory'; readonly address: number; readonly size: number; readonly mask: bigint } | UnmovedSource;

export function sourceOfBits(from: Provenance, mask: bigint, depth = 0): BitSource {
  if (mask === 0n) {
    return constant;
  }
  switch (from.kind) {
    case 'constant':
      return constant;
    case 'outside':
      return { kind: 'outside' };
    case 'service':
      return { kind: 'service', from };
    case 'load': {
      const there = mask & ones(8 * from.size);
      const isExtendedByZeros = (bitsOf(from.value) & mask) === (bitsOf(from.value) & there);
      return isExtendedByZeros ? memory(from.address, from.size, there) : { kind: 'computed', from };
    }
    case 'bytes':
      return ofBytes(from, mask, depth + 1);
    case 'operator':
      return (depth < DEEPEST && moved(from, mask, depth + 1)) || { kind: 'computed', from };
  }
}

function memory(address: number, size: number, mask: bigint): BitSource {
  return mask === 0n ? constant : { kind: 'memory', address, size, mask };
}

/** Bits of one byte that was written before; of several when they are bytes of one load. */
function ofBytes(from: Extract<Provenance, { kind: 'bytes' }>, mask: bigint, depth: number): BitSource {
  const found = from.parts.flatMap((part, index) => {
    const bits = (mask >> BigInt(8 * index)) & 0xffn;
    return bits === 0n ? [] : [sourceOfBits(part.from, bits << BigInt(8 * part.index), depth)];
  });
  const [first, ...others] = found;
  const isOne = first && others.every((each) => JSON.stringify(placeOf(each)) === JSON.stringify(placeOf(first)));
  if (!first || !isOne) {
    return found.length > 0 ? { kind: 'computed', from } : constant;
  }
  return first.kind === 'memory'
    ? { ...first, mask: found.reduce((all, each) => all | (each.kind === 'memory' ? each.mask : 0n), 0n) }
    : first;
}

function placeOf(source: BitSource): readonly unknown[] {
  return source.kind === 'memory' ? [source.kind, source.address, source.size] : [source.kind];
}

/** The source of bits that an operator only moves; undefined when it computes. */
function moved({ name, operands: [x, y] }: Operator, mask: bigint, depth: number): BitSource | undefined {
  if (!x) {
    return undefined;
  }
  switch (name) {
    case 'wrap':
    case 'extend_u':
      return sourceOfBits(x.from, mask & ones(32), depth);
    case 'extend_s':
    case 'extend8_s':
    case 'extend16_s': {
      const kept = ones(name === 'extend_s' ? 32 : name === 'extend16_s' ? 16 : 8);
      return (mask & kept) === mask ? sourceOfBits(x.from, mask, depth) : undefined;
    }
  }
  if (!y) {
    return undefined;
  }
  switch (name) {
    case 'and':
      return y.from.kind === 'constant'
        ? sourceOfBits(x.from, mask & bitsOf(y.value), depth)
        : x.from.kind === 'constant'
          ? sourceOfBits(y.from, mask & bitsOf(x.value), depth)
          : undefined;
    case 'or':
    case 'xor':
      return isZero(x, mask, depth)
        ? sourceOfBits(y.from, mask, depth)
        : isZero(y, mask, depth)
          ? sourceOfBits(x.from, mask, depth)
          : undefined;
    default:
      return y.from.kind === 'constant' ? shifted(name, x, Number(y.value), mask, depth) : undefined;
  }
}

function isZero({ value, from }: Operator['operands'][number], mask: bigint, depth: number): boolean {
  return (bitsOf(value) & mask) === 0n && sourceOfBits(from, mask, depth).kind === 'constant';
}

function shifted(
  name: string,
  { value, from }: Operator['operands'][number],
  by: number,
  mask: bigint,
  depth: number,
): BitSource | undefined {
  const width = typeof value === 'bigint' ? 64 : 32;
  const distance = BigInt(by & (width - 1));
  switch (name) {
    case 'shl':
      return sourceOfBits(from, (mask & ones(width)) >> distance, depth);
    case 'shr_u':
      return sourceOfBits(from, (mask << distance) & ones(width), depth);
    case 'shr_s':
      return mask << distance <= ones(width) ? sourceOfBits(from, mask << distance, depth) : undefined;
    default:
      return undefined;
  }
}

/** A mask of the lowest bits. */
export function ones(count: number): bigint {
  return (1n << BigInt(count)) - 1n;
}

function bitsOf(value: Value): bigint {
  return typeof value === 'bigint'
    ? BigInt.asUintN(64, value)
    : Number.isInteger(value)
      ? BigInt.asUintN(32, BigInt(value))
      : 0n;
}

/** Bits that lie together, as offset and number; undefined for a mask with gaps. */
export function runOf(mask: bigint): { readonly offset: number; readonly size: number } | undefined {
  let offset = 0;
  while (mask !== 0n && ((mask >> BigInt(offset)) & 1n) === 0n) {
    offset++;
  }
  const size = mask.toString(2).replace(/0*$/, '').length;
  return mask !== 0n && mask === ones(size) << BigInt(offset) ? { offset, size } : undefined;
}
