/* SockScope's own C under Linux's names, not Linux's source.
 * Locks. With one processor there is nobody to spin against, so the calls
 * only document which data is protected. The types keep their four bytes.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <asm/hardirq.h>

typedef struct { int gcc_is_buggy; } spinlock_t;
typedef struct { int gcc_is_buggy; } rwlock_t;

#define SPIN_LOCK_UNLOCKED	((spinlock_t) { 0 })
#define RW_LOCK_UNLOCKED	((rwlock_t) { 0 })

#define spin_lock_init(lock)	((void)((lock)->gcc_is_buggy = 0))

#define spin_lock(lock)		((void)(lock))
#define spin_unlock(lock)	((void)(lock))
#define read_lock(lock)		((void)(lock))
#define read_unlock(lock)	((void)(lock))
#define write_lock(lock)	((void)(lock))
#define write_unlock(lock)	((void)(lock))

/* The _bh forms also keep soft interrupts out. */
#define spin_lock_bh(lock)	local_bh_disable()
#define spin_unlock_bh(lock)	local_bh_enable()
#define read_lock_bh(lock)	local_bh_disable()
#define read_unlock_bh(lock)	local_bh_enable()
#define write_lock_bh(lock)	local_bh_disable()
#define write_unlock_bh(lock)	local_bh_enable()

#endif
