/* SockScope's own C under Linux's names, not Linux's source. */ /* Processes, sleeping and waking. */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/signal.h>
#include <linux/capability.h>
#include <asm/current.h>
#include <asm/param.h>

#define TASK_RUNNING		0
#define TASK_INTERRUPTIBLE	1	/* a signal ends the sleep too */
#define TASK_UNINTERRUPTIBLE	2
#define TASK_ZOMBIE		4
#define TASK_STOPPED		8

/* Scheduling policies. SCHED_YIELD: everybody else first, once. */
#define SCHED_OTHER		0
#define SCHED_YIELD		0x10

#define PF_EXITING		0x00000004

/*
 * The part of a process that the socket layer looks at. The process service
 * makes, forks and ends these; fields it alone needs are kept on its side.
 */
struct task_struct {
	volatile long state;
	unsigned long flags;			/* PF_... */
	int sigpending;				/* a signal waits for delivery */
	volatile long need_resched;
	unsigned long policy;			/* SCHED_..., the scheduler's */
	struct task_struct *next_task, *prev_task;	/* all processes, in a ring */
	int exit_code;
	pid_t pid;
	pid_t pgrp;
	pid_t tgid;
	struct task_struct *p_pptr;		/* parent */
	uid_t uid, euid, suid, fsuid;
	gid_t gid, egid, sgid, fsgid;
	kernel_cap_t cap_effective, cap_inheritable, cap_permitted;
	char comm[16];				/* name of the program */
	sigset_t blocked;
};

#define MAX_SCHEDULE_TIMEOUT	0x7fffffffL	/* "for ever" */

/*
 * Services. schedule() runs the best of those on the run queue, the caller
 * itself when it is TASK_RUNNING and no other is strictly better; it returns
 * when the caller is next. A woken process goes to the head of the queue, so
 * that among equals the one woken last runs first.
 */
extern void schedule(void);
extern void add_to_runqueue(struct task_struct *p);

extern signed long schedule_timeout(signed long timeout);
extern void wake_up_process(struct task_struct *p);
extern void __wake_up(wait_queue_head_t *q, unsigned int mode, unsigned int wq_mode);

#define wake_up(x) \
	__wake_up((x), TASK_UNINTERRUPTIBLE | TASK_INTERRUPTIBLE, WQ_FLAG_EXCLUSIVE)
#define wake_up_interruptible(x) \
	__wake_up((x), TASK_INTERRUPTIBLE, WQ_FLAG_EXCLUSIVE)
#define wake_up_interruptible_all(x) \
	__wake_up((x), TASK_INTERRUPTIBLE, 0)

#define __set_current_state(value)	((void)(current->state = (value)))
#define set_current_state(value)	((void)(current->state = (value)))

static inline int signal_pending(struct task_struct *p)
{
	return p->sigpending != 0;
}

#endif
