/**
 * Checkpoints: everything the future of a run depends on, at one moment. Memory is kept as 4 KiB pages; a page that did
 * not change since the checkpoint before is shared with it, so that a checkpoint costs what was written, not what there
 * is.
 */
import { PAGE_SIZE } from '../abi/linux-process';
import type { MemoryMap } from '../abi/memory-map';
import { SHADOW_SHIFT } from '../abi/memory-map';
import type { JournalMark } from './journal';
import type { Memory } from './memory';
import type { PlainData } from './service';
import type { Task } from './tasks';

const PAGE = PAGE_SIZE;
const PAGE_LONGS = PAGE / 8;

export interface Checkpoint {
  /** Statements executed before it. */
  readonly clock: number;
  /** Statements charged so far: clock plus what the current run of statements has counted ahead. */
  readonly charged: number;
  readonly pages: ReadonlyMap<number, Uint8Array>;
  readonly tasks: { tasks: Task[]; nextId: number };
  readonly currentTask: number;
  readonly modules: ReadonlyMap<string, PlainData>;
  readonly environment: PlainData;
  /** Armed fault injections: calls left until each strikes. */
  readonly interceptions: readonly { readonly functionId: number; readonly left: number; readonly value: number }[];
  readonly journal: JournalMark;
  readonly heapHigh: number;
  /** The moment was changed by hand: what lies before it does not lead here. */
  readonly edited?: true;
}

/**
 * Page numbers that can hold state: data and heap up to the high-water mark, user memory, stacks that were ever in use, the
 * slab's books, and the heap's shadow.
 */
export function statePages(map: MemoryMap, heapHigh: number, stacksHigh = map.stacksEnd): number[] {
  const pages: number[] = [];
  const add = (start: number, end: number): void => {
    for (let page = Math.floor(start / PAGE); page < Math.ceil(end / PAGE); page++) {
      if (pages[pages.length - 1] !== page) {
        pages.push(page);
      }
    }
  };
  add(map.dataStart, Math.max(heapHigh, map.heapStart));
  add(map.userStart, stacksHigh);
  add(map.slabStart, map.slabEnd);
  add(map.shadowStart + (map.heapStart >> SHADOW_SHIFT), map.shadowStart + (heapHigh >> SHADOW_SHIFT) + 1);
  return pages;
}

/** Most of user memory and of the stacks is zero throughout a run: all such pages are this one. */
const ZERO = new Uint8Array(PAGE);

/** Copies the state pages, sharing those that equal `previous`'s, and those of zeros among each other. */
export function savePages(
  memory: Memory,
  pages: readonly number[],
  previous: ReadonlyMap<number, Uint8Array> | undefined,
): Map<number, Uint8Array> {
  const saved = new Map<number, Uint8Array>();
  const longs = new BigInt64Array(memory.bytes.buffer, 0, memory.bytes.length >> 3);
  for (const page of pages) {
    const start = page * PAGE;
    const old = previous?.get(page) ?? ZERO;
    const same = (known: Uint8Array): boolean => sameWords(longs, start >> 3, known);
    saved.set(page, same(old) ? old : same(ZERO) ? ZERO : memory.bytes.slice(start, start + PAGE));
  }
  return saved;
}

/** Compares eight bytes at once, eight times in a row: an eighth of a loop over words (measured). */
function sameWords(longs: BigInt64Array, at: number, page: Uint8Array): boolean {
  const other = new BigInt64Array(page.buffer, page.byteOffset, PAGE_LONGS);
  for (let i = 0; i < PAGE_LONGS; i += 8) {
    const now = at + i;
    if (
      longs[now] !== other[i] ||
      longs[now + 1] !== other[i + 1] ||
      longs[now + 2] !== other[i + 2] ||
      longs[now + 3] !== other[i + 3] ||
      longs[now + 4] !== other[i + 4] ||
      longs[now + 5] !== other[i + 5] ||
      longs[now + 6] !== other[i + 6] ||
      longs[now + 7] !== other[i + 7]
    ) {
      return false;
    }
  }
  return true;
}

/**
 * Writes the pages back. Pages in use now that the checkpoint lacks go back to what they were at the start (`initial`).
 */
