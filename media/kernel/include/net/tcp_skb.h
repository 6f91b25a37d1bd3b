/* SockScope's own C under Linux's names, not Linux's source.
 * What TCP keeps in a segment's control block, and how sequence numbers are
 * compared. In Linux 2.4 this is in net/tcp.h.
 */
#ifndef _NET_TCP_SKB_H
#define _NET_TCP_SKB_H

#include <linux/skbuff.h>
#include <net/ip.h>

/* Flags byte of the header, as tcp_skb_cb keeps it. */
#define TCPCB_FLAG_FIN		0x01
#define TCPCB_FLAG_SYN		0x02
#define TCPCB_FLAG_RST		0x04
#define TCPCB_FLAG_PSH		0x08
#define TCPCB_FLAG_ACK		0x10
#define TCPCB_FLAG_URG		0x20

/* What is known about a segment in flight (tcp_skb_cb.sacked). */
#define TCPCB_SACKED_RETRANS	0x02	/* sent again since it was lost */
#define TCPCB_LOST		0x04
#define TCPCB_TAGBITS		0x07
#define TCPCB_EVER_RETRANS	0x80

struct tcp_skb_cb {
	union {
		struct inet_skb_parm h4;
	} header;
	__u32 seq;		/* first sequence number of the segment */
	__u32 end_seq;		/* and the one after its last; SYN and FIN count */
	__u32 when;		/* jiffies when it was sent */
	__u8 flags;		/* TCPCB_FLAG_... */
	__u8 sacked;		/* TCPCB_LOST ... */
	__u16 urg_ptr;
	__u32 ack_seq;
};
#define TCP_SKB_CB(skb)	((struct tcp_skb_cb *)&((skb)->cb[0]))

/* Comparisons in the circle of sequence numbers. */
#define before(a, b)	((__s32)((__u32)(a) - (__u32)(b)) < 0)
#define after(a, b)	((__s32)((__u32)(b) - (__u32)(a)) < 0)
#define between(x, lo, hi)	((__u32)(hi) - (__u32)(lo) >= (__u32)(x) - (__u32)(lo))

/* All segments that were sent and not acknowledged. */
#define for_retrans_queue(skb, sk, tp) \
	for (skb = (sk)->write_queue.next; \
	     skb != (tp)->send_head && skb != (struct sk_buff *)&(sk)->write_queue; \
	     skb = skb->next)

#endif
