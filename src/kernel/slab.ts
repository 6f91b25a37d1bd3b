/**
 * The slab: kernel heap handed out as objects of named caches.
 *
 * In: sizes and cache names. Out: addresses, the same ones in every run. Each object lies on a 16-byte boundary with at least 16 bytes
 * of guard behind it; fresh objects are filled with 0x5a, freed ones with 0x6b (as mm/slab.c poisons them), and the shadow says which
 * is which, so that a stray access is a fault. A freed object waits at the end of a queue of at least QUARANTINE objects before it is
 * handed out again; if its poison has changed by then, somebody wrote to it after the free. Only bytes that were asked for are poisoned, and of
 * a large object only the first: the shadow lets nobody at the rest.
 * Everything is plain data: caches, live objects, waiting objects, pending failures.
 */
import { alignUp, formatAddress } from '../base/bytes';
import { POISON_ALLOC, POISON_FREE, SHADOW_FREED, SHADOW_VALID } from '../ir/memory-map';
import type { Fault } from '../machine/fault';
import type { PlainData, ServiceHost } from '../machine/service';

const GRANULE = 16;
/** Freed objects of one cache that wait before the oldest is used again. */
const QUARANTINE = 16;
/** Bytes at the beginning of a freed object that are poisoned and looked at again; only a service could write there, for the shadow keeps C away. */
const POISONED = 1024;
/** The general caches behind kmalloc, by object size (2.4's cache_sizes). */
const GENERAL_SIZES = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072];

/** One live object, as the inspector lists it. */
export interface SlabObject {
  readonly address: number;
  /** Bytes asked for. */
  readonly size: number;
  readonly cache: string;
  /** Machine clock at allocation. */
  readonly allocatedAtClock: number;
}

/** Statistics of one cache. */
export interface SlabCacheStatistics {
  readonly name: string;
  readonly objectSize: number;
  readonly live: number;
  readonly peak: number;
  readonly allocations: number;
  readonly frees: number;
  readonly failures: number;
}

interface CacheState {
  readonly name: string;
  /** Object size; bytes from one object to the next are `alignUp(size, 16) + 16`, and what it takes to `align`. */
  readonly size: number;
  /** Boundary on which objects lie: 16, or a page. */
  readonly align: number;
  live: number;
  peak: number;
  allocations: number;
  frees: number;
  failures: number;
  /** Freed objects, oldest first. */
  waiting: Block[];
}

/** A place in the heap and what lies or lay there; it belongs to its cache for good. */
interface Block {
  readonly address: number;
  readonly cache: CacheState;
  /** Bytes asked for last. */
  size: number;
  allocatedAtClock: number;
  /** False: freed and not used again. */
  live: boolean;
}

/** "Fail the Nth": counted down at each allocation that matches. */
interface PendingFailure {
  /** A cache name, `kmalloc`, or `*` for any allocation. */
  target: string;
  remaining: number;
}

export type FreeOutcome = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };
const FREED: FreeOutcome = { ok: true };

/** The slab as plain data: blocks name their caches, caches the addresses of blocks. */
interface SavedSlab {
  readonly top: number;
  readonly caches: readonly (Omit<CacheState, 'waiting'> & { readonly waiting: readonly number[] })[];
  readonly blocks: readonly (Omit<Block, 'cache'> & { readonly cache: string })[];
  readonly failures: readonly PendingFailure[];
}

function shown({ address, size, cache, allocatedAtClock }: Block): SlabObject {
  return { address, size, cache: cache.name, allocatedAtClock };
}

export class Slab {
  private caches = new Map<string, CacheState>();
  /** The caches of {@link GENERAL_SIZES}, where they exist. */
  private general: (CacheState | undefined)[] = [];
  private blocks = new Map<number, Block>();
  private failures: PendingFailure[] = [];
  private top = 0;
  private host: ServiceHost | undefined;

  /** Takes over the heap of a machine, all of which its shadow says is unallocated. */
  attach(host: ServiceHost): void {
    this.host = host;
    this.top = alignUp(host.heap.start, GRANULE);
  }

  /** Makes a cache known; a second one of the same name and size is the same cache. */
  createCache(name: string, size: number, align = GRANULE): CacheState {
    let cache = this.caches.get(name);
    if (!cache) {
      cache = { name, size, align, live: 0, peak: 0, allocations: 0, frees: 0, failures: 0, waiting: [] };
      this.caches.set(name, cache);
    }
    return cache;
  }

  /** Forgets a cache; false while it has live objects. */
  destroyCache(name: string): boolean {
    const cache = this.caches.get(name);
    if (!cache || cache.live > 0) {
      return false;
    }
    for (const { address } of cache.waiting) {
      this.blocks.delete(address);
    }
    this.general = [];
    return this.caches.delete(name);
  }

  /** General-purpose memory; see {@link allocate}. */
  allocateGeneral(size: number): number | Fault {
    let index = 0;
    while (size > (GENERAL_SIZES[index] ?? Infinity)) {
      index++;
    }
    const fitting = GENERAL_SIZES[index];
    if (fitting === undefined) {
      return 0;
    }
    const cache = (this.general[index] ??= this.createCache(`size-${fitting}`, fitting));
    return this.take(cache, Math.max(size, 1), 'kmalloc');
  }

  /** An object of a cache: its address, 0 when memory is out or the scenario wants this allocation to fail, or the fault found on the way. */
  allocate(cacheName: string, size?: number, align?: number): number | Fault {
    const cache = size === undefined ? this.caches.get(cacheName) : this.createCache(cacheName, size, align);
    return cache ? this.take(cache, cache.size, undefined) : 0;
  }

