/** The slab as C sees it: addresses, poison, shadow, frees that are wrong, failures on demand, going back in time. */
import { expect, test } from 'vitest';
import { SHADOW_FREED, SHADOW_SHIFT, SHADOW_UNALLOCATED, SHADOW_VALID } from '../../src/abi/memory-map';
import { SlabModule } from '../../src/kernel/slab-services';
import { callService, FakeHost, faultOf, putText } from './fake-host';

function start(): {
  host: FakeHost;
  slab: SlabModule;
  call: (name: string, ...words: number[]) => ReturnType<typeof callService>;
} {
  const host = new FakeHost();
  const slab = new SlabModule();
  slab.start(host);
  return { host, slab, call: (name, ...words) => callService(host, slab, name, ...words) };
}

function shadowAt(host: FakeHost, address: number): number {
  return host.memory.u8(host.map.shadowStart + (address >> SHADOW_SHIFT));
}

test('objects are aligned, poisoned and fenced', () => {
  const { host, call } = start();
  const a = call('kmalloc', 20, 0) as number;
  const b = call('kmalloc', 20, 0) as number;
  expect([a % 16, b % 16]).toEqual([0, 0]);
  expect(host.memory.u8(a)).toBe(0x5a);
  expect(shadowAt(host, a)).toBe(SHADOW_VALID);
  expect(shadowAt(host, a + 32)).toBe(SHADOW_UNALLOCATED);
  expect(b).toBeGreaterThan(a + 32);
});

test('freed objects are poisoned, watched, and not handed out again at once', () => {
  const { host, call } = start();
  const a = call('kmalloc', 20, 0) as number;
  call('kfree', a);
  expect(host.memory.u8(a)).toBe(0x6b);
  expect(shadowAt(host, a)).toBe(SHADOW_FREED);
  expect(call('kmalloc', 20, 0)).not.toBe(a);
});

test('wrong frees are faults', () => {
  const { call } = start();
  const a = call('kmalloc', 64, 0) as number;
  expect(call('kfree', 0)).toBeUndefined();
  expect(faultOf(call('kfree', a + 16))).toBe('corruption');
  expect(faultOf(call('kfree', 0x1234))).toBe('corruption');
  call('kfree', a);
  expect(faultOf(call('kfree', a))).toBe('double-free');
});

test('a write after the free is found when the object is used again', () => {
  const { host, call } = start();
  const a = call('kmalloc', 20, 0) as number;
  call('kfree', a);
  host.memory.setU8(a + 3, 0);
  const results = Array.from({ length: 40 }, () => {
    const p = call('kmalloc', 20, 0);
    return typeof p === 'number' ? (call('kfree', p), undefined) : faultOf(p);
  });
  expect(results).toContain('corruption');
});

test('an object of one cache cannot be freed to another', () => {
  const { host, call } = start();
  const one = call('kmem_cache_create', putText(host, 'one'), 40, 0, 0, 0, 0) as number;
  const two = call('kmem_cache_create', putText(host, 'two'), 40, 0, 0, 0, 0) as number;
  const object = call('kmem_cache_alloc', one, 0) as number;
  expect(faultOf(call('kmem_cache_free', two, object))).toBe('corruption');
  expect(call('kmem_cache_free', one, object)).toBeUndefined();
});

test('the Nth allocation of a cache fails when the scenario says so, and only that one', () => {
  const { host, slab, call } = start();
  const cache = call('kmem_cache_create', putText(host, 'sock'), 800, 0, 0, 0, 0) as number;
  slab.slab.failAllocation('sock', 2);
  const results = [1, 2, 3].map(() => call('kmem_cache_alloc', cache, 0) as number);
  expect(results.map((address) => address !== 0)).toEqual([true, false, true]);
  expect(slab.slab.statistics().find(({ name }) => name === 'sock')).toMatchObject({
    live: 2,
    allocations: 2,
    failures: 1,
  });
});

test('memory runs out as NULL, not as a failure of ours', () => {
  const { call } = start();
  const results = Array.from({ length: 20 }, () => call('kmalloc', 32768, 0));
  expect(results).toContain(0);
});

test('a restored slab gives the same addresses again', () => {
  const { slab, call } = start();
  call('kmalloc', 100, 0);
  const saved = slab.save();
  const first = [call('kmalloc', 100, 0), call('kmalloc', 500, 0)];
  slab.restore(saved);
  expect([call('kmalloc', 100, 0), call('kmalloc', 500, 0)]).toEqual(first);
});
