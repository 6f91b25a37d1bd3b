/*
 * Commands of a recorded run of the simulator (see engine-run.ts):
 *
 *	raw PROCESS ENTRY WORD...	a system call; a WORD is a number or p:BYTES, a pointer
 *	at MICROSECONDS			time passes until then
 *	poke ADDRESS VALUE | intercept ADDRESS N VALUE | rwire ADDRESS MASK MTU
 *	rfork PROCESS NAME | rsig PROCESS SIGNAL KIND RESTART | rlimit PROCESS N
 *	ropen PROCESS | terminal | uid N
 */
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "native.h"
#include "script.h"

static void raw_call(char **t, int count)
{
	static const struct {
		const char *name;
		entry function;
	} entries[] = {
		{ "sys_socket", (entry)sys_socket }, { "sys_socketpair", (entry)sys_socketpair },
		{ "sys_bind", (entry)sys_bind }, { "sys_listen", (entry)sys_listen },
		{ "sys_accept", (entry)sys_accept }, { "sys_connect", (entry)sys_connect },
		{ "sys_getsockname", (entry)sys_getsockname },
		{ "sys_getpeername", (entry)sys_getpeername },
		{ "sys_shutdown", (entry)sys_shutdown }, { "sys_send", (entry)sys_send },
		{ "sys_sendto", (entry)sys_sendto }, { "sys_recv", (entry)sys_recv },
		{ "sys_recvfrom", (entry)sys_recvfrom },
		{ "sys_setsockopt", (entry)sys_setsockopt },
		{ "sys_getsockopt", (entry)sys_getsockopt }, { "sys_fcntl", (entry)sys_fcntl },
		{ "sys_ioctl", (entry)sys_ioctl }, { "sys_read", (entry)sys_read },
		{ "sys_write", (entry)sys_write }, { "sys_close", (entry)sys_close }
	};
	struct call *c = calloc(1, sizeof(*c));
	unsigned int i;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (!strcmp(entries[i].name, t[1]))
			c->function = entries[i].function;
	for (i = 2; i < (unsigned int)count && i < 8; i++) {
		if (!strncmp(t[i], "p:", 2)) {
			unsigned char *bytes = calloc(1, strlen(t[i]) / 2 + 16);

			from_hex(t[i] + 2, bytes);
			c->words[i - 2] = (long)bytes;
		} else {
			c->words[i - 2] = strtoul(t[i], NULL, 0);
		}
	}
	host_start_call(process_named(t[0]), c);
	host_run();
}

/* Lets time pass until the given moment. */
static void run_until(unsigned long us)
{
	unsigned long end = us / 10000;

	host_run();
	while (native_jiffies() != end)
		host_advance(end);
	native_set_time(us);
}

int recorded(char **t, int count)
{
	int i;

	if (!strcmp(t[0], "raw")) {
		raw_call(t + 1, count - 1);
	} else if (!strcmp(t[0], "at")) {
		run_until(strtoul(t[1], NULL, 0));
	} else if (!strcmp(t[0], "poke")) {
		*(int *)strtoul(t[1], NULL, 0) = strtoul(t[2], NULL, 0);
	} else if (!strcmp(t[0], "intercept")) {
		host_intercept(strtoul(t[1], NULL, 0), number(t[2]), number(t[3]));
	} else if (!strcmp(t[0], "rwire")) {
		sockscope_wire_up(strtoul(t[1], NULL, 0), strtoul(t[2], NULL, 0), number(t[3]));
	} else if (!strcmp(t[0], "rfork")) {
		i = native_fork(process_named(t[1]), t[2]);
		process_names[i] = strdup(t[2]);
	} else if (!strcmp(t[0], "rsig")) {
		native_sigaction(process_named(t[1]), number(t[2]), number(t[3]), number(t[4]));
	} else if (!strcmp(t[0], "rlimit")) {
		native_set_fd_limit(process_named(t[1]), number(t[2]));
	} else if (!strcmp(t[0], "ropen")) {
		native_open_plain(process_named(t[1]));
		native_set_current(0);
	} else if (!strcmp(t[0], "uid")) {
		native_uid_of_new(number(t[1]));
	} else if (!strcmp(t[0], "terminal")) {
		for (i = 1; i < MAX_PROCESSES; i++)
			if (process_names[i])
				native_reserve_terminal(i);
	} else {
		return 0;
	}
	return 1;
}
