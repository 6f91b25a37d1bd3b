/* SockScope's own C under Linux's names, not Linux's source. */ /* Privileges that a process may hold one by one. capable() is a service. */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

#include <asm/types.h>

typedef __u32 kernel_cap_t;

#define CAP_NET_BIND_SERVICE	10	/* ports below 1024 */
#define CAP_NET_BROADCAST	11
#define CAP_NET_ADMIN		12
#define CAP_NET_RAW		13	/* raw sockets */

extern int capable(int cap);

#endif
