/**
 * The other services on a fake machine: copies across the border, blocks of memory, log, signals, scheduling, random
 * numbers.
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { createKernel, type KernelParts } from '../../src/kernel/kernel';
import { capabilityBits } from '../../src/kernel/capabilities';
import { Softirq } from '../../src/kernel/softirq';
import { BAD_POINTER } from '../../src/kernel/user-memory';
import type { ServiceResult } from '../../src/machine/service';
import { callService, FakeHost, faultOf, putText } from './fake-host';

const STRUCTS = {
  task_struct: { state: 4, sigpending: 4, pid: 4, uid: 4, cap_effective: 4, comm: 16, next_task: 4, prev_task: 4 },
  file: { f_count: 4, f_dentry: 4, f_op: 4, f_flags: 4, f_mode: 2, pad: 2 },
  inode: { i_ino: 4, i_count: 4, i_mode: 2, pad: 2 },
  dentry: { d_count: 4, d_inode: 4 },
};
const CURRENT = 0x1010;

function start(): { host: FakeHost; kernel: KernelParts; call: (name: string, ...words: number[]) => ServiceResult } {
  const host = new FakeHost(STRUCTS, { current: CURRENT, jiffies: 0x1020 }, ['dput']);
  const kernel = createKernel();
  kernel.modules.forEach((module) => module.start?.(host));
  const call = (name: string, ...words: number[]): ServiceResult => {
    const module = given(
      kernel.modules.find(({ services }) => services.some((service) => service.name === name)),
      'such item',
    );
    return callService(host, module, name, ...words);
  };
  return { host, kernel, call };
}

test('copies tell how many bytes were out of reach', () => {
  const { host, kernel, call } = start();
  const user = kernel.user.allocate(16)!;
  host.memory.write(user, Uint8Array.of(1, 2, 3, 4));
  expect(call('copy_from_user', 0x1200, user, 4)).toBe(0);
  expect([...host.memory.read(0x1200, 4)]).toEqual([1, 2, 3, 4]);
  expect(call('copy_from_user', 0x1200, 0, 4)).toBe(4);
  expect(call('copy_from_user', 0x1200, BAD_POINTER, 4)).toBe(4);
  expect(call('copy_to_user', host.map.userEnd - 2, 0x1200, 4)).toBe(2);
  expect(call('copy_to_user', 0x1200, 0x1300, 4)).toBe(4);
  expect(faultOf(call('copy_to_user', user, 0, 4))).toBe('null-dereference');
  expect(call('verify_area', 0, 0, 4)).toBe(-14);
});

test('user buffers do not overlap and can be given back', () => {
  const { kernel } = start();
  const [a, b] = [kernel.user.allocate(100)!, kernel.user.allocate(100)!];
  expect(b).toBeGreaterThanOrEqual(a + 100);
  kernel.user.release(a);
  expect(kernel.user.allocate(100)).toBe(a);
  expect(kernel.user.allocate(1 << 20)).toBeUndefined();
});

test('block operations check the whole range', () => {
  const { host, kernel, call } = start();
  const object = kernel.slab.slab.allocate('thing', 32) as number;
  expect(call('memset', object, 7, 32)).toBe(object);
  expect(host.memory.u8(object + 31)).toBe(7);
  expect(faultOf(call('memset', object, 7, 64))).toBe('wild-dereference');
  expect(faultOf(call('memcpy', object, host.map.userStart, 4))).toBe('user-dereference');
  kernel.slab.slab.free(object);
  expect(faultOf(call('memcpy', 0x1200, object, 4))).toBe('use-after-free');
  expect(call('strlen', putText(host, 'eth0'))).toBe(4);
  expect(call('strcmp', putText(host, 'a', 0x1100), putText(host, 'b', 0x1180))).toBe(-1);
});

test('printk gives one entry for each line, with its level', () => {
  const { host, call } = start();
  call('printk', putText(host, '<6>one\ntwo'));
  call('printk', putText(host, ' and more\n'));
  expect(host.entries).toEqual([
    { event: 'printk', level: 6, text: 'one' },
    { event: 'printk', level: 4, text: 'two and more' },
  ]);
  expect(faultOf(call('panic', putText(host, 'no root')))).toBe('panic');
});

test('capable asks the running process', () => {
  const { kernel, call } = start();
  const process = kernel.processes.create('A', { capabilities: capabilityBits(['CAP_NET_RAW']), uid: 1000 });
  kernel.processes.switchTo(process, 'turn');
  expect([call('capable', 13), call('capable', 10)]).toEqual([1, 0]);
});

test('schedule sleeps until the state is running again; a signal keeps an interruptible sleeper awake', () => {
  const { host, kernel, call } = start();
  const process = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  kernel.processes.switchTo(process, 'turn');
  kernel.processes.setTaskState(process, 1);
  expect(call('schedule')).toEqual({ kind: 'block' });
  host.blocked.add(process.machineTask);
  expect(kernel.scheduler.pick()).toBeUndefined();
  kernel.processes.setTaskState(process, 0);
  expect(kernel.scheduler.pick()).toBe(process);
  host.blocked.clear();
  kernel.signals.send(process, 10);
  kernel.processes.setTaskState(process, 1);
  expect(call('schedule')).toBeUndefined();
  expect(kernel.processes.taskState(process)).toBe(0);
});

test('a signal ends, restarts or interrupts a call', () => {
  const { kernel } = start();
  const process = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  const deliver = (
    disposition: { action: 'handler' | 'ignore'; restart: boolean } | undefined,
    value: number,
  ): unknown => {
    process.dispositions = disposition ? { 10: disposition } : {};
    kernel.signals.send(process, 10);
    return kernel.signals.deliver(process, value);
  };
  expect(deliver({ action: 'handler', restart: true }, -512)).toEqual({ kind: 'restart' });
  expect(deliver({ action: 'handler', restart: false }, -512)).toEqual({ kind: 'return', value: -4 });
  expect(deliver({ action: 'handler', restart: true }, -514)).toEqual({ kind: 'return', value: -4 });
  expect(deliver({ action: 'ignore', restart: false }, -512)).toEqual({ kind: 'restart' });
  expect(deliver({ action: 'handler', restart: false }, 5)).toEqual({ kind: 'return', value: 5 });
  expect(deliver(undefined, 0)).toEqual({ kind: 'terminate', signal: 10 });
});

test('several signals wait: the handler of the first decides whether the call begins again', () => {
  const { host, kernel } = start();
  const process = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  const [restarts, interrupts] = [true, false].map((restart) => ({ action: 'handler' as const, restart }));
  const deliver = (first: number, second: number): unknown => {
    kernel.signals.send(process, first);
    kernel.signals.send(process, second);
    return kernel.signals.deliver(process, -512);
  };
  process.dispositions = { 10: given(restarts, 'restarts'), 12: given(interrupts, 'interrupts') };
  expect(deliver(10, 12)).toEqual({ kind: 'restart' });
  expect(deliver(12, 10)).toEqual({ kind: 'return', value: -4 });
  expect(host.memory.u32(process.task + 4)).toBe(0);
  // One without a handler ends the process, whatever waits beside it.
  process.dispositions = { 10: given(restarts, 'restarts') };
  expect(deliver(10, 12)).toEqual({ kind: 'terminate', signal: 12 });
});

test('descriptors: lowest free one, a limit, copies at fork', () => {
  const { host, kernel, call } = start();
  const process = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  kernel.processes.switchTo(process, 'turn');
  expect([call('get_unused_fd'), call('get_unused_fd')]).toEqual([0, 1]);
  const file = call('get_empty_filp') as number;
  call('fd_install', 0, file);
  expect(call('fget', 1)).toBe(0);
  expect(call('fget', 0)).toBe(file);
  expect(host.memory.u32(file)).toBe(2);
  const child = kernel.processes.create('B', { capabilities: 0, uid: 0 });
  kernel.files.copyDescriptors(process, child);
  expect(host.memory.u32(file)).toBe(3);
  process.descriptorLimit = 2;
  expect(call('get_unused_fd')).toBe(-24);
  call('put_unused_fd', 1);
  expect(call('get_unused_fd')).toBe(1);
});

test('the last fput calls release, then gives the file back', () => {
  const { kernel, host, call } = start();
  const process = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  kernel.processes.switchTo(process, 'turn');
  const fd = kernel.files.openPlain(process);
  const file = kernel.files.fileOf(process, fd);
  const dentry = host.memory.u32(file + 4);
  expect(call('fput', file)).toEqual({ kind: 'call', function: 0, args: [dentry], data: 'free' });
});

test('random numbers repeat from run to run and after going back', () => {
  const [a, b] = [start(), start()];
  expect(a.call('net_random')).toBe(b.call('net_random'));
  const random = given(
    a.kernel.modules.find(({ name }) => name === 'random'),
    'such item',
  );
  const saved = random.save();
  const next = a.call('net_random');
  random.restore(saved);
  expect(a.call('net_random')).toBe(next);
});

test('waking says whether the process slept', () => {
  const { kernel, call } = start();
  const a = kernel.processes.create('A', { capabilities: 0, uid: 0 });
  kernel.processes.setTaskState(a, 1);
  expect(call('try_to_wake_up', a.task, 0)).toBe(1);
  expect(call('try_to_wake_up', a.task, 0)).toBe(0);
  expect(kernel.processes.taskState(a)).toBe(0);
});

test.each([
  ['with a mask, as in 2.4.0', { __softirq_active: 4, __softirq_mask: 4 }, 0],
  ['with one word, as in later kernels', { __softirq_pending: 4 }, undefined],
])('softirqs on the way out of a call: %s', (_name, shape, expected) => {
  const host = new FakeHost({ irq_cpustat_t: shape }, { irq_stat: 0x1040 }, ['do_softirq']);
  host.memory.setU32(0x1040, 8);
  host.memory.setU32(0x1044, 0xff);
  expect(new Softirq(host).pendingAtExit()).toBe(expected);
});
