/* Semaphores with the i386's layout. Nothing sleeps while it holds one here, so taking one always succeeds. */
#ifndef _SIM_SEMAPHORE_H
#define _SIM_SEMAPHORE_H
#include <linux/linkage.h>
#include <asm/tree.h>
#include <asm/system.h>
#include <asm/atomic.h>
#include <linux/wait.h>
#include <linux/spinlock.h>
#ifdef TREE_RWSEM
#include <linux/rwsem.h>
#endif
struct semaphore {
	atomic_t count;
	int sleepers;
	wait_queue_head_t wait;
};
#define __SEMAPHORE_INITIALIZER(name, value) { ATOMIC_INIT(value), 0, __WAIT_QUEUE_HEAD_INITIALIZER((name).wait) }
#define __MUTEX_INITIALIZER(name) __SEMAPHORE_INITIALIZER(name, 1)
#define DECLARE_MUTEX(name) struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)
#define DECLARE_MUTEX_LOCKED(name) struct semaphore name = __SEMAPHORE_INITIALIZER(name, 0)
static __inline__ void sema_init(struct semaphore *sem, int value)
{
	atomic_set(&sem->count, value);
	sem->sleepers = 0;
	init_waitqueue_head(&sem->wait);
}
#define init_MUTEX(sem) sema_init((sem), 1)
#define init_MUTEX_LOCKED(sem) sema_init((sem), 0)
#define down(sem) atomic_dec(&(sem)->count)
#define down_interruptible(sem) (atomic_dec(&(sem)->count), 0)
#define down_trylock(sem) (atomic_read(&(sem)->count) > 0 ? (atomic_dec(&(sem)->count), 0) : 1)
#define up(sem) atomic_inc(&(sem)->count)
#ifndef TREE_RWSEM
struct rw_semaphore {
	atomic_t count;
	volatile unsigned char write_bias_granted;
	volatile unsigned char read_bias_granted;
	volatile unsigned char pad1;
	volatile unsigned char pad2;
	wait_queue_head_t wait;
	wait_queue_head_t write_bias_wait;
};
#define RW_LOCK_BIAS 0x01000000
#define __RWSEM_INITIALIZER(name, value) { ATOMIC_INIT(value), 0, 0, 0, 0, \
	__WAIT_QUEUE_HEAD_INITIALIZER((name).wait), __WAIT_QUEUE_HEAD_INITIALIZER((name).write_bias_wait) }
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name, RW_LOCK_BIAS)
static __inline__ void init_rwsem(struct rw_semaphore *sem)
{
	atomic_set(&sem->count, RW_LOCK_BIAS);
	init_waitqueue_head(&sem->wait);
	init_waitqueue_head(&sem->write_bias_wait);
}
#define down_read(sem) atomic_dec(&(sem)->count)
#define up_read(sem) atomic_inc(&(sem)->count)
#define down_write(sem) atomic_sub(RW_LOCK_BIAS, &(sem)->count)
#define up_write(sem) atomic_add(RW_LOCK_BIAS, &(sem)->count)
#endif
#endif
