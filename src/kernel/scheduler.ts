/**
 * The scheduler: schedule() puts a process to sleep until somebody sets its `task->state` to TASK_RUNNING again.
 *
 * In: schedule() from C; `pick` from the environment whenever no C can go on. Out: the process to run next: the one in
 * pid order after the last that ran, so that the order is the same in every run and nobody starves. As in 2.4.0
 * (kernel/sched.c), schedule() runs pending softirqs first (later kernels leave them to interrupts and ksoftirqd), and
 * an interruptible sleeper with a signal does not sleep at all.
 */
import type { PlainData, ServiceCall, ServiceHost, ServiceModule, ServiceResult } from '../machine/service';
import { faultResult } from './memory-check';
import { TASK_INTERRUPTIBLE, TASK_RUNNING, type Process, type Processes } from './processes';
import { service } from './service-module';
import { Softirq } from './softirq';

const REASON = {
  en: 'Switching tasks exchanges processor state; the simulator keeps a stack for each process and picks the next in a fixed order.',
  zh: '任务切换要交换处理器状态；模拟器为每个进程保存一个栈，并按固定顺序选择下一个。',
};

const TICK_REASON = {
  en: 'Time slices belong to task switching, which is simulated: nobody is preempted.',
  zh: '时间片属于任务切换，由模拟器负责：这里没有抢占。',
};

const QUEUE_REASON = {
  en: 'It moves the process to the end of the run queue, which is simulated: whoever else can run comes first anyway when schedule is called next.',
  zh: '它把进程移到运行队列末尾，而运行队列由模拟器维护：接着调用 schedule 时，本来就让其他能运行的进程先走。',
};

export class Scheduler implements ServiceModule {
  readonly name = 'scheduler';
  private softirq: Softirq | undefined;
  private host: ServiceHost | undefined;

  readonly services = [
    service(
      'schedule',
      REASON,
      (call) => this.schedule(call),
      (call) => this.schedule(call),
    ),
    service('wake_up_process', REASON, (call) => this.wake(call)),
    service('try_to_wake_up', REASON, (call) => this.wake(call)),
    service('scheduler_tick', TICK_REASON, () => undefined),
    service('sys_sched_yield', QUEUE_REASON, () => 0),
  ];

  constructor(private readonly processes: Processes) {}

  start(host: ServiceHost): void {
    this.host = host;
    this.softirq = new Softirq(host);
  }

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Who sleeps is known to the machine, who may run to the task_structs.
  }

  /**
   * The next process that can run: its C can go on, or it sleeps in schedule() and has been woken. Undefined when there
   * is none.
   */
  pick(): Process | undefined {
    const all = this.processes.list().filter((process) => process.pid !== 0);
    const after = all.findIndex((process) => process.pid > this.processes.current.pid);
    const order = after < 0 ? all : [...all.slice(after), ...all.slice(0, after)];
    return order.find((process) => this.canRun(process));
  }

  private canRun(process: Process): boolean {
    const host = this.host!;
    return host.isBlocked(process.machineTask)
      ? this.processes.taskState(process) === TASK_RUNNING
      : !host.isIdle(process.machineTask);
  }

  private schedule(call: ServiceCall): ServiceResult {
    const process = this.processes.current;
    if (process.pid === 0 || this.softirq!.inInterrupt()) {
      return faultResult('bug', 'Scheduling in interrupt');
    }
    const softirq = this.softirq!.pendingAtExit();
    if (softirq !== undefined) {
      return { kind: 'call', function: softirq, args: [], data: null };
    }
    const state = this.processes.taskState(process);
    if (state === TASK_INTERRUPTIBLE && process.pendingSignals.length > 0) {
      this.processes.setTaskState(process, TASK_RUNNING);
      return undefined;
    }
    if (state === TASK_RUNNING && !this.othersCanRun(process)) {
      return undefined;
    }
    call.host.journal({ event: 'sleep', pid: process.pid, state });
    return { kind: 'block' };
  }

  private othersCanRun(self: Process): boolean {
    return this.processes.list().some((process) => process !== self && process.pid !== 0 && this.canRun(process));
  }

  private wake(call: ServiceCall): ServiceResult {
    const process = this.processes.byTask(call.arg(0));
    if (!process) {
      return faultResult('wild-dereference', 'wake_up_process: not a task', call.arg(0));
    }
    const slept = this.processes.taskState(process) !== TASK_RUNNING;
    this.processes.setTaskState(process, TASK_RUNNING);
    return slept ? 1 : 0;
  }
}
