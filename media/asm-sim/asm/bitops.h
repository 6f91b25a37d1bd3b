/* Operations on single bits of memory, lowest bit of the first word first. */
#ifndef _SIM_BITOPS_H
#define _SIM_BITOPS_H
#define __SIM_WORD(nr, address) (((volatile unsigned int *)(address))[(unsigned int)(nr) >> 5])
#define __SIM_MASK(nr) (1U << ((nr) & 31))

static __inline__ void set_bit(int nr, volatile void *address)
{
	__SIM_WORD(nr, address) |= __SIM_MASK(nr);
}

static __inline__ void clear_bit(int nr, volatile void *address)
{
	__SIM_WORD(nr, address) &= ~__SIM_MASK(nr);
}

static __inline__ void change_bit(int nr, volatile void *address)
{
	__SIM_WORD(nr, address) ^= __SIM_MASK(nr);
}

#define test_bit(nr, address) ((__SIM_WORD(nr, address) & __SIM_MASK(nr)) != 0)

static __inline__ int test_and_set_bit(int nr, volatile void *address)
{
	int was = test_bit(nr, address);

	set_bit(nr, address);
	return was;
}

static __inline__ int test_and_clear_bit(int nr, volatile void *address)
{
	int was = test_bit(nr, address);

	clear_bit(nr, address);
	return was;
}

static __inline__ int test_and_change_bit(int nr, volatile void *address)
{
	int was = test_bit(nr, address);

	change_bit(nr, address);
	return was;
}

#define __set_bit(nr, address) set_bit(nr, address)
#define __clear_bit(nr, address) clear_bit(nr, address)
#define __change_bit(nr, address) change_bit(nr, address)
#define __test_and_set_bit(nr, address) test_and_set_bit(nr, address)
#define __test_and_clear_bit(nr, address) test_and_clear_bit(nr, address)
#define __test_and_change_bit(nr, address) test_and_change_bit(nr, address)
#define smp_mb__before_clear_bit() do { } while (0)
#define smp_mb__after_clear_bit() do { } while (0)

/* Position of the lowest clear bit; the word must have one. */
static __inline__ unsigned long ffz(unsigned long word)
{
	return __builtin_ctz(~word);
}

/* Position of the lowest set bit, counted from 1; 0 when there is none. */
static __inline__ int ffs(int word)
{
	return __builtin_ffs(word);
}

static __inline__ int find_next_zero_bit(void *address, int size, int offset)
{
	while (offset < size && test_bit(offset, address))
		offset++;
	return offset < size ? offset : size;
}

/* Position of the lowest set bit; the word must have one. */
static __inline__ unsigned long __ffs(unsigned long word)
{
	return __builtin_ctz(word);
}

static __inline__ int find_next_bit(void *address, int size, int offset)
{
	while (offset < size && !test_bit(offset, address))
		offset++;
	return offset < size ? offset : size;
}

/* Of a priority bitmap of 140 bits: the first that is set. */
#define sched_find_first_bit(map) find_next_bit((map), 140, 0)
#define _sched_find_first_bit(map) find_next_bit((map), 140, 0)
#define find_first_bit(address, size) find_next_bit((address), (size), 0)
#define find_first_zero_bit(address, size) find_next_zero_bit((address), (size), 0)
#define ext2_test_bit test_bit
#define ext2_clear_bit test_and_clear_bit
#define ext2_set_bit test_and_set_bit
#define ext2_find_next_zero_bit find_next_zero_bit
#define ext2_find_first_zero_bit find_first_zero_bit
#define hweight8(x) generic_hweight8(x)
#define hweight16(x) generic_hweight16(x)
#define hweight32(x) generic_hweight32(x)
#define minix_test_and_set_bit(nr, address) test_and_set_bit(nr, address)
#define minix_set_bit(nr, address) set_bit(nr, address)
#define minix_test_and_clear_bit(nr, address) test_and_clear_bit(nr, address)
#define minix_test_bit(nr, address) test_bit(nr, address)
#define minix_find_first_zero_bit(address, size) find_first_zero_bit(address, size)
#endif
