/**
 * Processes: each has a `struct task_struct` in machine memory, a machine task (its kernel stack), descriptors,
 * credentials and signal dispositions.
 *
 * In: who asks for a process (scenario, fork). Out: processes; the global `current` and the machine's current task
 * always belong together. What C looks at lies in the task_struct and is written by field name; what only the simulator
 * needs is the plain `Process` record. Process 0 ("swapper") runs interrupts while everybody sleeps.
 */
import { assert } from '../base/assert';
import { ERRNO } from '../abi/linux-errno';
import { TASK_STATES } from '../abi/linux-process';
import { STACKS_SIZE, STACK_SIZE } from '../abi/memory-map';
import { given } from '../base/checked-access';
import type { SwitchCause } from '../machine/journal-entry';
import type { ServiceHost, TaskId } from '../machine/service';
import { StatefulModule } from './service-module';
import type { Slab } from './slab';
import { StructAccess, type Field } from './struct-access';

const { TASK_RUNNING, TASK_ZOMBIE } = TASK_STATES;

/** A descriptor slot that get_unused_fd has given out and fd_install has not filled yet. */
export const FD_RESERVED = -1;
/** A descriptor that the terminal has (0, 1, 2 of a scenario's process): taken, with no file behind it. */
export const FD_TERMINAL = -2;

/** What a process does with a signal that it does not leave to the default. */
export type Disposition = {
  readonly action: 'handler' | 'ignore';
  /** SA_RESTART. */
  readonly restart: boolean;
};

/** A system call under way. */
export type CallUnderWay = {
  /** Chosen by the workload; comes back when the call has finished. */
  readonly id: number;
  /** Kernel entry, such as `sys_accept`. */
  readonly entry: string;
  readonly words: readonly number[];
  /** The call as it is made. */
  readonly text: string;
  /** The same with what the scenario expects to be written into its arguments. */
  readonly answered?: string;
};

export type Process = {
  readonly pid: number;
  readonly parent: number;
  /** Name in the scenario, and task_struct's comm. */
  readonly name: string;
  /** Address of the task_struct. */
  readonly task: number;
  readonly machineTask: TaskId;
  /** Index = descriptor; 0 = free, {@link FD_RESERVED}, {@link FD_TERMINAL}, or the address of a struct file. */
  descriptors: number[];
  /** At most this many descriptors may be in use. */
  descriptorLimit: number;
  dispositions: { [signal: number]: Disposition };
  /** Signals that wait for delivery, oldest first. */
  pendingSignals: number[];
  call: CallUnderWay | null;
  /** Signal that is ending the process, or 0. */
  exiting: number;
  alive: boolean;
};

/** Credentials of a new process. */
export interface Credentials {
  /** Bit n = capability number n. */
  readonly capabilities: number;
  readonly uid: number;
}

type ProcessState = {
  processes: Process[];
  nextPid: number;
  /** Pid whose C runs. */
  current: number;
  /** Last pid other than 0 that ran; a journal entry marks each change. */
  lastShown: number;
};

/** `NR_OPEN` for us: more descriptors than any scenario needs, few enough to stay small. */
const DESCRIPTOR_LIMIT = 1024;
/** As many can live at once, the idle one aside: each has a stack. */
export const PROCESS_LIMIT = STACKS_SIZE / STACK_SIZE - 1;
/** Processes that have ended and are remembered, for what is told of them. */
const ENDED_KEPT = 64;
/** Size used when a program declares no struct task_struct. */
const FALLBACK_TASK_SIZE = 256;
/** Pid 1 belongs to init; scenarios' processes come after. */
const FIRST_PID = 100;

export class Processes extends StatefulModule<ProcessState> {
  readonly name = 'processes';
  readonly services = [];
  private structs: StructAccess | undefined;
  private taskStateField: Field | undefined;
  /** Address of the global `current`, undefined when the program has none. */
  private currentPointer: number | undefined;

  constructor(private readonly slab: Slab) {
    super({ processes: [], nextPid: FIRST_PID, current: 0, lastShown: -1 });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    this.structs = new StructAccess(host);
    this.taskStateField = this.structs.field('task_struct', 'state');
    this.currentPointer = host.globalAddress('current');
  }

  get access(): StructAccess {
    assert(this.structs, 'processes are used before the machine started them');
    return this.structs;
  }

  /** The process that runs interrupts; made when first asked for. */
  get idle(): Process {
    return (
      this.state.processes.find((process) => process.pid === 0) ??
      this.create('swapper', { capabilities: 0xffffffff, uid: 0 }, 0, 0)
    );
  }

  /** The process whose C runs. */
  get current(): Process {
    return this.byPid(this.state.current) ?? this.idle;
  }

  /** All processes, ended ones too, of which the newest are remembered. */
  get all(): readonly Process[] {
    return this.state.processes;
  }

  /** All processes that have not ended, in order of pid, the idle one first. */
  list(): readonly Process[] {
    return this.state.processes.filter((process) => process.alive);
  }

  /** The process of a pid that is in use. */
  withPid(pid: number): Process {
    return given(this.byPid(pid), `process ${pid}`);
  }

  byPid(pid: number): Process | undefined {
    return this.state.processes.find((process) => process.pid === pid);
  }

  /** A living process by its scenario name. */
  byName(name: string): Process | undefined {
    return this.state.processes.find((process) => process.name === name && process.alive && process.pid !== 0);
  }

