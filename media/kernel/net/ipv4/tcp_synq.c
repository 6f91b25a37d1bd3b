/* SockScope's own C under Linux's names, not Linux's source.
 * Half-open connections: a SYN becomes a small open request on the
 * listener's SYN queue; the ACK that ends the handshake turns it into a sock.
 * In Linux 2.4 this is in net/ipv4/tcp_ipv4.c and tcp_timer.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/checksum.h>
#include <net/route.h>
#include <net/tcp.h>

int sysctl_max_syn_backlog = 1024;

/* ---- the queue ---- */

static unsigned int tcp_v4_synq_hash(u32 raddr, u16 rport)
{
	u32 h = raddr ^ rport;

	h ^= h >> 16;
	h ^= h >> 8;
	return h & (TCP_SYNQ_HSIZE - 1);
}

/* The open request for this peer, and in *prevp what points to it. */
struct open_request *tcp_v4_search_req(struct tcp_opt *tp, struct open_request ***prevp,
				       __u16 rport, __u32 raddr, __u32 laddr)
{
	struct open_request **prev, *req;

	prev = &tp->listen_opt->syn_table[tcp_v4_synq_hash(raddr, rport)];
	while ((req = *prev) != NULL) {
		if (req->rmt_port == rport && req->af.v4_req.rmt_addr == raddr &&
		    req->af.v4_req.loc_addr == laddr)
			break;
		prev = &req->dl_next;
	}
	*prevp = prev;
	return req;
}

/* The first request starts the timer that repeats SYN-ACKs. */
static void tcp_v4_synq_add(struct sock *sk, struct open_request *req)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct tcp_listen_opt *lopt = tp->listen_opt;
	unsigned int h = tcp_v4_synq_hash(req->af.v4_req.rmt_addr, req->rmt_port);

	req->sk = NULL;		/* no connection yet */
	req->retrans = 0;
	req->expires = jiffies + TCP_TIMEOUT_INIT;
	req->dl_next = lopt->syn_table[h];
	write_lock(&tp->syn_wait_lock);
	lopt->syn_table[h] = req;
	write_unlock(&tp->syn_wait_lock);

	if (lopt->qlen++ == 0)
		tcp_reset_keepalive_timer(sk, TCP_TIMEOUT_INIT);
	lopt->qlen_young++;
}

/* Takes a request off the queue without freeing it. */
void tcp_synq_remove(struct sock *sk, struct open_request *req, struct open_request **prev)
{
	struct tcp_listen_opt *lopt = sk->tp_pinfo.af_tcp.listen_opt;

	*prev = req->dl_next;
	if (--lopt->qlen == 0)
		tcp_delete_keepalive_timer(sk);
	if (req->retrans == 0)
		lopt->qlen_young--;
}

void tcp_synq_drop(struct sock *sk, struct open_request *req, struct open_request **prev)
{
	tcp_synq_remove(sk, req, prev);
	tcp_openreq_free(req);
}

/* ---- SYN-ACKs ---- */

/* A route to the peer, for its SYN-ACK or its sock. NULL: there is none. */
static struct dst_entry *tcp_v4_route_req(struct sock *sk, struct open_request *req)
{
	struct rtable *rt;

	if (ip_route_output(&rt, req->af.v4_req.rmt_addr, req->af.v4_req.loc_addr,
			    RT_CONN_FLAGS(sk), sk->bound_dev_if))
		return NULL;
	return &rt->u.dst;
}

static int tcp_v4_send_synack(struct sock *sk, struct open_request *req,
			      struct dst_entry *dst)
{
	struct dst_entry *route = tcp_v4_route_req(sk, req);
	struct sk_buff *skb;
	struct tcphdr *th;
	int err = -1;

	if (!route)
		return -1;
	skb = tcp_make_synack(sk, route, req);
	if (skb) {
		th = skb->h.th;
		th->check = csum_tcpudp_magic(req->af.v4_req.loc_addr, req->af.v4_req.rmt_addr,
			skb->len, IPPROTO_TCP, csum_partial((unsigned char *)th, skb->len, 0));
		err = ip_build_and_send_pkt(skb, sk, req->af.v4_req.loc_addr,
					    req->af.v4_req.rmt_addr, NULL);
	}
	dst_release(route);
	return err;
}

