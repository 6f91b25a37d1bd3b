/**
 * Bytes that a value comes from, put together to ranges, with the C that the statement names them with.
 *
 * In: addresses, provenance of what was computed. Out: ranges, each with its expression and the frame that it lies in.
 */
import { frameAt, type OwnFrame } from '../machine/frame-bytes';
import type { JournalEntry } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import { leavesOf, type Provenance } from './provenance';
import type { TracedMemory } from './traced-memory';

/** Bits of some bytes, counted from the lowest of the first. */
export interface Bits {
  readonly offset: number;
  readonly size: number;
}

/** Bytes at the moment before a statement. */
export interface SourceRange {
  readonly address: number;
  readonly size: number;
  /** Those of their bits that were moved, when it is not all. */
  readonly bits?: Bits | undefined;
  /** The C expression that the statement names them with. */
  readonly expression: string | undefined;
  /** The frame they lie in. */
  readonly frame: OwnFrame | undefined;
}

/** What a statement did to some bytes. */
export interface Trace {
  /** Whether the statement wrote any of the bytes. */
  readonly isWritten: boolean;
  /** Bytes that were moved here, unchanged; each run of them that lies together is one range. */
  readonly moved: readonly SourceRange[];
  /** The bit-field that they were read from, as it is. */
  readonly field?: SourceRange | undefined;
  /** Bytes that the statement left as they were. */
  readonly kept: readonly SourceRange[];
  /** The others: the values they were computed from. */
  readonly operands: readonly SourceRange[];
  /** Services whose results are in them. */
  readonly services: readonly string[];
  readonly isConstant: boolean;
  readonly isComputed: boolean;
  /** Something outside the kernel's C wrote some of them. */
  readonly isOutside: boolean;
  /** Frames that had returned when they were written: 1 when the caller did it with what the statement returned. */
  readonly returns: number;
  /** What happened meanwhile. */
  readonly entries: readonly JournalEntry[];
}

/** What is collected of the bytes that a statement wrote. */
export type Collected = Omit<Trace, 'entries' | 'returns'>;

/** Bytes put together to ranges, with names. */
export class Ranges {
  constructor(
    private readonly machine: Machine,
    private readonly memory: TracedMemory,
  ) {}

  /** Runs of bytes that lie together, whichever way round. */
  of(addresses: readonly number[]): readonly SourceRange[] {
    const sorted = [...new Set(addresses)].sort((a, b) => a - b);
    const ranges: SourceRange[] = [];
    for (let first = 0; first < sorted.length;) {
      let last = first;
      while (sorted[last + 1] === (sorted[last] ?? 0) + 1) {
        last++;
      }
      ranges.push(this.range(sorted[first] ?? 0, last - first + 1));
      first = last + 1;
    }
    return ranges;
  }

  range(address: number, size: number): SourceRange {
    const { stacksStart, stacksEnd } = this.machine.map;
    const onStack = address >= stacksStart && address < stacksEnd;
    return {
      address,
      size,
      expression: this.memory.names.get(address),
      frame: onStack ? frameAt(this.machine, address) : undefined,
    };
  }

  /** What values were computed from. */
  operandsOf(computed: readonly Provenance[]): {
    readonly operands: readonly SourceRange[];
    readonly services: readonly string[];
    readonly isOutside: boolean;
  } {
    const leaves = [...new Set(computed)].flatMap((from) => [...leavesOf(from)]);
    const loads = new Map(
      leaves.flatMap((leaf) => (leaf.kind === 'load' ? [[`${leaf.address} ${leaf.size}`, leaf] as const] : [])),
    );
    return {
      operands: [...loads.values()].map((leaf) => this.range(leaf.address, leaf.size)),
      services: leaves.flatMap((leaf) => (leaf.kind === 'service' ? [leaf.name] : [])),
      isOutside: leaves.some(({ kind }) => kind === 'outside'),
    };
  }
}
