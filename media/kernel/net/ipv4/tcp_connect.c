/* SockScope's own C under Linux's names, not Linux's source.
 * The first segments of a connection: SYN and SYN-ACK. In Linux 2.4 these
 * are in net/ipv4/tcp_output.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/slab.h>
#include <net/tcp.h>

/*
 * The window and the window scale to offer at the start, for a buffer with
 * this much space: whole segments, at most 32767, and little at first
 * because the peer's congestion window is small too (RFC 1323, RFC 2414).
 */
void tcp_select_initial_window(int space, __u32 mss, __u32 *rcv_wnd,
			       __u32 *window_clamp, int wscale_ok, __u8 *rcv_wscale)
{
	int init_cwnd = 4;

	if (*window_clamp == 0)
		*window_clamp = 65535 << 14;
	space = min(*window_clamp, space);
	if (space > mss)
		space = space / mss * mss;

	*rcv_wnd = min(space, MAX_TCP_WINDOW);
	*rcv_wscale = 0;
	while (wscale_ok && space > 65535 && *rcv_wscale < 14) {
		space >>= 1;
		(*rcv_wscale)++;
	}

	if (mss > 1460)
		init_cwnd = 3;
	if (mss > 3 * 1460)
		init_cwnd = 2;
	if (mss > (1 << *rcv_wscale) && *rcv_wnd > init_cwnd * mss)
		*rcv_wnd = init_cwnd * mss;
	*window_clamp = min(65535 << *rcv_wscale, *window_clamp);
}

/* A guess at the size of the segments that will come. */
void tcp_initialize_rcv_mss(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	unsigned int hint = min(tp->advmss, tp->mss_cache);

	tp->ack.rcv_mss = max(min(min(hint, TCP_MIN_RCVMSS), tp->rcv_wnd / 2), TCP_MIN_MSS);
}

/* Everything about a sock that is about to connect, but the segment itself. */
static void tcp_connect_init(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct dst_entry *dst = sk->dst_cache;

	tp->tcp_header_len = sizeof(struct tcphdr);
	if (sysctl_tcp_timestamps)
		tp->tcp_header_len += TCPOLEN_TSTAMP_ALIGNED;
	if (tp->user_mss)
		tp->mss_clamp = tp->user_mss;
	tp->max_window = 0;
	tcp_sync_mss(sk, dst->pmtu);
	tp->advmss = dst->advmss;
	tcp_initialize_rcv_mss(sk);
	tcp_select_initial_window(tcp_full_space(sk), tp->advmss, &tp->rcv_wnd,
				  &tp->window_clamp, sysctl_tcp_window_scaling,
				  &tp->rcv_wscale);
	tp->rcv_ssthresh = tp->rcv_wnd;

	sk->err = 0;
	sk->done = 0;
	tp->snd_wnd = 0;
	tp->snd_wl1 = 0;
	tp->snd_una = tp->snd_sml = tp->write_seq;
	tp->rcv_nxt = tp->rcv_wup = tp->copied_seq = 0;
	tp->rto = TCP_TIMEOUT_INIT;
	tp->retransmits = 0;
	tp->retrans_stamp = 0;
}

/*
 * Sends the SYN and starts the timer that repeats it after 3, 6, 12 ...
 * seconds. Consumes buff. 0 or -EADDRNOTAVAIL: the same connection exists.
 */
int tcp_connect(struct sock *sk, struct sk_buff *buff)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_connect_init(sk);
	tcp_set_state(sk, TCP_SYN_SENT);
	if (tp->af_specific->hash_connecting(sk)) {
		tcp_set_state(sk, TCP_CLOSE);
		kfree_skb(buff);
		return -EADDRNOTAVAIL;
	}
	/* A port that was in TIME_WAIT may have moved write_seq. */
	tp->snd_una = tp->snd_sml = tp->write_seq;

	skb_reserve(buff, MAX_TCP_HEADER);
	TCP_SKB_CB(buff)->flags = TCPCB_FLAG_SYN;
	TCP_SKB_CB(buff)->seq = tp->write_seq++;
	TCP_SKB_CB(buff)->end_seq = tp->write_seq;
	TCP_SKB_CB(buff)->when = jiffies;
	tp->snd_nxt = tp->pushed_seq = tp->write_seq;
	tp->retrans_stamp = jiffies;

	__skb_queue_tail(&sk->write_queue, buff);
	sk->wmem_queued += buff->truesize;
	tp->packets_out++;
	tcp_transmit_skb(sk, skb_clone(buff, GFP_KERNEL));
	tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
	return 0;
}

/* Two SYNs have crossed: ours, still in the queue, becomes a SYN-ACK. */
int tcp_send_synack(struct sock *sk)
{
	struct sk_buff *skb = skb_peek(&sk->write_queue);

	BUG_ON(!skb || !(TCP_SKB_CB(skb)->flags & TCPCB_FLAG_SYN));
	TCP_SKB_CB(skb)->flags |= TCPCB_FLAG_ACK;
	TCP_SKB_CB(skb)->when = jiffies;
	return tcp_transmit_skb(sk, skb_clone(skb, GFP_ATOMIC));
}

/*
 * A listener's answer to a SYN. There is no sock for the connection yet, so
 * header and options come from the open request.
 */
struct sk_buff *tcp_make_synack(struct sock *sk, struct dst_entry *dst,
				struct open_request *req)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb;
	struct tcphdr *th;
	__u8 rcv_wscale;
	int size;

	skb = sock_wmalloc(sk, MAX_TCP_HEADER + 15, 1, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, MAX_TCP_HEADER);
	skb->dst = dst_clone(dst);

	if (req->rcv_wnd == 0) {	/* not when it is sent again */
		req->window_clamp = tp->window_clamp;
		tcp_select_initial_window(tcp_full_space(sk),
			dst->advmss - (req->tstamp_ok ? TCPOLEN_TSTAMP_ALIGNED : 0),
			&req->rcv_wnd, &req->window_clamp, req->wscale_ok, &rcv_wscale);
		req->rcv_wscale = rcv_wscale;
	}

	size = tcp_syn_header_len(req->tstamp_ok, req->sack_ok, req->wscale_ok);
	th = (struct tcphdr *)skb_push(skb, size);
	memset(th, 0, sizeof(*th));
	skb->h.th = th;
	th->syn = 1;
	th->ack = 1;
	th->source = sk->sport;
	th->dest = req->rmt_port;
	th->seq = htonl(req->snt_isn);
	th->ack_seq = htonl(req->rcv_isn + 1);
	th->doff = size / 4;
	th->window = htons(req->rcv_wnd);
	tcp_syn_build_options((unsigned char *)(th + 1), dst->advmss, req->tstamp_ok,
			      req->sack_ok, req->wscale_ok, req->rcv_wscale,
			      jiffies, req->ts_recent);
	return skb;
}
