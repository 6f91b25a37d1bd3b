/**
 * The kernel's environment: decides what runs whenever the C that ran has come to an end.
 *
 * In: returns of pushed calls, "cannot go on" from the machine, wishes of the workload. Out: pushed calls, process
 * switches, a moving clock. Order of choice: boot functions; a process whose C can go on; pending softirqs; the
 * workload; and only when all of them have nothing to do the clock jumps to whatever comes first, the workload's wish or
 * the kernel's next timer (asked of the C function next_timer_expires, or one tick at a time in trees that have none).
 * The way out of a system call is ret_from_sys_call: softirqs (2.4.0; later kernels have none there), then signals.
 * Every choice depends on machine state and on the plain `EnvironmentState`, so a replay makes it again.
 */
import { assert } from '../base/assert';
import type { FunctionId } from '../abi/debug-info';
import { given } from '../base/checked-access';
import type { Environment, PlainData, ServiceHost, TaskId } from '../machine/service';
import { MICROSECONDS_PER_JIFFY } from './clock';
import type { KernelParts } from './kernel';
import { type CallUnderWay, type Process } from './processes';
import { LOOPBACK_TRANSMIT, type LOST } from './probes';
import { SocketEndsReader } from './socket-ends';
import { Softirq } from './softirq';
import type { KernelControl, Workload } from './workload';
import { DEFAULT_ENTRIES, type KernelEntries } from '../abi/kernel-entries';

/** What a pushed call was for; comes back in `returned`. */
type Tag =
  | { readonly kind: 'boot' }
  | { readonly kind: 'call'; readonly pid: number }
  /** Softirqs on the way out of a call that returned `value`. */
  | { readonly kind: 'call-exit'; readonly pid: number; readonly value: number }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'next-timer' }
  /** A packet was handed over; its buffer is freed. */
  | { readonly kind: 'injected'; readonly buffer: number }
  | { readonly kind: 'exit'; readonly pid: number }
  | { readonly kind: 'helper'; readonly name: string }
  /** The buffer of a packet that was lost is freed. */
  | typeof LOST;

type EnvironmentState = {
  /** Boot functions called so far. */
  booted: number;
  ready: boolean;
  /** Jiffies of the next timer as C told it; undefined when it must be asked again. */
  nextTimer: number | null | undefined;
  ended: boolean;
};

/** Distance from jiffies of the answer of next_timer_expires that means "none". */
const NEVER = 0x7fffffff;
/** No run goes beyond 35 years of virtual time, in microseconds: what is later never comes. */
const LAST_MOMENT = 2 ** 50;
/** Bytes of the buffer in which a packet is handed over, when it fits. */
const WIRE_BUFFER = 2048;
/** Largest IP packet. */
const LARGEST_PACKET = 65_535;
/** How long a kernel that cannot be asked for its timers is left to tick before the run counts as stuck: one hour. */
const PATIENCE = 3600 * 1_000_000;

export class KernelEnvironment implements Environment, KernelControl {
  private state: EnvironmentState = { booted: 0, ready: false, nextTimer: undefined, ended: false };
  private readonly softirq: Softirq;
  private readonly ends: SocketEndsReader;
  private patienceFrom = 0;

  constructor(
    private readonly host: ServiceHost,
    private readonly kernel: KernelParts,
    private readonly workload: Workload,
    private readonly entries: KernelEntries = DEFAULT_ENTRIES,
    private readonly initcalls: readonly FunctionId[] = [],
  ) {
    this.softirq = new Softirq(host);
    this.ends = new SocketEndsReader(host);
    kernel.clock.countedByC = entries.tickCountsJiffies;
    kernel.scheduler.order = entries.queueOrder ?? kernel.scheduler.order;
    workload.attach(this);
  }

