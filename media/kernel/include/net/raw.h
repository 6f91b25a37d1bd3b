#ifndef _NET_RAW_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _NET_RAW_H

#include <net/protocol.h>
#include <net/sock.h>

#define RAWV4_HTABLE_SIZE	MAX_INET_PROTOS

extern struct sock *raw_v4_htable[RAWV4_HTABLE_SIZE];	/* by protocol */
extern rwlock_t raw_v4_lock;
extern struct proto raw_prot;

extern int raw_v4_input(struct sk_buff *skb, struct iphdr *iph, int hash);
extern void raw_err(struct sock *sk, struct sk_buff *skb);
extern struct sock *__raw_v4_lookup(struct sock *sk, unsigned short num,
	unsigned long raddr, unsigned long laddr, int dif);

#endif
