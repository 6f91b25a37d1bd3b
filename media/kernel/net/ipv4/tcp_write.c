/* SockScope's own C under Linux's names, not Linux's source.
 * TCP's write queue: segments wait here until they are acknowledged, and are
 * sent when Nagle's rule and both windows allow it.
 *
 *	write_queue:	| sent, not acknowledged | send_head ... not sent |
 *
 * In Linux 2.4 this is in net/ipv4/tcp_output.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/tcp.h>

void tcp_free_skb(struct sock *sk, struct sk_buff *skb)
{
	sk->tp_pinfo.af_tcp.queue_shrunk = 1;
	sk->wmem_queued -= skb->truesize;
	kfree_skb(skb);
}

void tcp_writequeue_purge(struct sock *sk)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&sk->write_queue)) != NULL)
		tcp_free_skb(sk, skb);
}

/* Appends a segment whose place in the sequence is set. */
void tcp_queue_skb(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->write_seq = TCP_SKB_CB(skb)->end_seq;
	__skb_queue_tail(&sk->write_queue, skb);
	sk->wmem_queued += skb->truesize;
	if (!tp->send_head)
		tp->send_head = skb;
}

/* The segment at the head has been sent for the first time. */
static void update_send_head(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	struct sk_buff *queue = (struct sk_buff *)&sk->write_queue;

	tp->snd_nxt = TCP_SKB_CB(skb)->end_seq;
	tp->send_head = skb->next == queue ? NULL : skb->next;
	tp->packets_out++;
	if (tp->packets_out == 1)	/* the only one on its way */
		tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
}

/* Splits a segment in two; the first keeps len bytes. */
static int tcp_fragment(struct sock *sk, struct sk_buff *skb, u32 len)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int rest = skb->len - len;
	struct sk_buff *buff;

	buff = alloc_skb(MAX_TCP_HEADER + rest, GFP_ATOMIC);
	if (!buff)
		return -ENOMEM;
	skb_reserve(buff, MAX_TCP_HEADER);
	memcpy(skb_put(buff, rest), skb->data + len, rest);
	skb_trim(skb, len);
	sk->wmem_queued += buff->truesize;

	TCP_SKB_CB(buff)->seq = TCP_SKB_CB(skb)->seq + len;
	TCP_SKB_CB(buff)->end_seq = TCP_SKB_CB(skb)->end_seq;
	TCP_SKB_CB(buff)->flags = TCP_SKB_CB(skb)->flags;
	TCP_SKB_CB(buff)->sacked = TCP_SKB_CB(skb)->sacked & (TCPCB_LOST | TCPCB_EVER_RETRANS);
	if (TCP_SKB_CB(buff)->sacked & TCPCB_LOST) {
		tp->lost_out++;
		tp->left_out++;
	}
	TCP_SKB_CB(skb)->end_seq = TCP_SKB_CB(buff)->seq;
	TCP_SKB_CB(skb)->flags &= ~(TCPCB_FLAG_FIN | TCPCB_FLAG_PSH);
	__skb_append(skb, buff);
	return 0;
}

/*
 * Nagle's rule (RFC 896): a small segment waits while another small one is
 * in flight. A corked sock holds back every small one.
 */
static int tcp_nagle_waits(struct tcp_opt *tp, struct sk_buff *skb, u32 mss, int nonagle)
{
	if (nonagle == 1 || skb->len >= mss || (TCP_SKB_CB(skb)->flags & TCPCB_FLAG_FIN))
		return 0;
	if (nonagle == 2)
		return 1;
	return tp->packets_out && after(tp->snd_sml, tp->snd_una);
}

/* May this segment go now: Nagle, congestion window, the peer's window? */
static int tcp_snd_test(struct tcp_opt *tp, struct sk_buff *skb, u32 mss, int nonagle)
{
	if (tcp_nagle_waits(tp, skb, mss, nonagle))
		return 0;
	if (tcp_packets_in_flight(tp) >= tp->snd_cwnd &&
	    !(TCP_SKB_CB(skb)->flags & TCPCB_FLAG_FIN))
		return 0;
	return !after(TCP_SKB_CB(skb)->end_seq, tp->snd_una + tp->snd_wnd);
}

/*
 * Sends what may be sent. Whether something is left that no ACK will ever
 * set free: then the window has to be probed.
 */
