/* ICMP (RFC 792): errors to and from other hosts, and echo. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
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

/*
 * Sends header and data back to where skb_in came from; the answer to a
 * broadcast bears our own address.
 */
static void icmp_reply(struct sk_buff *skb_in, struct icmphdr *head,
		       const void *data, int len)
{
	struct rtable *way = (struct rtable *)skb_in->dst;
	struct iphdr *iph;
	struct icmphdr *icmph;
	struct sk_buff *skb;
	struct rtable *rt;

	if (ip_route_output(&rt, skb_in->nh.iph->saddr, way->rt_spec_dst, 0, 0))
		return;
	skb = alloc_skb(sizeof(*iph) + sizeof(*icmph) + len, GFP_ATOMIC);
	if (!skb) {
		ip_rt_put(rt);
		return;
	}
	skb->dst = &rt->u.dst;

	iph = skb->nh.iph = (struct iphdr *)skb_put(skb, sizeof(*iph));
	memset(iph, 0, sizeof(*iph));
	iph->version = 4;
	iph->ihl = 5;
	iph->tot_len = htons(sizeof(*iph) + sizeof(*icmph) + len);
	iph->ttl = MAXTTL;
	iph->frag_off = htons(IP_DF);
	iph->protocol = IPPROTO_ICMP;
	iph->saddr = rt->rt_src;
	iph->daddr = rt->rt_dst;
	ip_send_check(iph);

	icmph = (struct icmphdr *)skb_put(skb, sizeof(*icmph));
	*icmph = *head;
	memcpy(skb_put(skb, len), data, len);
	icmph->checksum = 0;
	icmph->checksum = csum_fold(csum_partial((unsigned char *)icmph,
						 sizeof(*icmph) + len, 0));
	skb->dst->output(skb);
}

/*
 * Tells the sender of skb_in that something went wrong with it, quoting its
 * beginning. Never about a broadcast (RFC 1122, 3.2.2); about another ICMP
 * error nobody asks for one, since every ICMP message has its handler.
 */
void icmp_send(struct sk_buff *skb_in, int type, int code, unsigned long info)
{
	struct rtable *rt = (struct rtable *)skb_in->dst;
	struct iphdr *iph = skb_in->nh.iph;
	struct icmphdr head;
	int room;

	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return;

	head.type = type;
	head.code = code;
	head.un.gateway = info;
	room = 576 - sizeof(struct iphdr) - sizeof(struct icmphdr);
	icmp_reply(skb_in, &head, iph, min(skb_in->tail - (unsigned char *)iph, room));
}

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
		if (icmph->type != ICMP_ECHO)
			goto drop;
	}
	if (icmph->type == ICMP_ECHO)
		icmp_echo(icmph, skb, len);
	else if (icmp_is_error(icmph->type) && icmph->type != ICMP_REDIRECT)
		icmp_unreach(icmph, skb, len);
drop:
	kfree_skb(skb);
	return 0;
}
