#ifndef _LINUX_TYPES_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_TYPES_H

#include <asm/types.h>

#define NULL ((void *)0)

typedef unsigned int __kernel_size_t;
typedef __kernel_size_t size_t;
typedef int ssize_t;
typedef long time_t;
typedef long long loff_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned short umode_t;
typedef unsigned short mode_t;
typedef unsigned short nlink_t;
typedef unsigned short kdev_t;

#endif
