#ifndef _LINUX_SIGNAL_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_SIGNAL_H

#define SIGHUP	1
#define SIGINT	2
#define SIGKILL	9
#define SIGUSR1	10
#define SIGPIPE	13
#define SIGALRM	14
#define SIGTERM	15

typedef struct {
	unsigned long sig[2];
} sigset_t;

struct task_struct;

/* Service: marks the signal as pending and wakes an interruptible sleeper. */
extern int send_sig(int sig, struct task_struct *p, int priv);

#endif
