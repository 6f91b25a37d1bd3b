/**
 * How a simulator enters a kernel: names of C functions. In: nothing. Out: the type, and the bundled kernel's entries.
 */

/** Where the kernel at hand puts processes into its run queue. */
export interface QueueOrder {
  /** A woken process: `head` in 2.4.0 and 2.4.16, `end` from 2.4.20 on. */
  readonly woken: 'head' | 'end';
  /** Whether sched_yield also moves the process to the end (2.4.16 does, 2.4.0 does not). */
  readonly yieldMovesLast: boolean;
}

/** Names of the C functions through which the environment enters the kernel. */
export interface KernelEntries {
  /** Called once, in order, before anything else. */
  readonly boot: readonly string[];
  /** Called once, in order, after `boot` and the initcalls. */
  readonly ready?: readonly string[];
  /** The timer interrupt. */
  readonly tick: string;
  /** Whether the tick function counts jiffies itself (a real tree's do_timer does). */
  readonly tickCountsJiffies: boolean;
  /** `unsigned long (void)`: jiffies at which the next timer expires, or the largest value when there is none. */
  readonly nextTimer: string;
  /** `void (void *bytes, int length)`: an IP packet arrives on the scenario's device. */
  readonly inject: string;
  /** LINUX_VERSION_CODE of a real tree; undefined for the bundled kernel. */
  readonly version?: number;
  /** Where its scheduler puts processes into the run queue; undefined as in 2.4.0. */
  readonly queueOrder?: QueueOrder;
}

export const DEFAULT_ENTRIES: KernelEntries = {
  boot: ['sockscope_boot'],
  tick: 'do_timer',
  tickCountsJiffies: false,
  nextTimer: 'next_timer_expires',
  inject: 'sockscope_inject',
};
