/* SockScope's own C under Linux's names, not Linux's source.
 * Data that comes in: into the receive queue in order, into a second queue
 * when something is missing, and acknowledged now or a little later. In
 * Linux 2.4 this is in net/ipv4/tcp_input.c.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <net/tcp.h>

/* ---- acknowledging ---- */

/* So many ACKs at once, so that the peer's window grows. */
static void tcp_incr_quickack(struct tcp_opt *tp)
{
	unsigned int pairs = tp->rcv_wnd / (2 * tp->ack.rcv_mss);

	/* One for every second segment of the window, within bounds. */
	pairs = min(pairs ? pairs : 2, TCP_MAX_QUICKACKS);
	tp->ack.quick = max(pairs, tp->ack.quick);
}

void tcp_enter_quickack_mode(struct tcp_opt *tp)
{
	tp->ack.ato = TCP_ATO_MIN;
	tp->ack.pingpong = 0;
	tcp_incr_quickack(tp);
}

/* How big are the peer's segments? A small one ends what it has to say. */
static void tcp_measure_rcv_mss(struct tcp_opt *tp, struct sk_buff *skb)
{
	unsigned int len = skb->len;
	unsigned int before = tp->ack.last_seg_size;
	int plausible = len >= TCP_MIN_RCVMSS || (len >= TCP_MIN_MSS && !skb->h.th->psh);

	tp->ack.last_seg_size = 0;
	if (len >= tp->ack.rcv_mss) {
		tp->ack.rcv_mss = len;
		if (skb->h.th->psh)
			tp->ack.pending |= TCP_ACK_PUSHED;
		return;
	}
	if (plausible)
		tp->ack.last_seg_size = len;
	if (plausible && len == before)		/* twice in a row: this is their size */
		tp->ack.rcv_mss = len;
	else
		tp->ack.pending |= TCP_ACK_PUSHED;
}

/*
 * By how much may the window grow for this segment? By two full ones when it
 * fills its buffer well. A small one wastes memory: for it by twice what the
 * peer usually sends, while the window is so small that the receive buffer
 * has room for as much waste again; then not at all.
 */
static int tcp_window_growth(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 cost = tcp_win_from_space(skb->truesize);
	u32 room = tcp_full_space(sk);

	if (cost <= skb->len)
		return 2 * tp->advmss;
	do {
		cost /= 2;
		room /= 2;
		if (tp->rcv_ssthresh > room)
			return 0;
	} while (cost > skb->len);
	return 2 * tp->ack.rcv_mss;
}

/*
 * Keeps the prediction of how soon our answer follows (ato), from the time
 * between two segments.
 */
void tcp_event_data_recv(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 now = jiffies;
	u32 m = now - tp->ack.lrcvtime;

	tcp_schedule_ack(tp);
	tcp_measure_rcv_mss(tp, skb);
	if (!tp->ack.ato)
		tcp_enter_quickack_mode(tp);
	else if (m <= TCP_ATO_MIN / 2)
		tp->ack.ato = (tp->ack.ato >> 1) + TCP_ATO_MIN / 2;
	else if (m < tp->ack.ato)
		tp->ack.ato = min((tp->ack.ato >> 1) + m, tp->rto);
	else if (m > tp->rto)
		tcp_incr_quickack(tp);	/* the sender starts slowly again */
	tp->ack.lrcvtime = now;

	/* The reader keeps up: the window may grow, and the peer hear of it. */
	if (skb->len >= 128 && tp->rcv_ssthresh < tp->window_clamp &&
	    (int)tp->rcv_ssthresh < tcp_space(sk)) {
		u32 growth = tcp_window_growth(sk, skb);

		if (growth) {
			tp->rcv_ssthresh = min(tp->window_clamp,
					       tp->rcv_ssthresh + growth);
			tp->ack.quick |= 1;
		}
	}
}

/*
 * An ACK is owed. It goes at once for every second full segment, in quick
 * ack mode, and while segments are missing; else the timer may send it
 * (RFC 1122, 4.2.3.2).
 */
void tcp_ack_snd_check(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (!tcp_ack_scheduled(tp))
		return;
	if ((tp->rcv_nxt - tp->rcv_wup > tp->ack.rcv_mss &&
	     __tcp_select_window(sk) >= tp->rcv_wnd) ||
	    (tp->ack.quick && !tp->ack.pingpong) ||
	    !skb_queue_empty(&tp->out_of_order_queue))
		tcp_send_ack(sk);
	else
		tcp_send_delayed_ack(sk);
}

/* Acknowledged segments have left the queue. Wakes a writer when it pays. */
static void tcp_new_space(struct sock *sk)
{
	if (sk->sndbuf - sk->wmem_queued < sk->wmem_queued / 2)
		return;
	if (sk->sleep && waitqueue_active(sk->sleep))
		wake_up_interruptible(sk->sleep);
}

/* Something was acknowledged: send what waits, wake writers. */
void tcp_data_snd_check(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_push_pending_frames(sk);
	if (tp->queue_shrunk) {
		tp->queue_shrunk = 0;
		tcp_new_space(sk);
	}
}

/* An answer to a segment that should not have come. */
void tcp_send_dupack(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (TCP_SKB_CB(skb)->end_seq != TCP_SKB_CB(skb)->seq &&
	    before(TCP_SKB_CB(skb)->seq, tp->rcv_nxt))
		tcp_enter_quickack_mode(tp);	/* our ACK must have been lost */
	tcp_send_ack(sk);
}

