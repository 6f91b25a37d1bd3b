/**
 * The scheduler: schedule() puts a process to sleep until somebody wakes it, or aside when another is better.
 *
 * In: schedule(), wake-ups and sched_yield from C; `pick` from the environment whenever no C can go on. Out: the process
 * to run next, chosen as kernel/sched.c of 2.4 does with equal time slices (run-queue.ts). As in 2.4.0, schedule() runs
 * pending softirqs first (later kernels leave them to interrupts and ksoftirqd), and an interruptible sleeper with a
 * signal does not sleep at all. A process between two system calls waits for the scenario: it is not queued.
 */
import { sameText } from '../base/bilingual';
import { given } from '../base/checked-access';
import { type StatementPlace } from '../machine/journal-entry';
import { sentence } from '../sentences/sentence';
import type { QueueOrder } from '../abi/kernel-entries';
import { SCHEDULER_POLICIES, TASK_STATES } from '../abi/linux-process';
import type { ServiceCall, ServiceHost, ServiceResult } from '../machine/service';
import { type Clock } from './clock';
import { faultResult } from './memory-check';
import type { Process, Processes } from './processes';
import { RunQueue } from './run-queue';
import { service, StatefulModule } from './service-module';
import { Softirq } from './softirq';
import type { Field } from './struct-access';

const REASON = {
  en: 'Switching tasks exchanges processor state; the simulator keeps a stack for each process and picks the next as Linux 2.4 does when all time slices are equal.',
  zh: '任务切换要交换处理器状态；模拟器为每个进程保存一个栈，并按 Linux 2.4 在时间片都相等时的规则选择下一个。',
};

const TICK_REASON = {
  en: 'Time slices belong to task switching, which is simulated: nobody is preempted.',
  zh: '时间片属于任务切换，由模拟器负责：这里没有抢占。',
};

const QUEUE_REASON = {
  en: 'The queue of the processes that can run belongs to task switching, which is simulated.',
  zh: '可运行进程的队列属于任务切换，由模拟器负责。',
};

const { SCHED_OTHER, SCHED_YIELD } = SCHEDULER_POLICIES;
const { TASK_INTERRUPTIBLE, TASK_RUNNING } = TASK_STATES;

type SchedulerState = {
  /** Pids of those that can run, from the head of the queue. */
  queue: number[];
  /** Whom schedule() chose when it put somebody aside or to sleep; null when nobody could run. */
  next: number | null;
  /** Those that were put aside while they could go on. */
  aside: number[];
  /** Those that have yielded, in programs whose task_struct has no `policy`. */
  yielded: number[];
  /** Whom somebody from outside wants to run next. */
  preferred: number | null;
};

/** Knows on whose behalf a service of the scheduler is called. */
export interface Wakers {
  wakerOf(call: ServiceCall): { readonly queue?: number; readonly place?: StatementPlace };
}

export class Scheduler extends StatefulModule<SchedulerState> {
  readonly name = 'scheduler';
  /** Set by the environment, which knows the kernel. */
  order: QueueOrder = { woken: 'head', yieldMovesLast: false };
  private started: { readonly softirq: Softirq; readonly policy: Field; readonly needsSchedule: Field } | undefined;

  readonly services = [
    service(
      'schedule',
      REASON,
      (call) => this.schedule(call, false),
      (call) => this.schedule(call, true),
    ),
    service('wake_up_process', REASON, (call) => this.wakeTask('wake_up_process', call)),
    service('try_to_wake_up', REASON, (call) => this.wakeTask('try_to_wake_up', call)),
    service('add_to_runqueue', QUEUE_REASON, (call) => this.wakeTask('add_to_runqueue', call)),
    service('scheduler_tick', TICK_REASON, () => undefined),
    service('sys_sched_yield', QUEUE_REASON, () => this.yield()),
  ];

  constructor(
    private readonly processes: Processes,
    private readonly clock: Clock,
    private readonly wakers: Wakers,
  ) {
    super({ queue: [], next: null, aside: [], yielded: [], preferred: null });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    const { access } = this.processes;
    this.started = {
      softirq: new Softirq(host),
      policy: access.field('task_struct', 'policy'),
      needsSchedule: access.field('task_struct', 'need_resched'),
    };
  }

  private get parts(): NonNullable<Scheduler['started']> {
    return given(this.started, 'machine');
  }

  /** The process that is to run now; undefined when there is none. */
  pick(): Process | undefined {
    const candidates = this.admit();
    const { next } = this.state;
    this.state.next = null;
    const chosen = next === null ? undefined : candidates.find(({ pid }) => pid === next);
    return chosen ?? this.best(candidates, undefined);
  }

  /** A process begins a system call. */
  enter(process: Process): void {
    this.queue.add(process, this.order.woken);
  }

  /** Its call has returned, or it has ended. */
  leave(process: Process): void {
    this.queue.remove(process);
    this.clearYield(process);
    this.state.aside = this.state.aside.filter((pid) => pid !== process.pid);
  }

