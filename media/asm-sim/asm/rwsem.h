/* Semaphores that many may hold for reading, with the i386's layout. Nothing sleeps while it holds one here, so taking one always succeeds. */
#ifndef _SIM_RWSEM_H
#define _SIM_RWSEM_H
#include <linux/list.h>
#include <linux/spinlock.h>
struct rw_semaphore {
	signed long count;
	spinlock_t wait_lock;
	struct list_head wait_list;
};
#define RWSEM_UNLOCKED_VALUE 0
#define RWSEM_ACTIVE_WRITE_BIAS (-0xffffL)
#define __RWSEM_INITIALIZER(name) { RWSEM_UNLOCKED_VALUE, SPIN_LOCK_UNLOCKED, LIST_HEAD_INIT((name).wait_list) }
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name)
static __inline__ void init_rwsem(struct rw_semaphore *sem)
{
	sem->count = RWSEM_UNLOCKED_VALUE;
	spin_lock_init(&sem->wait_lock);
	INIT_LIST_HEAD(&sem->wait_list);
}
#define __down_read(sem) ((void)((sem)->count++))
#define __up_read(sem) ((void)((sem)->count--))
#define __down_write(sem) ((void)((sem)->count += RWSEM_ACTIVE_WRITE_BIAS))
#define __up_write(sem) ((void)((sem)->count -= RWSEM_ACTIVE_WRITE_BIAS))
#define __down_read_trylock(sem) ((sem)->count < 0 ? 0 : ((sem)->count++, 1))
#define __down_write_trylock(sem) ((sem)->count != 0 ? 0 : ((sem)->count += RWSEM_ACTIVE_WRITE_BIAS, 1))
#define __downgrade_write(sem) ((void)((sem)->count -= RWSEM_ACTIVE_WRITE_BIAS - 1))
#define rwsem_atomic_add(delta, sem) ((void)((sem)->count += (delta)))
#define rwsem_atomic_update(delta, sem) ((sem)->count += (delta))
#endif
