/* SockScope's own C under Linux's names, not Linux's source. */ /* Soft interrupts: run on the way out of a system call or of the clock tick. */
#include <linux/interrupt.h>
#include <linux/types.h>

irq_cpustat_t irq_stat[1];

static struct softirq_action softirq_vec[32];

void open_softirq(int nr, void (*action)(struct softirq_action *), void *data)
{
	softirq_vec[nr].action = action;
	softirq_vec[nr].data = data;
	softirq_mask(smp_processor_id()) |= 1U << nr;
}

/* Runs everything that is pending, also what the handlers raise anew. */
void do_softirq(void)
{
	int cpu = smp_processor_id();
	unsigned int active;
	int nr;

	if (in_interrupt())
		return;
	local_bh_disable();
	while ((active = softirq_active(cpu) & softirq_mask(cpu)) != 0) {
		softirq_active(cpu) &= ~active;
		for (nr = 0; active; nr++, active >>= 1)
			if (active & 1)
				softirq_vec[nr].action(&softirq_vec[nr]);
	}
	local_bh_enable();
}