  /** Gives an object back. `cacheName` is checked when given (kmem_cache_free). */
  free(address: number, cacheName?: string): FreeOutcome {
    const block = this.blocks.get(address);
    if (!block?.live) {
      return { ok: false, fault: this.badFree(address) };
    }
    const { cache } = block;
    if (cacheName !== undefined && cacheName !== cache.name) {
      const message = `kmem_cache_free: the object at ${formatAddress(address)} belongs to cache ${cache.name}, not to ${cacheName}`;
      return { ok: false, fault: { kind: 'corruption', message, address } };
    }
    const room = alignUp(block.size, GRANULE);
    block.live = false;
    cache.waiting.push(block);
    cache.live--;
    cache.frees++;
    this.machine.memory.fill(address, Math.min(room, POISONED), POISON_FREE);
    this.machine.setShadow(address, room, SHADOW_FREED);
    return FREED;
  }

  /** Makes the `nth` coming allocation (1 = the next) of a cache, of `kmalloc`, or of anything (`*`) return NULL. */
  failAllocation(target: string, nth: number): void {
    this.failures.push({ target, remaining: Math.max(1, nth) });
  }

  /** The live object that contains an address. */
  objectAt(address: number): SlabObject | undefined {
    const exact = this.blocks.get(address);
    if (exact?.live) {
      return shown(exact);
    }
    for (const block of this.blocks.values()) {
      if (block.live && address >= block.address && address < block.address + block.size) {
        return shown(block);
      }
    }
    return undefined;
  }

  /** Live objects in order of address. */
  liveObjects(): SlabObject[] {
    return [...this.blocks.values()].filter(({ live }) => live).map(shown).sort((a, b) => a.address - b.address);
  }

  statistics(): SlabCacheStatistics[] {
    return [...this.caches.values()].map(({ name, size, live, peak, allocations, frees, failures }) => ({
      name, objectSize: size, live, peak, allocations, frees, failures,
    }));
  }

  save(): PlainData {
    const saved: SavedSlab = {
      top: this.top,
      caches: [...this.caches.values()].map((cache) => ({ ...cache, waiting: cache.waiting.map(({ address }) => address) })),
      blocks: [...this.blocks.values()].map((block) => ({ ...block, cache: block.cache.name })),
      failures: this.failures.map((failure) => ({ ...failure })),
    };
    return saved as unknown as PlainData;
  }

  restore(saved: PlainData): void {
    const { top, caches, blocks, failures } = saved as unknown as SavedSlab;
    this.top = top;
    this.caches = new Map(caches.map((cache) => [cache.name, { ...cache, waiting: [] }]));
    this.general = [];
    this.blocks = new Map(blocks.map((block) => [block.address, { ...block, cache: this.caches.get(block.cache)! }]));
    for (const { name, waiting } of caches) {
      this.caches.get(name)!.waiting = waiting.map((address) => this.blocks.get(address)!);
    }
    this.failures = failures.map((failure) => ({ ...failure }));
  }

  private get machine(): ServiceHost {
    return this.host!;
  }

  /** `general`: the other name under which a failure may have been ordered. */
  private take(cache: CacheState, size: number, general: string | undefined): number | Fault {
    if (this.failures.length > 0 && this.shouldFail(cache.name, general)) {
      return this.refuse(cache, size);
    }
    const { machine } = this;
    const room = alignUp(cache.size, GRANULE);
    const fresh = alignUp(this.top, cache.align);
    const end = fresh + room + GRANULE;
    let block = cache.waiting.length >= QUARANTINE || end > machine.heap.end ? cache.waiting.shift() : undefined;
    if (block) {
      const touched = machine.memory.firstUnlike(block.address, Math.min(alignUp(block.size, GRANULE), POISONED), POISON_FREE);
      if (touched !== undefined) {
        this.blocks.delete(block.address);
        const message = `the freed ${cache.name} object at ${formatAddress(block.address)} was written to after it was freed`;
        return { kind: 'corruption', message, address: touched };
      }
      block.size = size;
      block.allocatedAtClock = machine.clock;
      block.live = true;
    } else if (end <= machine.heap.end) {
      this.top = end;
      block = { address: fresh, cache, size, allocatedAtClock: machine.clock, live: true };
      this.blocks.set(fresh, block);
    } else {
      return this.refuse(cache, size);
    }
    cache.allocations++;
    cache.live++;
    cache.peak = Math.max(cache.peak, cache.live);
    const asked = alignUp(size, GRANULE);
    machine.setShadow(block.address, asked, SHADOW_VALID);
    machine.memory.fill(block.address, asked, POISON_ALLOC);
    return block.address;
  }

  private refuse(cache: CacheState, size: number): 0 {
    cache.failures++;
    this.machine.journal({ event: 'allocation-failed', cache: cache.name, size });
    return 0;
  }

  private shouldFail(...targets: readonly (string | undefined)[]): boolean {
    let failed = false;
    for (const failure of this.failures) {
      if (failure.target === '*' || targets.includes(failure.target)) {
        failure.remaining--;
        failed ||= failure.remaining === 0;
      }
    }
    this.failures = this.failures.filter((failure) => failure.remaining > 0);
    return failed;
  }

  private badFree(address: number): Fault {
    const at = formatAddress(address);
    const block = this.blocks.get(address);
    if (block) {
      return { kind: 'double-free', message: `the ${block.cache.name} object at ${at} is freed a second time`, address };
    }
    const around = this.objectAt(address);
    const where = around ? `it points into the ${around.cache} object at ${formatAddress(around.address)}` : 'it was never allocated';
    return { kind: 'corruption', message: `bad free of ${at}: ${where}`, address };
  }
}
