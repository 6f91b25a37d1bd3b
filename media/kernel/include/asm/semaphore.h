#ifndef _ASM_SEMAPHORE_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _ASM_SEMAPHORE_H

#include <linux/wait.h>
#include <asm/atomic.h>

/* Only its size matters here: struct unix_opt contains one. */
struct semaphore {
	atomic_t count;
	int sleepers;
	wait_queue_head_t wait;
};

#endif
