/* SockScope's own C under Linux's names, not Linux's source.
 * TCP out: sizes, headers, acknowledgements. What waits in the write queue
 * is in tcp_write.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/tcp.h>

int sysctl_tcp_timestamps = 1;
int sysctl_tcp_window_scaling = 1;
int sysctl_tcp_sack = 1;
int sysctl_tcp_adv_win_scale = 2;

/* ---- sizes ---- */

/*
 * The segment size for a path of this MTU: what fits beside the headers, at
 * most what the peer takes and half of the largest window it has offered.
 */
int tcp_sync_mss(struct sock *sk, u32 pmtu)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int mss_now;

	mss_now = min(pmtu - tp->af_specific->net_header_len - sizeof(struct tcphdr),
		      tp->mss_clamp);
	mss_now -= tp->ext_header_len;
	if (mss_now < 48)
		mss_now = 48;
	mss_now -= tp->tcp_header_len - sizeof(struct tcphdr);
	if (tp->max_window && mss_now > tp->max_window / 2)
		mss_now = max(tp->max_window / 2, 68 - tp->tcp_header_len);

	tp->pmtu_cookie = pmtu;
	tp->mss_cache = mss_now;
	return mss_now;
}

u32 tcp_current_mss(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (sk->dst_cache && sk->dst_cache->pmtu != tp->pmtu_cookie)
		return tcp_sync_mss(sk, sk->dst_cache->pmtu);
	return tp->mss_cache;
}

/*
 * The window we could offer: whole segments only, so that the peer is not
 * tempted to send small ones, and nothing at all below one (RFC 1122, 4.2.3.3).
 */
u32 __tcp_select_window(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int mss = min(tp->ack.rcv_mss, tp->window_clamp);
	int free_space = tcp_space(sk);
	int window = tp->rcv_wnd;

	if (free_space < (int)min(tp->window_clamp, tcp_full_space(sk)) / 2) {
		tp->ack.quick = 0;
		if (free_space < mss)
			return 0;
	}
	if (free_space > (int)tp->rcv_ssthresh)
		free_space = tp->rcv_ssthresh;
	if (window <= free_space - mss || window > free_space)
		window = free_space / mss * mss;
	return window;
}

/* The window field of the next header. What was offered is never taken back. */
u16 tcp_select_window(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 offered = tcp_receive_window(tp);

	tp->rcv_wnd = max(offered, __tcp_select_window(sk));
	tp->rcv_wup = tp->rcv_nxt;
	return min(tp->rcv_wnd >> tp->rcv_wscale, 65535);
}

/* ---- building and sending a segment ---- */

static unsigned char *tcp_put_timestamp(unsigned char *opt, __u32 tsval, __u32 tsecr)
{
	*opt++ = TCPOPT_TIMESTAMP;
	*opt++ = TCPOLEN_TIMESTAMP;
	*(__u32 *)opt = htonl(tsval);
	*(__u32 *)(opt + 4) = htonl(tsecr);
	return opt + 8;
}

/*
 * Options of a SYN or SYN-ACK: MSS; SACK-permitted or two NOPs, then the
 * timestamp; NOP and window scale.
 */
void tcp_syn_build_options(unsigned char *opt, int mss, int ts, int sack,
			   int offer_wscale, int wscale, __u32 tsval, __u32 tsecr)
{
	*opt++ = TCPOPT_MSS;
	*opt++ = TCPOLEN_MSS;
	*opt++ = mss >> 8;
	*opt++ = mss;
	if (ts || sack) {
		if (ts && !sack) {
			*opt++ = TCPOPT_NOP;
			*opt++ = TCPOPT_NOP;
		} else {
			if (!ts) {
				*opt++ = TCPOPT_NOP;
				*opt++ = TCPOPT_NOP;
			}
			*opt++ = TCPOPT_SACK_PERM;
			*opt++ = TCPOLEN_SACK_PERM;
		}
		if (ts)
			opt = tcp_put_timestamp(opt, tsval, tsecr);
	}
	if (offer_wscale) {
		*opt++ = TCPOPT_NOP;
		*opt++ = TCPOPT_WINDOW;
		*opt++ = TCPOLEN_WINDOW;
		*opt++ = wscale;
	}
}

int tcp_syn_header_len(int ts, int sack, int wscale)
{
	return sizeof(struct tcphdr) + TCPOLEN_MSS +
	       (ts ? TCPOLEN_TSTAMP_ALIGNED : sack ? TCPOLEN_SACKPERM_ALIGNED : 0) +
	       (wscale ? TCPOLEN_WSCALE_ALIGNED : 0);
}

/* An ACK has gone out with this segment: none is owed any more. */
static void tcp_event_ack_sent(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (tp->ack.quick)
		tp->ack.quick--;
	tcp_clear_delack(sk);
}

/*
 * Data has gone out. If it follows soon upon data from the peer, the two are
 * talking to and fro, and our next ACK may wait for our next data.
 */
static void tcp_event_data_sent(struct tcp_opt *tp)
{
	__u32 now = jiffies;

	tp->lsndtime = now;
	if (now - tp->ack.lrcvtime < tp->ack.ato)
		tp->ack.pingpong = 1;
}

