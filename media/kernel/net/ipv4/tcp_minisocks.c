/* SockScope's own C under Linux's names, not Linux's source.
 * From open request to sock: checks on the segment that ends the handshake,
 * and the new sock itself.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/slab.h>
#include <net/tcp.h>

int sysctl_tcp_abort_on_overflow;	/* 1: reset when the accept queue is full */

/* The fields of struct sock that a connection does not share with its listener. */
static void tcp_child_sock(struct sock *newsk, struct open_request *req)
{
	newsk->state = TCP_SYN_RECV;
	newsk->pprev = NULL;
	newsk->prev = NULL;
	newsk->dport = req->rmt_port;

	init_waitqueue_head(&newsk->lock.wq);
	newsk->lock.users = 0;
	bh_lock_sock(newsk);
	newsk->dst_lock = RW_LOCK_UNLOCKED;
	newsk->callback_lock = RW_LOCK_UNLOCKED;

	atomic_set(&newsk->rmem_alloc, 0);
	atomic_set(&newsk->wmem_alloc, 0);
	atomic_set(&newsk->omem_alloc, 0);
	newsk->wmem_queued = 0;
	newsk->forward_alloc = 0;
	skb_queue_head_init(&newsk->receive_queue);
	skb_queue_head_init(&newsk->write_queue);
	skb_queue_head_init(&newsk->error_queue);
	newsk->backlog.head = newsk->backlog.tail = NULL;

	newsk->userlocks &= ~SOCK_BINDPORT_LOCK;
	newsk->done = 0;
	newsk->proc = 0;
	newsk->err = 0;
	newsk->priority = 0;
	newsk->write_space = tcp_write_space;
	newsk->socket = NULL;	/* until accept */
	newsk->sleep = NULL;
	atomic_set(&newsk->refcnt, 2);	/* the tables' and the caller's */
}

/* Sequence numbers, windows and options, as the handshake agreed on them. */
static void tcp_child_opt(struct tcp_opt *newtp, struct open_request *req, struct sk_buff *skb)
{
	newtp->pred_flags = 0;
	newtp->rcv_nxt = newtp->rcv_wup = newtp->copied_seq = req->rcv_isn + 1;
	newtp->syn_seq = newtp->fin_seq = req->rcv_isn;
	newtp->snd_nxt = newtp->snd_una = newtp->snd_sml = req->snt_isn + 1;
	newtp->write_seq = newtp->pushed_seq = req->snt_isn + 1;
	newtp->snd_wl1 = req->rcv_isn;
	newtp->send_head = NULL;
	skb_queue_head_init(&newtp->out_of_order_queue);
	tcp_delack_init(newtp);
	tcp_prequeue_init(newtp);

	newtp->retransmits = 0;
	newtp->backoff = 0;
	newtp->probes_out = 0;
	newtp->packets_out = 0;
	newtp->sacked_out = 0;
	newtp->srtt = 0;
	newtp->mdev = TCP_TIMEOUT_INIT;
	newtp->rto = TCP_TIMEOUT_INIT;
	newtp->snd_ssthresh = 0x7fffffff;
	newtp->snd_cwnd = 2;
	newtp->snd_cwnd_cnt = 0;
	newtp->ca_state = TCP_CA_Open;

	newtp->listen_opt = NULL;
	newtp->accept_queue = newtp->accept_queue_tail = NULL;

	newtp->saw_tstamp = 0;
	newtp->tstamp_ok = req->tstamp_ok;
	newtp->sack_ok = req->sack_ok;
	newtp->wscale_ok = req->wscale_ok;
	newtp->rcv_wnd = newtp->rcv_ssthresh = req->rcv_wnd;
	newtp->window_clamp = req->window_clamp;
	newtp->snd_wscale = newtp->rcv_wscale = 0;
	if (req->wscale_ok) {
		newtp->snd_wscale = req->snd_wscale;
		newtp->rcv_wscale = req->rcv_wscale;
	} else {
		newtp->window_clamp = min(newtp->window_clamp, 65535);
	}
	newtp->snd_wnd = ntohs(skb->h.th->window) << newtp->snd_wscale;
	newtp->max_window = newtp->snd_wnd;

	newtp->tcp_header_len = sizeof(struct tcphdr);
	newtp->ts_recent_stamp = 0;
	if (newtp->tstamp_ok) {
		newtp->tcp_header_len += TCPOLEN_TSTAMP_ALIGNED;
		newtp->ts_recent = req->ts_recent;
		newtp->ts_recent_stamp = xtime.tv_sec;
	}
	newtp->mss_clamp = req->mss;
}

