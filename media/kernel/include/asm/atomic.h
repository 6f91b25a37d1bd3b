/* SockScope's own C under Linux's names, not Linux's source.
 * Counters. One processor and no preemption inside the kernel, so plain
 * arithmetic is already atomic here; the wrapper type keeps users honest.
 */
#ifndef _ASM_ATOMIC_H
#define _ASM_ATOMIC_H

typedef struct {
	volatile int counter;
} atomic_t;

#define ATOMIC_INIT(i)		{ (i) }

#define atomic_read(v)		((v)->counter)
#define atomic_set(v, i)	((v)->counter = (i))
#define atomic_add(i, v)	((void)((v)->counter += (i)))
#define atomic_sub(i, v)	((void)((v)->counter -= (i)))
#define atomic_inc(v)		((void)((v)->counter++))
#define atomic_dec(v)		((void)((v)->counter--))

/* True when the count has just reached zero. */
#define atomic_dec_and_test(v)	(--(v)->counter == 0)

#endif
