/* SockScope's own C under Linux's names, not Linux's source. */ /* One-shot timers, counted in jiffies. Implemented in kernel/timer.c. */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/time.h>

struct timer_list {
	struct list_head list;		/* unlinked timers have NULL here */
	unsigned long expires;		/* absolute, in jiffies */
	unsigned long data;		/* handed to function */
	void (*function)(unsigned long data);
};

extern volatile unsigned long jiffies;	/* ticks since start */
extern volatile struct timeval xtime;

/* Comparisons that survive the wrap-around of jiffies. */
#define time_before(a, b)	((long)(a) - (long)(b) < 0)
#define time_after(a, b)	time_before(b, a)
#define time_before_eq(a, b)	(!time_before(b, a))
#define time_after_eq(a, b)	(!time_before(a, b))

extern void add_timer(struct timer_list *timer);
extern int del_timer(struct timer_list *timer);
extern int mod_timer(struct timer_list *timer, unsigned long expires);
extern unsigned long next_timer_expires(void);
extern void run_timer_list(void);
extern void do_timer(void);

/* One processor: a timer function cannot still be running elsewhere. */
#define del_timer_sync(timer)	del_timer(timer)

static inline void init_timer(struct timer_list *timer)
{
	timer->list.prev = NULL;
	timer->list.next = NULL;
}

static inline int timer_pending(const struct timer_list *timer)
{
	return timer->list.next != NULL;
}

#endif
