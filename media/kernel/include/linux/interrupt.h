/* SockScope's own C under Linux's names, not Linux's source. */ /* Soft interrupts: work put off until the kernel is about to leave. */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <asm/types.h>
#include <asm/hardirq.h>

enum {
	HI_SOFTIRQ = 0,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	TASKLET_SOFTIRQ
};

struct softirq_action {
	void (*action)(struct softirq_action *);
	void *data;
};

extern void open_softirq(int nr, void (*action)(struct softirq_action *), void *data);
extern void do_softirq(void);

#define __cpu_raise_softirq(cpu, nr)	((void)(softirq_active(cpu) |= 1U << (nr)))

#endif
