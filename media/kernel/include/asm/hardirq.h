/* SockScope's own C under Linux's names, not Linux's source.
 * Where are we? Handlers may run "in interrupt" (soft interrupt or timer),
 * where nothing may sleep. One processor: index 0 only.
 */
#ifndef _ASM_HARDIRQ_H
#define _ASM_HARDIRQ_H

typedef struct {
	unsigned int __softirq_active;	/* one bit for each pending softirq */
	unsigned int __softirq_mask;	/* one bit for each registered one */
	unsigned int __local_irq_count;
	unsigned int __local_bh_count;	/* nesting of "bottom halves off" */
	unsigned int __syscall_count;
	unsigned int __nmi_count;
} __attribute__((__aligned__(32))) irq_cpustat_t;

extern irq_cpustat_t irq_stat[1];

#define smp_processor_id()	0
#define softirq_active(cpu)	(irq_stat[cpu].__softirq_active)
#define softirq_mask(cpu)	(irq_stat[cpu].__softirq_mask)
#define local_irq_count(cpu)	(irq_stat[cpu].__local_irq_count)
#define local_bh_count(cpu)	(irq_stat[cpu].__local_bh_count)

#define in_interrupt() \
	(local_irq_count(smp_processor_id()) + local_bh_count(smp_processor_id()) != 0)

#define local_bh_disable()	((void)(local_bh_count(smp_processor_id())++))
#define local_bh_enable()	((void)(local_bh_count(smp_processor_id())--))

#endif
