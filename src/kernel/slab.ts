/**
 * The slab: kernel heap handed out as objects of named caches.
 *
 * In: sizes and cache names. Out: addresses, the same ones in every run. Each object lies on a 16-byte boundary with at least 16 bytes
 * of guard behind it; fresh objects are filled with 0x5a, freed ones with 0x6b (as mm/slab.c poisons them), and the shadow says which
 * is which, so that a stray access is a fault. A freed object waits at the end of a queue of at least QUARANTINE objects before it is
 * handed out again; if its poison has changed by then, somebody wrote to it after the free. Only the bytes asked for are poisoned: the
 * shadow lets nobody at the rest of a general cache's object.
 * Everything is plain data: caches, live objects, waiting objects, pending failures.
 */
import { alignUp, formatAddress } from '../base/bytes';
import { POISON_ALLOC, POISON_FREE, SHADOW_FREED, SHADOW_VALID } from '../ir/memory-map';
import type { Fault } from '../machine/fault';
import type { PlainData, ServiceHost } from '../machine/service';

const GRANULE = 16;
/** Freed objects of one cache that wait before the oldest is used again. */
const QUARANTINE = 16;
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
  name: string;
  /** Object size; bytes from one object to the next are `alignUp(size, 16) + 16`, and what it takes to `align`. */
  size: number;
  /** Boundary on which objects lie: 16, or a page. */
  align: number;
  live: number;
  peak: number;
  allocations: number;
  frees: number;
  failures: number;
  /** Freed objects, oldest first. */
  waiting: number[];
}

/** "Fail the Nth": counted down at each allocation that matches. */
interface PendingFailure {
  /** A cache name, `kmalloc`, or `*` for any allocation. */
  target: string;
  remaining: number;
}

export type FreeOutcome = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };

export class Slab {
  private caches = new Map<string, CacheState>();
  private objects = new Map<number, SlabObject>();
  /** Freed and not used again, by address; `poisoned` bytes carry the pattern. */
  private freed = new Map<number, { readonly cache: string; readonly poisoned: number }>();
  private failures: PendingFailure[] = [];
  private top = 0;
  private host: ServiceHost | undefined;

  /** Takes over the heap of a machine, all of which its shadow says is unallocated. */
  attach(host: ServiceHost): void {
    this.host = host;
    this.top = alignUp(host.heap.start, GRANULE);
  }

  /** Makes a cache known; a second one of the same name and size is the same cache. */
  createCache(name: string, size: number, align = GRANULE): void {
    if (!this.caches.has(name)) {
      this.caches.set(name, { name, size, align, live: 0, peak: 0, allocations: 0, frees: 0, failures: 0, waiting: [] });
    }
  }

  /** Forgets a cache; false while it has live objects. */
  destroyCache(name: string): boolean {
    const cache = this.caches.get(name);
    if (!cache || cache.live > 0) {
      return false;
    }
    for (const address of cache.waiting) {
      this.freed.delete(address);
    }
    return this.caches.delete(name);
  }

  /** General-purpose memory; see {@link allocate}. */
  allocateGeneral(size: number): number | Fault {
    const fitting = GENERAL_SIZES.find((general) => size <= general);
    if (fitting === undefined) {
      return 0;
    }
    const name = `size-${fitting}`;
    this.createCache(name, fitting);
    return this.take(name, Math.max(size, 1), ['kmalloc', name]);
  }

  /** An object of a cache: its address, 0 when memory is out or the scenario wants this allocation to fail, or the fault found on the way. */
  allocate(cacheName: string, size?: number, align?: number): number | Fault {
    if (size !== undefined) {
      this.createCache(cacheName, size, align);
    }
    return this.take(cacheName, this.caches.get(cacheName)?.size ?? 0, [cacheName]);
  }

  /** Gives an object back. `cacheName` is checked when given (kmem_cache_free). */
  free(address: number, cacheName?: string): FreeOutcome {
    const object = this.objects.get(address);
    if (!object) {
      return { ok: false, fault: this.badFree(address) };
    }
    if (cacheName !== undefined && cacheName !== object.cache) {
      const message = `kmem_cache_free: the object at ${formatAddress(address)} belongs to cache ${object.cache}, not to ${cacheName}`;
      return { ok: false, fault: { kind: 'corruption', message, address } };
    }
    const cache = this.caches.get(object.cache)!;
    const room = alignUp(object.size, GRANULE);
    this.objects.delete(address);
    this.freed.set(address, { cache: object.cache, poisoned: room });
    cache.waiting.push(address);
    cache.live--;
    cache.frees++;
    this.machine.memory.fill(address, room, POISON_FREE);
    this.machine.setShadow(address, room, SHADOW_FREED);
    return { ok: true };
  }

