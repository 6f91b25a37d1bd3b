/* SockScope's own C under Linux's names, not Linux's source.
 * Sleeping and waking. Which process runs next is decided by schedule(), a
 * service, from the queue that add_to_runqueue() fills; everything that makes
 * a process runnable or not is here.
 */
#include <linux/kernel.h>
#include <linux/sched.h>

struct task_struct *current;

void wake_up_process(struct task_struct *p)
{
	p->state = TASK_RUNNING;
	add_to_runqueue(p);
}

/* ---- wait queues ---- */

/* Ordinary waiters go to the front: all of them are woken. */
void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	wait->flags = 0;
	list_add(&wait->task_list, &q->task_list);
}

/* Exclusive ones go to the end: the first of them ends the wake-up. */
void add_wait_queue_exclusive(wait_queue_head_t *q, wait_queue_t *wait)
{
	wait->flags = WQ_FLAG_EXCLUSIVE;
	list_add_tail(&wait->task_list, &q->task_list);
}

void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	list_del(&wait->task_list);
}

/*
 * Wakes sleepers whose state is in mode. With WQ_FLAG_EXCLUSIVE in wq_mode
 * it stops after one exclusive waiter; with 0 everybody wakes.
 */
void __wake_up(wait_queue_head_t *q, unsigned int mode, unsigned int wq_mode)
{
	struct list_head *pos = q->task_list.next;
	wait_queue_t *curr;

	while (pos != &q->task_list) {
		curr = list_entry(pos, wait_queue_t, task_list);
		pos = pos->next;
		if (!(curr->task->state & mode))
			continue;
		wake_up_process(curr->task);
		if (curr->flags & wq_mode & WQ_FLAG_EXCLUSIVE)
			break;
	}
}

/* ---- sleeping for a time ---- */

static void process_timeout(unsigned long data)
{
	wake_up_process((struct task_struct *)data);
}

/*
 * Sleeps until woken or until timeout jiffies have passed; the caller has set
 * its state before. Returns what is left, 0 when the time is up, and
 * MAX_SCHEDULE_TIMEOUT for a sleep without limit.
 */
signed long schedule_timeout(signed long timeout)
{
	struct timer_list timer;
	unsigned long expire;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		printk(KERN_ERR "schedule_timeout: wrong timeout value %lx\n", timeout);
		current->state = TASK_RUNNING;
		return 0;
	}

	expire = jiffies + timeout;
	init_timer(&timer);
	timer.expires = expire;
	timer.function = process_timeout;
	timer.data = (unsigned long)current;
	add_timer(&timer);
	schedule();
	del_timer_sync(&timer);

	timeout = expire - jiffies;
	return timeout < 0 ? 0 : timeout;
}
