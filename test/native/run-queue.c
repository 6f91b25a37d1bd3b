/*
 * The run queue of the native runner, as src/kernel/run-queue.ts has it: the
 * woken go to the head, who has yielded comes last.
 */
#include <linux/sched.h>
#include "native.h"
#include "run-queue.h"

static struct task_struct *queue[MAX_PROCESSES];
static int queued;

/* Where a process stands in the queue; queued: nowhere. */
static int place_of(struct task_struct *p)
{
	int at = 0;

	while (at < queued && queue[at] != p)
		at++;
	return at;
}

void add_to_runqueue(struct task_struct *p)
{
	int at;

	if (place_of(p) < queued)
		return;
	for (at = queued++; at > 0; at--)
		queue[at] = queue[at - 1];
	queue[0] = p;
}

void leave_runqueue(struct task_struct *p)
{
	int at = place_of(p);

	if (at == queued)
		return;
	for (queued--; at < queued; at++)
		queue[at] = queue[at + 1];
}

static int has_yielded(struct task_struct *p)
{
	return (p->policy & SCHED_YIELD) != 0;
}

struct task_struct *best_of_runqueue(struct task_struct *self)
{
	int at;

	if (self && !has_yielded(self))
		return self;
	for (at = 0; at < queued; at++)
		if (!has_yielded(queue[at]))
			return queue[at];
	return self ? self : queued ? queue[0] : NULL;
}
