/* SockScope's own C under Linux's names, not Linux's source.
 * Answers to segments that have no sock to answer for them: resets, and
 * ACKs of open requests and TIME_WAIT. In Linux 2.4 this is in
 * net/ipv4/tcp_ipv4.c.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/checksum.h>
#include <net/ip.h>
#include <net/route.h>
#include <net/tcp.h>

/*
 * Sends a header with addresses and ports turned round. ts: the timestamp to
 * echo, 0 for none.
 */
static void tcp_v4_reply(struct sk_buff *skb, u32 seq, u32 ack, u16 win, u32 ts,
			 int rst, int with_ack)
{
	int size = sizeof(struct tcphdr) + (ts ? TCPOLEN_TSTAMP_ALIGNED : 0);
	struct iphdr *iph = skb->nh.iph;
	struct tcphdr *th;
	struct sk_buff *buff;

	buff = ip_alloc_reply(skb, iph->daddr, iph->tos, IPPROTO_TCP, size);
	if (!buff)
		return;
	th = buff->h.th = (struct tcphdr *)skb_put(buff, size);
	memset(th, 0, size);

	th->source = skb->h.th->dest;
	th->dest = skb->h.th->source;
	th->seq = htonl(seq);
	th->ack_seq = htonl(ack);
	th->doff = size / 4;
	th->rst = rst;
	th->ack = with_ack;
	th->window = htons(win);
	if (ts) {
		__u32 *opt = (__u32 *)(th + 1);

		opt[0] = htonl((TCPOPT_NOP << 24) | (TCPOPT_NOP << 16) |
			       (TCPOPT_TIMESTAMP << 8) | TCPOLEN_TIMESTAMP);
		opt[1] = htonl((__u32)jiffies);
		opt[2] = htonl(ts);
	}
	iph = buff->nh.iph;
	th->check = csum_tcpudp_magic(iph->saddr, iph->daddr, size, IPPROTO_TCP,
				      csum_partial((unsigned char *)th, size, 0));
	buff->dst->output(buff);
}

/* "There is no such connection." Never in answer to a reset (RFC 793, 3.4). */
void tcp_v4_send_reset(struct sk_buff *skb)
{
	struct tcphdr *th = skb->h.th;

	if (th->rst || ((struct rtable *)skb->dst)->rt_type != RTN_LOCAL)
		return;
	if (th->ack)
		tcp_v4_reply(skb, ntohl(th->ack_seq), 0, 0, 0, 1, 0);
	else
		tcp_v4_reply(skb, 0, TCP_SKB_CB(skb)->end_seq, 0, 0, 1, 1);
}

void tcp_v4_send_ack(struct sk_buff *skb, u32 seq, u32 ack, u32 win, u32 ts)
{
	tcp_v4_reply(skb, seq, ack, win, ts, 0, 1);
}
