/**
 * kmalloc, kfree, kmem_cache_alloc and kmem_cache_free in wasm, for the ordinary case: the oldest of enough freed
 * objects is used again, or a live object of the right cache is freed. The first use of memory, constructors, orders to
 * fail, and whatever is wrong go to the service of that name (`kernel/slab.ts`), which makes the same entries in the
 * same books.
 *
 * In: the argument words in locals. Out: code that returns `(fuel, result)`, or falls through. Layout:
 * `abi/slab-layout.ts`.
 */
import { itemAt, lastOf } from '../base/checked-access';
import {
  Control,
  POISON_ALLOC,
  POISON_FREE,
  SHADOW_FREED,
  SHADOW_SHIFT,
  SHADOW_UNALLOCATED,
  SHADOW_VALID,
  type MemoryMap,
} from '../abi/memory-map';
import {
  Cache,
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
import type { BlockTarget, CodeWriter } from './code-writer';
import { Op } from './opcodes';
import { FUEL_BIAS } from './target';

/** Eight bytes of POISON_FREE. */
const EIGHT_POISONED = BigInt.asIntN(64, BigInt(`0x${POISON_FREE.toString(16).repeat(8)}`));
const LARGEST = lastOf(GENERAL_SIZES);
const SMALLEST = itemAt(GENERAL_SIZES, 0);

/** `words`: local of argument word 0; the others follow. */
export function emitSlabService(writer: CodeWriter, name: string, fuel: number, words: number, map: MemoryMap): void {
  const emit = services.get(name);
  if (emit) {
    const slow = writer.open(Op.block);
    writer.control(Control.slabWatched);
    writer.brIf(slow);
    emit(new SlabEmitter(writer, fuel, map, slow), words);
    writer.close();
  }
}

const services: ReadonlyMap<string, (emitter: SlabEmitter, words: number) => void> = new Map([
  ['kmalloc', (emitter, words) => emitter.take(emitter.generalCache(words), words)],
  ['kmem_cache_alloc', (emitter, words) => emitter.take(emitter.cacheOf(words, true), undefined)],
  ['kfree', (emitter, words) => emitter.give(emitter.ownCache(words), words)],
  [
    'kmem_cache_free',
    (emitter, words) =>
      emitter.give(emitter.sameCache(emitter.cacheOf(words, false), emitter.ownCache(words + 1)), words + 1),
  ],
]);

class SlabEmitter {
  constructor(
    private readonly writer: CodeWriter,
    private readonly fuel: number,
    private readonly map: MemoryMap,
    private readonly slow: BlockTarget,
  ) {}

  /** A local with the record of the general cache for a size. */
  generalCache(size: number): number {
    const { writer } = this;
    writer.get(size);
    this.constant(1, Op.i32_sub);
    this.constant(LARGEST, Op.i32_ge_u);
    writer.brIf(this.slow);
    // The sizes are powers of two: the number of leading zeros tells which is the first that fits.
    writer.i32(Math.clz32(SMALLEST - 1));
    writer.get(size);
    this.constant(1, Op.i32_sub);
    this.constant(SMALLEST - 1, Op.i32_or);
    writer.op(Op.i32_clz, Op.i32_sub);
    return this.recordOf();
  }

  /** A local with the record of the cache that a handle stands for. */
  cacheOf(handle: number, constructs: boolean): number {
    const { writer } = this;
    this.leaveUnlessLive(handle);
    this.load(handle, Header.cache);
    this.constant(0xffff, Op.i32_and);
    this.constant(HANDLE_CACHE + 1, Op.i32_ne);
    writer.brIf(this.slow);
    this.load(handle, Header.link);
    writer.op(Op.i32_eqz);
    writer.brIf(this.slow);
    this.load(handle, Header.link);
    this.constant(1, Op.i32_sub);
    const record = this.recordOf();
    if (constructs) {
      this.load(record, Cache.constructed);
      writer.brIf(this.slow);
    }
    return record;
  }

  /** A local with the record of the cache that a live object belongs to. */
  ownCache(object: number): number {
    this.leaveUnlessLive(object);
    this.load(object, Header.cache);
    this.constant(0xffff, Op.i32_and);
    this.constant(1, Op.i32_sub);
    return this.recordOf();
  }

  /** Both records must be the same. */
  sameCache(record: number, other: number): number {
    this.writer.get(record);
    this.writer.get(other);
    this.writer.op(Op.i32_ne);
    this.writer.brIf(this.slow);
    return record;
  }

  /** Uses the oldest freed object of a cache; `size`: local with the bytes asked for, if not the cache's own size. */
  take(record: number, size: number | undefined): void {
    const { writer } = this;
    const object = writer.newLocal('i32');
    const next = writer.newLocal('i32');
    const clock = writer.newLocal('i64');
    this.load(record, Cache.waiting);
    this.constant(QUARANTINE, Op.i32_lt_u);
    writer.brIf(this.slow);
    this.load(record, Cache.oldest);
    writer.set(object);
    this.leaveUnlessPoisoned(object);
    this.load(object, Header.link);
    writer.set(next);
    this.store(record, Cache.oldest, () => writer.get(next));
    writer.get(next);
    writer.op(Op.i32_eqz);
    writer.open(Op.if);
    this.store(record, Cache.newest, () => writer.i32(0));
    writer.close();
    this.count(record, Cache.waiting, -1);
    this.count(record, Cache.allocations, 1);
    this.count(record, Cache.live, 1);
    this.load(record, Cache.live);
    this.load(record, Cache.peak);
    writer.op(Op.i32_gt_u);
    writer.open(Op.if);
    this.store(record, Cache.peak, () => this.load(record, Cache.live));
    writer.close();

    this.clock();
    writer.set(clock);
    this.store(object, Header.cache, () => {
      this.load(object, Header.cache);
      this.constant(0xffff, Op.i32_and);
      this.constant(LIVE, Op.i32_or);
      writer.get(clock);
      writer.i64(32n);
      writer.op(Op.i64_shr_u, Op.i32_wrap_i64);
      this.constant(CLOCK_SHIFT, Op.i32_shl);
      writer.op(Op.i32_or);
    });
    this.store(object, Header.size, () => (size === undefined ? this.load(record, Cache.size) : writer.get(size)));
    this.store(object, Header.link, () => writer.i32(0));
    this.store(object, Header.clock, () => {
      writer.get(clock);
      writer.op(Op.i32_wrap_i64);
    });
    const room = this.room(object);
    this.shade(object, room, SHADOW_VALID);
    this.fill(object, POISON_ALLOC, () => writer.get(room));
    this.answer(() => writer.get(object));
  }

  /** Puts a live object at the end of its cache's queue. */
  give(record: number, object: number): void {
    const { writer } = this;
    this.store(object, Header.cache, () => {
      this.load(object, Header.cache);
      this.constant(0xffff, Op.i32_and);
    });
    this.store(object, Header.link, () => writer.i32(0));
    const newest = writer.newLocal('i32');
    this.load(record, Cache.newest);
    writer.tee(newest);
    writer.open(Op.if);
    this.store(newest, Header.link, () => writer.get(object));
    writer.else();
    this.store(record, Cache.oldest, () => writer.get(object));
    writer.close();
    this.store(record, Cache.newest, () => writer.get(object));
    this.count(record, Cache.waiting, 1);
    this.count(record, Cache.live, -1);
    this.count(record, Cache.frees, 1);
    const room = this.room(object);
    this.shade(object, room, SHADOW_FREED);
    this.fill(object, POISON_FREE, () => this.poisoned(room));
    this.answer(() => writer.i32(0));
  }

  /** Makes sure that a live object begins at an address. */
  private leaveUnlessLive(address: number): void {
    const { writer } = this;
    const lowest = this.map.heapStart + OBJECT_HEADER;
    writer.get(address);
    this.constant(lowest, Op.i32_sub);
    this.constant(this.map.heapEnd - lowest, Op.i32_ge_u);
    writer.brIf(this.slow);
    writer.get(address);
    this.constant(OBJECT_HEADER - 1, Op.i32_and);
    writer.brIf(this.slow);
    writer.get(address);
    this.constant(OBJECT_HEADER, Op.i32_sub);
    this.constant(SHADOW_SHIFT, Op.i32_shr_u);
    writer.load('u8', this.map.shadowStart);
    this.constant(SHADOW_UNALLOCATED, Op.i32_ne);
    writer.brIf(this.slow);
    this.load(address, Header.cache);
    this.constant(LIVE, Op.i32_and);
    writer.op(Op.i32_eqz);
    writer.brIf(this.slow);
  }

  private leaveUnlessPoisoned(object: number): void {
    const { writer } = this;
    const at = writer.newLocal('i32');
    const end = writer.newLocal('i32');
    writer.get(object);
    writer.tee(at);
    const room = this.room(object);
    this.poisoned(room);
    writer.op(Op.i32_add);
    writer.set(end);
    const loop = writer.open(Op.loop);
    writer.get(at);
    writer.load('i64');
    writer.i64(EIGHT_POISONED);
    writer.op(Op.i64_ne);
    writer.brIf(this.slow);
    writer.get(at);
    this.constant(8, Op.i32_add);
    writer.tee(at);
    writer.get(end);
    writer.op(Op.i32_lt_u);
    writer.brIf(loop);
    writer.close();
  }

  /** A local with the bytes of an object that may be used. */
  private room(object: number): number {
    const room = this.writer.newLocal('i32');
    this.load(object, Header.size);
    this.constant(15, Op.i32_add);
    this.constant(~15, Op.i32_and);
    this.writer.set(room);
    return room;
  }

  /** Pushes how many of them are poisoned. */
  private poisoned(room: number): void {
    const { writer } = this;
    writer.get(room);
    writer.i32(POISONED);
    writer.get(room);
    this.constant(POISONED, Op.i32_lt_u);
    writer.op(Op.select);
  }

  /** Pushes the machine's clock. */
  private clock(): void {
    const { writer } = this;
    writer.i32(0);
    writer.load('i64', Control.clockAtEnd);
    writer.get(this.fuel);
    this.constant(FUEL_BIAS, Op.i32_sub);
    writer.op(Op.i64_extend_i32_s, Op.i64_sub);
  }

  private shade(object: number, room: number, state: number): void {
    const { writer } = this;
    writer.get(object);
    this.constant(SHADOW_SHIFT, Op.i32_shr_u);
    this.constant(this.map.shadowStart, Op.i32_add);
    writer.i32(state);
    writer.get(room);
    this.constant(SHADOW_SHIFT, Op.i32_shr_u);
    writer.op(0xfc, 11, 0); // memory.fill
  }

  private fill(object: number, byte: number, size: () => void): void {
    const { writer } = this;
    writer.get(object);
    writer.i32(byte);
    size();
    writer.op(0xfc, 11, 0); // memory.fill
  }

  private answer(result: () => void): void {
    this.writer.get(this.fuel);
    result();
    this.writer.op(Op.return);
  }

  /** Turns the cache number on the stack into a local with its record's address. */
  private recordOf(): number {
    const record = this.writer.newLocal('i32');
    this.constant(CACHE_RECORD, Op.i32_mul);
    this.constant(this.map.slabStart, Op.i32_add);
    this.writer.set(record);
    return record;
  }

  /** Pushes the word at a local's address plus a constant. */
  private load(local: number, offset: number): void {
    this.place(local, offset);
    this.writer.load('i32', Math.max(offset, 0));
  }

  private store(local: number, offset: number, value: () => void): void {
    this.place(local, offset);
    value();
    this.writer.store('i32', Math.max(offset, 0));
  }

  /** Static offsets are not negative. */
  private place(local: number, offset: number): void {
    this.writer.get(local);
    if (offset < 0) {
      this.constant(offset, Op.i32_add);
    }
  }

  private count(record: number, offset: number, by: number): void {
    this.store(record, offset, () => {
      this.load(record, offset);
      this.constant(by, Op.i32_add);
    });
  }

  /** The operator with a constant on its right. */
  private constant(value: number, operator: number): void {
    this.writer.i32(value);
    this.writer.op(operator);
  }
}
