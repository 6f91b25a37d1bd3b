/**
 * What a statement did to some bits of the bytes that it wrote, and bit-fields that it read.
 *
 * In: the provenance of the bytes. Out: the same as of whole bytes (`trace.ts`): where the bits were moved from, or what
 * they were computed from; bits whose neighbours alone were written are as they were.
 */
import type { Machine } from '../machine/machine';
import { ones, runOf, sourceOfBits, type BitSource } from './bit-provenance';
import { Ranges, type Bits, type Collected, type SourceRange } from './source-ranges';
import type { TracedMemory, Watched } from './traced-memory';

/** The bits of a byte of memory, and where they come from. */
interface Piece {
  /** Bit of the memory as a whole. */
  readonly at: number;
  readonly source: BitSource;
}

export function collectBits(machine: Machine, memory: TracedMemory, watched: Watched, bits: Bits): Collected {
  const ranges = new Ranges(machine, memory);
  const pieces = piecesOf(memory, watched, bits);
  const isKept = pieces.every(({ at, source }) => source.kind === 'memory' && bitOf(source) === at);
  const places = isKept ? [] : joined(pieces);
  const rest = pieces.flatMap(({ source }) =>
    source.kind === 'computed'
      ? [source.from]
      : source.kind === 'service'
        ? source.from.words.map(({ from }) => from)
        : [],
  );
  const { operands, services, isOutside } = ranges.operandsOf(rest);
  const given = pieces.flatMap(({ source }) => (source.kind === 'service' ? [source.from.name] : []));
  const isMoved = places.length === 1 && rest.length === 0;
  const movedRanges = places.map((place) => ({
    ...ranges.range(place.address, place.size),
    bits: bitsIn(machine, place),
  }));
  return {
    isWritten: !isKept,
    moved: isMoved ? movedRanges : [],
    kept: isKept ? [ranges.range(watched.address, watched.size)] : [],
    operands: isMoved ? operands : [...movedRanges, ...operands],
    services: [...new Set([...given, ...services])],
    isConstant: pieces.every(({ source }) => source.kind === 'constant'),
    isComputed: rest.length > 0 || places.length > 1,
    isOutside: isOutside || pieces.some(({ source }) => source.kind === 'outside'),
  };
}

function piecesOf(memory: TracedMemory, { address, size }: Watched, bits: Bits): Piece[] {
  const mask = ones(bits.size) << BigInt(bits.offset);
  return Array.from({ length: size }, (_, index) => index).flatMap((index): Piece[] => {
    const own = (mask >> BigInt(8 * index)) & 0xffn;
    const part = memory.partOf(address + index);
    if (own === 0n) {
      return [];
    }
    const source: BitSource = part
      ? sourceOfBits(part.from, own << BigInt(8 * part.index))
      : { kind: 'memory', address: address + index, size: 1, mask: own };
    return [{ at: 8 * (address + index) + (runOf(own)?.offset ?? 0), source }];
  });
}

/** The bits of a place; undefined where they are all of it that is not zero: `field = number`. */
function bitsIn({ memory }: Machine, { address, size, mask }: Place): Bits | undefined {
  const all = [...memory.read(address, size)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const bits = runOf(mask);
  return bits?.offset === 0 && all === (all & mask) ? undefined : bits;
}

type Place = Extract<BitSource, { kind: 'memory' }>;

function bitOf({ address, mask }: Place): number {
  return 8 * address + (runOf(mask)?.offset ?? 0);
}

/** Bits of one load are one place. */
function joined(pieces: readonly Piece[]): Place[] {
  const places = new Map<string, Place>();
  for (const { source } of pieces) {
    if (source.kind === 'memory') {
      const key = `${source.address} ${source.size}`;
      places.set(key, { ...source, mask: source.mask | (places.get(key)?.mask ?? 0n) });
    }
  }
  return [...places.values()];
}

/** The bit-field that the watched bytes were read from, when they are nothing but its value. */
export function fieldRead(machine: Machine, memory: TracedMemory, { address, size }: Watched): SourceRange | undefined {
  const first = memory.partOf(address);
  const isOne = Array.from({ length: size }, (_, index) => memory.partOf(address + index)).every(
    (part, index) => part?.from === first?.from && part?.index === (first?.index ?? 0) + index,
  );
  if (!first || !isOne) {
    return undefined;
  }
  const sourceOf = (mask: bigint): BitSource => sourceOfBits(first.from, mask << BigInt(8 * first.index));
  const [source, lowest] = [sourceOf(ones(8 * size)), sourceOf(1n)];
  const bits = source.kind === 'memory' ? runOf(source.mask) : undefined;
  return source.kind === 'memory' && lowest.kind === 'memory' && bits && bitOf(lowest) === bitOf(source)
    ? { ...new Ranges(machine, memory).range(source.address, source.size), bits }
    : undefined;
}
