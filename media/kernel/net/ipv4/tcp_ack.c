/*
 * What an acknowledgement does: it takes segments off the write queue, moves
 * the window, measures the round trip, and steers the congestion window
 * (RFC 2581, RFC 2988). In Linux 2.4 this is in net/ipv4/tcp_input.c.
 */
#include <linux/kernel.h>
#include <net/tcp.h>

int sysctl_tcp_reordering = TCP_FASTRETRANS_THRESH;

/* ---- round trip time ---- */

/* One measurement of m jiffies: srtt is kept times 8, mdev times 4. */
static void tcp_rtt_estimator(struct tcp_opt *tp, long m)
{
	if (m <= 0)
		m = 1;
	if (!tp->srtt) {
		tp->srtt = m << 3;
		tp->mdev = m << 1;
	} else {
		m -= tp->srtt >> 3;
		tp->srtt += m;
		if (m < 0)
			m = -m;
		m -= tp->mdev >> 2;
		tp->mdev += m;
	}
	tp->rttvar = max(tp->mdev, TCP_RTO_MIN);
	tp->rto = min((tp->srtt >> 3) + tp->rttvar, TCP_RTO_MAX);
	tp->backoff = 0;
}

/* Retransmitted segments only count with timestamps (Karn's rule). */
static void tcp_ack_update_rtt(struct tcp_opt *tp, int retrans, u32 when)
{
	if (tp->saw_tstamp && tp->rcv_tsecr)
		tcp_rtt_estimator(tp, (u32)jiffies - tp->rcv_tsecr);
	else if (!retrans)
		tcp_rtt_estimator(tp, (u32)jiffies - when);
}

/* Start values for the congestion window of a connection that stands. */
void tcp_init_metrics(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	/* One measurement by hand, of a segment that was sent again maybe. */
	if (!tp->saw_tstamp && tp->srtt) {
		tp->srtt = 0;
		tp->mdev = tp->mdev_max = tp->rttvar = TCP_TIMEOUT_INIT;
		tp->rto = TCP_TIMEOUT_INIT;
	}
	tp->snd_cwnd_stamp = jiffies;
}

/* ---- congestion ---- */

static u32 tcp_half_window(struct tcp_opt *tp)
{
	return max(min(tp->snd_cwnd, tp->packets_out) >> 1, 2);
}

/* Slow start below the threshold, one segment a round trip above. */
static void tcp_cong_avoid(struct tcp_opt *tp)
{
	if (tp->snd_cwnd >= tp->snd_cwnd_clamp)
		return;
	if (tp->snd_cwnd <= tp->snd_ssthresh) {
		tp->snd_cwnd++;
	} else if (++tp->snd_cwnd_cnt > tp->snd_cwnd) {
		tp->snd_cwnd++;
		tp->snd_cwnd_cnt = 0;
	}
}

/* The retransmission timer fired: everything in flight counts as lost. */
void tcp_enter_loss(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (tp->ca_state != TCP_CA_Loss)
		tp->snd_ssthresh = tcp_half_window(tp);
	tp->snd_cwnd = 1;
	tp->snd_cwnd_cnt = 0;
	tp->snd_cwnd_stamp = jiffies;
	tp->sacked_out = 0;
	tp->ca_state = TCP_CA_Loss;
	tp->high_seq = tp->snd_nxt;
}

/* The third duplicate ACK: the first segment is lost, not the whole flight. */
static void tcp_dup_ack(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->sacked_out++;
	if (tp->sacked_out != tp->reordering || tp->ca_state > TCP_CA_Disorder)
		return;
	tp->ca_state = TCP_CA_Recovery;
	tp->high_seq = tp->snd_nxt;
	tp->snd_ssthresh = tcp_half_window(tp);
	tp->snd_cwnd = tp->snd_ssthresh;
	tcp_retransmit_skb(sk, skb_peek(&sk->write_queue));
}

/*
 * New data was acknowledged. While a loss is being repaired, the next hole
 * is filled at once; the end of the repair is where the loss was noticed.
 */
