/* SockScope's own C under Linux's names, not Linux's source. */ /* ICMP (RFC 792): errors to and from other hosts, echo, and time. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include <asm/checksum.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/raw.h>
#include <net/route.h>

/* What a process is told for each code of ICMP_DEST_UNREACH. */
#define PASSING(err)	{ errno: err, fatal: 0 }	/* another try may get through */
#define LASTING(err)	{ errno: err, fatal: 1 }

struct icmp_err icmp_err_convert[NR_ICMP_UNREACH + 1] = {
	/* the peer itself says so */
	[ICMP_PORT_UNREACH]	= LASTING(ECONNREFUSED),
	[ICMP_PROT_UNREACH]	= LASTING(ENOPROTOOPT),

	/* a router does not get there now, or not like this */
	[ICMP_HOST_UNREACH]	= PASSING(EHOSTUNREACH),
	[ICMP_HOST_UNR_TOS]	= PASSING(EHOSTUNREACH),
	[ICMP_NET_UNREACH]	= PASSING(ENETUNREACH),
	[ICMP_NET_UNR_TOS]	= PASSING(ENETUNREACH),
	[ICMP_SR_FAILED]	= PASSING(EOPNOTSUPP),
	[ICMP_FRAG_NEEDED]	= PASSING(EMSGSIZE),

	/* a router knows of no such place */
	[ICMP_HOST_UNKNOWN]	= LASTING(EHOSTDOWN),
	[ICMP_HOST_ISOLATED]	= LASTING(ENONET),
	[ICMP_NET_UNKNOWN]	= LASTING(ENETUNREACH),

	/* a router must not let it through */
	[ICMP_HOST_ANO]		= LASTING(EHOSTUNREACH),
	[ICMP_PKT_FILTERED]	= LASTING(EHOSTUNREACH),
	[ICMP_PREC_VIOLATION]	= LASTING(EHOSTUNREACH),
	[ICMP_PREC_CUTOFF]	= LASTING(EHOSTUNREACH),
	[ICMP_NET_ANO]		= LASTING(ENETUNREACH)
};

static int icmp_is_error(int type)
{
	switch (type) {
	case ICMP_DEST_UNREACH:
	case ICMP_SOURCE_QUENCH:
	case ICMP_REDIRECT:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETERPROB:
		return 1;
	default:
		return 0;
	}
}

/* ---- how often ---- */

/* So long a host must wait between two errors, in jiffies, after a few at once. */
int sysctl_icmp_destunreach_time = 1 * HZ;

#define XRLIM_BURST_FACTOR	6
#define ICMP_LIMITS		16

/*
 * What a way has saved up. Linux keeps this in the cached route; routes do
 * not last here, so the last few ways are remembered, one for each slot.
 */
static struct icmp_limit {
	__u32 saddr, daddr;
	__u8 tos;
	unsigned long rate_last;
	unsigned long rate_tokens;
} icmp_limits[ICMP_LIMITS];

/* Time is saved up, for a burst at most; a message costs timeout. */
static int xrlim_allow(struct icmp_limit *limit, unsigned long timeout)
{
	unsigned long saved = jiffies - limit->rate_last + limit->rate_tokens;
	int allowed;

	saved = min(saved, XRLIM_BURST_FACTOR * timeout);
	allowed = saved >= timeout;
	limit->rate_tokens = allowed ? saved - timeout : saved;
	limit->rate_last = jiffies;
	return allowed;
}

/* May this packet, an error of a type that is limited, leave now? */
static int icmpv4_xrlim_allow(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	__u32 key = ntohl(iph->daddr) ^ ntohl(iph->saddr);
	struct icmp_limit *limit = &icmp_limits[(key ^ iph->tos) % ICMP_LIMITS];

	if (skb->dst->dev->flags & IFF_LOOPBACK)
		return 1;
	if (limit->daddr != iph->daddr || limit->saddr != iph->saddr || limit->tos != iph->tos) {
		memset(limit, 0, sizeof(*limit));
		limit->daddr = iph->daddr;
		limit->saddr = iph->saddr;
		limit->tos = iph->tos;
	}
	return xrlim_allow(limit, sysctl_icmp_destunreach_time);
}

/* ---- out ---- */

/* Puts header and data into a packet that ip_alloc_reply has made, and sends it. */
static void icmp_finish(struct sk_buff *skb, struct icmphdr *head, const void *data, int len)
{
	struct icmphdr *icmph = (struct icmphdr *)skb_put(skb, sizeof(*icmph));

	*icmph = *head;
	memcpy(skb_put(skb, len), data, len);
	icmph->checksum = 0;
	icmph->checksum = csum_fold(csum_partial((unsigned char *)icmph,
						 sizeof(*icmph) + len, 0));
	skb->dst->output(skb);
}

/*
 * Answers a question in kind; the answer to a broadcast bears our own
 * address.
 */
