/**
 * Allocations that running code does itself: the same books, faults and bytes as when each of them goes through the
 * services.
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { SHADOW_SHIFT } from '../../src/abi/memory-map';
import { SlabModule } from '../../src/kernel/slab-services';
import type { Machine } from '../../src/machine/machine';
import { prepare, runToEnd } from '../machine/c-machine';

const declarations = `
typedef struct cache kmem_cache_t;
extern void *kmalloc(unsigned int size, int flags);
extern void kfree(const void *p);
extern kmem_cache_t *kmem_cache_create(const char *name, unsigned int size, unsigned int offset, unsigned long flags, void *ctor, void *dtor);
extern void *kmem_cache_alloc(kmem_cache_t *cache, int flags);
extern void kmem_cache_free(kmem_cache_t *cache, void *p);
static unsigned int seed = 1;
static unsigned int next(unsigned int below) { seed = seed * 1103515245 + 12345; return (seed >> 16) % below; }
`;

/**
 * Objects of many sizes and of two caches, made and freed in no order; then \`last\`, when the queues are long enough.
 */
const program = (last: string): string => `${declarations}
struct object { struct object *self; char data[200]; };
unsigned int run(void)
{
	kmem_cache_t *one = kmem_cache_create("one", sizeof(struct object), 0, 0, 0, 0);
	kmem_cache_t *two = kmem_cache_create("two", 40, 0, 0, 0, 0);
	void *held[12];
	int kind[12], i, at;
	unsigned int sum = 0;
	for (i = 0; i < 12; i++)
		kind[i] = 0;
	for (i = 0; i < 600; i++) {
		at = next(12);
		if (kind[at] == 1)
			kfree(held[at]);
		else if (kind[at] == 2)
			kmem_cache_free(one, held[at]);
		else if (kind[at] == 3)
			kmem_cache_free(two, held[at]);
		kind[at] = next(4);
		if (kind[at] == 1) {
			held[at] = kmalloc(next(3) ? 1 + next(100) : 1 + next(1500), 0);
			*(char *)held[at] = i;
		} else if (kind[at] == 2) {
			held[at] = kmem_cache_alloc(one, 0);
			((struct object *)held[at])->self = held[at];
		} else if (kind[at] == 3)
			held[at] = kmem_cache_alloc(two, 0);
		if (kind[at])
			sum = sum * 31 + (unsigned int)held[at];
	}
	${last}
	return sum;
}`;

interface Ran {
  readonly machine: Machine;
  readonly module: SlabModule;
  readonly served: number;
}

async function start(text: string, watched: boolean): Promise<Ran> {
  const module = new SlabModule();
  let served = 0;
  const services = module.services.map((service) => ({
    ...service,
    call: (call: Parameters<typeof service.call>[0]) => (served++, service.call(call)),
  }));
  const { machine } = await prepare(text, 'run', [], {}, [
    {
      name: 'slab',
      services,
      start: (host) => module.start(host),
      save: () => module.save(),
      restore: (state) => module.restore(state),
    },
  ]);
  if (watched) {
    module.slab.watch();
  }
  return {
    machine,
    module,
    get served() {
      return served;
    },
  };
}

/** All that an allocation leaves behind. */
function traces({ machine, module }: Ran) {
  const { map, memory, clock } = machine;
  const bytes = (from: number, to: number): string => Buffer.from(memory.read(from, to - from)).toString('latin1');
  return {
    clock,
    memory: bytes(map.dataStart, map.heapEnd),
    books: bytes(map.slabStart, map.slabEnd),
    shadow: bytes(map.shadowStart + (map.heapStart >> SHADOW_SHIFT), map.shadowStart + (map.heapEnd >> SHADOW_SHIFT)),
    live: module.slab.liveObjects(),
    statistics: module.slab.statistics(),
  };
}

test('running code keeps the same books as the services', async () => {
  const quick = await start(program(''), false);
  const slow = await start(program(''), true);
  expect([runToEnd(quick.machine).kind, runToEnd(slow.machine).kind]).toEqual(['end', 'end']);
  expect(traces(quick)).toEqual(traces(slow));
  expect(quick.served).toBeLessThan(slow.served / 2);
  const [object] = quick.module.slab.liveObjects();
  expect(given(object, 'object').allocatedAtClock).toBeGreaterThan(0);
  expect(given(object, 'object').allocatedAtClock).toBeLessThan(quick.machine.clock);
});

const wrong: readonly (readonly [string, string])[] = [
  ['an object is freed twice', 'held[0] = kmalloc(50, 0); kfree(held[0]); kfree(held[0]);'],
  ['a pointer into an object is freed', 'held[0] = kmalloc(50, 0); kfree((char *)held[0] + 16);'],
  [
    'a pointer into an object that looks like a header is freed',
    'held[0] = kmalloc(60, 0); ((unsigned int *)held[0])[0] = 0x10001; kfree((char *)held[0] + 16);',
  ],
  ['something that never was an object is freed', 'kfree((void *)0x1234560);'],
  ['an object is freed to another cache', 'kmem_cache_free(one, kmem_cache_alloc(two, 0));'],
  ['an object is taken from what is no cache', 'held[0] = kmalloc(50, 0); kmem_cache_alloc(held[0], 0);'],
  [
    'a freed object is read',
    'held[0] = kmem_cache_alloc(one, 0); kmem_cache_free(one, held[0]); sum = *(int *)held[0];',
  ],
];

test.each(wrong)('%s: the same fault as from the services', async (_what, last) => {
  const quick = await start(program(last), false);
  const slow = await start(program(last), true);
  const stop = runToEnd(quick.machine);
  expect(stop.kind).toBe('fault');
  expect(stop).toEqual(runToEnd(slow.machine));
});

test('an order to fail is obeyed by running code too', async () => {
  const ran = await start(program(''), false);
  while (ran.module.slab.statistics().every(({ name, allocations }) => name !== 'two' || allocations < 100)) {
    ran.machine.advance(100);
  }
  const before = given(
    ran.module.slab.statistics().find(({ name }) => name === 'one'),
    'such item',
  );
  ran.module.slab.failAllocation('one', 3);
  runToEnd(ran.machine);
  const after = given(
    ran.module.slab.statistics().find(({ name }) => name === 'one'),
    'such item',
  );
  expect([before.failures, after.failures]).toEqual([0, 1]);
});

test('going back takes the books along', async () => {
  const ran = await start(program(''), false);
  while (ran.machine.clock < 4000) {
    ran.machine.advance(500);
  }
  const saved = ran.machine.save();
  const then = traces(ran);
  runToEnd(ran.machine);
  const end = traces(ran);
  ran.machine.restore(saved);
  expect(traces(ran)).toEqual(then);
  runToEnd(ran.machine);
  expect(traces(ran)).toEqual(end);
});