/* A copy of the listener, made into a connection. Returned bh-locked. */
struct sock *tcp_create_openreq_child(struct sock *sk, struct open_request *req,
				      struct sk_buff *skb)
{
	struct sock *newsk = sk_alloc(PF_INET, GFP_ATOMIC, 0);

	if (!newsk)
		return NULL;
	memcpy(newsk, sk, sizeof(*newsk));
	tcp_child_sock(newsk, req);
	tcp_child_opt(&newsk->tp_pinfo.af_tcp, req, skb);
	tcp_init_xmit_timers(newsk);
	atomic_inc(&tcp_sockets_allocated);
	return newsk;
}

static void tcp_acceptq_queue(struct sock *sk, struct open_request *req, struct sock *child)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	req->sk = child;
	req->dl_next = NULL;
	if (tp->accept_queue_tail)
		tp->accept_queue_tail->dl_next = req;
	else
		tp->accept_queue = req;
	tp->accept_queue_tail = req;
	tcp_acceptq_added(sk);
}

/* Is the segment's timestamp too old for this request? */
static int tcp_req_paws(struct open_request *req, struct sk_buff *skb, struct tcp_opt *ttp)
{
	memset(ttp, 0, sizeof(*ttp));
	tcp_parse_options(skb, ttp, 0);
	if (!ttp->saw_tstamp)
		return 0;
	ttp->ts_recent = req->ts_recent;
	ttp->ts_recent_stamp = xtime.tv_sec - ((TCP_TIMEOUT_INIT / HZ) << req->retrans);
	return tcp_paws_check(ttp, skb->h.th->rst);
}

/*
 * A segment for a half-open connection. Returns the new sock when it ends
 * the handshake, the listener when it should answer with a reset, else NULL.
 */
struct sock *tcp_check_req(struct sock *sk, struct sk_buff *skb,
			   struct open_request *req, struct open_request **prev)
{
	u32 seq = TCP_SKB_CB(skb)->seq;
	u32 end_seq = TCP_SKB_CB(skb)->end_seq;
	u32 first = req->rcv_isn + 1;
	struct tcphdr *th = skb->h.th;
	struct sock *child;
	struct tcp_opt ttp;
	int paws_reject = tcp_req_paws(req, skb, &ttp);

	/* The SYN again: our answer was lost. */
	if (seq == req->rcv_isn && th->syn && !th->ack && !th->rst && !paws_reject) {
		req->class->rtx_syn_ack(sk, req, NULL);
		return NULL;
	}

	/* Out of window. */
	if (paws_reject || !(seq == end_seq ? between(seq, first, first + req->rcv_wnd)
			     : after(end_seq, first) && before(seq, first + req->rcv_wnd))) {
		if (!th->rst)
			req->class->send_ack(skb, req);
		return NULL;
	}
	if (ttp.saw_tstamp && !after(seq, first))
		req->ts_recent = ttp.rcv_tsval;

	if (th->rst || (th->syn && seq != req->rcv_isn))
		goto embryonic_reset;
	if (!th->ack)
		return NULL;
	if (TCP_SKB_CB(skb)->ack_seq != req->snt_isn + 1)
		return sk;

	/* TCP_DEFER_ACCEPT: not before there is data. */
	if (sk->tp_pinfo.af_tcp.defer_accept && end_seq == first) {
		req->acked = 1;
		return NULL;
	}

	child = sk->tp_pinfo.af_tcp.af_specific->syn_recv_sock(sk, skb, req, NULL);
	if (child) {
		tcp_synq_remove(sk, req, prev);
		tcp_acceptq_queue(sk, req, child);
		return child;
	}
	/* No room: the request stays, and the SYN-ACK will be sent again. */
	if (!sysctl_tcp_abort_on_overflow) {
		req->acked = 1;
		return NULL;
	}

embryonic_reset:
	if (!th->rst)
		req->class->send_reset(skb);
	tcp_synq_drop(sk, req, prev);
	return NULL;
}

/* The segment that made the sock is its first. Wakes whoever accepts. */
int tcp_child_process(struct sock *parent, struct sock *child, struct sk_buff *skb)
{
	int was_new = child->state == TCP_SYN_RECV;
	int ret = 0;

	if (child->lock.users)
		sk_add_backlog(child, skb);
	else
		ret = tcp_rcv_state_process(child, skb, skb->h.th, skb->len);
	if (was_new && child->state != TCP_SYN_RECV)
		parent->data_ready(parent, 0);
	bh_unlock_sock(child);
	sock_put(child);
	return ret;
}
