/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 routes: what kind of address is it, and which way to it? */
#ifndef _NET_ROUTE_H
#define _NET_ROUTE_H

#include <linux/ip.h>
#include <net/dst.h>
#include <linux/in.h>

/* Kinds of destination. */
enum {
	RTN_UNSPEC,
	RTN_UNICAST,		/* another host */
	RTN_LOCAL,		/* an address of ours */
	RTN_BROADCAST,
	RTN_ANYCAST,
	RTN_MULTICAST
};

#define RTCF_BROADCAST	0x10000000
#define RTCF_MULTICAST	0x20000000
#define RTCF_LOCAL	0x80000000

#define IP_RT_MIN_PMTU	552	/* less than this is not believed */

#define RTO_ONLINK	0x01
#define RT_TOS(tos)	((tos) & IPTOS_TOS_MASK)
#define RT_CONN_FLAGS(sk) \
	(RT_TOS((sk)->protinfo.af_inet.tos) | (sk)->localroute)

struct inet_peer;

struct rt_key {
	__u32 dst;
	__u32 src;
	int iif;
	int oif;
	__u8 tos;
	__u8 scope;
};

struct rtable {
	union {
		struct dst_entry dst;
		struct rtable *rt_next;
	} u;

	unsigned rt_flags;		/* RTCF_... */
	unsigned rt_type;		/* RTN_... */

	__u32 rt_dst;
	__u32 rt_src;
	int rt_iif;

	__u32 rt_gateway;

	struct rt_key key;		/* what was asked for */

	__u32 rt_spec_dst;
	struct inet_peer *peer;
};

extern void ip_rt_init(void);
extern int ip_route_output(struct rtable **rp, u32 daddr, u32 saddr, u32 tos, int oif);
extern int ip_route_input(struct sk_buff *skb, u32 daddr, u32 saddr, u8 tos,
			  struct net_device *dev);
extern int ip_route_connect(struct rtable **rp, u32 dst, u32 src, u32 tos, int oif);
extern void ip_rt_update_pmtu(struct dst_entry *dst, unsigned mtu);
extern unsigned inet_addr_type(u32 addr);
extern unsigned char ip_tos2prio[16];

/* How urgent is a packet with this type of service? */
static inline char rt_tos2priority(u8 tos)
{
	return ip_tos2prio[(tos & IPTOS_TOS_MASK) >> 1];
}

static inline void ip_rt_put(struct rtable *rt)
{
	dst_release(rt ? &rt->u.dst : NULL);
}

#endif
