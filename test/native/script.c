/*
 * Reads a scenario script from standard input, a command a line, and prints
 * a JSON object a line: the result of each step, memory dumps, faults. One
 * case a run, so that each starts from the same memory.
 *
 *	case ID CAPABILITIES ... end
 *	proc NAME
 *	step PROCESS ASYNC SAVE SAVE_PORT CALL ARGUMENT...	("-": none)
 *	wait LABEL SAVE SAVE_PORT | pending LABEL | sleep MS | kill PROCESS SIGNAL
 *	ports LOW HIGH | failalloc CACHE N | failinit ADDRESS VALUE
 *	wire ADDRESS MASK MTU | inject HEX | closeall | memory
 *	watch FUNCTION ADDRESS | global NAME ADDRESS SIZE	(before the first case)
 *
 * Arguments: numbers; @NAME for a saved descriptor; addresses as
 * in:FAMILY:IP:PORT (PORT may be $NAME or $NAME+1), hex:FAMILY:BYTES, null, bad.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "native.h"
#include "script.h"

#define MAX_TOKENS	24
#define BAD_POINTER	0x10

extern int sysctl_local_port_range[2];

char *process_names[MAX_PROCESSES];
static int step_number;

static struct variable {
	char name[32];
	int value;
} fds[128], ports[32];
static int fd_count, port_count;

/* What a call still needs when it returns. */
struct pending {
	struct call call;
	char label[32], save[32], save_port[32], name[16];
	unsigned char *address, *data, *value;
	int *length, *pair;
	int wants_address;
} pendings[64];
static int pending_count;

static int lookup(struct variable *table, int count, const char *name, int missing)
{
	while (count-- > 0)
		if (!strcmp(table[count].name, name))
			return table[count].value;
	return missing;
}

static void save(struct variable *table, int *count, const char *name, int value)
{
	snprintf(table[*count].name, sizeof(table[0].name), "%s", name);
	table[(*count)++].value = value;
}

int process_named(const char *name)
{
	int i;

	for (i = 1; i < MAX_PROCESSES; i++)
		if (process_names[i] && !strcmp(process_names[i], name))
			return i;
	fprintf(stderr, "no process %s\n", name);
	exit(2);
}

/* ---- arguments ---- */

long number(const char *token)
{
	if (token[0] == '@')
		return lookup(fds, fd_count, token + 1, -1);
	return strtol(token, NULL, 0);
}

static int port_of(const char *token)
{
	char name[32];
	const char *plus = strchr(token, '+');

	if (token[0] != '$')
		return atoi(token);
	snprintf(name, sizeof(name), "%.*s",
		 (int)(plus ? plus - token - 1 : (long)strlen(token + 1)), token + 1);
	return lookup(ports, port_count, name, 0) + (plus ? atoi(plus + 1) : 0);
}

int from_hex(const char *text, unsigned char *out)
{
	int n = 0;
	unsigned int byte;

	while (sscanf(text + 2 * n, "%2x", &byte) == 1)
		out[n++] = byte;
	return n;
}

static void *address_of(const char *token, struct pending *p)
{
	char port[40];
	unsigned int family, a, b, c, d;
	int n;

	if (!strcmp(token, "null"))
		return NULL;
	if (!strcmp(token, "bad"))
		return (void *)BAD_POINTER;
	p->address = calloc(1, 256);
	if (sscanf(token, "in:%u:%u.%u.%u.%u:%39s", &family, &a, &b, &c, &d, port) == 6) {
		n = port_of(port);
		p->address[0] = family;
		p->address[1] = family >> 8;
		p->address[2] = n >> 8;
		p->address[3] = n;
		p->address[4] = a;
		p->address[5] = b;
		p->address[6] = c;
		p->address[7] = d;
	} else {
		from_hex(strchr(strchr(token, ':') + 1, ':') + 1, p->address);
	}
	return p->address;
}