  startCall(process: Process, call: CallUnderWay): boolean {
    assert(process.call === null, `${process.name} makes a call already`);
    const id = this.callable(call.entry);
    if (id === undefined) {
      return false;
    }
    process.call = call;
    this.kernel.scheduler.enter(process);
    this.state.nextTimer = undefined;
    this.host.pushCall(process.machineTask, id, call.words, { kind: 'call', pid: process.pid });
    this.host.journal({
      event: 'call',
      pid: process.pid,
      process: process.name,
      entry: call.entry,
      text: call.text,
      uptime: this.kernel.clock.now,
    });
    return true;
  }

  inject(bytes: Uint8Array): boolean {
    const id = this.callable(this.entries.inject);
    if (id === undefined || bytes.length > LARGEST_PACKET) {
      return false;
    }
    if (this.kernel.wire.setsOut({ to: 'kernel', bytes }, bytes) !== 'on') {
      return true;
    }
    const { slab } = this.kernel.slab;
    const buffer = bytes.length > WIRE_BUFFER ? slab.allocateGeneral(bytes.length) : slab.allocate('wire', WIRE_BUFFER);
    if (typeof buffer !== 'number' || buffer === 0) {
      return false;
    }
    this.host.memory.write(buffer, bytes);
    this.interrupt(id, [buffer, bytes.length], { kind: 'injected', buffer });
    const packet = this.kernel.wire.number;
    this.kernel.packets.arrives(packet, bytes, this.kernel.probes.moment());
    const uptime = this.kernel.clock.now;
    this.host.journal({ event: 'packet', direction: 'in', device: 'wire', packet, uptime, bytes });
    return true;
  }

  callHelper(name: string, args: readonly number[]): boolean {
    const id = this.callable(name);
    if (id === undefined) {
      return false;
    }
    this.interrupt(id, args, { kind: 'helper', name });
    return true;
  }

  returned(task: TaskId, tag: PlainData, value: number): void {
    const what = tag as Tag;
    switch (what.kind) {
      case 'next-timer':
        this.state.nextTimer = this.jiffiesOf(value);
        return;
      case 'call':
      case 'call-exit':
        this.leaveCall(this.kernel.processes.withPid(what.pid), what.kind === 'call' ? value : what.value);
        return;
      case 'injected':
        this.kernel.slab.slab.free(what.buffer);
        this.leaveInterrupt();
        return;
      case 'exit':
        this.closeNext(this.kernel.processes.withPid(what.pid));
        return;
      case 'boot':
      case 'interrupt':
      case 'helper':
        this.leaveInterrupt();
        return;
      case 'lost':
        return;
    }
  }

  advance(): 'continue' | 'end' | 'deadlock' {
    if (this.state.ended) {
      return 'end';
    }
    if (!this.state.ready && this.boot()) {
      return 'continue';
    }
    const { processes } = this.kernel;
    for (;;) {
      if (!this.host.isIdle(processes.idle.machineTask)) {
        processes.switchTo(processes.idle, 'interrupt');
        return 'continue';
      }
      const process = processes.list().length > 1 ? this.kernel.scheduler.pick() : undefined;
      if (process) {
        this.resume(process);
        return 'continue';
      }
      const softirq = this.softirq.pending();
      if (softirq !== undefined) {
        this.interrupt(softirq, [], { kind: 'interrupt' });
        continue;
      }
      if (this.handOver()) {
        continue;
      }
      const wish = this.workload.next();
      if (wish.kind === 'end') {
        this.state.ended = true;
        return 'end';
      }
      if (wish.kind === 'wait' && !this.passTime(earlier(wish.until, this.kernel.wire.nextDue))) {
        if (this.workload.stuck()) {
          continue;
        }
        return 'deadlock';
      }
    }
  }

  /** A packet that was held goes on when its time has come; false when there is none. */
  private handOver(): boolean {
    const packet = this.kernel.wire.takeDue();
    if (packet?.to === 'script') {
      this.kernel.wire.arrive(packet.bytes);
    } else if (packet?.to === 'kernel') {
      this.inject(packet.bytes);
    } else if (packet) {
      this.callHelper(LOOPBACK_TRANSMIT, packet.args);
    }
    return packet !== undefined;
  }