  /** Makes the `nth` coming allocation (1 = the next) of a cache, of `kmalloc`, or of anything (`*`) return NULL. */
  failAllocation(target: string, nth: number): void {
    this.failures.push({ target, remaining: Math.max(1, nth) });
  }

  /** The live object that contains an address. */
  objectAt(address: number): SlabObject | undefined {
    const exact = this.objects.get(address);
    if (exact) {
      return exact;
    }
    for (const object of this.objects.values()) {
      if (address >= object.address && address < object.address + object.size) {
        return object;
      }
    }
    return undefined;
  }

  /** Live objects in order of address. */
  liveObjects(): SlabObject[] {
    return [...this.objects.values()].sort((a, b) => a.address - b.address);
  }

  statistics(): SlabCacheStatistics[] {
    return [...this.caches.values()].map(({ name, size, live, peak, allocations, frees, failures }) => ({
      name, objectSize: size, live, peak, allocations, frees, failures,
    }));
  }

  save(): PlainData {
    return structuredClone({
      top: this.top,
      caches: [...this.caches.values()],
      objects: [...this.objects.values()],
      freed: [...this.freed],
      failures: this.failures,
    }) as unknown as PlainData;
  }

  restore(saved: PlainData): void {
    const state = structuredClone(saved) as unknown as {
      top: number; caches: CacheState[]; objects: SlabObject[]; freed: [number, { cache: string; poisoned: number }][]; failures: PendingFailure[];
    };
    this.top = state.top;
    this.caches = new Map(state.caches.map((cache) => [cache.name, cache]));
    this.objects = new Map(state.objects.map((object) => [object.address, object]));
    this.freed = new Map(state.freed);
    this.failures = state.failures;
  }

  private get machine(): ServiceHost {
    return this.host!;
  }

  private take(cacheName: string, size: number, targets: readonly string[]): number | Fault {
    const cache = this.caches.get(cacheName);
    if (!cache) {
      return 0;
    }
    if (this.shouldFail(targets)) {
      cache.failures++;
      this.machine.journal({ event: 'allocation-failed', cache: cacheName, size });
      return 0;
    }
    const room = alignUp(cache.size, GRANULE);
    const fresh = alignUp(this.top, cache.align);
    let address = cache.waiting.length >= QUARANTINE || fresh + room + GRANULE > this.machine.heap.end ? cache.waiting.shift() : undefined;
    if (address !== undefined) {
      const touched = this.firstUnpoisoned(address, this.freed.get(address)?.poisoned ?? 0);
      this.freed.delete(address);
      if (touched !== undefined) {
        const message = `the freed ${cacheName} object at ${formatAddress(address)} was written to after it was freed`;
        return { kind: 'corruption', message, address: touched };
      }
    } else if (fresh + room + GRANULE <= this.machine.heap.end) {
      address = fresh;
      this.top = fresh + room + GRANULE;
    } else {
      cache.failures++;
      this.machine.journal({ event: 'allocation-failed', cache: cacheName, size });
      return 0;
    }
    this.objects.set(address, { address, size, cache: cacheName, allocatedAtClock: this.machine.clock });
    cache.allocations++;
    cache.live++;
    cache.peak = Math.max(cache.peak, cache.live);
    this.machine.setShadow(address, alignUp(size, GRANULE), SHADOW_VALID);
    this.machine.memory.fill(address, alignUp(size, GRANULE), POISON_ALLOC);
    return address;
  }

  private shouldFail(targets: readonly string[]): boolean {
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

  private firstUnpoisoned(address: number, size: number): number | undefined {
    return this.machine.memory.firstUnlike(address, size, POISON_FREE);
  }

  private badFree(address: number): Fault {
    const at = formatAddress(address);
    const cache = this.freed.get(address)?.cache;
    if (cache !== undefined) {
      return { kind: 'double-free', message: `the ${cache} object at ${at} is freed a second time`, address };
    }
    const around = this.objectAt(address);
    const where = around ? `it points into the ${around.cache} object at ${formatAddress(around.address)}` : 'it was never allocated';
    return { kind: 'corruption', message: `bad free of ${at}: ${where}`, address };
  }
}
