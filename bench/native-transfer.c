/*
 * Times a bulk transfer over TCP on the loopback device of the bundled kernel, built with gcc: one process holds both ends and
 * writes and reads BLOCK bytes in turn, `transfer BLOCKS ROUNDS` times over. Prints for each round a sum over what was received and the
 * nanoseconds it took, on one line.
 * The other side of the comparison makes the same calls: bench/transfer.ts. Services below the kernel are those of test/native.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "native.h"

#define BLOCK		32768
#define AF_INET		2
#define SOCK_STREAM	1
#define PORT		7777

extern long sys_socket(), sys_bind(), sys_listen(), sys_accept(), sys_connect(), sys_read(), sys_write(), sys_close();

/* ---- what services.c asks of its driver ---- */

void host_block(void)
{
	host_fail("the process would sleep", __FILE__, __LINE__);
}

int host_others_ready(int self)
{
	return self < 0;
}

void *host_alloc(const char *cache, unsigned int size)
{
	return cache ? malloc(size) : NULL;
}

void host_free(void *object)
{
	free(object);
}

void host_print(const char *text, long a, long b)
{
	(void)text, (void)a, (void)b;
}

void host_wire(const void *bytes, int len)
{
	(void)bytes, (void)len;
}

void host_fail(const char *why, const char *file, int line)
{
	fprintf(stderr, "%s (%s:%d)\n", why, file, line);
	exit(1);
}

/* ---- the transfer ---- */

static long left(long value)
{
	long end = value;

	native_do_softirq();
	native_deliver(1, &end);
	return end;
}

static long must(long value)
{
	value = left(value);
	if (value < 0)
		host_fail("a call failed", __FILE__, (int)-value);
	return value;
}

/* One connection, over which so many blocks go; gives the bytes received. */
static unsigned long transfer(int blocks, unsigned char *out, unsigned char *in)
{
	static unsigned char address[16] = { AF_INET, 0, PORT >> 8, PORT & 255, 127, 0, 0, 1 };
	unsigned long total = 0;
	long listener, client, server;

	listener = must(sys_socket(AF_INET, SOCK_STREAM, 0));
	must(sys_bind(listener, address, sizeof(address)));
	must(sys_listen(listener, 5));
	client = must(sys_socket(AF_INET, SOCK_STREAM, 0));
	must(sys_connect(client, address, sizeof(address)));
	server = must(sys_accept(listener, 0, 0));
	while (blocks-- > 0) {
		must(sys_write(client, out, BLOCK));
		total += must(sys_read(server, in, BLOCK));
	}
	must(sys_close(client));
	must(sys_close(server));
	must(sys_close(listener));
	return total;
}

int main(int argc, char **argv)
{
	static unsigned char out[BLOCK], in[BLOCK];
	int blocks = argc > 1 ? atoi(argv[1]) : 32;
	int rounds = argc > 2 ? atoi(argv[2]) : 1;
	struct timespec began, ended;
	unsigned long total, sum;
	int i;

	native_boot();
	native_new_process("bench", 0);
	native_set_current(1);
	for (i = 0; i < BLOCK; i++)
		out[i] = i * 7;
	while (rounds-- > 0) {
		clock_gettime(CLOCK_MONOTONIC, &began);
		total = transfer(blocks, out, in);
		clock_gettime(CLOCK_MONOTONIC, &ended);
		for (i = 0, sum = 0; i < BLOCK; i++)
			sum += in[i] * (i + 1);
		printf("%lu %lld\n", total + sum, (ended.tv_sec - began.tv_sec) * 1000000000LL + (ended.tv_nsec - began.tv_nsec));
	}
	return 0;
}
