#ifndef _LINUX_TIME_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_TIME_H

#include <linux/types.h>

struct timeval {
	time_t tv_sec;
	long tv_usec;
};

/* Service: wall clock of the simulated machine. */
extern void do_gettimeofday(struct timeval *tv);

#endif
