/* SockScope's own C under Linux's names, not Linux's source.
 * When segments are lost: how that is noticed, what is sent again, and how
 * far the congestion window goes down (RFC 2581, RFC 2582). Segments are
 * counted in four numbers:
 *
 *	packets_out	sent and not acknowledged
 *	sacked_out	of these, surely received: one for each duplicate ACK
 *	lost_out	of these, surely lost
 *	retrans_out	of the lost ones, sent again
 *
 * In Linux 2.4 this is in net/ipv4/tcp_input.c and tcp_output.c.
 */
#include <linux/kernel.h>
#include <net/tcp.h>

int sysctl_tcp_reordering = TCP_FASTRETRANS_THRESH;

static void tcp_sync_left_out(struct tcp_opt *tp)
{
	tp->left_out = tp->sacked_out + tp->lost_out;
}

static void tcp_mark_lost(struct tcp_opt *tp, struct sk_buff *skb)
{
	TCP_SKB_CB(skb)->sacked |= TCPCB_LOST;
	tp->lost_out++;
}

static u32 tcp_recalc_ssthresh(struct tcp_opt *tp)
{
	return max(tp->snd_cwnd >> 1, 2);
}

/* ---- the congestion window ---- */

/* Slow start up to the threshold, one segment a round trip above. */
void tcp_cong_avoid(struct tcp_opt *tp)
{
	if (tp->snd_cwnd <= tp->snd_ssthresh) {
		tp->snd_cwnd++;
	} else if (++tp->snd_cwnd_cnt > tp->snd_cwnd) {
		tp->snd_cwnd++;
		tp->snd_cwnd_cnt = 0;
	}
}

/* No burst of more than three segments when much is acknowledged at once. */
static void tcp_moderate_cwnd(struct tcp_opt *tp)
{
	tp->snd_cwnd = min(tp->snd_cwnd, tcp_packets_in_flight(tp) + 3);
	tp->snd_cwnd_stamp = jiffies;
}

/* While a loss is repaired: one less for every second ACK, down to the half. */
static void tcp_cwnd_down(struct tcp_opt *tp)
{
	int acks = tp->snd_cwnd_cnt + 1;

	tp->snd_cwnd_cnt = acks & 1;
	if (acks > 1 && tp->snd_cwnd > tp->snd_ssthresh / 2)
		tp->snd_cwnd--;
	tp->snd_cwnd = min(tp->snd_cwnd, tcp_packets_in_flight(tp) + 1);
	tp->snd_cwnd_stamp = jiffies;
}

/* ---- a time-out ---- */

/* The retransmission timer fired: everything in flight counts as lost. */
void tcp_enter_loss(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb;

	/* Once for each window: not again when the repair gets lost too. */
	if (tp->ca_state <= TCP_CA_Disorder || tp->snd_una == tp->high_seq ||
	    (tp->ca_state == TCP_CA_Loss && !tp->retransmits))
		tp->snd_ssthresh = tcp_recalc_ssthresh(tp);
	tp->snd_cwnd = 1;
	tp->snd_cwnd_cnt = 0;
	tp->snd_cwnd_stamp = jiffies;

	tp->sacked_out = 0;
	tp->lost_out = 0;
	tp->retrans_out = 0;
	for_retrans_queue(skb, sk, tp) {
		TCP_SKB_CB(skb)->sacked &= ~TCPCB_TAGBITS;
		tcp_mark_lost(tp, skb);
	}
	tcp_sync_left_out(tp);
	tp->ca_state = TCP_CA_Loss;
	tp->high_seq = tp->snd_nxt;
}

/* Sends again what is marked as lost, as far as the window goes. */
static void tcp_xmit_retransmit_queue(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 lost = tp->lost_out;
	struct sk_buff *skb;

	/* What is cut off on the way waits for the next time. */
	for_retrans_queue(skb, sk, tp) {
		if (lost == 0 || tcp_packets_in_flight(tp) >= tp->snd_cwnd)
			return;
		if (!(TCP_SKB_CB(skb)->sacked & TCPCB_LOST))
			continue;
		lost--;
		if (TCP_SKB_CB(skb)->sacked & TCPCB_SACKED_RETRANS)
			continue;
		if (tcp_retransmit_skb(sk, skb))
			return;
		if (skb == skb_peek(&sk->write_queue))
			tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
	}
}

/*
 * The path takes smaller segments than we thought: those in flight that are
 * larger have not arrived. Nobody was too fast, so the window stays.
 */
void tcp_simple_retransmit(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 mss = tcp_current_mss(sk);
	int lost = tp->lost_out;
	struct sk_buff *skb;

	for_retrans_queue(skb, sk, tp) {
		if (skb->len <= mss)
			continue;
		if (TCP_SKB_CB(skb)->sacked & TCPCB_SACKED_RETRANS) {
			TCP_SKB_CB(skb)->sacked &= ~TCPCB_SACKED_RETRANS;
			tp->retrans_out--;
		}
		if (!(TCP_SKB_CB(skb)->sacked & TCPCB_LOST))
			tcp_mark_lost(tp, skb);
	}
	if (tp->lost_out == lost)
		return;
	tcp_sync_left_out(tp);
	if (tp->ca_state != TCP_CA_Loss) {
		tp->high_seq = tp->snd_nxt;
		tp->snd_ssthresh = max(tp->snd_ssthresh,
				       (tp->snd_cwnd >> 1) + (tp->snd_cwnd >> 2));
		tp->ca_state = TCP_CA_Loss;
	}
	tcp_xmit_retransmit_queue(sk);
}

