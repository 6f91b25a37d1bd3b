/* SockScope's own C under Linux's names, not Linux's source.
 * TCP's state machine for arriving segments (RFC 793, "SEGMENT ARRIVES").
 * Acknowledgements are worked in tcp_ack.c, data in tcp_data.c. Functions
 * that return int: 1 asks the caller to send a reset, and to free skb.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <net/tcp.h>

/* Does any part of the segment lie in the window? */
int tcp_sequence(struct tcp_opt *tp, u32 seq, u32 end_seq, int rst)
{
	u32 window_end = tp->rcv_wup + tp->rcv_wnd;

	if (seq == tp->rcv_nxt)		/* what was expected next */
		return rst || end_seq == seq || tp->rcv_wnd != 0;
	if (seq == window_end && end_seq == seq)
		return 1;		/* a bare ACK just behind the window */
	/* Something in it must be new, and begin inside the window. */
	return tp->rcv_wnd != 0 && after(end_seq, tp->rcv_nxt) &&
	       before(seq, window_end);
}

/* What a reset means for the process depends on how far the connection was. */
static int tcp_reset_error(int state)
{
	if (state == TCP_SYN_SENT)
		return ECONNREFUSED;	/* it never came about */
	return state == TCP_CLOSE_WAIT ? EPIPE : ECONNRESET;
}

/* The peer reset the connection. */
void tcp_reset(struct sock *sk)
{
	if (sk->state != TCP_CLOSE) {
		sk->err = tcp_reset_error(sk->state);
		if (!sk->dead)
			sk->error_report(sk);
		tcp_done(sk);
	}
}

/*
 * The buffers of a connection that stands now: room for three segments to
 * send and four to receive, unless the user has fixed the sizes.
 */
static void tcp_init_buffer_space(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int overhead = MAX_TCP_HEADER + 16 + sizeof(struct sk_buff);
	int sndmem = 3 * (tp->mss_clamp + overhead);
	int rcvmem = tp->advmss + overhead;
	int maxwin;

	while (tcp_win_from_space(rcvmem) < tp->advmss)
		rcvmem += 128;
	if (!(sk->userlocks & SOCK_RCVBUF_LOCK) && sk->rcvbuf < 4 * rcvmem)
		sk->rcvbuf = min(4 * rcvmem, sysctl_tcp_rmem[2]);
	if (!(sk->userlocks & SOCK_SNDBUF_LOCK) && sk->sndbuf < sndmem)
		sk->sndbuf = min(sndmem, sysctl_tcp_wmem[2]);

	/* How far may our window grow? One segment's room is the reader's. */
	maxwin = tcp_full_space(sk);
	tp->window_clamp = min(tp->window_clamp, maxwin);
	if (tp->window_clamp > 2 * tp->advmss &&
	    tp->window_clamp + tp->advmss > maxwin)
		tp->window_clamp = max(2 * tp->advmss, maxwin - tp->advmss);
	tp->rcv_ssthresh = min(tp->rcv_ssthresh, tp->window_clamp);
	tp->snd_cwnd_stamp = jiffies;
}

/* Header size, segment size and stamps, once the peer's options are known. */
static void tcp_take_options(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->tcp_header_len = sizeof(struct tcphdr);
	if (tp->saw_tstamp) {
		tp->tstamp_ok = 1;
		tp->tcp_header_len += TCPOLEN_TSTAMP_ALIGNED;
		tcp_store_ts_recent(tp);
	}
	if (!tp->wscale_ok) {
		tp->snd_wscale = tp->rcv_wscale = 0;
		tp->window_clamp = min(tp->window_clamp, 65535);
	}
}

/* ---- SYN_SENT ---- */

/*
 * The SYN-ACK has come: the connection stands. -1: the segment may carry
 * more; 0: it is freed, and its ACK waits for data that is about to be sent.
 */
static int tcp_synsent_established(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 seq = TCP_SKB_CB(skb)->seq;

	tp->snd_wl1 = seq;
	tcp_ack(sk, skb);
	tp->rcv_nxt = tp->rcv_wup = seq + 1;
	tp->copied_seq = seq + 1;
	tp->snd_wnd = ntohs(skb->h.th->window);	/* never scaled in a SYN */
	tp->max_window = max(tp->max_window, tp->snd_wnd);
	tp->syn_seq = tp->fin_seq = seq;

	tcp_take_options(sk);
	if (tp->tstamp_ok)
		tp->advmss -= TCPOLEN_TSTAMP_ALIGNED;
	tcp_sync_mss(sk, tp->pmtu_cookie);
	tcp_initialize_rcv_mss(sk);
	tcp_init_metrics(sk);
	tcp_init_buffer_space(sk);

	tcp_set_state(sk, TCP_ESTABLISHED);
	if (!sk->dead)
		sk->state_change(sk);
	if (!tp->write_pending && !tp->defer_accept) {
		tcp_send_ack(sk);
		return -1;
	}
	tcp_schedule_ack(tp);
	tp->ack.lrcvtime = jiffies;
	tcp_enter_quickack_mode(tp);
	tcp_reset_xmit_timer(sk, TCP_TIME_DACK, TCP_DELACK_MAX);
	kfree_skb(skb);
	return 0;
}

