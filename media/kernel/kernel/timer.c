/* SockScope's own C under Linux's names, not Linux's source.
 * Timers: one list, sorted by expiry. Linux 2.4 keeps them in wheels for
 * speed; order of expiry and the interface are the same.
 */
#include <linux/kernel.h>
#include <linux/interrupt.h>
#include <linux/timer.h>

volatile unsigned long jiffies;

/* Time of day; the clock service sets it with jiffies. */
volatile struct timeval xtime;

static struct list_head timer_list = LIST_HEAD_INIT(timer_list);

/* Behind all that expire no later, so equal ones keep their order. */
static void internal_add_timer(struct timer_list *timer)
{
	struct list_head *pos = timer_list.prev;

	while (pos != &timer_list &&
	       time_after(list_entry(pos, struct timer_list, list)->expires, timer->expires))
		pos = pos->prev;
	list_add(&timer->list, pos);
}

static int detach_timer(struct timer_list *timer)
{
	if (!timer_pending(timer))
		return 0;
	list_del(&timer->list);
	timer->list.next = timer->list.prev = NULL;
	return 1;
}

void add_timer(struct timer_list *timer)
{
	BUG_ON(timer_pending(timer));
	internal_add_timer(timer);
}

/* Stops a timer; whether it was running. */
int del_timer(struct timer_list *timer)
{
	return detach_timer(timer);
}

/* Moves or starts a timer; whether it was running. */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	int ret = detach_timer(timer);

	timer->expires = expires;
	internal_add_timer(timer);
	return ret;
}

/*
 * When the next timer expires, so that the clock can jump there while every
 * process sleeps. jiffies + MAX_SCHEDULE_TIMEOUT when there is none.
 */
unsigned long next_timer_expires(void)
{
	if (list_empty(&timer_list))
		return jiffies + 0x7fffffff;
	return list_entry(timer_list.next, struct timer_list, list)->expires;
}

/* Runs what has expired. A function may start its timer again. */
void run_timer_list(void)
{
	struct timer_list *timer;

	while (!list_empty(&timer_list)) {
		timer = list_entry(timer_list.next, struct timer_list, list);
		if (time_after(timer->expires, jiffies))
			break;
		detach_timer(timer);
		timer->function(timer->data);
	}
}

/*
 * The clock has ticked and jiffies is already one more. Timer functions run
 * as soft interrupts do: nothing they call may sleep. What they raised runs next.
 */
void do_timer(void)
{
	local_bh_disable();
	run_timer_list();
	local_bh_enable();
	do_softirq();
}
