#ifndef _NET_ICMP_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _NET_ICMP_H

#include <linux/icmp.h>
#include <linux/skbuff.h>
#include <net/protocol.h>

/* What ICMP_DEST_UNREACH with a given code means to a socket. */
struct icmp_err {
	int errno;
	unsigned fatal:1;	/* ends the connection */
};
extern struct icmp_err icmp_err_convert[NR_ICMP_UNREACH + 1];

extern void icmp_send(struct sk_buff *skb_in, int type, int code, unsigned long info);
extern int icmp_rcv(struct sk_buff *skb, unsigned short len);

#endif
