/* SockScope's own C under Linux's names, not Linux's source. */ /* Who takes a packet of which IP protocol. */
#ifndef _NET_PROTOCOL_H
#define _NET_PROTOCOL_H

#include <linux/skbuff.h>

#define MAX_INET_PROTOS	32

struct inet_protocol {
	int (*handler)(struct sk_buff *skb, unsigned short len);
	void (*err_handler)(struct sk_buff *skb, unsigned char *dp, int len);
	struct inet_protocol *next;	/* on the same hash chain */
	unsigned char protocol;
	unsigned char copy:1;		/* another one follows on the chain */
	void *data;
	const char *name;
};

extern struct inet_protocol *inet_protos[MAX_INET_PROTOS];

extern void inet_add_protocol(struct inet_protocol *prot);

#endif