/* A SYN without ACK: the peer connects to us while we connect to it. */
static void tcp_synsent_crossed(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_set_state(sk, TCP_SYN_RECV);
	tcp_take_options(sk);
	tp->rcv_nxt = tp->rcv_wup = TCP_SKB_CB(skb)->seq + 1;
	tp->syn_seq = tp->fin_seq = TCP_SKB_CB(skb)->seq;
	tp->snd_wnd = ntohs(skb->h.th->window);
	tp->snd_wl1 = TCP_SKB_CB(skb)->seq;
	tp->max_window = tp->snd_wnd;
	tcp_sync_mss(sk, tp->pmtu_cookie);
	tcp_initialize_rcv_mss(sk);
	tcp_send_synack(sk);
}

/* 0: skb is done with, 1: reset wanted, -1: go on with its data. */
static int tcp_rcv_synsent_state_process(struct sock *sk, struct sk_buff *skb,
					 struct tcphdr *th)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int saved_clamp = tp->mss_clamp;
	int reset = 0;

	tcp_parse_options(skb, tp, 0);
	if (th->ack) {
		reset = 1;
		if (TCP_SKB_CB(skb)->ack_seq != tp->snd_nxt)
			goto undo;
		if (tp->saw_tstamp && tp->rcv_tsecr &&
		    !between(tp->rcv_tsecr, tp->retrans_stamp, (u32)jiffies))
			goto undo;
		reset = 0;
		if (th->rst) {
			tcp_reset(sk);
			kfree_skb(skb);
			return 0;
		}
		if (!th->syn)
			goto undo;
		return tcp_synsent_established(sk, skb);
	}

	if (th->rst || !th->syn)
		goto undo;
	if (tp->ts_recent_stamp && tp->saw_tstamp && tcp_paws_check(tp, 0))
		goto undo;
	tcp_synsent_crossed(sk, skb);
	kfree_skb(skb);
	return 0;

undo:
	/* What it said about options does not count. */
	tp->tstamp_ok = tp->sack_ok = tp->wscale_ok = tp->snd_wscale = 0;
	tp->mss_clamp = saved_clamp;
	if (!reset)
		kfree_skb(skb);
	return reset;
}

/* ---- checks that hold in all later states ---- */

/* 0: the segment may be used. 1: it is done with. 2: a reset is wanted. */
static int tcp_validate_incoming(struct sock *sk, struct sk_buff *skb, struct tcphdr *th)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 seq = TCP_SKB_CB(skb)->seq;

	tcp_parse_options(skb, tp, 1);
	if (tp->saw_tstamp && tcp_paws_discard(tp, skb) && !th->rst) {
		tcp_send_dupack(sk, skb);
		return 1;
	}
	if (!tcp_sequence(tp, seq, TCP_SKB_CB(skb)->end_seq, th->rst)) {
		if (!th->rst)
			tcp_send_dupack(sk, skb);
		return 1;
	}
	if (th->rst) {
		tcp_reset(sk);
		return 1;
	}
	tcp_replace_ts_recent(tp, seq);

	/* A SYN in the window, and not the one that started the connection. */
	if (th->syn && seq != tp->syn_seq) {
		tcp_reset(sk);
		return 2;
	}
	return 0;
}

/* Takes the TCP header off and queues the rest. */
static void tcp_data(struct sock *sk, struct sk_buff *skb)
{
	skb_pull(skb, skb->h.th->doff * 4);
	tcp_data_queue(sk, skb);
}

/* ---- ESTABLISHED ---- */

int tcp_rcv_established(struct sock *sk, struct sk_buff *skb,
			struct tcphdr *th, unsigned len)
{
	int verdict = tcp_validate_incoming(sk, skb, th);

	if (verdict == 2)
		return 1;
	if (verdict == 1) {
		kfree_skb(skb);
		return 0;
	}
	if (th->ack)
		tcp_ack(sk, skb);
	tcp_data(sk, skb);
	if (sk->state != TCP_CLOSE) {
		tcp_data_snd_check(sk);
		tcp_ack_snd_check(sk);
	}
	return 0;
}

/* ---- all other states ---- */