/* Repeats our part of the handshake to a peer that is out of step. */
static void tcp_v4_or_send_ack(struct sk_buff *skb, struct open_request *req)
{
	tcp_v4_send_ack(skb, req->snt_isn + 1, req->rcv_isn + 1, req->rcv_wnd,
			req->ts_recent);
}

static void tcp_v4_or_free(struct open_request *req)
{
	BUG_TRAP(req->af.v4_req.opt == NULL);	/* IP options are not kept */
}

static struct or_calltable or_ipv4 = {
	family:		PF_INET,
	rtx_syn_ack:	tcp_v4_send_synack,
	send_ack:	tcp_v4_or_send_ack,
	send_reset:	tcp_v4_send_reset,
	destructor:	tcp_v4_or_free
};

/* ---- a SYN for a listener ---- */

/* May this SYN wait here? A full accept queue still takes one young request. */
static int tcp_v4_may_queue(struct sock *sk, int from_tw)
{
	struct tcp_listen_opt *lopt = sk->tp_pinfo.af_tcp.listen_opt;

	if ((lopt->qlen >> lopt->max_qlen_log) && !from_tw)
		return 0;
	if (tcp_acceptq_is_full(sk) && lopt->qlen_young > 1)
		return 0;
	/* The last quarter is kept for peers that are known to be alive. */
	if (!from_tw && sysctl_max_syn_backlog - lopt->qlen < sysctl_max_syn_backlog >> 2)
		return 0;
	return 1;
}