/*
 * Puts the header in front and hands the segment to IP. Consumes skb, so
 * callers pass a clone of what must stay in the write queue.
 */
int tcp_transmit_skb(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct tcp_skb_cb *tcb;
	struct tcphdr *th;
	int size, syn;

	if (!skb)
		return -ENOBUFS;
	tcb = TCP_SKB_CB(skb);
	syn = tcb->flags & TCPCB_FLAG_SYN;
	size = syn ? tcp_syn_header_len(sysctl_tcp_timestamps, sysctl_tcp_sack,
					sysctl_tcp_window_scaling)
		   : tp->tcp_header_len;

	th = (struct tcphdr *)skb_push(skb, size);
	memset(th, 0, sizeof(*th));
	((unsigned char *)th)[13] = tcb->flags;
	th->doff = size / 4;
	th->seq = htonl(tcb->seq);
	th->ack_seq = htonl(tp->rcv_nxt);
	th->dest = sk->dport;
	th->source = sk->sport;
	skb_set_owner_w(skb, sk);
	skb->h.th = th;

	if (syn) {
		th->window = htons(tp->rcv_wnd);	/* never scaled */
		tcp_syn_build_options((unsigned char *)(th + 1), tp->advmss,
				      sysctl_tcp_timestamps, sysctl_tcp_sack,
				      sysctl_tcp_window_scaling, tp->rcv_wscale,
				      tcb->when, tp->ts_recent);
	} else {
		th->window = htons(tcp_select_window(sk));
		if (tp->tstamp_ok) {
			unsigned char *opt = (unsigned char *)(th + 1);

			*opt++ = TCPOPT_NOP;
			*opt++ = TCPOPT_NOP;
			tcp_put_timestamp(opt, tcb->when, tp->ts_recent);
		}
	}
	tp->af_specific->send_check(sk, th, skb->len, skb);

	if (tcb->flags & TCPCB_FLAG_ACK)
		tcp_event_ack_sent(sk);
	if (skb->len != size)
		tcp_event_data_sent(tp);
	return tp->af_specific->queue_xmit(skb);
}

/* The first sequence number we may send without leaving the peer's window. */
static __u32 tcp_acceptable_seq(struct tcp_opt *tp)
{
	if (before(tp->snd_una + tp->snd_wnd, tp->snd_nxt))
		return tp->snd_una + tp->snd_wnd;
	return tp->snd_nxt;
}

/* A segment without data that nobody acknowledges. -ENOBUFS: no memory for it. */
int tcp_send_bare(struct sock *sk, __u32 seq, int flags, int priority)
{
	struct sk_buff *skb = alloc_skb(MAX_TCP_HEADER, priority);

	if (!skb)
		return -ENOBUFS;
	skb_reserve(skb, MAX_TCP_HEADER);
	TCP_SKB_CB(skb)->flags = flags;
	TCP_SKB_CB(skb)->seq = TCP_SKB_CB(skb)->end_seq = seq;
	TCP_SKB_CB(skb)->when = jiffies;
	tcp_transmit_skb(sk, skb);
	return 0;
}

void tcp_send_active_reset(struct sock *sk, int priority)
{
	tcp_send_bare(sk, tcp_acceptable_seq(&sk->tp_pinfo.af_tcp),
		      TCPCB_FLAG_ACK | TCPCB_FLAG_RST, priority);
}

void tcp_send_ack(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (sk->state != TCP_CLOSE &&
	    tcp_send_bare(sk, tcp_acceptable_seq(tp), TCPCB_FLAG_ACK, GFP_ATOMIC)) {
		/* The timer will try again. */
		tcp_schedule_ack(tp);
		tp->ack.ato = TCP_ATO_MIN;
		tcp_reset_xmit_timer(sk, TCP_TIME_DACK, TCP_DELACK_MAX);
	}
}

/* For how long may an ACK wait? As predicted, within bounds. */
static int tcp_ack_patience(struct tcp_opt *tp)
{
	int answering = tp->ack.pingpong || (tp->ack.pending & TCP_ACK_PUSHED);
	int most = answering ? TCP_DELACK_MAX : HZ / 2;

	if (tp->srtt)	/* no longer than a round trip */
		most = min(most, max(tp->srtt >> 3, TCP_DELACK_MIN));
	return tp->ack.ato > TCP_DELACK_MIN ? min(tp->ack.ato, most) : tp->ack.ato;
}

/* Lets the ACK wait: data of ours, or a second segment, may come first. */
void tcp_send_delayed_ack(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int patience = tcp_ack_patience(tp);
	unsigned long due = jiffies + patience;

	if (tp->ack.pending & TCP_ACK_TIMER) {
		/* Nearly there, or the timer has found the sock locked. */
		if (tp->ack.blocked ||
		    time_before_eq(tp->ack.timeout, jiffies + patience / 4)) {
			tcp_send_ack(sk);
			return;
		}
		if (time_before(tp->ack.timeout, due))
			due = tp->ack.timeout;
	}
	tp->ack.timeout = due;
	tp->ack.pending |= TCP_ACK_TIMER | TCP_ACK_SCHED;
	if (!mod_timer(&tp->delack_timer, due))
		sock_hold(sk);
}
