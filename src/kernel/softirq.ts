/**
 * Software interrupts: whether any is pending, read from the kernel's own irq_stat.
 *
 * In: machine memory. Out: the id of do_softirq when there is work for it. Linux 2.4.0 looks at
 * `irq_stat[0].__softirq_active & __softirq_mask`; later 2.4 kernels have one word `__softirq_pending`.
 */
import type { FunctionId } from '../abi/debug-info';
import type { ServiceHost } from '../machine/service';
import { StructAccess, type Field } from './struct-access';

export class Softirq {
  /** Address of irq_stat, undefined when the program has none. */
  private readonly stat: number | undefined;
  private readonly active: Field;
  private readonly mask: Field;
  /** The one word of later kernels; undefined in 2.4.0. */
  private readonly oneWord: Field | undefined;
  private readonly bottomHalves: Field;
  private readonly interrupts: Field;

  constructor(private readonly host: ServiceHost) {
    const access = new StructAccess(host);
    const field = (path: string): Field => access.field('irq_cpustat_t', path);
    this.stat = host.globalAddress('irq_stat');
    this.active = field('__softirq_active');
    this.mask = field('__softirq_mask');
    this.oneWord = access.has('irq_cpustat_t', '__softirq_pending') ? field('__softirq_pending') : undefined;
    this.bottomHalves = field('__local_bh_count');
    this.interrupts = field('__local_irq_count');
  }

  /** Id of `do_softirq` when a softirq waits to run, else undefined. */
  pending(): FunctionId | undefined {
    if (this.stat === undefined) {
      return undefined;
    }
    const active =
      this.oneWord?.get(this.stat) ?? (this.active.get(this.stat) ?? 0) & (this.mask.get(this.stat) ?? 0xffffffff);
    return active !== 0 && !this.inInterrupt() ? this.host.functionId('do_softirq') : undefined;
  }

  /**
   * As {@link pending}, but only in a kernel that looks for softirqs when it leaves a system call and when it calls the
   * scheduler: 2.4.0's do, with a mask beside what is pending; later ones run them in local_bh_enable and leave the rest
   * to the next interrupt and to ksoftirqd.
   */
  pendingAtExit(): FunctionId | undefined {
    return this.oneWord ? undefined : this.pending();
  }

  /** Whether C runs in an interrupt or with bottom halves off: nothing may sleep there. */
  inInterrupt(): boolean {
    return (
      this.stat !== undefined && (this.interrupts.get(this.stat) ?? 0) + (this.bottomHalves.get(this.stat) ?? 0) !== 0
    );
  }
}
