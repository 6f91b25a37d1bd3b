/**
 * The slab: kernel heap handed out as objects of named caches.
 *
 * In: sizes and cache names. Out: addresses, the same ones in every run. Each object lies on a 16-byte boundary with at
 * least 16 bytes of guard around it; fresh objects are filled with 0x5a, freed ones with 0x6b (as mm/slab.c poisons
 * them), and the shadow says which is which, so that a stray access is a fault. A freed object waits at the end of a
 * queue of at least QUARANTINE objects before it is handed out again; if its poison has changed by then, somebody wrote
 * to it after the free. Only bytes that were asked for are poisoned, and of a large object only the first: the shadow
 * lets nobody at the rest. The books are kept in machine memory (`abi/slab-layout.ts`). Running code makes the entries of
 * an allocation from the queue, and of a free, itself (`wasm/emit-slab.ts`); whatever is out of the ordinary is done
 * here.
 */
import { given, itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { alignUp, formatAddress } from '../base/bytes';
import {
  POISON_ALLOC,
  POISON_FREE,
  SHADOW_FREED,
  SHADOW_SHIFT,
  SHADOW_UNALLOCATED,
  SHADOW_VALID,
} from '../abi/memory-map';
import {
  Cache,
  CACHE_LIMIT,
  CACHE_RECORD,
  CLOCK_SHIFT,
  GENERAL_SIZES,
  HANDLE_CACHE,
  Header,
  LIVE,
  OBJECT_HEADER,
  POISONED,
  QUARANTINE,
} from '../abi/slab-layout';
import type { Fault } from '../machine/fault';
import type { Memory } from '../machine/memory';
import type { PlainData, ServiceHost } from '../machine/service';

const GRANULE = 16;
/** Name of the cache of handles. */
const HANDLES = 'kmem_cache';

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

/** "Fail the Nth": counted down at each allocation that matches. */
type PendingFailure = {
  /** A cache name, `kmalloc`, or `*` for any allocation. */
  target: string;
  remaining: number;
};

export type FreeOutcome = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };
const FREED: FreeOutcome = { ok: true };

/** What the books in memory do not say. */
type SavedSlab = {
  readonly top: number;
  readonly names: readonly (string | null)[];
  readonly addresses: readonly number[];
  readonly failures: readonly PendingFailure[];
};

/** Caches of socks, of half-open connections and of closed ones. */
const CONNECTIONS = /sock|request|tw_bucket/;

export class Slab {
  /** Names of caches, by number; null: none. */
  private names: (string | null)[] = [];
  private numbers = new Map<string, number>();
  /** Places of objects, live and freed, in ascending order. */
  private addresses: number[] = [];
  /** A copy of them as they are, which saved states share; undefined when there is none. */
  private savedAddresses: readonly number[] | undefined;
  /** Numbers of the caches of connections; undefined when they must be found anew. */
  private connections: readonly number[] | undefined;
  private failures: PendingFailure[] = [];
  private top = 0;
  private watched = false;
  private host: ServiceHost | undefined;

  /** Takes over the heap of a machine, all of which its shadow says is unallocated. */
  attach(host: ServiceHost): void {
    this.host = host;
    this.top = alignUp(host.heap.start, GRANULE);
    this.tellWatched();
  }

  /**
   * From now on every allocation goes through {@link allocate} or {@link allocateGeneral}, and every free through {@link
   * free}.
   */
  watch(): void {
    this.watched = true;
    this.tellWatched();
  }

  /**
   * Makes a cache known and answers its number; a second one of the same name is the same cache. -1: there are too many.
   */
  createCache(name: string, size: number, align = GRANULE): number {
    const known = this.numbers.get(name);
    if (known !== undefined) {
      return known;
    }
    const general = GENERAL_SIZES.findIndex((each) => name === `size-${each}`);
    let number = general >= 0 ? general : name === HANDLES ? HANDLE_CACHE : HANDLE_CACHE + 1;
    while (this.names[number]) {
      number++;
    }
    if (number >= CACHE_LIMIT) {
      return -1;
    }
    while (this.names.length <= number) {
      this.names.push(null);
    }
    this.names[number] = name;
    this.connections = undefined;
    this.numbers.set(name, number);
    const record = this.record(number);
    this.memory.fill(record, CACHE_RECORD, 0);
    this.memory.setU32(record + Cache.size, size);
    this.memory.setU32(record + Cache.align, align);
    return number;
  }

  /** Whether objects of a cache need a constructor, which only a service can call. */
  setConstructed(number: number): void {
    this.memory.setU32(this.record(number) + Cache.constructed, 1);
  }

  /** Notes the cache that a handle, an object of the cache `kmem_cache`, stands for. */
  setHandle(handle: number, number: number): void {
    this.memory.setU32(handle + Header.link, number + 1);
  }