  fork(parent: Process, name: string): Process | number {
    const { processes, files } = this.kernel;
    const child = processes.tryCreate(
      name,
      { capabilities: processes.capabilities(parent), uid: processes.uid(parent) },
      parent.pid,
    );
    if (typeof child === 'number') {
      return child;
    }
    files.copyDescriptors(parent, child);
    child.dispositions = structuredClone(parent.dispositions);
    this.host.journal({ event: 'fork', pid: parent.pid, child: child.pid, process: name });
    return child;
  }

  changed(): void {
    this.workload.changed?.();
  }

  save(): PlainData {
    return structuredClone({ own: this.state, patienceFrom: this.patienceFrom, workload: this.workload.save() });
  }

  restore(saved: PlainData): void {
    const state = structuredClone(saved) as {
      own: EnvironmentState;
      patienceFrom: number;
      workload: PlainData;
    };
    this.state = state.own;
    this.patienceFrom = state.patienceFrom;
    this.workload.restore(state.workload);
  }

  /** Pushes the next boot function; false when all have run. */
  private boot(): boolean {
    const named = this.entries.boot.map((name) => this.callable(name)).filter((id) => id !== undefined);
    const last = (this.entries.ready ?? []).map((name) => this.callable(name)).filter((ready) => ready !== undefined);
    const id = [...named, ...this.initcalls, ...last][this.state.booted];
    if (id === undefined) {
      this.state.ready = true;
      this.workload.booted();
      return false;
    }
    this.state.booted++;
    this.interrupt(id, [], { kind: 'boot' });
    return true;
  }

  /** Runs a function on the idle process's stack. */
  private interrupt(id: FunctionId, args: readonly number[], tag: Tag): void {
    const { processes } = this.kernel;
    this.state.nextTimer = tag.kind === 'next-timer' ? this.state.nextTimer : undefined;
    processes.switchTo(processes.idle, 'interrupt');
    this.host.pushCall(processes.idle.machineTask, id, args, tag);
  }

  /** do_IRQ's end: softirqs that the interrupt raised. */
  private leaveInterrupt(): void {
    const softirq = this.softirq.pending();
    if (softirq !== undefined) {
      this.interrupt(softirq, [], { kind: 'interrupt' });
    }
  }

  private resume(process: Process): void {
    this.state.nextTimer = undefined;
    const blocked = this.host.isBlocked(process.machineTask);
    const aside = this.kernel.scheduler.resumed(process);
    this.kernel.processes.switchTo(process, blocked && !aside ? 'woken' : 'turn');
    if (blocked) {
      this.host.unblock(process.machineTask, 0);
    }
  }

  private leaveCall(process: Process, value: number): void {
    const softirq = this.softirq.pendingAtExit();
    if (softirq !== undefined) {
      this.host.pushCall(process.machineTask, softirq, [], { kind: 'call-exit', pid: process.pid, value });
      return;
    }
    const call = process.call;
    assert(call, `${process.name} returns from a call it never made`);
    const end = this.kernel.signals.deliver(process, value);
    if (end.kind === 'restart') {
      this.host.journal({ event: 'restart', pid: process.pid, process: process.name, text: call.text });
      this.host.pushCall(process.machineTask, given(this.host.functionId(call.entry), call.entry), call.words, {
        kind: 'call',
        pid: process.pid,
      });
      return;
    }
    if (end.kind === 'terminate') {
      process.call = null;
      process.exiting = end.signal;
      this.host.journal({ event: 'exit', pid: process.pid, process: process.name, signal: end.signal });
      this.closeNext(process);
      return;
    }
    process.call = null;
    this.kernel.scheduler.leave(process);
    if (this.host.isHeard()) {
      this.tellReturn(process, call, end.value | 0);
    }
    this.workload.finished(process.pid, call.id, end.value | 0);
  }

