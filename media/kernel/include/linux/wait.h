/* SockScope's own C under Linux's names, not Linux's source. */ /* Wait queues: processes that sleep until something happens. */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct task_struct;

struct __wait_queue {
	unsigned int flags;
#define WQ_FLAG_EXCLUSIVE	0x01	/* a wake-up stops after this one */
	struct task_struct *task;
	struct list_head task_list;
};
typedef struct __wait_queue wait_queue_t;

struct __wait_queue_head {
	spinlock_t lock;
	struct list_head task_list;
};
typedef struct __wait_queue_head wait_queue_head_t;

/* A waiter on the stack of the process that is going to sleep. */
#define DECLARE_WAITQUEUE(name, tsk) \
	wait_queue_t name = { 0, (tsk), { NULL, NULL } }

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) \
	{ { 0 }, { &(name).task_list, &(name).task_list } }

static inline void init_waitqueue_head(wait_queue_head_t *q)
{
	spin_lock_init(&q->lock);
	INIT_LIST_HEAD(&q->task_list);
}

static inline int waitqueue_active(wait_queue_head_t *q)
{
	return !list_empty(&q->task_list);
}

extern void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait);
extern void add_wait_queue_exclusive(wait_queue_head_t *q, wait_queue_t *wait);
extern void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait);

#endif