static void icmp_reply(struct sk_buff *skb_in, struct icmphdr *head,
		       const void *data, int len)
{
	struct rtable *way = (struct rtable *)skb_in->dst;
	struct sk_buff *skb;

	skb = ip_alloc_reply(skb_in, way->rt_spec_dst, skb_in->nh.iph->tos, IPPROTO_ICMP,
			     sizeof(*head) + len);
	if (skb)
		icmp_finish(skb, head, data, len);
}

/*
 * Tells the sender of skb_in that something went wrong with it, quoting its
 * beginning, with the precedence of network control. Never about a broadcast
 * (RFC 1122, 3.2.2); about another ICMP error nobody asks for one, since every
 * ICMP message has its handler.
 */
void icmp_send(struct sk_buff *skb_in, int type, int code, unsigned long info)
{
	struct rtable *rt = (struct rtable *)skb_in->dst;
	struct iphdr *iph = skb_in->nh.iph;
	struct icmphdr head;
	struct sk_buff *skb;
	int len, room = 576 - sizeof(*iph) - sizeof(head);

	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return;

	head.type = type;
	head.code = code;
	head.un.gateway = info;
	len = min(skb_in->tail - (unsigned char *)iph, room);
	skb = ip_alloc_reply(skb_in, iph->daddr,
			     (iph->tos & IPTOS_TOS_MASK) | IPTOS_PREC_INTERNETCONTROL,
			     IPPROTO_ICMP, sizeof(head) + len);
	if (!skb)
		return;
	if (icmpv4_xrlim_allow(skb))
		icmp_finish(skb, &head, iph, len);
	else
		kfree_skb(skb);
}

/* ---- in ---- */

/* An error about a packet of ours: to raw sockets and to its protocol. */
static void icmp_unreach(struct icmphdr *icmph, struct sk_buff *skb, int len)
{
	struct iphdr *iph = (struct iphdr *)(icmph + 1);
	struct inet_protocol *ipprot;
	struct sock *sk;
	int hash;

	/* Too short, of an unknown kind, or about what was never to be answered. */
	if (len < (int)sizeof(*iph) ||
	    (icmph->type == ICMP_DEST_UNREACH && icmph->code > NR_ICMP_UNREACH) ||
	    inet_addr_type(iph->daddr) == RTN_BROADCAST)
		return;

	hash = iph->protocol & (MAX_INET_PROTOS - 1);
	sk = raw_v4_htable[hash];
	while ((sk = __raw_v4_lookup(sk, iph->protocol, iph->saddr, iph->daddr,
				     skb->dev->ifindex)) != NULL) {
		raw_err(sk, skb);
		sk = sk->next;
	}
	for (ipprot = inet_protos[hash]; ipprot; ipprot = ipprot->next)
		if (ipprot->protocol == iph->protocol && ipprot->err_handler)
			ipprot->err_handler(skb, (unsigned char *)iph, len);
}

static void icmp_echo(struct icmphdr *icmph, struct sk_buff *skb, int len)
{
	struct icmphdr head = *icmph;

	head.type = ICMP_ECHOREPLY;
	icmp_reply(skb, &head, icmph + 1, len);
}

/*
 * Answers with two times of our own behind the sender's: when its question
 * came and when the answer leaves, the same instant here. Both count
 * milliseconds since midnight UT.
 */
static void icmp_timestamp(struct icmphdr *icmph, struct sk_buff *skb, int len)
{
	struct { __u32 originate, receive, transmit; } stamps;
	struct icmphdr head = *icmph;
	struct timeval now;

	if (len < (int)sizeof(stamps))
		return;
	do_gettimeofday(&now);
	stamps.originate = *(__u32 *)(icmph + 1);
	stamps.receive = htonl(now.tv_sec % (24 * 60 * 60) * 1000 + now.tv_usec / 1000);
	stamps.transmit = stamps.receive;
	head.type = ICMP_TIMESTAMPREPLY;
	head.code = 0;
	icmp_reply(skb, &head, &stamps, sizeof(stamps));
}

int icmp_rcv(struct sk_buff *skb, unsigned short len)
{
	struct icmphdr *icmph = skb->h.icmph;
	struct rtable *rt = (struct rtable *)skb->dst;

	if (len < sizeof(*icmph) || icmph->type > NR_ICMP_TYPES)
		goto drop;
	if (csum_fold(csum_partial((unsigned char *)icmph, len, 0)) != 0)
		goto drop;

	len -= sizeof(*icmph);
	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) {
		if (icmph->type != ICMP_ECHO && icmph->type != ICMP_TIMESTAMP)
			goto drop;
	}
	if (icmph->type == ICMP_ECHO)
		icmp_echo(icmph, skb, len);
	else if (icmph->type == ICMP_TIMESTAMP)
		icmp_timestamp(icmph, skb, len);
	else if (icmp_is_error(icmph->type) && icmph->type != ICMP_REDIRECT)
		icmp_unreach(icmph, skb, len);
drop:
	kfree_skb(skb);
	return 0;
}
