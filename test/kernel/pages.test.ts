/** Pages by address and by record: a tree's mem_map, and a kernel without one. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { createKernel, type KernelParts } from '../../src/kernel/kernel';
import type { ServiceResult } from '../../src/machine/service';
import { callService, FakeHost, faultOf } from './fake-host';

const PAGE = 4096;
/** `mem_map` points to records of 12 bytes at 0x1800. */
const [MAP_POINTER, RECORDS] = [0x1010, 0x1800];

function start(withMap: boolean): {
  host: FakeHost;
  kernel: KernelParts;
  call: (name: string, ...words: number[]) => ServiceResult;
} {
  const host = new FakeHost({ page: { flags: 4, count: 4, virtual: 4 } }, withMap ? { mem_map: MAP_POINTER } : {});
  host.memory.setU32(MAP_POINTER, RECORDS);
  const kernel = createKernel();
  kernel.modules.forEach((module) => module.start?.(host));
  const pages = given(
    kernel.modules.find(({ name }) => name === 'pages'),
    'such item',
  );
  return { host, kernel, call: (name, ...words) => callService(host, pages, name, ...words) };
}

test('a page asked for by record lies where the record says', () => {
  const { host, kernel, call } = start(true);
  const record = call('_alloc_pages', 0, 0) as number;
  const address = host.memory.u32(record + 8);
  expect(address % PAGE).toBe(0);
  expect((record - RECORDS) / 12).toBe(address / PAGE);
  expect(host.memory.u32(record + 4)).toBe(1);
  expect(kernel.slab.slab.objectAt(address)?.size).toBe(PAGE);
});

test('a page goes back with its last reference, by either name', () => {
  const { host, kernel, call } = start(true);
  const record = call('__alloc_pages', 0, 0, 0) as number;
  const address = host.memory.u32(record + 8);
  host.memory.setU32(record + 4, 2);
  call('__free_pages', record, 0);
  expect(kernel.slab.slab.objectAt(address)).toBeDefined();
  call('free_pages', address, 0);
  expect(kernel.slab.slab.objectAt(address)).toBeUndefined();
  expect(faultOf(call('put_page', record))).toBe('bug');
  expect(faultOf(call('__free_pages', RECORDS + 5))).toBe('corruption');
});

test('without records pages are still handed out by address', () => {
  const { kernel, call } = start(false);
  const address = call('__get_free_pages', 0, 1) as number;
  expect(kernel.slab.slab.objectAt(address)?.size).toBe(2 * PAGE);
  expect(call('free_pages', address, 1)).toBeUndefined();
  expect(faultOf(call('_alloc_pages', 0, 0))).toBe('bug');
  expect(call('__get_free_pages', 0, 11)).toBe(0);
});
