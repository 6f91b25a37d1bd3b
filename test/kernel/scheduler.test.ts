/**
 * Who runs next, as kernel/sched.c of 2.4 decides it with equal time slices: on a fake machine for the rules, on the
 * bundled kernel for a handshake that ends while the client is inside schedule().
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { createKernel, type KernelParts } from '../../src/kernel/kernel';
import type { Process } from '../../src/kernel/processes';
import type { ServiceResult } from '../../src/machine/service';
import { runText } from '../scenario/bundled-kernel';
import { callService, FakeHost } from './fake-host';

const TASK = { state: 4, sigpending: 4, need_resched: 4, policy: 4, pid: 4, comm: 16, next_task: 4, prev_task: 4 };
const { policy: _policy, ...TASK_WITHOUT_POLICY } = TASK;
const SLEEPING = 1;
const YIELD = 0x10;
const ASIDE = { kind: 'block' };

interface Bench {
  readonly kernel: KernelParts;
  readonly processes: readonly Process[];
  call(name: string, ...words: number[]): ServiceResult;
  /** Makes a process the current one, in the kernel. */
  run(process: Process): void;
  /** What schedule() answers the current process; it is off the processor when it blocks. */
  schedule(): ServiceResult;
  sleep(process: Process): void;
}

function bench(names: string, task: Readonly<Record<string, number>> = TASK): Bench {
  const host = new FakeHost({ task_struct: task }, { current: 0x1010 });
  const kernel = createKernel();
  kernel.modules.forEach((module) => module.start?.(host));
  const scheduler = given(
    kernel.modules.find(({ name }) => name === 'scheduler'),
    'such item',
  );
  const processes = [...names].map((name) => kernel.processes.create(name, { capabilities: 0, uid: 0 }));
  const call = (name: string, ...words: number[]): ServiceResult => callService(host, scheduler, name, ...words);
  const run = (process: Process): void => {
    host.blocked.delete(process.machineTask);
    host.busy.add(process.machineTask);
    kernel.scheduler.resumed(process);
    kernel.scheduler.enter(process);
    kernel.processes.switchTo(process, 'turn');
  };
  const schedule = (): ServiceResult => {
    const answer = call('schedule');
    if (typeof answer === 'object') {
      host.blocked.add(kernel.processes.current.machineTask);
    }
    return answer;
  };
  const sleep = (process: Process): void => {
    run(process);
    kernel.processes.setTaskState(process, SLEEPING);
    expect(schedule()).toEqual(ASIDE);
  };
  return { kernel, processes, call, run, schedule, sleep };
}

test('a process that is TASK_RUNNING keeps the processor, whoever else can run', () => {
  const { kernel, processes, run, schedule, sleep, call } = bench('ABC');
  const [a, b, c] = processes as [Process, Process, Process];
  sleep(b);
  sleep(c);
  run(a);
  [b, c].forEach(({ task }) => call('wake_up_process', task));
  expect(schedule()).toBeUndefined();
  expect(kernel.processes.current).toBe(a);
});

test('of two sleepers the one woken last runs first, and a second wake-up changes nothing', () => {
  const { kernel, processes, sleep, call } = bench('ABC');
  const [a, b, c] = processes as [Process, Process, Process];
  [a, b, c].forEach(sleep);
  expect([a, b, a].map(({ task }) => call('wake_up_process', task))).toEqual([1, 1, 0]);
  expect(kernel.scheduler.pick()).toBe(b);
  kernel.scheduler.leave(b);
  kernel.processes.setTaskState(b, SLEEPING);
  expect(kernel.scheduler.pick()).toBe(a);
});

test('a process that is ordered to run first does so once', () => {
  const { kernel, processes, sleep, call } = bench('ABC');
  const [a, b, c] = processes as [Process, Process, Process];
  [a, b, c].forEach(sleep);
  [a, b, c].forEach(({ task }) => call('wake_up_process', task));
  kernel.scheduler.prefer(a.pid);
  expect(kernel.scheduler.pick()).toBe(a);
  expect(kernel.scheduler.pick()).toBe(c);
});

