/*
 * Bottom halves. In 2.4.0 local_bh_enable only counts, and pending softirqs run on the way out of a system call or
 * interrupt; later kernels run them in it when the last level is left.
 */
#ifndef _SIM_SOFTIRQ_H
#define _SIM_SOFTIRQ_H
#include <asm/tree.h>
#include <asm/atomic.h>
#include <asm/hardirq.h>
#define __cpu_bh_enable(cpu) (local_bh_count(cpu)--)
#define cpu_bh_disable(cpu) (local_bh_count(cpu)++)
#define cpu_bh_enable(cpu) (local_bh_count(cpu)--)
#define local_bh_disable() cpu_bh_disable(0)
#define __local_bh_enable() __cpu_bh_enable(0)
#ifndef TREE_BH_ENABLE_RUNS
#define local_bh_enable() cpu_bh_enable(0)
#elif !defined(TREE_SOFTIRQ_PENDING)
#define local_bh_enable() do { \
	if (--local_bh_count(0) == 0 && (softirq_active(0) & softirq_mask(0))) \
		do_softirq(); \
} while (0)
#else
#define local_bh_enable() do { \
	if (--local_bh_count(0) == 0 && softirq_pending(0)) \
		do_softirq(); \
} while (0)
#endif
#if defined(TREE_SOFTIRQ_PENDING) && !defined(TREE_CPU_RAISE_SOFTIRQ)
#define __cpu_raise_softirq(cpu, nr) do { softirq_pending(cpu) |= 1UL << (nr); } while (0)
#endif
#if defined(TREE_SOFTIRQ_PENDING) && !defined(TREE_RAISE_SOFTIRQ)
#define raise_softirq(nr) __cpu_raise_softirq(0, (nr))
#endif
#define in_softirq() (local_bh_count(0) != 0)
#endif