/* Buffer and length for calls that return an address. */
static void address_out(char **t, struct pending *p, long *words)
{
	if (!strcmp(t[0], "buf")) {
		p->address = calloc(1, 256);
		words[0] = (long)p->address;
		p->wants_address = 1;
	} else {
		words[0] = !strcmp(t[0], "bad") ? BAD_POINTER : 0;
	}
	if (!strcmp(t[1], "null")) {
		words[1] = 0;
	} else if (!strcmp(t[1], "bad")) {
		words[1] = BAD_POINTER;
	} else {
		p->length = malloc(sizeof(int));
		*p->length = strtol(t[1], NULL, 0);
		words[1] = (long)p->length;
	}
}

/* ---- calls ---- */

/* Fills p->call; 0 when the call is not one of the kernel's. */
static int prepare(struct pending *p, char **t)
{
	struct call *c = &p->call;
	long *w = c->words;
	int n;

#define CALL(name_, fn) (!strcmp(t[0], name_) && (c->function = (entry)fn))
	if (CALL("socket", sys_socket)) {
		for (n = 0; n < 3; n++)
			w[n] = number(t[1 + n]);
	} else if (CALL("socketpair", sys_socketpair)) {
		for (n = 0; n < 3; n++)
			w[n] = number(t[1 + n]);
		p->pair = calloc(2, sizeof(int));
		w[3] = (long)p->pair;
	} else if (CALL("bind", sys_bind) || CALL("connect", sys_connect)) {
		w[0] = number(t[1]);
		w[1] = (long)address_of(t[2], p);
		w[2] = number(t[3]);
	} else if (CALL("listen", sys_listen) || CALL("shutdown", sys_shutdown)) {
		w[0] = number(t[1]);
		w[1] = number(t[2]);
	} else if (CALL("close", sys_close)) {
		w[0] = number(t[1]);
	} else if (CALL("accept", sys_accept) || CALL("getsockname", sys_getsockname) ||
		   CALL("getpeername", sys_getpeername)) {
		w[0] = number(t[1]);
		address_out(t + 2, p, w + 1);
	} else if (CALL("sendto", sys_sendto)) {
		p->data = malloc(BUFFER_SIZE);
		w[0] = number(t[1]);
		w[1] = (long)p->data;
		w[2] = from_hex(t[2], p->data);
		w[3] = 0x4000;	/* MSG_NOSIGNAL */
		w[4] = t[3] ? (long)address_of(t[3], p) : 0;
		w[5] = t[3] ? 16 : 0;
		p->data = NULL;
	} else if (CALL("recv", sys_recvfrom)) {
		p->data = malloc(BUFFER_SIZE);
		w[0] = number(t[1]);
		w[1] = (long)p->data;
		w[2] = number(t[2]);
	} else if (CALL("fcntl", sys_fcntl)) {
		w[0] = number(t[1]);
		w[1] = number(t[2]);
		w[2] = t[3] ? number(t[3]) : 0;
	} else if (CALL("setsockopt", sys_setsockopt)) {
		p->value = malloc(256);
		w[0] = number(t[1]);
		w[1] = number(t[2]);
		w[2] = number(t[3]);
		w[3] = (long)p->value;
		w[4] = from_hex(t[4], p->value);
		p->value = NULL;
	} else if (CALL("getsockopt", sys_getsockopt)) {
		p->value = calloc(1, 256);
		p->length = malloc(sizeof(int));
		*p->length = 256;
		w[0] = number(t[1]);
		w[1] = number(t[2]);
		w[2] = number(t[3]);
		w[3] = (long)p->value;
		w[4] = (long)p->length;
	} else if (CALL("ioctl", sys_ioctl)) {
		p->value = calloc(1, 256);
		w[0] = number(t[1]);
		w[1] = number(t[2]);
		w[2] = (long)p->value;
	} else if (CALL("read", sys_read)) {
		p->data = malloc(BUFFER_SIZE);
		w[0] = number(t[1]);
		w[1] = (long)p->data;
		w[2] = number(t[2]);
	} else if (CALL("write", sys_write)) {
		unsigned char *data = malloc(BUFFER_SIZE);

		w[0] = number(t[1]);
		w[1] = (long)data;
		w[2] = from_hex(t[2], data);
	} else {
		return 0;
	}
	return 1;
}