/* ---- the end of the peer's data ---- */

static void tcp_fin(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	sk->done = 1;
	sk->shutdown |= RCV_SHUTDOWN;
	tp->fin_seq = TCP_SKB_CB(skb)->end_seq;
	tcp_schedule_ack(tp);

	switch (sk->state) {
	case TCP_SYN_RECV:
	case TCP_ESTABLISHED:
		/* The process will close soon: let the ACK ride on that. */
		tp->ack.pingpong = 1;
		tcp_set_state(sk, TCP_CLOSE_WAIT);
		break;
	case TCP_FIN_WAIT1:
	case TCP_FIN_WAIT2:
		/* Now both have closed. */
		tcp_send_ack(sk);
		if (sk->state == TCP_FIN_WAIT1)
			tcp_set_state(sk, TCP_CLOSING);	/* our FIN is not acknowledged yet */
		else
			tcp_time_wait(sk, TCP_TIME_WAIT, 0);
		break;
	default:
		break;		/* the same FIN again */
	}

	__skb_queue_purge(&tp->out_of_order_queue);
	if (!sk->dead)
		sk->state_change(sk);
}

/* ---- queues ---- */

static void tcp_queue_in_order(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	skb_set_owner_r(skb, sk);
	__skb_queue_tail(&sk->receive_queue, skb);
	tp->rcv_nxt = TCP_SKB_CB(skb)->end_seq;
	if (skb->len)
		tcp_event_data_recv(sk, skb);
	if (skb->h.th->fin)
		tcp_fin(sk, skb);
}

/* A hole was filled: segments behind it are in order now. */
static void tcp_ofo_queue(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb;

	while ((skb = skb_peek(&tp->out_of_order_queue)) != NULL) {
		if (after(TCP_SKB_CB(skb)->seq, tp->rcv_nxt))
			break;
		__skb_unlink(skb, &tp->out_of_order_queue);
		if (!after(TCP_SKB_CB(skb)->end_seq, tp->rcv_nxt)) {
			kfree_skb(skb);
			continue;
		}
		__skb_queue_tail(&sk->receive_queue, skb);
		tp->rcv_nxt = TCP_SKB_CB(skb)->end_seq;
		if (skb->h.th->fin)
			tcp_fin(sk, skb);
	}
	if (skb_queue_empty(&tp->out_of_order_queue))
		tp->ack.pingpong = 0;
}

/* Keeps a segment that came too early, in order of sequence. */
static void tcp_queue_early(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff_head *queue = &tp->out_of_order_queue;
	struct sk_buff *before_it = queue->prev;

	while (before_it != (struct sk_buff *)queue &&
	       after(TCP_SKB_CB(before_it)->seq, TCP_SKB_CB(skb)->seq))
		before_it = before_it->prev;
	if (before_it != (struct sk_buff *)queue &&
	    !after(TCP_SKB_CB(skb)->end_seq, TCP_SKB_CB(before_it)->end_seq)) {
		kfree_skb(skb);		/* we have all of it */
		return;
	}
	skb_set_owner_r(skb, sk);
	if (before_it == (struct sk_buff *)queue)
		__skb_queue_head(queue, skb);
	else
		__skb_append(before_it, skb);
}

/* The peer filled the buffer faster than we thought: offer less. */
static void tcp_clamp_window(struct tcp_opt *tp)
{
	u32 unread = tp->rcv_nxt - tp->copied_seq;

	tp->ack.quick = 0;
	if (skb_queue_empty(&tp->out_of_order_queue)) {
		if (unread > tp->ack.rcv_mss)
			unread -= tp->ack.rcv_mss;
		tp->window_clamp = min(tp->window_clamp, max(unread, 2 * tp->advmss));
	}
	tp->rcv_ssthresh = min(tp->window_clamp, 2 * tp->advmss);
}

/*
 * More has come than the buffer holds. What came too early is given up
 * first. -1: that was not enough.
 */
static int tcp_prune_queue(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_clamp_window(tp);
	__skb_queue_purge(&tp->out_of_order_queue);
	return atomic_read(&sk->rmem_alloc) > sk->rcvbuf ? -1 : 0;
}

/* Takes over a segment that lies in the window; data is at the payload. */
void tcp_data_queue(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 seq = TCP_SKB_CB(skb)->seq;

	if (!skb->len && !skb->h.th->fin) {
		kfree_skb(skb);		/* a bare ACK */
		return;
	}
	if (atomic_read(&sk->rmem_alloc) > sk->rcvbuf && tcp_prune_queue(sk)) {
		kfree_skb(skb);		/* it will be sent again */
		return;
	}
	if (after(seq, tp->rcv_nxt)) {
		tcp_enter_quickack_mode(tp);
		tcp_schedule_ack(tp);
		tcp_queue_early(sk, skb);
		return;
	}
	if (before(seq, tp->rcv_nxt))
		tcp_enter_quickack_mode(tp);	/* the beginning is old */

	tcp_queue_in_order(sk, skb);
	if (!skb_queue_empty(&tp->out_of_order_queue))
		tcp_ofo_queue(sk);
	if (!sk->dead)
		sk->data_ready(sk, 0);
}
