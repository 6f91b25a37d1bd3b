/* SockScope's own C under Linux's names, not Linux's source. */ /* The forwarding table (net/ipv4/fib_frontend.c). */
#ifndef _NET_IP_FIB_H
#define _NET_IP_FIB_H

#include <linux/inetdevice.h>
#include <net/route.h>

/* What the table says about an address. */
struct fib_result {
	unsigned char type;		/* RTN_... */
	struct net_device *dev;
	u32 prefsrc;			/* our address on the way there */
};

extern int fib_lookup(u32 dst, struct fib_result *res);
extern void fib_set_default(struct net_device *dev);

#endif