export function restorePages(
  memory: Memory,
  checkpoint: ReadonlyMap<number, Uint8Array>,
  inUse: readonly number[],
  initial: (page: number) => Uint8Array | number,
): void {
  for (const page of inUse) {
    if (!checkpoint.has(page)) {
      const content = initial(page);
      if (typeof content === 'number') {
        memory.bytes.fill(content, page * PAGE, (page + 1) * PAGE);
      } else {
        memory.bytes.set(content, page * PAGE);
      }
    }
  }
  for (const [page, content] of checkpoint) {
    memory.bytes.set(content, page * PAGE);
  }
}

/** Pages that all checkpoints together may keep: 96 MiB. */
const PAGE_LIMIT = 24_576;

/**
 * A bounded list of checkpoints in clock order. When it is full, in number or in pages, every second one is dropped and
 * the distance doubles; the first is kept, so that the start of the run can always be reached.
 */
export class CheckpointList {
  private list: Checkpoint[] = [];
  /** Different pages in the list, or a few more. */
  private pages = 0;
  interval: number;

  constructor(
    private readonly limit: number,
    firstInterval: number,
    private readonly pageLimit = PAGE_LIMIT,
  ) {
    this.interval = firstInterval;
  }

  /** Whether a checkpoint at `clock` is due. */
  isDue(clock: number): boolean {
    const last = this.list[this.list.length - 1];
    return !last || clock >= last.clock + this.interval;
  }

  add(checkpoint: Checkpoint): void {
    const before = this.last?.pages;
    this.list.push(checkpoint);
    for (const [page, content] of checkpoint.pages) {
      this.pages += before?.get(page) === content ? 0 : 1;
    }
    if (this.list.length > this.limit) {
      this.thin();
    }
    while (this.pages > this.pageLimit && this.list.some(({ edited }, index) => index % 2 === 1 && !edited)) {
      this.thin();
    }
  }

  /** Knows what another list of the same run knows; what it knows beyond that stays when `keep` says so. */
  adopt({ list, interval, last }: CheckpointList, keep: boolean): void {
    const beyond = keep ? this.list.filter(({ clock }) => last === undefined || clock > last.clock) : [];
    this.list = [...list, ...beyond];
    this.interval = Math.max(interval, beyond.length > 0 ? this.interval : 0);
    this.pages = pagesOf(this.list);
  }

  /** The first moment after `clock` that was changed by hand. */
  editAfter(clock: number): Checkpoint | undefined {
    return this.list.find((each) => each.edited && each.clock > clock);
  }

  /** The moments that were changed by hand, in order. */
  get edits(): readonly Checkpoint[] {
    return this.list.filter(({ edited }) => edited);
  }

  /** A list of its own with what lies up to `clock`. */
  upTo(clock: number): CheckpointList {
    return this.only((checkpoint) => checkpoint.clock <= clock);
  }

  /** A list of its own with the least that the run can be made from again. */
  least(): CheckpointList {
    return this.only((checkpoint) => checkpoint.edited === true || checkpoint === this.list[0]);
  }

  private only(wanted: (checkpoint: Checkpoint) => boolean): CheckpointList {
    const copy = new CheckpointList(this.limit, this.interval, this.pageLimit);
    copy.list = this.list.filter(wanted);
    copy.pages = pagesOf(copy.list);
    return copy;
  }

  private thin(): void {
    this.list = this.list.filter(({ edited }, index) => index % 2 === 0 || edited);
    this.interval *= 2;
    this.pages = pagesOf(this.list);
  }

  get last(): Checkpoint | undefined {
    return this.list[this.list.length - 1];
  }

  get first(): Checkpoint | undefined {
    return this.list[0];
  }

  get oldest(): number {
    return this.list[0]?.clock ?? 0;
  }

  /** The latest checkpoint at or before `clock`. */
  before(clock: number): Checkpoint | undefined {
    for (let i = this.list.length - 1; i >= 0; i--) {
      const checkpoint = this.list[i];
      if (checkpoint && checkpoint.clock <= clock) {
        return checkpoint;
      }
    }
    return undefined;
  }
}

/** Different pages in checkpoints. */
function pagesOf(list: readonly Checkpoint[]): number {
  return new Set(list.flatMap(({ pages }) => [...pages.values()])).size;
}
