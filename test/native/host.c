/*
 * The machine under the native kernel: a context for each process, memory
 * objects with poison, the dump of all memory at function returns, and the
 * choice of who runs. The script is read by script.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include "host.h"
#include "native.h"

#define STACK_SIZE	(256 * 1024)

static struct task {
	ucontext_t context;
	char *stack;
	struct call *call;	/* under way */
	int dead;
} tasks[MAX_PROCESSES];

static ucontext_t driver;
static int last_run;

/* ---- memory objects ---- */

static struct object {
	int id;
	const char *cache;
	unsigned char *address;
	unsigned int size;
	int live;
} *objects;
static int object_count, object_room, next_id;

static struct failure {
	char cache[64];
	int left;
} failures[8];
static int failure_count;

/* cache may be "*" for any. */
void host_fail_alloc(const char *cache, int nth)
{
	struct failure *f = &failures[failure_count++];

	snprintf(f->cache, sizeof(f->cache), "%s", cache);
	f->left = nth;
}

static int must_fail(const char *cache)
{
	int i, result = 0;

	for (i = 0; i < failure_count; i++)
		if ((!strcmp(failures[i].cache, cache) || !strcmp(failures[i].cache, "*")) &&
		    failures[i].left && --failures[i].left == 0)
			result = 1;
	return result;
}

void *host_alloc(const char *cache, unsigned int size)
{
	struct object *o;

	if (strcmp(cache, "cache") && must_fail(cache))
		return NULL;
	if (object_count == object_room) {
		object_room = object_room ? 2 * object_room : 256;
		objects = realloc(objects, object_room * sizeof(*objects));
	}
	o = &objects[object_count];
	o->id = strcmp(cache, "cache") ? next_id++ : -1;
	object_count++;
	o->cache = cache;
	o->size = size;
	o->live = 1;
	/* Caches keep the C string of the kernel; the memory is never used again. */
	o->address = malloc(size + 16);
	memset(o->address, 0x5a, size);
	return o->address;
}

void host_free(void *address)
{
	int i;

	for (i = object_count - 1; i >= 0; i--) {
		if (objects[i].address != address)
			continue;
		if (!objects[i].live)
			host_fail("freed twice", objects[i].cache, objects[i].id);
		objects[i].live = 0;
		memset(address, 0x6b, objects[i].size);
		return;
	}
	host_fail("freed but never allocated", "host_free", 0);
}

/* Was freed memory written to? What is still allocated, by cache? */
void host_memory_report(void)
{
	unsigned int at;
	int i, j, count;

	for (i = 0; i < object_count; i++)
		for (at = 0; !objects[i].live && at < objects[i].size; at++)
			if (objects[i].address[at] != 0x6b) {
				printf("{\"fault\":\"%s object %d written after free at %u\"}\n",
				       objects[i].cache, i, at);
				break;
			}
	printf("{\"live\":{");
	for (i = 0, count = 0; i < object_count; i++) {
		int n = 0, first = 1;

		if (!objects[i].live || !strcmp(objects[i].cache, "cache"))
			continue;
		for (j = 0; j < object_count; j++)
			if (objects[j].live && !strcmp(objects[j].cache, objects[i].cache)) {
				if (j < i)
					first = 0;
				n++;
			}
		if (first)
			printf("%s\"%s\":%d", count++ ? "," : "", objects[i].cache, n);
	}
	printf("}}\n");
}

/* ---- dumps ---- */

static struct region {
	char name[64];
	unsigned char *address;
	unsigned int size;
} watched[64], globals[256];
static int watched_count, global_count, dumping;

void host_watch(const char *name, unsigned long address)
{
	snprintf(watched[watched_count].name, sizeof(watched[0].name), "%s", name);
	watched[watched_count++].address = (unsigned char *)address;
}

void host_global(const char *name, unsigned long address, unsigned int size)
{
	struct region *r = &globals[global_count++];

	snprintf(r->name, sizeof(r->name), "%s", name);
	r->address = (unsigned char *)address;
	r->size = size;
}

static void hex(const unsigned char *bytes, unsigned int size)
{
	unsigned int i;

	for (i = 0; i < size; i++)
		printf("%02x", bytes[i]);
}