static void tcp_forward_ack(struct sock *sk, int was_full)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->sacked_out = 0;
	if (tp->ca_state > TCP_CA_Disorder) {
		if (before(tp->snd_una, tp->high_seq)) {
			tcp_retransmit_skb(sk, skb_peek(&sk->write_queue));
		} else {
			tp->ca_state = TCP_CA_Open;
			tp->retrans_stamp = 0;
		}
	}
	if (was_full)
		tcp_cong_avoid(tp);
}

/* ---- the write queue ---- */

/* Frees what is acknowledged; whether that was data (1) or a SYN (2). */
static int tcp_clean_rtx_queue(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int acked = 0, retrans = 0;
	struct sk_buff *skb;
	u32 when = 0;

	while ((skb = skb_peek(&sk->write_queue)) != NULL && skb != tp->send_head) {
		struct tcp_skb_cb *scb = TCP_SKB_CB(skb);

		if (after(scb->end_seq, tp->snd_una))
			break;
		acked |= (scb->flags & TCPCB_FLAG_SYN) ? 2 : 1;
		retrans |= scb->sacked & TCPCB_EVER_RETRANS;
		when = scb->when;
		tp->packets_out--;
		__skb_unlink(skb, &sk->write_queue);
		tcp_free_skb(sk, skb);
	}
	if (!acked)
		return 0;

	tp->retransmits = 0;
	tcp_ack_update_rtt(tp, retrans, when);
	if (tp->packets_out)
		tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
	else
		tcp_clear_xmit_timer(sk, TCP_TIME_RETRANS);
	return acked;
}

/* Takes the peer's window, unless a newer segment has told it already. */
static int tcp_ack_update_window(struct sock *sk, struct sk_buff *skb, u32 ack)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 seq = TCP_SKB_CB(skb)->seq;
	u32 nwin = ntohs(skb->h.th->window) << tp->snd_wscale;
	int changed = 0;

	if (after(ack, tp->snd_una) || after(seq, tp->snd_wl1) ||
	    (seq == tp->snd_wl1 && nwin > tp->snd_wnd)) {
		changed = nwin != tp->snd_wnd;
		tp->snd_wl1 = seq;
		tp->snd_wnd = nwin;
		if (nwin > tp->max_window) {
			tp->max_window = nwin;
			tcp_sync_mss(sk, tp->pmtu_cookie);
		}
	}
	tp->snd_una = ack;
	return changed;
}

/* The window may have opened for the segment that waits. */
static void tcp_ack_probe(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (!after(TCP_SKB_CB(tp->send_head)->end_seq, tp->snd_una + tp->snd_wnd)) {
		tp->backoff = 0;
		tcp_clear_xmit_timer(sk, TCP_TIME_PROBE0);
	} else {
		tcp_reset_xmit_timer(sk, TCP_TIME_PROBE0,
				     min(tp->rto << tp->backoff, TCP_RTO_MAX));
	}
}

/* Works the ACK field. 0 when it is for something never sent, or too old. */
int tcp_ack(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 ack = TCP_SKB_CB(skb)->ack_seq;
	u32 prior_snd_una = tp->snd_una;
	u32 prior_in_flight = tp->packets_out;
	int window_moved;

	if (after(ack, tp->snd_nxt) || before(ack, prior_snd_una))
		return 0;

	window_moved = tcp_ack_update_window(sk, skb, ack);
	sk->err_soft = 0;
	tp->rcv_tstamp = jiffies;

	if (!prior_in_flight) {
		tp->probes_out = 0;
		if (tp->send_head)
			tcp_ack_probe(sk);
		return 1;
	}
	if (tcp_clean_rtx_queue(sk) & 1)
		tcp_forward_ack(sk, prior_in_flight >= tp->snd_cwnd);
	else if (ack == prior_snd_una && !window_moved && tp->packets_out &&
		 TCP_SKB_CB(skb)->seq == TCP_SKB_CB(skb)->end_seq)
		tcp_dup_ack(sk);
	return 1;
}
