/* Locks of a tree that wants real ones even on one processor: words that are written and never waited for. */
#ifndef _SIM_SPINLOCK_H
#define _SIM_SPINLOCK_H
typedef struct {
	volatile unsigned int lock;
} spinlock_t;
#define SPIN_LOCK_UNLOCKED (spinlock_t) { 1 }
#define spin_lock_init(x) do { *(x) = SPIN_LOCK_UNLOCKED; } while (0)
#define spin_is_locked(x) ((x)->lock != 1)
#define spin_unlock_wait(x) do { } while (0)
#define spin_lock(x) ((void)((x)->lock = 0))
#define spin_unlock(x) ((void)((x)->lock = 1))
#define spin_trylock(x) ((x)->lock == 1 ? ((x)->lock = 0, 1) : 0)
typedef struct {
	volatile unsigned int lock;
} rwlock_t;
#define RW_LOCK_BIAS 0x01000000
#define RW_LOCK_UNLOCKED (rwlock_t) { RW_LOCK_BIAS }
#define rwlock_init(x) do { *(x) = RW_LOCK_UNLOCKED; } while (0)
#define read_lock(x) ((void)((x)->lock--))
#define read_unlock(x) ((void)((x)->lock++))
#define write_lock(x) ((void)((x)->lock -= RW_LOCK_BIAS))
#define write_unlock(x) ((void)((x)->lock += RW_LOCK_BIAS))
#define write_trylock(x) ((x)->lock == RW_LOCK_BIAS ? ((x)->lock = 0, 1) : 0)
#endif