/* Calls that the environment answers itself. */
static int other_call(int process, char **t, long *value)
{
	if (!strcmp(t[0], "open_nonsocket")) {
		*value = native_open_plain(process);
		native_set_current(0);
	} else if (!strcmp(t[0], "fork")) {
		int child = native_fork(process, t[1]);

		process_names[child] = strdup(t[1]);
		*value = 0;
	} else if (!strcmp(t[0], "sigaction")) {
		native_sigaction(process, number(t[1]), number(t[2]), number(t[3]));
		*value = 0;
	} else if (!strcmp(t[0], "limit_fds")) {
		native_limit_fds(process, number(t[1]));
		*value = 0;
	} else {
		return 0;
	}
	return 1;
}

static void report(struct pending *p)
{
	struct call *c = &p->call;
	int i;

	printf("{\"step\":%d,\"ret\":%ld,\"elapsed\":%lu", step_number, c->value,
	       (c->finished_at - c->started_at) * 10);
	if (p->wants_address && c->value >= 0 && p->address) {
		printf(",\"ip\":\"%d.%d.%d.%d\",\"port\":%d", p->address[4], p->address[5],
		       p->address[6], p->address[7], p->address[2] << 8 | p->address[3]);
		if (strcmp(p->save_port, "-"))
			save(ports, &port_count, p->save_port, p->address[2] << 8 | p->address[3]);
	}
	if (p->length && p->wants_address)
		printf(",\"addrlen\":%d", *p->length);
	if (p->data && c->value >= 0) {
		printf(",\"data\":\"");
		for (i = 0; i < c->value; i++)
			printf("%02x", p->data[i]);
		printf("\"");
	}
	if (p->value && c->value >= 0)
		printf(",\"value\":%d", *(int *)p->value);
	printf("}\n");
	if (strcmp(p->save, "-") && c->value >= 0)
		save(fds, &fd_count, p->save, c->value);
}

static void stuck(void)
{
	printf("{\"step\":%d,\"blocks\":true,\"stuck\":true}\n", step_number);
}

static void wait_for(struct pending *p)
{
	host_run();
	while (!p->call.done)
		if (!host_advance(native_jiffies() + 0x7ffffffeUL))
			return stuck();
	report(p);
}

static struct pending *labelled(const char *label)
{
	int i;

	for (i = pending_count - 1; i >= 0; i--)
		if (!strcmp(pendings[i].label, label))
			return &pendings[i];
	fprintf(stderr, "no call %s\n", label);
	exit(2);
}

static void step(char **t)
{
	struct pending *p = &pendings[pending_count++ % 64];
	int process = process_named(t[0]);

	memset(p, 0, sizeof(*p));
	snprintf(p->label, sizeof(p->label), "%s", t[1]);
	snprintf(p->save, sizeof(p->save), "%s", t[2]);
	snprintf(p->save_port, sizeof(p->save_port), "%s", t[3]);
	if (other_call(process, t + 4, &p->call.value)) {
		report(p);
		return;
	}
	if (!prepare(p, t + 4)) {
		fprintf(stderr, "no call %s\n", t[4]);
		exit(2);
	}
	host_start_call(process, &p->call);
	if (!strcmp(t[1], "-")) {
		wait_for(p);
		return;
	}
	host_run();
	if (p->call.done)
		report(p);
	else
		printf("{\"step\":%d,\"blocks\":true}\n", step_number);
}

/* A stand-in for a protocol's init that fails. */
static long failing_value;

static int failing_init(void *sk)
{
	return failing_value;
}

static void sleep_ms(long ms)
{
	unsigned long end = native_jiffies() + ms / 10;

	host_run();
	while (native_jiffies() != end)
		host_advance(end);
	printf("{\"step\":%d,\"ret\":0,\"elapsed\":%ld}\n", step_number, ms);
}

