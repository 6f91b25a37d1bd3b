/* Ticks a second, page size for programs. */
#ifndef _SIM_PARAM_H
#define _SIM_PARAM_H
#define MAXHOSTNAMELEN 64
#define EXEC_PAGESIZE 4096
#ifndef NOGROUP
#define NOGROUP (-1)
#endif
#ifndef NGROUPS
#define NGROUPS 32
#endif
#ifndef HZ
#define HZ 100
#endif
#ifdef __KERNEL__
#define CLOCKS_PER_SEC 100
#endif
#endif