  /** The newest process of a scenario name, ended or not. */
  lastNamed(name: string): Process | undefined {
    return this.state.processes.filter((process) => process.name === name && process.pid !== 0).pop();
  }

  byMachineTask(task: TaskId): Process | undefined {
    return this.state.processes.find((process) => process.machineTask === task);
  }

  byTask(address: number): Process | undefined {
    return this.state.processes.find((process) => process.task === address);
  }

  /** A process with no descriptors; there must be room for it, see {@link PROCESS_LIMIT}. */
  create(name: string, credentials: Credentials, parent = 1, pid?: number): Process {
    const process = this.tryCreate(name, credentials, parent, pid);
    assert(typeof process !== 'number', 'no room for a process');
    return process;
  }

  /**
   * The same where there may be no room (kernel/fork.c, do_fork): -ENOMEM without memory for a task_struct, -EAGAIN when
   * there are as many processes as there can be.
   */
  tryCreate(name: string, credentials: Credentials, parent: number, wanted?: number): Process | number {
    const size = this.access.size('task_struct') ?? FALLBACK_TASK_SIZE;
    const task = this.slab.allocate('task_struct', size);
    if (typeof task !== 'number' || task === 0) {
      return -ERRNO.ENOMEM;
    }
    if (!this.host.hasTaskRoom()) {
      this.slab.free(task);
      return -ERRNO.EAGAIN;
    }
    const pid = wanted ?? this.state.nextPid++;
    this.host.memory.fill(task, size, 0);
    const set = (field: string, value: number): boolean => this.access.set(task, 'task_struct', field, value);
    set('pid', pid);
    set('pgrp', pid);
    set('tgid', pid);
    for (const field of ['uid', 'euid', 'suid', 'fsuid', 'gid', 'egid', 'sgid', 'fsgid']) {
      set(field, credentials.uid);
    }
    for (const field of ['cap_effective', 'cap_permitted']) {
      set(field, credentials.capabilities);
    }
    this.access.setText(task, 'task_struct', 'comm', name);
    const process: Process = {
      pid,
      parent,
      name,
      task,
      machineTask: this.host.createTask(),
      descriptors: [],
      descriptorLimit: DESCRIPTOR_LIMIT,
      dispositions: {},
      pendingSignals: [],
      call: null,
      exiting: 0,
      alive: true,
    };
    this.link(process);
    this.state.processes.push(process);
    return process;
  }

  /** Capability bits of a process, from its task_struct. */
  capabilities(process: Process): number {
    return this.access.get(process.task, 'task_struct', 'cap_effective') ?? 0;
  }

  uid(process: Process): number {
    return this.access.get(process.task, 'task_struct', 'uid') ?? 0;
  }

  /** `task->state`. */
  taskState(process: Process): number {
    return this.taskStateField?.get(process.task) ?? TASK_RUNNING;
  }

  setTaskState(process: Process, state: number): void {
    this.taskStateField?.set(process.task, state);
  }

  /** Makes `process` the one whose C runs: the machine's task and the kernel's `current`. */
  switchTo(process: Process, because: SwitchCause): void {
    if (process.pid !== 0 && process.pid !== this.state.lastShown) {
      if (this.state.lastShown >= 0) {
        this.host.journal({
          event: 'switch',
          from: this.state.lastShown,
          to: process.pid,
          process: process.name,
          because,
        });
      }
      this.state.lastShown = process.pid;
    }
    this.state.current = process.pid;
    this.host.currentTask = process.machineTask;
    if (this.currentPointer !== undefined) {
      this.host.memory.setU32(this.currentPointer, process.task);
    }
  }

  /** The process is gone: its task_struct is freed, its stack given back. Its descriptors must be closed already. */
  end(process: Process): void {
    process.alive = false;
    this.setTaskState(process, TASK_ZOMBIE);
    this.unlink(process);
    this.slab.free(process.task);
    this.host.destroyTask(process.machineTask);
    const ended = this.state.processes.filter(({ alive }) => !alive);
    if (ended.length > ENDED_KEPT) {
      this.state.processes = this.state.processes.filter((each) => each !== ended[0]);
    }
    if (this.state.current === process.pid) {
      this.switchTo(this.idle, 'ended');
    }
  }

  /** Ring of all processes through next_task and prev_task, where the struct has them. */
  private link(process: Process): void {
    const first = this.list()[0];
    const next = first?.task ?? process.task;
    const previous = first ? (this.access.get(first.task, 'task_struct', 'prev_task') ?? first.task) : process.task;
    this.access.set(process.task, 'task_struct', 'next_task', next);
    this.access.set(process.task, 'task_struct', 'prev_task', previous);
    if (first) {
      this.access.set(previous, 'task_struct', 'next_task', process.task);
      this.access.set(next, 'task_struct', 'prev_task', process.task);
    }
    const parent = this.byPid(process.parent)?.task ?? first?.task ?? process.task;
    for (const field of ['p_opptr', 'p_pptr', 'real_parent', 'parent']) {
      this.access.set(process.task, 'task_struct', field, parent);
    }
    this.access.set(process.task, 'task_struct', 'group_leader', process.task);
  }

  private unlink(process: Process): void {
    const next = this.access.get(process.task, 'task_struct', 'next_task');
    const previous = this.access.get(process.task, 'task_struct', 'prev_task');
    if (next && previous) {
      this.access.set(previous, 'task_struct', 'next_task', next);
      this.access.set(next, 'task_struct', 'prev_task', previous);
    }
  }
}