/* Always 0: a SYN that is not taken is dropped, and its sender tries again. */
int tcp_v4_conn_request(struct sock *sk, struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	__u32 isn = TCP_SKB_CB(skb)->when;	/* set when TIME_WAIT let it through */
	struct open_request *req;
	struct tcp_opt tp;

	if (((struct rtable *)skb->dst)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return 0;
	if (!tcp_v4_may_queue(sk, isn != 0))
		return 0;
	req = kmem_cache_alloc(tcp_openreq_cachep, SLAB_ATOMIC);
	if (!req)
		return 0;

	/* A tcp_opt of our own, only to read the options into. */
	memset(&tp, 0, sizeof(tp));
	tp.mss_clamp = 536;
	tp.user_mss = sk->tp_pinfo.af_tcp.user_mss;
	tcp_parse_options(skb, &tp, 0);
	if (tp.rcv_tsval == 0)
		tp.saw_tstamp = 0;

	memset(req, 0, sizeof(*req));
	req->class = &or_ipv4;
	req->rcv_isn = TCP_SKB_CB(skb)->seq;
	req->rmt_port = skb->h.th->source;
	req->mss = tp.mss_clamp;
	req->sack_ok = tp.sack_ok;
	req->wscale_ok = tp.wscale_ok;
	req->snd_wscale = tp.snd_wscale;
	req->tstamp_ok = tp.saw_tstamp;
	req->ts_recent = tp.saw_tstamp ? tp.rcv_tsval : 0;
	req->af.v4_req.rmt_addr = iph->saddr;
	req->af.v4_req.loc_addr = iph->daddr;

	if (!isn)
		isn = secure_tcp_sequence_number(iph->daddr, iph->saddr,
						 skb->h.th->dest, skb->h.th->source);
	req->snt_isn = isn;
	if (tcp_v4_send_synack(sk, req, NULL))
		tcp_openreq_free(req);
	else
		tcp_v4_synq_add(sk, req);
	return 0;
}

/*
 * To whom does a listener's segment belong? A half-open connection, or the
 * listener itself: nobody sleeps while he owns a listener, so the segment has
 * not waited since tcp_v4_rcv found no connection for it. NULL: drop it.
 */
struct sock *tcp_v4_hnd_req(struct sock *sk, struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	struct open_request *req, **prev;

	req = tcp_v4_search_req(&sk->tp_pinfo.af_tcp, &prev, skb->h.th->source,
				iph->saddr, iph->daddr);
	if (req)
		return tcp_check_req(sk, skb, req, prev);
	return sk;
}

/* Makes the sock of a finished handshake, in TCP_SYN_RECV. NULL: no room. */
struct sock *tcp_v4_syn_recv_sock(struct sock *sk, struct sk_buff *skb,
				  struct open_request *req, struct dst_entry *dst)
{
	struct tcp_opt *newtp;
	struct sock *newsk;

	if (tcp_acceptq_is_full(sk))
		return NULL;
	if (!dst)
		dst = tcp_v4_route_req(sk, req);
	if (!dst)
		return NULL;
	newsk = tcp_create_openreq_child(sk, req, skb);
	if (!newsk) {
		dst_release(dst);
		return NULL;
	}

	newtp = &newsk->tp_pinfo.af_tcp;
	newsk->dst_cache = dst;
	newsk->daddr = req->af.v4_req.rmt_addr;
	newsk->rcv_saddr = newsk->saddr = req->af.v4_req.loc_addr;
	newsk->protinfo.af_inet.opt = req->af.v4_req.opt;
	req->af.v4_req.opt = NULL;
	newtp->ext_header_len = 0;
	tcp_sync_mss(newsk, dst->pmtu);
	newtp->advmss = dst->advmss;
	tcp_initialize_rcv_mss(newsk);

	__tcp_v4_hash(newsk);
	tcp_inherit_port(sk, newsk);
	return newsk;
}

/* ---- the timer, and the end ---- */

/*
 * Five times a second: SYN-ACKs whose time has come are sent again, after 3,
 * 6, 12 ... seconds, and given up in the end. A part of the table each time.
 */
void tcp_synack_timer(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct tcp_listen_opt *lopt = tp->listen_opt;
	int max_retries = tp->syn_retries ? tp->syn_retries : sysctl_tcp_synack_retries;
	int budget = 2 * (TCP_SYNQ_HSIZE / (TCP_TIMEOUT_INIT / TCP_SYNQ_INTERVAL));
	struct open_request **prev, *req;

	if (!lopt || !lopt->qlen)
		return;
	while (budget-- > 0) {
		prev = &lopt->syn_table[lopt->clock_hand];
		while ((req = *prev) != NULL) {
			if (time_before(jiffies, req->expires)) {
				prev = &req->dl_next;
				continue;
			}
			if (req->retrans >= max_retries ||
			    req->class->rtx_syn_ack(sk, req, NULL)) {
				tcp_synq_drop(sk, req, prev);
				continue;
			}
			if (req->retrans++ == 0)
				lopt->qlen_young--;
			req->expires = jiffies +
				min(TCP_TIMEOUT_INIT << req->retrans, TCP_RTO_MAX);
			prev = &req->dl_next;
		}
		lopt->clock_hand = (lopt->clock_hand + 1) & (TCP_SYNQ_HSIZE - 1);
	}
	if (lopt->qlen)
		tcp_reset_keepalive_timer(sk, TCP_SYNQ_INTERVAL);
}

/* A finished connection that nobody will accept: the peer gets a reset. */
static void tcp_abandon_child(struct sock *child)
{
	sock_hold(child);
	local_bh_disable();
	bh_lock_sock(child);
	tcp_disconnect(child, O_NONBLOCK);
	sock_orphan(child);
	tcp_destroy_sock(child);
	bh_unlock_sock(child);
	local_bh_enable();
	sock_put(child);
}

/* The listener ends: requests are forgotten, finished connections are reset. */
void tcp_listen_stop(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct tcp_listen_opt *lopt = tp->listen_opt;
	int i;
	struct open_request *req, *next;

	tcp_delete_keepalive_timer(sk);
	write_lock_bh(&tp->syn_wait_lock);
	tp->listen_opt = NULL;
	write_unlock_bh(&tp->syn_wait_lock);

	for (i = 0; i < TCP_SYNQ_HSIZE; i++) {
		for (req = lopt->syn_table[i]; req; req = next) {
			next = req->dl_next;
			tcp_openreq_free(req);
			lopt->qlen--;
		}
	}
	BUG_TRAP(lopt->qlen == 0);
	kfree(lopt);

	while ((req = tp->accept_queue) != NULL) {
		tp->accept_queue = req->dl_next;
		tcp_acceptq_removed(sk);
		tcp_abandon_child(req->sk);
		tcp_openreq_fastfree(req);
	}
	tp->accept_queue_tail = NULL;
	BUG_TRAP(sk->ack_backlog == 0);
}
