#ifndef _LINUX_UDP_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_UDP_H

#include <linux/types.h>

/* RFC 768 */
struct udphdr {
	__u16 source;
	__u16 dest;
	__u16 len;		/* header and payload */
	__u16 check;		/* 0: the sender made none */
};

#endif
