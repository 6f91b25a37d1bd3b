/**
 * Pages for kernel trees that ask for whole pages (hash tables at start, large buffers): blocks of the simulated slab, so that they are
 * watched and counted like everything else.
 *
 * In: an order (log2 of the number of 4096-byte pages). Out: an address, or 0 when memory is out. Addresses are 16-byte aligned: nothing
 * maps these pages.
 */
import type { PlainData, ServiceCall, ServiceModule, ServiceResult } from '../machine/service';
import { faultResult } from './memory-check';
import { service } from './service-module';
import type { Slab } from './slab';

const REASON = {
  en: 'Pages come from the machine’s memory; there are no page tables here.',
  zh: '页来自模拟机的内存；这里没有页表。',
};
const PAGE = 4096;

export class Pages implements ServiceModule {
  readonly name = 'pages';

  readonly services = [
    service('__get_free_pages', REASON, (call) => this.take(call, call.arg(1))),
    service('get_zeroed_page', REASON, (call) => this.take(call, 0, true)),
    service('free_pages', REASON, (call) => this.give(call.arg(0))),
  ];

  constructor(private readonly slab: Slab) {}

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // The slab remembers the blocks.
  }

  private take(call: ServiceCall, order: number, zeroed = false): ServiceResult {
    if (order > 10) {
      return 0;
    }
    const size = PAGE << order;
    const address = this.slab.allocate(`pages-${order}`, size);
    if (typeof address !== 'number') {
      return { kind: 'fault', fault: address };
    }
    if (zeroed && address !== 0) {
      call.memory.fill(address, size, 0);
    }
    return address;
  }

  private give(address: number): ServiceResult {
    if (address === 0) {
      return undefined;
    }
    const outcome = this.slab.free(address);
    return outcome.ok ? undefined : faultResult(outcome.fault.kind, outcome.fault.message);
  }
}
