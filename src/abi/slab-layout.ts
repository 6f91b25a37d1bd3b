/**
 * How the slab keeps its books in machine memory, where running code and the host both find them and a checkpoint takes
 * them along.
 *
 *   MemoryMap.slabStart …   one record of CACHE_RECORD bytes for each cache, by cache number; C cannot reach it
 *   object − 16 …           the header of an object, in the guard between it and its neighbour
 *
 * The granule of a header is never accessible, so its shadow byte is SHADOW_UNALLOCATED; that of an object's first bytes
 * is VALID or FREED. An unaligned word at the end of the object before may reach three bytes into it: those of the clock,
 * which is only shown. An address is an object's if the granule before it is such a header: everything else in that
 * granule's state has always been zero.
 */

/** Object sizes of the general caches behind kmalloc (2.4's cache_sizes); they have the cache numbers 0, 1, …. */
export const GENERAL_SIZES: readonly number[] = [
  32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
];
/**
 * Number of the cache whose objects stand for caches (`kmem_cache_t`); a handle's LINK is the number of its cache plus
 * one.
 */
export const HANDLE_CACHE = GENERAL_SIZES.length;
export const CACHE_LIMIT = 128;
export const CACHE_RECORD = 64;

/** Offsets in a cache's record; words. */
export const Cache = {
  /** Object size; 0: there is no such cache. */
  size: 0,
  align: 4,
  /** Freed objects: how many, the oldest and the newest, linked through LINK. */
  waiting: 8,
  oldest: 12,
  newest: 16,
  live: 20,
  peak: 24,
  allocations: 28,
  frees: 32,
  failures: 36,
  /** Nonzero: objects need their constructor, which only the service calls. */
  constructed: 40,
} as const;

/** Bytes of an object's header. */
export const OBJECT_HEADER = 16;
/** Offsets from an object to the words of its header. */
export const Header = {
  /** Low word of the machine clock at allocation. */
  clock: -16,
  /** Bytes asked for last. */
  size: -12,
  /** Cache number plus one in the low half; {@link LIVE}; above it the clock at allocation divided by 2^32. */
  cache: -8,
  /** The object freed after this one; of a live handle, see {@link HANDLE_CACHE}. */
  link: -4,
} as const;
export const LIVE = 1 << 16;
export const CLOCK_SHIFT = 17;

/** Freed objects of one cache that wait before the oldest is used again. */
export const QUARANTINE = 16;
/**
 * Bytes at the beginning of a freed object that are poisoned and looked at again; only a service could write there, for
 * the shadow keeps C away.
 */
export const POISONED = 1024;