/* ---- duplicate ACKs ---- */

/* There cannot be more of them than segments behind the first. */
static void tcp_limit_reno_sacked(struct tcp_opt *tp, int acked)
{
	u32 most = tp->packets_out ? tp->packets_out - 1 : 0;

	if (tp->sacked_out > most) {
		/* Segments overtake each other here: be slower to call it a loss. */
		tp->sacked_out = most;
		tp->reordering = max(tp->reordering, min(tp->packets_out + acked, 127));
	}
	tcp_sync_left_out(tp);
}

static void tcp_add_reno_sack(struct tcp_opt *tp)
{
	tp->sacked_out++;
	tcp_limit_reno_sacked(tp, 0);
}

/* New data was acknowledged: one segment was the lost one, the others were known. */
static void tcp_remove_reno_sacks(struct tcp_opt *tp, int acked)
{
	if (acked > 0)
		tp->sacked_out -= min(tp->sacked_out, (u32)acked - 1);
	tcp_limit_reno_sacked(tp, acked);
}

/* The first segment in flight is lost, unless it was sent after the loss. */
static void tcp_mark_head_lost(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb = skb_peek(&sk->write_queue);

	if (tp->packets_out && !(TCP_SKB_CB(skb)->sacked & TCPCB_TAGBITS) &&
	    !after(TCP_SKB_CB(skb)->end_seq, tp->high_seq))
		tcp_mark_lost(tp, skb);
	tcp_sync_left_out(tp);
}

/*
 * Everything that was in flight at the loss is acknowledged. 1: nothing
 * beyond it is yet, so late duplicate ACKs may come; keep the state (RFC 2582).
 */
static int tcp_end_recovery(struct tcp_opt *tp)
{
	if (tp->ca_state == TCP_CA_Loss)
		tp->retransmits = 0;
	else
		tp->sacked_out = 0;
	tcp_sync_left_out(tp);
	if (tp->ca_state != TCP_CA_Disorder && tp->snd_una == tp->high_seq) {
		tcp_moderate_cwnd(tp);
		return 1;
	}
	if (tp->ca_state == TCP_CA_Recovery)
		tp->snd_cwnd = min(tp->snd_cwnd, tp->snd_ssthresh);
	tp->ca_state = TCP_CA_Open;
	return 0;
}

/* Open or disordered: has the third duplicate ACK come? Then a repair begins. */
static int tcp_enter_recovery(struct tcp_opt *tp, int forward, int is_dupack)
{
	int state;

	if (forward)
		tp->sacked_out = 0;
	if (is_dupack)
		tcp_add_reno_sack(tp);
	tcp_sync_left_out(tp);
	if (tp->lost_out || tp->sacked_out >= tp->reordering) {
		tp->high_seq = tp->snd_nxt;
		tp->snd_ssthresh = tcp_recalc_ssthresh(tp);
		tp->snd_cwnd_cnt = 0;
		tp->ca_state = TCP_CA_Recovery;
		return 1;
	}
	if (tp->retrans_out == 0)
		tp->retrans_stamp = 0;
	state = tp->left_out || tp->retrans_out ? TCP_CA_Disorder : TCP_CA_Open;
	if (tp->ca_state != state) {
		tp->ca_state = state;
		tp->high_seq = tp->snd_nxt;
	}
	tcp_moderate_cwnd(tp);
	return 0;
}

/*
 * An ACK that repeats the last one, or any ACK while something is wrong.
 * acked segments have left the write queue with it.
 */
void tcp_fastretrans_alert(struct sock *sk, int acked, int forward, int is_dupack)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (!tp->packets_out)
		tp->sacked_out = 0;
	tcp_sync_left_out(tp);
	if (tp->ca_state == TCP_CA_Open)
		tp->retrans_stamp = 0;
	else if (!before(tp->snd_una, tp->high_seq) && tcp_end_recovery(tp))
		return;

	switch (tp->ca_state) {
	case TCP_CA_Recovery:
		if (forward) {
			/* The next segment is missing too: send it at once. */
			tcp_remove_reno_sacks(tp, acked);
			is_dupack = 1;
		} else if (is_dupack) {
			tcp_add_reno_sack(tp);
		}
		break;
	case TCP_CA_Loss:
		if (acked)
			tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
		tcp_moderate_cwnd(tp);
		tcp_xmit_retransmit_queue(sk);
		return;
	default:
		if (!tcp_enter_recovery(tp, forward, is_dupack))
			return;
	}
	if (is_dupack)
		tcp_mark_head_lost(sk);
	tcp_cwnd_down(tp);
	tcp_xmit_retransmit_queue(sk);
}