int tcp_write_xmit(struct sock *sk, int nonagle)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 mss_now = tcp_current_mss(sk);
	struct sk_buff *skb;

	while (sk->state != TCP_CLOSE && (skb = tp->send_head) != NULL) {
		int last = skb->next == (struct sk_buff *)&sk->write_queue;

		if (!tcp_snd_test(tp, skb, mss_now, last ? nonagle : 1))
			break;
		if (skb->len > mss_now && tcp_fragment(sk, skb, mss_now))
			break;
		TCP_SKB_CB(skb)->when = jiffies;
		if (tcp_transmit_skb(sk, skb_clone(skb, GFP_ATOMIC)))
			break;
		update_send_head(sk, skb);
		if (skb->len < mss_now)
			tp->snd_sml = TCP_SKB_CB(skb)->end_seq;
	}
	return !tp->packets_out && tp->send_head;
}

/* A segment waits, nothing is in flight: ask for the window from time to time. */
static void tcp_check_probe_timer(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (!tp->packets_out && !tp->pending)
		tcp_reset_xmit_timer(sk, TCP_TIME_PROBE0, tp->rto);
}

void tcp_push_pending_frames(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (tp->send_head && tcp_write_xmit(sk, tp->nonagle))
		tcp_check_probe_timer(sk);
}

/* Ends our side of the conversation: on the last waiting segment, or alone. */
void tcp_send_fin(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb = sk->write_queue.prev;

	if (tp->send_head) {
		TCP_SKB_CB(skb)->flags |= TCPCB_FLAG_FIN;
		TCP_SKB_CB(skb)->end_seq++;
		tp->write_seq++;
	} else {
		/* The sock is locked, so nobody else can help: until it works. */
		while ((skb = alloc_skb(MAX_TCP_HEADER, GFP_KERNEL)) == NULL) {
			__set_current_state(TASK_UNINTERRUPTIBLE);
			schedule_timeout(1);
		}
		skb_reserve(skb, MAX_TCP_HEADER);
		TCP_SKB_CB(skb)->flags = TCPCB_FLAG_ACK | TCPCB_FLAG_FIN;
		TCP_SKB_CB(skb)->seq = tp->write_seq;
		TCP_SKB_CB(skb)->end_seq = tp->write_seq + 1;
		tcp_queue_skb(sk, skb);
	}
	if (tcp_write_xmit(sk, 1))
		tcp_check_probe_timer(sk);
}

/* ---- again ---- */

/* Sends a segment once more, cut to the present segment size. */
int tcp_retransmit_skb(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 cur_mss = tcp_current_mss(sk);
	int err;

	if (skb->len > cur_mss) {
		if (tcp_fragment(sk, skb, cur_mss))
			return -ENOMEM;
		tp->packets_out++;
	}
	if (tp->af_specific->rebuild_header(sk))
		return -EHOSTUNREACH;
	TCP_SKB_CB(skb)->when = jiffies;
	err = tcp_transmit_skb(sk, skb_clone(skb, GFP_ATOMIC));
	if (!err) {
		TCP_SKB_CB(skb)->sacked |= TCPCB_SACKED_RETRANS | TCPCB_EVER_RETRANS;
		tp->retrans_out++;
		if (!tp->retrans_stamp)
			tp->retrans_stamp = TCP_SKB_CB(skb)->when;
	}
	return err;
}

/* As much as the window lets through, or a segment the peer must answer. */
static void tcp_write_wakeup(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb = tp->send_head;
	u32 room;

	if (!skb || !before(TCP_SKB_CB(skb)->seq, tp->snd_una + tp->snd_wnd)) {
		tcp_send_bare(sk, tp->snd_una - 1, TCPCB_FLAG_ACK, GFP_ATOMIC);
		return;
	}
	room = min(tp->snd_una + tp->snd_wnd - TCP_SKB_CB(skb)->seq, tcp_current_mss(sk));
	if (skb->len > room && tcp_fragment(sk, skb, room))
		return;
	TCP_SKB_CB(skb)->flags |= TCPCB_FLAG_PSH;
	TCP_SKB_CB(skb)->when = jiffies;
	if (!tcp_transmit_skb(sk, skb_clone(skb, GFP_ATOMIC)))
		update_send_head(sk, skb);
}

/* The window has been closed for rto << backoff. */
void tcp_send_probe0(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_write_wakeup(sk);
	if (tp->packets_out || !tp->send_head) {
		tp->backoff = 0;
		tp->probes_out = 0;
		return;
	}
	tp->backoff++;
	tp->probes_out++;
	tcp_reset_xmit_timer(sk, TCP_TIME_PROBE0, min(tp->rto << tp->backoff, TCP_RTO_MAX));
}