  private tellReturn(
    process: Process,
    { entry, text: asked, answered: text = asked, words }: CallUnderWay,
    value: number,
  ): void {
    const socket = this.ends.after(process, entry, words, value);
    const name = socket && this.kernel.names.of(socket.sock);
    const { pid, name: told } = process;
    const uptime = this.kernel.clock.now;
    // Written out: V8 is slow to spread one object into another.
    this.host.journal(
      name
        ? { event: 'return', pid, process: told, entry, text, value, socket, name, uptime }
        : socket
          ? { event: 'return', pid, process: told, entry, text, value, socket, uptime }
          : { event: 'return', pid, process: told, entry, text, value, uptime },
    );
  }

  /** do_exit: closes what is open, one descriptor after the other, then ends the process. */
  private closeNext(process: Process): void {
    const fd = process.descriptors.findIndex((file) => file > 0);
    const close = this.callable('sys_close');
    if (fd >= 0 && close !== undefined) {
      this.host.pushCall(process.machineTask, close, [fd], { kind: 'exit', pid: process.pid });
      return;
    }
    this.kernel.scheduler.leave(process);
    this.kernel.processes.end(process);
  }

  /**
   * Jiffies since boot that a 32-bit answer of next_timer_expires means, null when it means never. The kernel's own
   * counter starts again at 0 after 497 days; what lies behind is due.
   */
  private jiffiesOf(answer: number): number | null {
    const { jiffies } = this.kernel.clock;
    const distance = (answer - jiffies) | 0;
    return distance === NEVER ? null : jiffies + Math.max(distance, 0);
  }

  /**
   * Lets virtual time pass until `until` or until the kernel's next timer. True when something may now have happened;
   * false when there is neither a wish nor a timer.
   */
  private passTime(until: number | undefined): boolean {
    const { clock } = this.kernel;
    const ask = this.callable(this.entries.nextTimer);
    if (ask === undefined) {
      return this.tickOnce(until);
    }
    if (this.state.nextTimer === undefined) {
      this.interrupt(ask, [], { kind: 'next-timer' });
      return true;
    }
    const timer =
      this.state.nextTimer === null
        ? undefined
        : Math.max(this.state.nextTimer, clock.jiffies + 1) * MICROSECONDS_PER_JIFFY;
    const target = timer === undefined ? until : Math.min(timer, until ?? timer);
    if (target === undefined || !(target <= LAST_MOMENT)) {
      return false;
    }
    if (clock.advanceTo(target) && timer !== undefined && timer <= clock.now) {
      this.tick();
    }
    return true;
  }

  /** One tick, for kernels that cannot say when their next timer is due. */
  private tickOnce(until: number | undefined): boolean {
    const { clock } = this.kernel;
    const nextTick = (clock.jiffies + 1) * MICROSECONDS_PER_JIFFY;
    if (until !== undefined) {
      this.patienceFrom = clock.now;
    } else if (clock.now - this.patienceFrom > PATIENCE) {
      return false;
    }
    if (nextTick > LAST_MOMENT || (until !== undefined && !(until <= LAST_MOMENT))) {
      return false;
    }
    if (until !== undefined && (until < nextTick || this.callable(this.entries.tick) === undefined)) {
      clock.advanceTo(until);
    } else {
      clock.advanceTo(nextTick);
      this.tick();
    }
    return true;
  }

  private tick(): void {
    const id = this.callable(this.entries.tick);
    if (id !== undefined) {
      this.interrupt(id, [0], { kind: 'interrupt' });
    }
  }

  /** Id of a function that can be entered: it has C, or is a service. */
  private callable(name: string): FunctionId | undefined {
    const id = this.host.functionId(name);
    const kind = id === undefined ? undefined : this.host.debug.functions[id]?.kind;
    return kind === 'compiled' || kind === 'service' ? id : undefined;
  }
}

/** The earlier of two times of which each may be missing. */
function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
