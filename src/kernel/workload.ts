/**
 * What makes a kernel do something: the side of a scenario or an oracle case that the kernel's environment talks to.
 */
import type { PlainData } from '../machine/service';
import type { CallUnderWay, Process } from './processes';

/** What a workload may do to the kernel; the environment implements it. */
export interface KernelControl {
  /**
   * Starts a system call of a process that makes no other; false when the kernel has no such entry. The result comes to
   * `finished`.
   */
  startCall(process: Process, call: CallUnderWay): boolean;
  /** Hands over an IP packet as if it had come in on the scenario's device; false when the kernel has none. */
  inject(bytes: Uint8Array): boolean;
  /** Calls a C function outside any process; false when there is none of that name. */
  callHelper(name: string, args: readonly number[]): boolean;
  /** A child with copies of the parent's descriptors, credentials and dispositions; a negative errno when none fits. */
  fork(parent: Process, name: string): Process | number;
}

/** What a workload wants when everything that could run has run. */
export type WorkloadStep =
  /** It started something (a call, a packet, a process): run it. */
  | { readonly kind: 'started' }
  /** Let time pass, at most until the given virtual microsecond; without one until something happens. */
  | { readonly kind: 'wait'; readonly until?: number }
  /** The run is over. */
  | { readonly kind: 'end' };

export interface Workload {
  /** Told once, before anything else. */
  attach(control: KernelControl): void;
  /** The kernel has booted; nothing has run yet. */
  booted(): void;
  /** Everything sleeps or is idle. */
  next(): WorkloadStep;
  /** A system call started by this workload has returned to its process. */
  finished(pid: number, callId: number, value: number): void;
  /**
   * Waiting will never end: every process sleeps and no timer runs. True when the workload takes it as its own failure
   * and goes on.
   */
  stuck(): boolean;
  /** The run was changed from outside: what it expects is told, and does not end the run any more. */
  changed?(): void;
  save(): PlainData;
  restore(state: PlainData): void;
}