static int ntohl_dotted(const char *text)
{
	unsigned int a, b, c, d;

	sscanf(text, "%u.%u.%u.%u", &a, &b, &c, &d);
	return a | b << 8 | c << 16 | d << 24;
}

static void command(char **t)
{
	int i;

	if (!strcmp(t[0], "step")) {
		step(t + 1);
	} else if (!strcmp(t[0], "wait")) {
		struct pending *p = labelled(t[1]);

		snprintf(p->save, sizeof(p->save), "%s", t[2]);
		snprintf(p->save_port, sizeof(p->save_port), "%s", t[3]);
		wait_for(p);
	} else if (!strcmp(t[0], "pending")) {
		host_run();
		if (labelled(t[1])->call.done)
			report(labelled(t[1]));
		else
			printf("{\"step\":%d,\"blocks\":true}\n", step_number);
	} else if (!strcmp(t[0], "sleep")) {
		sleep_ms(number(t[1]));
	} else if (!strcmp(t[0], "kill")) {
		native_kill(process_named(t[1]), number(t[2]));
		host_run();
		printf("{\"step\":%d,\"ret\":0,\"elapsed\":0}\n", step_number);
	} else if (!strcmp(t[0], "ports")) {
		sysctl_local_port_range[0] = number(t[1]);
		sysctl_local_port_range[1] = number(t[2]);
		return;
	} else if (!strcmp(t[0], "failalloc")) {
		host_fail_alloc(t[1], number(t[2]));
		return;
	} else if (!strcmp(t[0], "failinit")) {
		failing_value = number(t[2]);
		*(void **)strtoul(t[1], NULL, 0) = failing_init;
		return;
	} else if (!strcmp(t[0], "wire")) {
		sockscope_wire_up(ntohl_dotted(t[1]), ntohl_dotted(t[2]), number(t[3]));
		return;
	} else if (!strcmp(t[0], "inject")) {
		unsigned char *bytes = malloc(BUFFER_SIZE);

		native_inject(bytes, from_hex(t[1], bytes));
		free(bytes);
		host_run();
		return;
	} else if (!strcmp(t[0], "closeall")) {
		for (i = 1; i < MAX_PROCESSES; i++)
			if (process_names[i])
				native_close_all(i);
		native_set_current(0);
		host_run();
		return;
	} else if (!strcmp(t[0], "memory")) {
		host_memory_report();
		return;
	} else {
		fprintf(stderr, "unknown command %s\n", t[0]);
		exit(2);
	}
	step_number++;
	fflush(stdout);
}

int main(void)
{
	static char line[2 * BUFFER_SIZE + 1000];
	unsigned int caps = 0;
	int in_case = 0, count, next = 1;
	char *t[MAX_TOKENS + 1];

	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin)) {
		memset(t, 0, sizeof(t));
		for (count = 0, t[0] = strtok(line, " \n"); t[count] && count < MAX_TOKENS - 1;)
			t[++count] = strtok(NULL, " \n");
		if (!t[0] || t[0][0] == '#')
			continue;
		if (!strcmp(t[0], "watch")) {
			host_watch(t[1], strtoul(t[2], NULL, 16));
		} else if (!strcmp(t[0], "global")) {
			host_global(t[1], strtoul(t[2], NULL, 16), strtoul(t[3], NULL, 16));
		} else if (!strcmp(t[0], "case")) {
			printf("{\"case\":\"%s\"}\n", t[1]);
			caps = strtoul(t[2], NULL, 0);
			native_boot();
			in_case = 1;
		} else if (!strcmp(t[0], "end")) {
			fflush(stdout);
			return 0;
		} else if (in_case) {
			if (!strcmp(t[0], "proc")) {
				process_names[next] = strdup(t[1]);
				native_new_process(t[1], caps);
				next++;
				continue;
			}
			if (!recorded(t, count))
				command(t);
		}
	}
	return 0;
}
