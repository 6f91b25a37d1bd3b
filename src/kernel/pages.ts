/**
 * Pages for kernel trees: whole blocks of 2^order pages of 4096 bytes (hash tables at start, large buffers, the
 * fragments of socket buffers), taken from the simulated slab, so that they are watched and counted like everything
 * else.
 *
 * In: an order, by address (`__get_free_pages`) or by page record (`_alloc_pages`, `__alloc_pages`: the order is the
 * second argument in every 2.4). Out: an address, or the address of the page's record in the tree's own `mem_map`,
 * written by field name; 0 when memory is out. Blocks that have records lie on page boundaries, so that the tree's
 * arithmetic between records and addresses holds.
 */
import { given } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { PAGE_SIZE } from '../abi/linux-process';
import type { PlainData, ServiceCall, ServiceHost, ServiceModule, ServiceResult } from '../machine/service';
import { faultResult } from './memory-check';
import { service } from './service-module';
import type { Slab } from './slab';
import { StructAccess } from './struct-access';

const REASON = {
  en: 'Pages come from the machine’s memory; there are no page tables here.',
  zh: '页来自模拟机的内存；这里没有页表。',
};
const PAGE = PAGE_SIZE;
const MAX_ORDER = 10;

export class Pages implements ServiceModule {
  readonly name = 'pages';

  readonly services = [
    service('__get_free_pages', REASON, (call) => this.take(call, call.arg(1))),
    service('get_zeroed_page', REASON, (call) => this.take(call, 0, true)),
    service('free_pages', REASON, (call) => this.giveAddress(call, call.arg(0))),
    service('_alloc_pages', REASON, (call) => this.takeRecord(call)),
    service('__alloc_pages', REASON, (call) => this.takeRecord(call)),
    service('__free_pages', REASON, (call) => this.giveRecord(call.arg(0))),
    service('put_page', REASON, (call) => this.giveRecord(call.arg(0))),
  ];
  private structs: StructAccess | undefined;

  constructor(private readonly slab: Slab) {}

  start(host: ServiceHost): void {
    this.structs = new StructAccess(host);
  }

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // The slab remembers the blocks, and machine memory the records.
  }

  private get access(): StructAccess {
    return given(this.structs, 'machine');
  }

  private take(call: ServiceCall, order: number, zeroed = false): ServiceResult {
    if (order > MAX_ORDER) {
      return 0;
    }
    const size = PAGE << order;
    const address = this.slab.allocate(`pages-${order}`, size, PAGE);
    if (typeof address !== 'number') {
      return { kind: 'fault', fault: address };
    }
    if (address !== 0) {
      this.startRecord(address);
    }
    if (zeroed && address !== 0) {
      call.memory.fill(address, size, 0);
    }
    return address;
  }

  private takeRecord(call: ServiceCall): ServiceResult {
    const address = this.take(call, call.arg(1));
    if (typeof address !== 'number' || address === 0) {
      return address;
    }
    return this.recordOf(address) ?? faultResult('bug', sentence('the-tree-has-no-mem-map'));
  }

  private giveAddress(call: ServiceCall, address: number): ServiceResult {
    const record = address === 0 ? undefined : this.recordOf(address);
    return record === undefined ? this.release(address) : this.giveRecord(record);
  }

  /** Drops one reference to a page; with the last one its block goes back. */
  private giveRecord(record: number): ServiceResult {
    const [map, size] = [this.map(), this.access.size('page')];
    const at = map === undefined || size === undefined ? -1 : (record - map) / size;
    if (!Number.isInteger(at) || at < 0 || at * PAGE > this.access.host.memory.bytes.length) {
      return faultResult('corruption', sentence('free-pages-this-is-no-page-record'), record);
    }
    const count = (this.access.get(record, 'page', 'count') ?? 1) - 1;
    this.access.set(record, 'page', 'count', count);
    return count === 0
      ? this.release(at * PAGE)
      : count < 0
        ? faultResult('bug', sentence('free-pages-the-page-has-no-reference-left'), record)
        : undefined;
  }

  private release(address: number): ServiceResult {
    if (address === 0) {
      return undefined;
    }
    const outcome = this.slab.free(address);
    return outcome.ok ? undefined : faultResult(outcome.fault.kind, outcome.fault.message);
  }

  /** A block's first record: one reference, no flags, and its address where records keep it. */
  private startRecord(address: number): void {
    const record = this.recordOf(address);
    if (record !== undefined) {
      this.access.set(record, 'page', 'count', 1);
      this.access.set(record, 'page', 'flags', 0);
      this.access.set(record, 'page', 'virtual', address);
    }
  }

  private recordOf(address: number): number | undefined {
    const [map, size] = [this.map(), this.access.size('page')];
    return map === undefined || size === undefined ? undefined : map + (address / PAGE) * size;
  }

  /** Where `mem_map` points; undefined in a kernel without one. */
  private map(): number | undefined {
    const { host } = this.access;
    const pointer = host.globalAddress('mem_map');
    return pointer === undefined ? undefined : host.memory.u32(pointer) || undefined;
  }
}
