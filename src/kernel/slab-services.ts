/**
 * kmalloc, kfree and the kmem_cache functions of mm/slab.c as services over {@link Slab}.
 *
 * In: the calls of C. Out: addresses, NULL, or a fault (double free, bad free, write after free). A `kmem_cache_t` is
 * itself a small object in machine memory, so that C can pass its address around; a constructor given to
 * kmem_cache_create is run on each object.
 */
import { sentence } from '../sentences/sentence';
import type { PlainData, Service, ServiceCall, ServiceHost, ServiceModule, ServiceResult } from '../machine/service';
import type { Fault } from '../machine/fault';
import { faultResult } from './memory-check';
import { service } from './service-module';
import { Slab } from './slab';

const REASON = {
  en: 'Memory: the allocator is simulated, so that addresses repeat, freed memory is watched and a scenario can make an allocation fail.',
  zh: '内存：分配器由模拟器实现，这样每次运行地址相同，释放后的内存受到监视，场景也能让某次分配失败。',
};

/** Flag with which mm/slab.c calls a constructor (SLAB_CTOR_CONSTRUCTOR). */
const CTOR_CONSTRUCTOR = 1;
/** Size of the object that stands for a kmem_cache_t. */
const HANDLE_SIZE = 32;

type CacheHandle = {
  name: string;
  /** Function id of the constructor, or -1. */
  constructorId: number;
};

export class SlabModule implements ServiceModule {
  readonly name = 'slab';
  readonly slab = new Slab();
  private handles = new Map<number, CacheHandle>();

  readonly services: readonly Service[] = [
    service('kmalloc', REASON, (call) => this.answer(this.slab.allocateGeneral(call.arg(0)))),
    service('kfree', REASON, (call) => (call.arg(0) === 0 ? undefined : this.released(this.slab.free(call.arg(0))))),
    service('kmem_cache_create', REASON, (call) => this.create(call)),
    service(
      'kmem_cache_alloc',
      REASON,
      (call) => this.allocate(call),
      (_call, data) => data as number,
    ),
    service('kmem_cache_free', REASON, (call) => this.release(call)),
    service('kmem_cache_destroy', REASON, (call) => this.destroy(call)),
    service('kmem_cache_shrink', REASON, () => 0),
  ];

  start(host: ServiceHost): void {
    this.slab.attach(host);
  }

  save(): PlainData {
    return { slab: this.slab.save(), handles: [...this.handles].map(([address, handle]) => ({ address, ...handle })) };
  }

  restore(saved: PlainData): void {
    const state = saved as { slab: PlainData; handles: (CacheHandle & { address: number })[] };
    this.slab.restore(state.slab);
    this.handles = new Map(state.handles.map(({ address, name, constructorId }) => [address, { name, constructorId }]));
  }

  private create(call: ServiceCall): ServiceResult {
    const name = call.memory.cString(call.arg(0), 64);
    const constructor = call.arg(4);
    const known = [...this.handles].find(([, handle]) => handle.name === name);
    if (known) {
      return faultResult('bug', sentence('a-cache-of-this-name-exists', { name }), known[0]);
    }
    const address = this.slab.allocate('kmem_cache', HANDLE_SIZE);
    if (typeof address !== 'number' || address === 0) {
      return this.answer(address);
    }
    call.memory.fill(address, HANDLE_SIZE, 0);
    const number = this.slab.createCache(name, call.arg(1));
    if (number < 0) {
      return this.released(this.slab.free(address)) ?? 0;
    }
    this.slab.setHandle(address, number);
    if (constructor !== 0) {
      this.slab.setConstructed(number);
    }
    this.handles.set(address, {
      name,
      constructorId: constructor === 0 ? -1 : (call.host.functionAt(constructor) ?? -1),
    });
    return address;
  }

  private allocate(call: ServiceCall): ServiceResult {
    const handle = this.handles.get(call.arg(0));
    if (!handle) {
      return faultResult('corruption', sentence('function-not-a-cache', { function: 'kmem_cache_alloc' }), call.arg(0));
    }
    const address = this.slab.allocate(handle.name);
    if (typeof address !== 'number' || address === 0 || handle.constructorId < 0) {
      return this.answer(address);
    }
    return {
      kind: 'call',
      function: handle.constructorId,
      args: [address, call.arg(0), CTOR_CONSTRUCTOR],
      data: address,
    };
  }

  private release(call: ServiceCall): ServiceResult {
    const handle = this.handles.get(call.arg(0));
    return handle
      ? this.released(this.slab.free(call.arg(1), handle.name))
      : faultResult('corruption', sentence('function-not-a-cache', { function: 'kmem_cache_free' }), call.arg(0));
  }

  private destroy(call: ServiceCall): ServiceResult {
    const handle = this.handles.get(call.arg(0));
    if (!handle || !this.slab.destroyCache(handle.name)) {
      return 1;
    }
    this.handles.delete(call.arg(0));
    this.slab.free(call.arg(0));
    return 0;
  }

  private answer(outcome: number | Fault): ServiceResult {
    return typeof outcome === 'number' ? outcome : { kind: 'fault', fault: outcome };
  }

  private released(outcome: ReturnType<Slab['free']>): ServiceResult {
    return outcome.ok ? undefined : { kind: 'fault', fault: outcome.fault };
  }
}
