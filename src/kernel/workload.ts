/**
 * What makes a kernel do something: the side of a scenario or an oracle case that the kernel's environment talks to.
 */
import type { PlainData } from '../machine/service';

/** What a workload wants when everything that could run has run. */
export type WorkloadStep =
  /** It started something (a call, a packet, a process): run it. */
  | { readonly kind: 'started' }
  /** Let time pass, at most until the given virtual microsecond; without one until something happens. */
  | { readonly kind: 'wait'; readonly until?: number }
  /** The run is over. */
  | { readonly kind: 'end' };

export interface Workload {
  /** The kernel has booted; nothing has run yet. */
  booted(): void;
  /** Everything sleeps or is idle. */
  next(): WorkloadStep;
  /** A system call started by this workload has returned to its process. */
  finished(pid: number, callId: number, value: number): void;
  /** Waiting will never end: every process sleeps and no timer runs. True when the workload takes it as its own failure and goes on. */
  stuck(): boolean;
  save(): PlainData;
  restore(state: PlainData): void;
}