test('where a tree adds the woken to the end, the one woken first runs first', () => {
  const { kernel, processes, sleep, call } = bench('AB');
  processes.forEach(sleep);
  kernel.scheduler.order = { woken: 'end', yieldMovesLast: true };
  processes.forEach(({ task }) => call('wake_up_process', task));
  expect(kernel.scheduler.pick()).toBe(processes[0]);
});

for (const [fields, task] of [
  ['with a policy in the task_struct', TASK],
  ['without one', TASK_WITHOUT_POLICY],
] as const) {
  test(`sched_yield lets another go first, once (${fields})`, () => {
    const { kernel, processes, run, schedule, sleep, call } = bench('AB', task);
    const [a, b] = processes as [Process, Process];
    sleep(b);
    run(a);
    expect([call('sys_sched_yield'), schedule()]).toEqual([0, undefined]);
    call('wake_up_process', b.task);
    call('sys_sched_yield');
    expect(kernel.processes.access.get(a.task, 'task_struct', 'need_resched')).toBe(1);
    expect(kernel.processes.access.get(a.task, 'task_struct', 'policy') ?? YIELD).toBe(YIELD);
    expect(schedule()).toEqual(ASIDE);
    expect(kernel.processes.access.get(a.task, 'task_struct', 'policy') ?? 0).toBe(0);
    expect(kernel.scheduler.pick()).toBe(b);
    run(b);
    expect(schedule()).toBeUndefined();
    kernel.processes.setTaskState(b, SLEEPING);
    schedule();
    expect(kernel.scheduler.pick()).toBe(a);
    run(a);
    call('wake_up_process', b.task);
    expect(schedule()).toBeUndefined();
  });
}

test('being put aside is not told as a sleep, and going back takes the queue along', () => {
  const { kernel, processes, run, schedule, sleep, call } = bench('ABC');
  const [a, b, c] = processes as [Process, Process, Process];
  [b, c].forEach(sleep);
  const saved = kernel.scheduler.save();
  run(a);
  [b, c].forEach(({ task }) => call('wake_up_process', task));
  call('sys_sched_yield');
  schedule();
  expect(kernel.scheduler.pick()).toBe(c);
  expect(kernel.scheduler.resumed(a)).toBe(true);
  kernel.scheduler.restore(saved);
  [c, b].forEach(({ task }) => call('wake_up_process', task));
  expect(kernel.scheduler.pick()).toBe(b);
});

test('a handshake that ends inside schedule() lets connect return before accept, without a sleep', async () => {
  const { machine, workload } = await runText(
    '//! process: A, B\n--remote_ip=127.0.0.1\n' +
      'A: 0 socket(AF_INET, SOCK_STREAM, 0) = 3\nA: +0 bind(3, ..., ...) = 0\nA: +0 listen(3, 5) = 0\n' +
      'A: +0...0.1 accept(3, ..., ...) = 4\n' +
      'B: +.1 socket(AF_INET, SOCK_STREAM, 0) = 3\nB: +0 connect(3, ..., ...) = 0\n',
  );
  expect(workload.failures).toEqual([]);
  const told = machine.journal.flatMap((entry) =>
    entry.event === 'call' || entry.event === 'return'
      ? [[entry.event, entry.process, entry.text.split('(')[0]]]
      : entry.event === 'sleep'
        ? [[entry.event, entry.process, '']]
        : [],
  );
  expect(told.slice(-6)).toEqual([
    ['sleep', 'A', ''],
    ['call', 'B', 'socket'],
    ['return', 'B', 'socket'],
    ['call', 'B', 'connect'],
    ['return', 'B', 'connect'],
    ['return', 'A', 'accept'],
  ]);
});
