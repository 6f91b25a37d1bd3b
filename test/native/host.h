/* The driver's view of the native machine: processes and the call each makes. */
#ifndef HOST_H
#define HOST_H

struct call {
	long (*function)(long, long, long, long, long, long);
	long words[6];
	long value;
	int done;
	unsigned long started_at, finished_at;	/* jiffies */
};

void host_start_call(int process, struct call *call);
void host_run(void);
int host_advance(unsigned long limit);
void host_fail_alloc(const char *cache, int nth);
void host_watch(const char *name, unsigned long address);
void host_global(const char *name, unsigned long address, unsigned int size);
void host_memory_report(void);
/* The nth call of the function does not run but returns the value. */
void host_intercept(unsigned long function, int nth, long value);

#endif