  /** Makes a process runnable; true when it was not on the run queue. */
  wake(process: Process, call?: ServiceCall): boolean {
    this.processes.setTaskState(process, TASK_RUNNING);
    const slept = this.queue.add(process, this.order.woken);
    if (slept && this.host.isHeard()) {
      const { current } = this.processes;
      this.host.journal({
        event: 'wake-up',
        pid: process.pid,
        process: process.name,
        by: current.pid,
        byProcess: current.name,
        ...(call ? this.wakers.wakerOf(call) : {}),
        uptime: this.clock.now,
      });
    }
    return slept;
  }

  /** Takes note that a process goes on; true when it had been put aside, false when it slept or begins. */
  resumed(process: Process): boolean {
    const aside = this.state.aside.includes(process.pid);
    this.state.aside = this.state.aside.filter((pid) => pid !== process.pid);
    return aside;
  }

  private get queue(): RunQueue {
    return new RunQueue(this.state.queue);
  }

  /** Processes that can run and were not queued: C has set their state by itself. They go to the end. */
  private admit(): readonly Process[] {
    const candidates = this.candidates();
    for (const process of candidates) {
      this.queue.add(process, 'end');
    }
    return candidates;
  }

  private candidates(): readonly Process[] {
    return this.processes.all.filter((process) => process.alive && process.pid !== 0 && this.canRun(process));
  }

  /** When the scheduler next chooses, it takes this process, if it can run. */
  prefer(pid: number): void {
    this.state.preferred = pid;
  }

  private best(candidates: readonly Process[], running: Process | undefined): Process | undefined {
    const { preferred: wanted } = this.state;
    const preferred = wanted === null ? undefined : candidates.find(({ pid }) => pid === wanted);
    if (preferred) {
      this.state.preferred = null;
      return preferred;
    }
    return this.queue.best(candidates, running, (process) => this.hasYielded(process));
  }

  private canRun(process: Process): boolean {
    return this.host.isBlocked(process.machineTask)
      ? this.processes.taskState(process) === TASK_RUNNING
      : !this.host.isIdle(process.machineTask);
  }

  private schedule(call: ServiceCall, softirqsDone: boolean): ServiceResult {
    const process = this.processes.current;
    if (process.pid === 0 || this.parts.softirq.inInterrupt()) {
      return faultResult('bug', sameText('Scheduling in interrupt'));
    }
    const softirq = softirqsDone ? undefined : this.parts.softirq.pendingAtExit();
    if (softirq !== undefined) {
      return { kind: 'call', function: softirq, args: [], data: { kind: 'softirq' } };
    }
    if (this.processes.taskState(process) === TASK_INTERRUPTIBLE && process.pendingSignals.length > 0) {
      this.processes.setTaskState(process, TASK_RUNNING);
    }
    const state = this.processes.taskState(process);
    this.parts.needsSchedule.set(process.task, 0);
    const candidates = this.admit();
    if (state !== TASK_RUNNING) {
      this.queue.remove(process);
    }
    const next = this.best(candidates, state === TASK_RUNNING ? process : undefined);
    if (next === process) {
      return undefined;
    }
    this.clearYield(process);
    this.state.next = next?.pid ?? null;
    if (state === TASK_RUNNING) {
      this.state.aside.push(process.pid);
    } else {
      call.host.journal({ event: 'sleep', pid: process.pid, process: process.name, state });
    }
    return { kind: 'block' };
  }

  private wakeTask(name: string, call: ServiceCall): ServiceResult {
    const process = this.processes.byTask(call.arg(0));
    return process
      ? Number(this.wake(process, call))
      : faultResult('wild-dereference', sentence('function-not-a-task', { function: name }), call.arg(0));
  }

  /** Nothing happens when nobody else can run. */
  private yield(): number {
    const process = this.processes.current;
    if (!this.admit().some((other) => other !== process)) {
      return 0;
    }
    const policy = this.parts.policy.get(process.task);
    if (policy === undefined) {
      this.state.yielded.push(process.pid);
    } else if (policy === SCHED_OTHER) {
      this.parts.policy.set(process.task, policy | SCHED_YIELD);
    }
    this.parts.needsSchedule.set(process.task, 1);
    if (this.order.yieldMovesLast) {
      this.queue.remove(process);
      this.queue.add(process, 'end');
    }
    return 0;
  }

  private hasYielded(process: Process): boolean {
    return ((this.parts.policy.get(process.task) ?? 0) & SCHED_YIELD) !== 0 || this.state.yielded.includes(process.pid);
  }

  private clearYield(process: Process): void {
    const policy = this.parts.policy.get(process.task);
    if (policy !== undefined) {
      this.parts.policy.set(process.task, policy & ~SCHED_YIELD);
    }
    this.state.yielded = this.state.yielded.filter((pid) => pid !== process.pid);
  }
}