  /** Forgets a cache; false while it has live objects. */
  destroyCache(name: string): boolean {
    const number = this.numbers.get(name);
    if (number === undefined || this.memory.u32(this.record(number) + Cache.live) > 0) {
      return false;
    }
    for (const address of this.addresses) {
      if (this.numberOf(address) === number) {
        this.memory.setU32(address + Header.cache, 0);
      }
    }
    this.addresses = this.addresses.filter((address) => this.numberOf(address) >= 0);
    this.savedAddresses = undefined;
    this.memory.fill(this.record(number), CACHE_RECORD, 0);
    this.names[number] = null;
    this.connections = undefined;
    return this.numbers.delete(name);
  }

  /** General-purpose memory; see {@link allocate}. */
  allocateGeneral(size: number): number | Fault {
    let index = 0;
    while (size > (GENERAL_SIZES[index] ?? Infinity)) {
      index++;
    }
    const fitting = GENERAL_SIZES[index];
    return fitting === undefined
      ? 0
      : this.take(this.createCache(`size-${fitting}`, fitting), Math.max(size, 1), 'kmalloc');
  }

  /**
   * An object of a cache: its address, 0 when memory is out or the scenario wants this allocation to fail, or the fault
   * found on the way.
   */
  allocate(cacheName: string, size?: number, align?: number): number | Fault {
    const number = size === undefined ? (this.numbers.get(cacheName) ?? -1) : this.createCache(cacheName, size, align);
    return number < 0 ? 0 : this.take(number, this.memory.u32(this.record(number) + Cache.size), undefined);
  }

  /** Gives an object back. `cacheName` is checked when given (kmem_cache_free). */
  free(address: number, cacheName?: string): FreeOutcome {
    const { memory } = this;
    const number = this.numberOf(address);
    if (number < 0 || !this.isLive(address)) {
      return { ok: false, fault: this.badFree(address) };
    }
    if (cacheName !== undefined && cacheName !== this.names[number]) {
      const message = sentence('object-belongs-to-another-cache', {
        at: formatAddress(address),
        cache: this.names[number] ?? undefined,
        given: cacheName,
      });
      return { ok: false, fault: { kind: 'corruption', message, address } };
    }
    const record = this.record(number);
    const room = alignUp(memory.u32(address + Header.size), GRANULE);
    memory.setU32(address + Header.cache, number + 1);
    memory.setU32(address + Header.link, 0);
    const newest = memory.u32(record + Cache.newest);
    memory.setU32(newest === 0 ? record + Cache.oldest : newest + Header.link, address);
    memory.setU32(record + Cache.newest, address);
    this.count(record + Cache.waiting, 1);
    this.count(record + Cache.live, -1);
    this.count(record + Cache.frees, 1);
    memory.fill(address, Math.min(room, POISONED), POISON_FREE);
    this.machine.setShadow(address, room, SHADOW_FREED);
    return FREED;
  }

  /** Makes the `nth` coming allocation (1 = the next) of a cache, of `kmalloc`, or of anything (`*`) return NULL. */
  failAllocation(target: string, nth: number): void {
    this.failures.push({ target, remaining: Math.max(1, nth) });
    this.tellWatched();
  }

