/**
 * Software interrupts: whether any is pending, read from the kernel's own irq_stat.
 *
 * In: machine memory. Out: the id of do_softirq when there is work for it. Linux 2.4.0 looks at `irq_stat[0].__softirq_active & __softirq_mask`;
 * later 2.4 kernels have one word `__softirq_pending`.
 */
import type { FunctionId } from '../ir/debug-info';
import type { ServiceHost } from '../machine/service';
import { StructAccess } from './struct-access';

export class Softirq {
  private readonly access: StructAccess;

  constructor(private readonly host: ServiceHost) {
    this.access = new StructAccess(host);
  }

  /** Id of `do_softirq` when a softirq waits to run, else undefined. */
  pending(): FunctionId | undefined {
    const stat = this.host.globalAddress('irq_stat');
    if (stat === undefined) {
      return undefined;
    }
    const word = (field: string): number | undefined => this.access.get(stat, 'irq_cpustat_t', field);
    const active = word('__softirq_pending') ?? (word('__softirq_active') ?? 0) & (word('__softirq_mask') ?? 0xffffffff);
    const blocked = (word('__local_bh_count') ?? 0) + (word('__local_irq_count') ?? 0);
    return active !== 0 && blocked === 0 ? this.host.functionId('do_softirq') : undefined;
  }

  /**
   * As {@link pending}, but only in a kernel that looks for softirqs when it leaves a system call and when it calls the scheduler: 2.4.0's do, with a mask beside
   * what is pending; later ones run them in local_bh_enable and leave the rest to the next interrupt and to ksoftirqd.
   */
  pendingAtExit(): FunctionId | undefined {
    return this.access.has('irq_cpustat_t', '__softirq_pending') ? undefined : this.pending();
  }

  /** Whether C runs in an interrupt or with bottom halves off: nothing may sleep there. */
  inInterrupt(): boolean {
    const stat = this.host.globalAddress('irq_stat');
    const count = (field: string): number => (stat === undefined ? 0 : (this.access.get(stat, 'irq_cpustat_t', field) ?? 0));
    return count('__local_irq_count') + count('__local_bh_count') !== 0;
  }
}
