/* Limits of a process. For trees without headers of the i386. */
#ifndef _SIM_I386_RESOURCE_H
#define _SIM_I386_RESOURCE_H
#define RLIMIT_CPU 0
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_RSS 5
#define RLIMIT_NPROC 6
#define RLIMIT_NOFILE 7
#define RLIMIT_MEMLOCK 8
#define RLIMIT_AS 9
#define RLIMIT_LOCKS 10
#define RLIM_NLIMITS 11
#define RLIM_INFINITY (~0UL)
#ifdef __KERNEL__
#define __SIM_FREE { RLIM_INFINITY, RLIM_INFINITY }
#define INIT_RLIMITS { __SIM_FREE, __SIM_FREE, __SIM_FREE, { _STK_LIM, RLIM_INFINITY }, { 0, RLIM_INFINITY }, __SIM_FREE, { 0, 0 }, \
	{ INR_OPEN, INR_OPEN }, __SIM_FREE, __SIM_FREE, __SIM_FREE }
#endif
#endif
