/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 in and out. */
#ifndef _NET_IP_H
#define _NET_IP_H

#include <linux/ip.h>
#include <linux/skbuff.h>
#include <net/route.h>

struct sock;
struct msghdr;

struct inet_skb_parm {
	struct ip_options opt;
	unsigned char flags;
};
#define IPCB(skb)	((struct inet_skb_parm *)((skb)->cb))

/* Addresses and options of a message that is being sent. */
struct ipcm_cookie {
	u32 addr;
	int oif;
	struct ip_options *opt;
};

#define MAXTTL		255

#define IP_CE		0x8000
#define IP_DF		0x4000		/* do not fragment */
#define IP_MF		0x2000		/* more fragments follow */
#define IP_OFFSET	0x1FFF

struct ipv4_config {
	int autoconfig;
	int no_pmtu_disc;
};
extern struct ipv4_config ipv4_config;

extern int sysctl_ip_default_ttl;
extern int sysctl_ip_nonlocal_bind;
extern int sysctl_local_port_range[2];

extern int ip_rcv(struct sk_buff *skb, struct net_device *dev);
extern int ip_local_deliver(struct sk_buff *skb);
extern int ip_output(struct sk_buff *skb);
extern int ip_mc_output(struct sk_buff *skb);
extern int ip_queue_xmit(struct sk_buff *skb);
extern int ip_build_and_send_pkt(struct sk_buff *skb, struct sock *sk,
				 u32 saddr, u32 daddr, struct ip_options *opt);
extern void ip_send_check(struct iphdr *iph);
extern struct sk_buff *ip_alloc_reply(struct sk_buff *skb, u32 saddr, u8 tos, u8 protocol,
				      unsigned int length);
extern int ip_build_xmit(struct sock *sk,
	int (*getfrag)(const void *, char *, unsigned int, unsigned int),
	const void *frag, unsigned length, struct ipcm_cookie *ipc,
	struct rtable *rt, int flags);

extern int ip_setsockopt(struct sock *sk, int level, int optname, char *optval, int optlen);
extern int ip_getsockopt(struct sock *sk, int level, int optname, char *optval, int *optlen);
extern int ip_recv_error(struct sock *sk, struct msghdr *msg, int len);
extern void ip_init(void);
extern void devinet_init(void);

#endif
