/* Atomic counters. One processor, and nothing interrupts between two statements: plain arithmetic is atomic. */
#ifndef _SIM_ATOMIC_H
#define _SIM_ATOMIC_H
typedef struct {
	volatile int counter;
} atomic_t;
#define ATOMIC_INIT(value) { (value) }
#define atomic_read(v) ((v)->counter)
#define atomic_set(v, value) (((v)->counter) = (value))
#define atomic_add(amount, v) ((void)((v)->counter += (amount)))
#define atomic_sub(amount, v) ((void)((v)->counter -= (amount)))
#define atomic_inc(v) ((void)((v)->counter++))
#define atomic_dec(v) ((void)((v)->counter--))
#define atomic_sub_and_test(amount, v) (((v)->counter -= (amount)) == 0)
#define atomic_dec_and_test(v) (--(v)->counter == 0)
#define atomic_inc_and_test(v) (++(v)->counter == 0)
#define atomic_add_negative(amount, v) (((v)->counter += (amount)) < 0)
#define atomic_clear_mask(mask, address) ((void)(*(address) &= ~(mask)))
#define atomic_set_mask(mask, address) ((void)(*(address) |= (mask)))
#define smp_mb__before_atomic_dec() do { } while (0)
#define smp_mb__after_atomic_dec() do { } while (0)
#define smp_mb__before_atomic_inc() do { } while (0)
#define smp_mb__after_atomic_inc() do { } while (0)
#endif