static void dump(const char *function)
{
	int i, first = 1, pid;
	unsigned long address;
	unsigned int size;

	printf("{\"returnFrom\":\"%s\",\"objects\":[", function);
	for (i = 0; i < object_count; i++) {
		if (!objects[i].live || !strcmp(objects[i].cache, "cache"))
			continue;
		printf("%s{\"id\":%d,\"cache\":\"%s\",\"address\":%lu,\"bytes\":\"", first ? "" : ",",
		       objects[i].id, objects[i].cache, (unsigned long)objects[i].address);
		hex(objects[i].address, objects[i].size);
		printf("\"}");
		first = 0;
	}
	printf("],\"globals\":[");
	for (i = 0; i < global_count; i++) {
		printf("%s{\"name\":\"%s\",\"address\":%lu,\"bytes\":\"", i ? "," : "",
		       globals[i].name, (unsigned long)globals[i].address);
		hex(globals[i].address, globals[i].size);
		printf("\"}");
	}
	printf("],\"stacks\":[");
	for (i = 0, first = 1; i < MAX_PROCESSES; i++)
		if (tasks[i].stack) {
			printf("%s[%lu,%lu]", first ? "" : ",", (unsigned long)tasks[i].stack,
			       (unsigned long)tasks[i].stack + STACK_SIZE);
			first = 0;
		}
	printf("],\"tasks\":[");
	for (i = 0; native_task(i, &address, &size, &pid); i++)
		printf("%s{\"pid\":%d,\"address\":%lu,\"size\":%u}", i ? "," : "", pid, address, size);
	printf("]}\n");
}

static struct interception {
	void *function;
	int left;
	long value;
} interceptions[8];
static int interception_count;

void host_intercept(unsigned long function, int nth, long value)
{
	struct interception *i = &interceptions[interception_count++];

	i->function = (void *)function;
	i->left = nth;
	i->value = value;
}

void __attribute__((no_instrument_function)) __cyg_profile_func_enter(void *fn, void *site)
{
	int i;

	for (i = 0; i < interception_count; i++) {
		if (interceptions[i].function != fn || --interceptions[i].left != 0)
			continue;
		/* Leaves the function that was just entered, with the value in eax. */
		__asm__ volatile("movl %0, %%eax\n\tmovl %1, %%ebp\n\tleave\n\tret"
				 : : "r"(interceptions[i].value), "r"(*(void **)__builtin_frame_address(0))
				 : "eax");
	}
}

void __attribute__((no_instrument_function)) __cyg_profile_func_exit(void *fn, void *site)
{
	int i;

	if (dumping)
		return;
	for (i = 0; i < watched_count; i++)
		if (watched[i].address == fn) {
			dumping = 1;
			dump(watched[i].name);
			dumping = 0;
		}
}

/* ---- output ---- */

void host_print(const char *text, long a, long b)
{
	fprintf(stderr, text, a, b);
}

void host_fail(const char *why, const char *file, int line)
{
	printf("{\"fault\":\"%s (%s:%d)\"}\n", why, file, line);
	fflush(stdout);
	_Exit(3);
}

void host_wire(const void *bytes, int len)
{
	printf("{\"time\":%lu,\"sent\":\"", native_jiffies() * 10);
	hex(bytes, len);
	printf("\"}\n");
}

/* ---- processes ---- */

static void process_main(int index)
{
	struct task *t = &tasks[index];
	struct call *c;
	int verdict;

	for (;;) {
		c = t->call;
		do {
			c->value = c->function(c->words[0], c->words[1], c->words[2],
					       c->words[3], c->words[4], c->words[5]);
			native_do_softirq();
			verdict = native_deliver(index, &c->value);
		} while (verdict == 1);
		if (verdict == 2) {
			native_close_all(index);
			t->dead = 1;
		}
		c->done = 1;
		c->finished_at = native_jiffies();
		t->call = NULL;
		native_leave(index);
		swapcontext(&t->context, &driver);
	}
}

void host_start_call(int process, struct call *call)
{
	struct task *t = &tasks[process];

	call->done = 0;
	call->started_at = native_jiffies();
	if (!t->stack) {
		t->stack = malloc(STACK_SIZE);
		getcontext(&t->context);
		t->context.uc_stack.ss_sp = t->stack;
		t->context.uc_stack.ss_size = STACK_SIZE;
		t->context.uc_link = NULL;
		makecontext(&t->context, (void (*)(void))process_main, 1, process);
	}
	t->call = call;
	native_enter(process);
}

void host_block(void)
{
	swapcontext(&tasks[last_run].context, &driver);
}

/* Everybody who can runs, in the order of the run queue; no time passes. */
void host_run(void)
{
	int next;

	for (;;) {
		next = native_pick();
		if (next) {
			last_run = next;
			native_set_current(next);
			swapcontext(&driver, &tasks[next].context);
			native_set_current(0);
		} else if (native_softirq_pending()) {
			native_do_softirq();
		} else {
			return;
		}
	}
}

/* Lets the clock jump to the next timer, at most to limit. 0: there is none. */
int host_advance(unsigned long limit)
{
	unsigned long now = native_jiffies(), next = native_next_timer();

	if (next - now >= 0x7fffffffUL)
		next = limit;
	if ((long)(limit - next) < 0)
		next = limit;
	if ((long)(next - now) < 1)
		next = now + 1;
	if (limit == now + 0x7ffffffeUL && native_next_timer() - now >= 0x7fffffffUL)
		return 0;
	native_tick(next);
	host_run();
	return 1;
}
