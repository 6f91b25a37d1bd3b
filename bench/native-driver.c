/*
 * Times `bench_run(ARGUMENT)` of the kernel it is linked with.
 * Prints the result and the nanoseconds it took, both in decimal, on one line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

unsigned int bench_run(unsigned int argument);

int main(int argc, char **argv)
{
	struct timespec began, ended;
	unsigned int result;

	if (argc != 2)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &began);
	result = bench_run((unsigned int) strtoul(argv[1], 0, 10));
	clock_gettime(CLOCK_MONOTONIC, &ended);
	printf("%u %lld\n", result,
	       (ended.tv_sec - began.tv_sec) * 1000000000LL + (ended.tv_nsec - began.tv_nsec));
	return 0;
}
