/* SockScope's own C under Linux's names, not Linux's source.
 * What an acknowledgement does: it takes segments off the write queue, moves
 * the window, measures the round trip (RFC 2988), and lets the congestion
 * window grow. Losses are the matter of tcp_recovery.c. In Linux 2.4 this is
 * in net/ipv4/tcp_input.c.
 */
#include <linux/kernel.h>
#include <net/tcp.h>

/* ---- round trip time ---- */

/* Moves the average deviation; the margin of the time-out follows upwards. */
static void tcp_update_mdev(struct tcp_opt *tp, long err)
{
	long change = (err < 0 ? -err : err) - (tp->mdev >> 2);

	/* An answer that is early says little about those that may be late. */
	if (err < 0 && change > 0)
		change >>= 3;
	tp->mdev += change;
	tp->mdev_max = max(tp->mdev_max, tp->mdev);
	tp->rttvar = max(tp->rttvar, tp->mdev_max);
}

/*
 * One measurement of m jiffies: srtt is kept times 8, mdev times 4. The margin
 * shrinks once a round trip, by a quarter of what it has too much.
 */
static void tcp_rtt_estimator(struct tcp_opt *tp, long m)
{
	long err;

	if (m <= 0)
		m = 1;
	if (!tp->srtt) {
		tp->srtt = m << 3;
		tp->mdev = m << 2;
		tp->mdev_max = tp->rttvar = max(tp->mdev, TCP_RTO_MIN);
		tp->rtt_seq = tp->snd_nxt;
	} else {
		err = m - (long)(tp->srtt >> 3);
		tp->srtt += err;
		tcp_update_mdev(tp, err);
		if (after(tp->snd_una, tp->rtt_seq)) {
			tp->rttvar -= (tp->rttvar - tp->mdev_max) >> 2;
			tp->rtt_seq = tp->snd_una;
			tp->mdev_max = TCP_RTO_MIN;
		}
	}
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
		if (scb->sacked & TCPCB_SACKED_RETRANS)
			tp->retrans_out--;
		if (scb->sacked & TCPCB_LOST)
			tp->lost_out--;
		when = scb->when;
		tp->packets_out--;
		__skb_unlink(skb, &sk->write_queue);
		tcp_free_skb(sk, skb);
	}
	if (!acked)
		return 0;

	tcp_ack_update_rtt(tp, retrans, when);
	if (tp->packets_out)
		tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
	else
		tcp_clear_xmit_timer(sk, TCP_TIME_RETRANS);
	return acked;
}

/*
 * Takes the peer's window, unless a newer segment has told it already. 1 when
 * it was taken: then this is no duplicate ACK.
 */
static int tcp_ack_update_window(struct sock *sk, struct sk_buff *skb, u32 ack)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 seq = TCP_SKB_CB(skb)->seq;
	u32 nwin = ntohs(skb->h.th->window) << tp->snd_wscale;
	int update = after(ack, tp->snd_una) || after(seq, tp->snd_wl1) ||
		     (seq == tp->snd_wl1 && nwin > tp->snd_wnd);

	if (update) {
		tp->snd_wl1 = seq;
		tp->snd_wnd = nwin;
		if (nwin > tp->max_window) {
			tp->max_window = nwin;
			tcp_sync_mss(sk, tp->pmtu_cookie);
		}
	}
	tp->snd_una = ack;
	return update;
}

/* The window may have opened for the segment that waits. */
static void tcp_ack_probe(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 window_end = tp->snd_una + tp->snd_wnd;

	if (after(TCP_SKB_CB(tp->send_head)->end_seq, window_end)) {
		u32 pause = min(tp->rto << tp->backoff, TCP_RTO_MAX);

		tcp_reset_xmit_timer(sk, TCP_TIME_PROBE0, pause);
	} else {
		tcp_clear_xmit_timer(sk, TCP_TIME_PROBE0);
		tp->backoff = 0;
	}
}

/* Works the ACK field. 0 when it is for something never sent, or too old. */
int tcp_ack(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 ack = TCP_SKB_CB(skb)->ack_seq;
	u32 prior_snd_una = tp->snd_una;
	u32 prior_packets = tp->packets_out;
	u32 prior_in_flight = tcp_packets_in_flight(tp);
	int is_dupack, acked;

	if (after(ack, tp->snd_nxt) || before(ack, prior_snd_una))
		return 0;

	is_dupack = !tcp_ack_update_window(sk, skb, ack) &&
		    TCP_SKB_CB(skb)->seq == TCP_SKB_CB(skb)->end_seq;
	sk->err_soft = 0;
	tp->rcv_tstamp = jiffies;

	if (!prior_packets) {
		tp->probes_out = 0;
		if (tp->send_head)
			tcp_ack_probe(sk);
		return 1;
	}
	acked = tcp_clean_rtx_queue(sk);
	if ((acked & 1) && prior_in_flight >= tp->snd_cwnd && tp->ca_state != TCP_CA_Recovery)
		tcp_cong_avoid(tp);
	if (is_dupack || tp->ca_state != TCP_CA_Open)
		tcp_fastretrans_alert(sk, prior_packets - tp->packets_out,
				      tp->snd_una != prior_snd_una, is_dupack);
	return 1;
}
