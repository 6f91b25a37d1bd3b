/* Interrupt counts of the one processor. Their record has the members that the tree's accessors name. */
#ifndef _SIM_HARDIRQ_H
#define _SIM_HARDIRQ_H
#include <linux/config.h>
#include <linux/threads.h>
#include <linux/irq.h>
#include <asm/tree.h>
typedef struct {
#ifdef TREE_SOFTIRQ_PENDING
	unsigned int __softirq_pending;
#else
	unsigned int __softirq_active;
	unsigned int __softirq_mask;
#endif
	unsigned int __local_irq_count;
	unsigned int __local_bh_count;
	unsigned int __syscall_count;
#ifdef TREE_KSOFTIRQD
	struct task_struct *__ksoftirqd_task;
#endif
	unsigned int __nmi_count;
} ____cacheline_aligned irq_cpustat_t;
#include <linux/irq_cpustat.h>
#define in_interrupt() (local_irq_count(0) + local_bh_count(0) != 0)
#define in_irq() (local_irq_count(0) != 0)
#define hardirq_trylock(cpu) (local_irq_count(cpu) == 0)
#define hardirq_endlock(cpu) do { } while (0)
#define irq_enter(cpu, irq) (local_irq_count(cpu)++)
#define irq_exit(cpu, irq) (local_irq_count(cpu)--)
#define synchronize_irq() do { } while (0)
#define release_irqlock(cpu) do { } while (0)
#endif
