/* SockScope's own C under Linux's names, not Linux's source. */ /* Where the simulator and this kernel meet; no counterpart in Linux. */
#ifndef _LINUX_SOCKSCOPE_H
#define _LINUX_SOCKSCOPE_H

#include <linux/types.h>

/* Called by the simulator. */
extern void sockscope_boot(void);
extern int sockscope_wire_up(__u32 addr, __u32 mask, int mtu);	/* network order */
extern void sockscope_inject(void *bytes, int len);

/* Service: a packet leaves on the wire. */
extern void sockscope_wire_xmit(void *bytes, int len);

#endif
