/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 in: checks, route, and delivery to raw sockets and protocols. */
#include <linux/kernel.h>
#include <asm/checksum.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/protocol.h>
#include <net/raw.h>

/* The packet is for this host. */
int ip_local_deliver(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	int hash = iph->protocol & (MAX_INET_PROTOS - 1);
	struct inet_protocol *ipprot;
	int taken;

	/* Nothing here puts fragments together. */
	if (iph->frag_off & htons(IP_MF | IP_OFFSET)) {
		kfree_skb(skb);
		return NET_RX_DROP;
	}

	skb->h.raw = skb->nh.raw + iph->ihl * 4;
	taken = raw_v4_input(skb, iph, hash);
	for (ipprot = inet_protos[hash]; ipprot; ipprot = ipprot->next)
		if (ipprot->protocol == iph->protocol)
			return ipprot->handler(skb, ntohs(iph->tot_len) - iph->ihl * 4);

	if (!taken)
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, 0);
	kfree_skb(skb);
	return 0;
}

/* A packet from a device (RFC 1122, 3.2.1). Bad ones vanish silently. */
int ip_rcv(struct sk_buff *skb, struct net_device *dev)
{
	struct iphdr *iph = skb->nh.iph;
	unsigned int len;

	if (skb->len < sizeof(*iph) || iph->version != 4)
		goto drop;
	if (iph->ihl < 5 || skb->len < iph->ihl * 4)
		goto drop;
	if (ip_fast_csum((unsigned char *)iph, iph->ihl) != 0)
		goto drop;
	len = ntohs(iph->tot_len);
	if (skb->len < len || len < iph->ihl * 4)
		goto drop;
	skb_trim(skb, len);	/* some devices pad */

	if (!skb->dst && ip_route_input(skb, iph->daddr, iph->saddr, iph->tos, dev))
		goto drop;
	return skb->dst->input(skb);
drop:
	kfree_skb(skb);
	return NET_RX_DROP;
}