/* Our SYN-ACK was acknowledged. */
static void tcp_synrecv_established(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->copied_seq = tp->rcv_nxt;
	tcp_set_state(sk, TCP_ESTABLISHED);
	if (sk->socket)		/* only when SYNs have crossed */
		sk->state_change(sk);
	tp->snd_una = TCP_SKB_CB(skb)->ack_seq;
	tp->snd_wnd = ntohs(skb->h.th->window) << tp->snd_wscale;
	tp->snd_wl1 = TCP_SKB_CB(skb)->seq;
	tcp_init_metrics(sk);
	if (tp->tstamp_ok)
		tp->advmss -= TCPOLEN_TSTAMP_ALIGNED;
	tcp_initialize_rcv_mss(sk);
	tcp_init_buffer_space(sk);
}

/*
 * Our FIN was acknowledged; the peer may still send. Without a process that
 * could read, only its FIN is waited for. 0: go on, 1: done, 2: reset.
 */
static int tcp_enter_fin_wait2(struct sock *sk, struct sk_buff *skb, struct tcphdr *th)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 end_seq = TCP_SKB_CB(skb)->end_seq;
	int tmo = tcp_fin_time(tp);

	tcp_set_state(sk, TCP_FIN_WAIT2);
	sk->shutdown |= SEND_SHUTDOWN;
	if (!sk->dead) {
		sk->state_change(sk);	/* close may linger */
		return 0;
	}
	if (tp->linger2 < 0 || (end_seq != TCP_SKB_CB(skb)->seq &&
				after(end_seq - th->fin, tp->rcv_nxt))) {
		tcp_done(sk);
		return 2;
	}
	if (tmo > TCP_TIMEWAIT_LEN) {
		tcp_reset_keepalive_timer(sk, tmo - TCP_TIMEWAIT_LEN);
	} else if (th->fin) {
		tcp_reset_keepalive_timer(sk, tmo);
	} else {
		tcp_time_wait(sk, TCP_FIN_WAIT2, tmo);
		return 1;
	}
	return 0;
}

/* The ACK field in the closing states. 0: go on, 1: done, 2: reset. */
static int tcp_closing_ack(struct sock *sk, struct sk_buff *skb, struct tcphdr *th)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (tp->snd_una != tp->write_seq)
		return 0;	/* our FIN is still on its way */
	switch (sk->state) {
	case TCP_FIN_WAIT1:
		return tcp_enter_fin_wait2(sk, skb, th);
	case TCP_CLOSING:
		tcp_time_wait(sk, TCP_TIME_WAIT, 0);
		return 1;
	case TCP_LAST_ACK:
		tcp_done(sk);
		return 1;
	}
	return 0;
}

/* May a segment in this state carry data for us? 2: it must not, reset. */
static int tcp_may_take_data(struct sock *sk, struct sk_buff *skb, struct tcphdr *th)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 end_seq = TCP_SKB_CB(skb)->end_seq;

	switch (sk->state) {
	case TCP_ESTABLISHED:
		return 1;
	case TCP_CLOSE_WAIT:
	case TCP_CLOSING:
		if (!before(TCP_SKB_CB(skb)->seq, tp->fin_seq))
			return 0;
		/* an old segment: as in the next states */
	case TCP_FIN_WAIT1:
	case TCP_FIN_WAIT2:
		if ((sk->shutdown & RCV_SHUTDOWN) &&
		    end_seq != TCP_SKB_CB(skb)->seq &&
		    after(end_seq - th->fin, tp->rcv_nxt))
			return 2;
		return 1;
	}
	return 0;
}

int tcp_rcv_state_process(struct sock *sk, struct sk_buff *skb,
			  struct tcphdr *th, unsigned len)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int verdict;

	tp->saw_tstamp = 0;
	switch (sk->state) {
	case TCP_SYN_SENT:
		verdict = tcp_rcv_synsent_state_process(sk, skb, th);
		if (verdict >= 0)
			return verdict;
		goto text;
	case TCP_LISTEN:
		if (th->ack || (th->syn && tp->af_specific->conn_request(sk, skb) < 0))
			return 1;
		/* data that came with the SYN is ignored */
	case TCP_CLOSE:
		goto discard;
	}

	verdict = tcp_validate_incoming(sk, skb, th);
	if (verdict == 2)
		return 1;
	if (verdict == 1 || !th->ack)
		goto discard;

	if (!tcp_ack(sk, skb)) {
		if (sk->state == TCP_SYN_RECV)
			return 1;
	} else if (sk->state == TCP_SYN_RECV) {
		tcp_synrecv_established(sk, skb);
	}
	verdict = tcp_closing_ack(sk, skb, th);
	if (verdict == 2)
		return 1;
	if (verdict == 1)
		goto discard;

text:
	verdict = tcp_may_take_data(sk, skb, th);
	if (verdict == 2) {
		tcp_reset(sk);
		return 1;
	}
	if (verdict == 1)
		tcp_data(sk, skb);
	if (sk->state != TCP_CLOSE) {
		tcp_data_snd_check(sk);
		tcp_ack_snd_check(sk);
	}
	if (verdict == 1)
		return 0;
discard:
	kfree_skb(skb);
	return 0;
}
