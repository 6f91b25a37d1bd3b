#ifndef _LINUX_UDP_H
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
