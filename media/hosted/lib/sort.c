/*
 * The functions of <stdlib.h> that call back into the program, and the random numbers. In C, so that they can be
 * stepped through like everything else.
 */
#include <stddef.h>

static unsigned int random_state = 1;

void srand(unsigned int seed)
{
	random_state = seed;
}

int rand(void)
{
	random_state = random_state * 1103515245u + 12345u;
	return (int)((random_state >> 1) & 0x7fffffff);
}

static void swap_bytes(char *left, char *right, size_t size)
{
	while (size-- > 0) {
		char kept = *left;

		*left++ = *right;
		*right++ = kept;
	}
}

/* Heap sort: never quadratic, needs no memory. */
static void sift_down(char *base, size_t start, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	for (;;) {
		size_t child = 2 * start + 1;

		if (child >= count)
			return;
		if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (compare(base + start * size, base + child * size) >= 0)
			return;
		swap_bytes(base + start * size, base + child * size, size);
		start = child;
	}
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	size_t i;

	for (i = count / 2; i > 0; i--)
		sift_down(base, i - 1, count, size, compare);
	for (i = count; i > 1; i--) {
		swap_bytes(base, (char *)base + (i - 1) * size, size);
		sift_down(base, 0, i - 1, size, compare);
	}
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		const char *at = (const char *)base + middle * size;
		int order = compare(key, at);

		if (order == 0)
			return (void *)at;
		if (order < 0)
			count = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
