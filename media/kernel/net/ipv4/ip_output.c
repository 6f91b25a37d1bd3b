/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 out: four ways to put a header in front, one way to the device. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <asm/checksum.h>
#include <net/ip.h>
#include <net/sock.h>

int sysctl_ip_default_ttl = IPDEFTTL;

static __u16 ip_ident;

void ip_send_check(struct iphdr *iph)
{
	iph->check = 0;
	iph->check = ip_fast_csum((unsigned char *)iph, iph->ihl);
}

/* dst->output of every route to somewhere. */
int ip_output(struct sk_buff *skb)
{
	skb->dev = skb->dst->dev;
	skb->protocol = htons(ETH_P_IP);
	return dev_queue_xmit(skb);
}

/*
 * dst->output of broadcasts that leave by the wire: this host is one of those
 * that are meant, so it gets a copy.
 */
int ip_mc_output(struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone(skb, GFP_ATOMIC);

	if (copy) {
		copy->dev = skb->dst->dev;
		copy->ip_summed = CHECKSUM_UNNECESSARY;
		netif_rx(copy);
	}
	return ip_output(skb);
}

/*
 * A header without options. The packet is already as long as it will be.
 * A number is only needed by packets that routers may cut into pieces.
 */
static void ip_fill_header(struct iphdr *iph, struct sock *sk, struct rtable *rt,
			   unsigned int length)
{
	iph->version = 4;
	iph->ihl = 5;
	iph->tos = sk->protinfo.af_inet.tos;
	iph->tot_len = htons(length);
	iph->ttl = sk->protinfo.af_inet.ttl;
	iph->protocol = sk->protocol;
	iph->saddr = rt->rt_src;
	iph->daddr = rt->rt_dst;
	if (rt->rt_type == RTN_MULTICAST)
		iph->ttl = sk->protinfo.af_inet.mc_ttl;

	iph->frag_off = 0;
	iph->id = 0;
	if (sk->protinfo.af_inet.pmtudisc != IP_PMTUDISC_DONT) {
		iph->frag_off = htons(IP_DF);
	} else {
		ip_ident++;
		iph->id = htons(ip_ident);
	}
	ip_send_check(iph);
}

/* For TCP's segments. The route is the sock's; a lost one is looked up again. */
int ip_queue_xmit(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;
	struct rtable *rt = (struct rtable *)sk->dst_cache;

	if (!rt) {
		if (ip_route_output(&rt, sk->daddr, sk->saddr, RT_CONN_FLAGS(sk),
				    sk->bound_dev_if)) {
			kfree_skb(skb);
			return -EHOSTUNREACH;
		}
		sk->dst_cache = &rt->u.dst;
	}
	skb->dst = dst_clone(&rt->u.dst);
	skb->nh.iph = (struct iphdr *)skb_push(skb, sizeof(struct iphdr));
	ip_fill_header(skb->nh.iph, sk, rt, skb->len);
	return skb->dst->output(skb);
}

/* For packets that belong to no connection yet; skb->dst is the route. */
int ip_build_and_send_pkt(struct sk_buff *skb, struct sock *sk,
			  u32 saddr, u32 daddr, struct ip_options *opt)
{
	skb->nh.iph = (struct iphdr *)skb_push(skb, sizeof(struct iphdr));
	ip_fill_header(skb->nh.iph, sk, (struct rtable *)skb->dst, skb->len);
	return skb->dst->output(skb);
}

/*
 * For datagrams of length bytes: getfrag writes the payload. Nothing is cut
 * into fragments, so the device's MTU is the limit: -EMSGSIZE beyond.
 */
int ip_build_xmit(struct sock *sk,
		  int (*getfrag)(const void *, char *, unsigned int, unsigned int),
		  const void *frag, unsigned length, struct ipcm_cookie *ipc,
		  struct rtable *rt, int flags)
{
	int hdrincl = sk->protinfo.af_inet.hdrincl;
	unsigned int total = hdrincl ? length : length + sizeof(struct iphdr);
	struct sk_buff *skb;
	int err;

	if (total > rt->u.dst.pmtu)
		return -EMSGSIZE;
	skb = sock_alloc_send_skb(sk, total + 15, 0, flags & MSG_DONTWAIT, &err);
	if (!skb)
		return err;

	skb->dst = dst_clone(&rt->u.dst);
	skb->nh.iph = (struct iphdr *)skb_put(skb, total);
	if (!hdrincl)
		ip_fill_header(skb->nh.iph, sk, rt, total);
	err = getfrag(frag, (char *)skb->nh.iph + total - length, 0, length);
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return skb->dst->output(skb);
}

/*
 * For those who answer a packet without a sock of their own (resets, ICMP): a
 * packet from saddr to the sender of skb, with its header and room for length
 * bytes. It may take the longest way there is and is never cut into pieces.
 * NULL: no way back, or no memory.
 */
struct sk_buff *ip_alloc_reply(struct sk_buff *skb, u32 saddr, u8 tos, u8 protocol,
			       unsigned int length)
{
	struct sk_buff *reply;
	struct rtable *rt;
	struct iphdr *iph;

	if (ip_route_output(&rt, skb->nh.iph->saddr, saddr, RT_TOS(tos), 0))
		return NULL;
	reply = alloc_skb(sizeof(*iph) + length, GFP_ATOMIC);
	if (!reply) {
		ip_rt_put(rt);
		return NULL;
	}
	reply->dst = &rt->u.dst;

	iph = reply->nh.iph = (struct iphdr *)skb_put(reply, sizeof(*iph));
	iph->version = 4;
	iph->ihl = 5;
	iph->tos = tos;
	iph->tot_len = htons(sizeof(*iph) + length);
	iph->id = 0;
	iph->frag_off = htons(IP_DF);
	iph->ttl = MAXTTL;
	iph->protocol = protocol;
	iph->saddr = rt->rt_src;
	iph->daddr = rt->rt_dst;
	ip_send_check(iph);
	return reply;
}
