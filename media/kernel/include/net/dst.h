/* SockScope's own C under Linux's names, not Linux's source. */ /* A destination: how to get a packet to where it is going. */
#ifndef _NET_DST_H
#define _NET_DST_H

#include <linux/netdevice.h>
#include <asm/atomic.h>

struct dst_entry {
	struct dst_entry *next;
	atomic_t __refcnt;
	int __use;
	struct net_device *dev;
	int obsolete;
	int flags;
	unsigned long lastuse;
	unsigned long expires;

	unsigned int mxlock;		/* metrics that must not change */
	unsigned int pmtu;		/* largest packet on the path */
	unsigned int window;
	unsigned int rtt;
	unsigned int rttvar;
	unsigned int ssthresh;
	unsigned int cwnd;
	unsigned int advmss;		/* segment size to announce */
	unsigned int reordering;

	unsigned long rate_last;
	unsigned long rate_tokens;

	int error;

	struct neighbour *neighbour;
	struct hh_cache *hh;

	int (*input)(struct sk_buff *);		/* for us */
	int (*output)(struct sk_buff *);	/* for somebody else */

	struct dst_ops *ops;
	char info[0];
};

extern void dst_destroy(struct dst_entry *dst);

static inline void dst_release(struct dst_entry *dst)
{
	if (dst && atomic_dec_and_test(&dst->__refcnt))
		dst_destroy(dst);
}

static inline struct dst_entry *dst_clone(struct dst_entry *dst)
{
	if (dst)
		atomic_inc(&dst->__refcnt);
	return dst;
}

#endif
