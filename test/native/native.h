/*
 * What the two halves of the native runner know of each other: services.c is
 * compiled with the kernel's headers, host.c and script.c with the C library's.
 */
#ifndef NATIVE_H
#define NATIVE_H

#define MAX_PROCESSES	16
#define MAX_FDS		1024

/* ---- services.c ---- */

/* Makes a process with the given capabilities; returns its index. */
int native_new_process(const char *name, unsigned int caps);
void native_uid_of_new(unsigned int uid);
int native_fork(int parent, const char *name);
/* May open at most n more descriptors; -1: no limit. */
void native_limit_fds(int process, int n);
int native_open_plain(int process);
void native_close_all(int process);
/* kind: 0 default, 1 handler, 2 ignore. */
void native_sigaction(int process, int sig, int kind, int restart);
void native_kill(int process, int sig);
/* A process begins a call, or has ended it; who is to run now, 0 for nobody. */
void native_enter(int process);
void native_leave(int process);
int native_pick(void);
/* Signals on the way out of a call: 0 return value stands, 1 call again, 2 the process ends. */
int native_deliver(int process, long *value);
void native_set_current(int process);
unsigned long native_jiffies(void);
void native_tick(unsigned long jiffies);	/* the clock stands there now */
void native_set_time(unsigned long us);		/* the same, between two ticks */
void native_reserve_terminal(int process);
void native_set_fd_limit(int process, int limit);
unsigned long native_next_timer(void);
int native_softirq_pending(void);
void native_do_softirq(void);
/* Where the task_struct of a process is; 0: there is no such process. */
int native_task(int process, unsigned long *address, unsigned int *size, int *pid);
void native_boot(void);
void native_inject(const void *bytes, int len);

/* ---- host.c ---- */

/* Gives the processor back to the driver until the process is picked again. */
void host_block(void);
void *host_alloc(const char *cache, unsigned int size);
void host_free(void *object);
void host_print(const char *text, long a, long b);
void host_wire(const void *bytes, int len);
void host_fail(const char *why, const char *file, int line);

#endif