  /** The live object that contains an address. */
  objectAt(address: number): SlabObject | undefined {
    let low = 0;
    let high = this.addresses.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (itemAt(this.addresses, middle) <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const start = this.addresses[low - 1];
    const object = start === undefined || !this.isLive(start) ? undefined : this.object(start);
    return object && address < Math.max(object.address + object.size, object.address + 1) ? object : undefined;
  }

  /** Live objects in order of address. */
  liveObjects(): SlabObject[] {
    return this.addresses.filter((address) => this.isLive(address)).map((address) => this.object(address));
  }

  statistics(): SlabCacheStatistics[] {
    return this.names.flatMap((name, number) => {
      const word = (offset: number): number => this.memory.u32(this.record(number) + offset);
      return name === null
        ? []
        : [
            {
              name,
              objectSize: word(Cache.size),
              live: word(Cache.live),
              peak: word(Cache.peak),
              allocations: word(Cache.allocations),
              frees: word(Cache.frees),
              failures: word(Cache.failures),
            },
          ];
    });
  }

  /** Objects made so far that stand for connections and requests: what remains of a packet that was taken. */
  made(): number {
    this.connections ??= this.names.flatMap((name, number) =>
      name !== null && CONNECTIONS.test(name) ? [number] : [],
    );
    let sum = 0;
    for (const number of this.connections) {
      sum += this.memory.u32(this.record(number) + Cache.allocations);
    }
    return sum;
  }

  save(): PlainData {
    return {
      top: this.top,
      names: [...this.names],
      addresses: (this.savedAddresses ??= [...this.addresses]),
      failures: this.failures.map((failure) => ({ ...failure })),
    } satisfies SavedSlab;
  }

  /** Machine memory is back at the same moment already. */
  restore(saved: PlainData): void {
    const { top, names, addresses, failures } = saved as SavedSlab;
    this.top = top;
    this.names = [...names];
    this.numbers = new Map(names.flatMap((name, number) => (name === null ? [] : [[name, number]])));
    this.addresses = [...addresses];
    this.savedAddresses = addresses;
    this.connections = undefined;
    this.failures = failures.map((failure) => ({ ...failure }));
    this.tellWatched();
  }

  private get machine(): ServiceHost {
    return given(this.host, 'machine');
  }

  private get memory(): Memory {
    return this.machine.books;
  }

  private record(number: number): number {
    return this.machine.map.slabStart + number * CACHE_RECORD;
  }

  /** Number of the cache of the object, live or freed, that begins at an address; -1 when none begins there. */
  private numberOf(address: number): number {
    const { map } = this.machine;
    const possible = address % GRANULE === 0 && address >= map.heapStart + OBJECT_HEADER && address < this.top;
    const header =
      possible && this.memory.u8(map.shadowStart + ((address - OBJECT_HEADER) >> SHADOW_SHIFT)) === SHADOW_UNALLOCATED;
    const number = header ? (this.memory.u32(address + Header.cache) & 0xffff) - 1 : -1;
    return this.names[number] ? number : -1;
  }

  private isLive(address: number): boolean {
    return (this.memory.u32(address + Header.cache) & LIVE) !== 0;
  }

  private object(address: number): SlabObject {
    const { memory } = this;
    const word = memory.u32(address + Header.cache);
    const allocatedAtClock = (word >>> CLOCK_SHIFT) * 2 ** 32 + memory.u32(address + Header.clock);
    return {
      address,
      size: memory.u32(address + Header.size),
      cache: this.names[(word & 0xffff) - 1] ?? '',
      allocatedAtClock,
    };
  }

  private nameOf(number: number): string {
    return given(this.names[number], `cache ${number}`);
  }

  private count(at: number, by: number): number {
    const value = this.memory.u32(at) + by;
    this.memory.setU32(at, value);
    return value;
  }

  /** `general`: the other name under which a failure may have been ordered. */
  private take(number: number, size: number, general: string | undefined): number | Fault {
    const name = this.nameOf(number);
    if (this.failures.length > 0 && this.shouldFail(name, general)) {
      return this.refuse(number, size);
    }
    const { machine, memory } = this;
    const record = this.record(number);
    const fresh = alignUp(this.top + OBJECT_HEADER, memory.u32(record + Cache.align));
    const end = fresh + alignUp(memory.u32(record + Cache.size), GRANULE);
    const waiting = memory.u32(record + Cache.waiting);
    let address = fresh;
    if (waiting > 0 && (waiting >= QUARANTINE || end + GRANULE > machine.heap.end)) {
      address = memory.u32(record + Cache.oldest);
      const touched = memory.firstUnlike(
        address,
        Math.min(alignUp(memory.u32(address + Header.size), GRANULE), POISONED),
        POISON_FREE,
      );
      this.unqueue(record, address);
      if (touched !== undefined) {
        const message = sentence('a-freed-object-was-written-to', { cache: name, at: formatAddress(address) });
        return { kind: 'corruption', message, address: touched };
      }
    } else if (end + GRANULE <= machine.heap.end) {
      this.top = end;
      this.addresses.push(fresh);
      this.savedAddresses = undefined;
    } else {
      return this.refuse(number, size);
    }
    const { clock } = machine;
    memory.setU32(address + Header.cache, ((number + 1) | LIVE | (Math.floor(clock / 2 ** 32) << CLOCK_SHIFT)) >>> 0);
    memory.setU32(address + Header.size, size);
    memory.setU32(address + Header.link, 0);
    memory.setU32(address + Header.clock, clock % 2 ** 32);
    this.count(record + Cache.allocations, 1);
    const live = this.count(record + Cache.live, 1);
    memory.setU32(record + Cache.peak, Math.max(memory.u32(record + Cache.peak), live));
    const asked = alignUp(size, GRANULE);
    machine.setShadow(address, asked, SHADOW_VALID);
    memory.fill(address, asked, POISON_ALLOC);
    return address;
  }

  /** Takes the oldest freed object out of its cache's queue. */
  private unqueue(record: number, oldest: number): void {
    const next = this.memory.u32(oldest + Header.link);
    this.memory.setU32(record + Cache.oldest, next);
    if (next === 0) {
      this.memory.setU32(record + Cache.newest, 0);
    }
    this.count(record + Cache.waiting, -1);
  }

  private refuse(number: number, size: number): 0 {
    this.count(this.record(number) + Cache.failures, 1);
    this.machine.journal({ event: 'allocation-failed', cache: this.nameOf(number), size });
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
    this.tellWatched();
    return failed;
  }

  private tellWatched(): void {
    this.host?.watchSlab(this.watched || this.failures.length > 0);
  }

  private badFree(address: number): Fault {
    const at = formatAddress(address);
    const number = this.numberOf(address);
    if (number >= 0) {
      return {
        kind: 'double-free',
        message: sentence('an-object-is-freed-a-second-time', { cache: this.names[number] ?? undefined, at }),
        address,
      };
    }
    const around = this.objectAt(address);
    const message = around
      ? sentence('bad-free-into-an-object', { at, cache: around.cache, object: formatAddress(around.address) })
      : sentence('bad-free-never-allocated', { at });
    return { kind: 'corruption', message, address };
  }
}
