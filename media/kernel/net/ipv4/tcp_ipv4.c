/* SockScope's own C under Linux's names, not Linux's source.
 * TCP over IPv4: making and ending socks, connecting, and the way in for
 * packets. The hash tables are in tcp_hash.c, the SYN queue in tcp_synq.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <asm/checksum.h>
#include <net/icmp.h>
#include <net/route.h>
#include <net/tcp.h>

/* How many TCP sockets exist. */
atomic_t tcp_sockets_allocated;

/* ---- life of a sock ---- */

/*
 * Start values of a connection. The sock is all zeroes apart from what
 * sock_init_data and inet_create have set.
 */
static int tcp_v4_init_sock(struct sock *sk)
{
	struct tcp_opt *tp = &(sk->tp_pinfo.af_tcp);

	atomic_inc(&tcp_sockets_allocated);

	sk->tp_pinfo.af_tcp.af_specific = &ipv4_specific;
	tcp_init_xmit_timers(sk);
	tcp_prequeue_init(tp);
	skb_queue_head_init(&tp->out_of_order_queue);

	/* Congestion control: slow start without a threshold yet. */
	tp->mss_cache = 536;
	tp->snd_cwnd_clamp = ~0;
	tp->snd_ssthresh = 0x7fffffff;
	tp->snd_cwnd = 2;
	tp->reordering = sysctl_tcp_reordering;

	/* Nothing is measured yet: three seconds (RFC 1122, 4.2.3.1). */
	tp->mdev = TCP_TIMEOUT_INIT;
	tp->rto = TCP_TIMEOUT_INIT;

	sk->write_space = tcp_write_space;
	sk->rcvbuf = sysctl_tcp_rmem[1];
	sk->sndbuf = sysctl_tcp_wmem[1];
	sk->state = TCP_CLOSE;
	return 0;
}

static int tcp_v4_destroy_sock(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tcp_clear_xmit_timers(sk);
	tcp_writequeue_purge(sk);
	__skb_queue_purge(&tp->out_of_order_queue);
	__skb_queue_purge(&tp->ucopy.prequeue);
	if (sk->prev)
		tcp_put_port(sk);
	atomic_dec(&tcp_sockets_allocated);
	return 0;
}

/* ---- connecting ---- */

/* Chooses route and addresses, then lets tcp_connect send the SYN. */
static int tcp_v4_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *usin = (struct sockaddr_in *)uaddr;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *buff;
	struct rtable *rt;
	int err;

	if (addr_len < sizeof(struct sockaddr_in))
		return -EINVAL;
	if (usin->sin_family != AF_INET)
		return -EAFNOSUPPORT;

	err = ip_route_connect(&rt, usin->sin_addr.s_addr, sk->saddr,
			       RT_CONN_FLAGS(sk), sk->bound_dev_if);
	if (err < 0)
		return err;
	if (rt->rt_flags & (RTCF_MULTICAST | RTCF_BROADCAST)) {
		ip_rt_put(rt);
		return -ENETUNREACH;
	}
	sk_dst_set(sk, &rt->u.dst);

	err = -ENOBUFS;
	buff = alloc_skb(MAX_TCP_HEADER + 15, GFP_KERNEL);
	if (!buff)
		goto failure;

	if (!sk->saddr)
		sk->saddr = rt->rt_src;
	sk->rcv_saddr = sk->saddr;
	if (tp->ts_recent_stamp && sk->daddr != rt->rt_dst) {
		/* What the last peer left behind. */
		tp->ts_recent_stamp = 0;
		tp->ts_recent = 0;
		tp->write_seq = 0;
	}
	sk->daddr = rt->rt_dst;
	sk->dport = usin->sin_port;
	if (!tp->write_seq)
		tp->write_seq = secure_tcp_sequence_number(sk->saddr, sk->daddr,
							   sk->sport, sk->dport);
	tp->ext_header_len = 0;
	tp->mss_clamp = 536;	/* until the peer says more */

	err = tcp_connect(sk, buff);
	if (!err)
		return 0;
failure:
	sk_dst_reset(sk);
	sk->dport = 0;
	return err;
}

/* Before a retransmission: is there still a route? */
static int tcp_v4_rebuild_header(struct sock *sk)
{
	struct rtable *rt;

	if (sk->dst_cache)
		return 0;
	if (ip_route_output(&rt, sk->daddr, sk->saddr, RT_CONN_FLAGS(sk), sk->bound_dev_if))
		return -EHOSTUNREACH;
	sk->dst_cache = &rt->u.dst;
	return 0;
}

void tcp_v4_send_check(struct sock *sk, struct tcphdr *th, int len, struct sk_buff *skb)
{
	th->check = 0;
	th->check = csum_tcpudp_magic(sk->saddr, sk->daddr, len, IPPROTO_TCP,
				      csum_partial((unsigned char *)th, len, 0));
}

/* ---- the way in ---- */

/*
 * A segment for a sock that nobody owns. Listeners first look whether it
 * belongs to a connection that is being made.
 */
int tcp_v4_do_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct sock *taker = sk;
	int unwanted;

	if (sk->state == TCP_LISTEN)
		taker = tcp_v4_hnd_req(sk, skb);
	if (!taker) {
		kfree_skb(skb);
		return 0;
	}

	if (taker != sk)
		unwanted = tcp_child_process(sk, taker, skb);
	else if (sk->state == TCP_ESTABLISHED)
		unwanted = tcp_rcv_established(sk, skb, skb->h.th, skb->len);
	else
		unwanted = tcp_rcv_state_process(sk, skb, skb->h.th, skb->len);

	if (unwanted) {
		tcp_v4_send_reset(skb);
		kfree_skb(skb);
	}
	return 0;
}

/* Header sane, checksum right? Data is at the TCP header. */
static int tcp_v4_packet_ok(struct sk_buff *skb, unsigned short len)
{
	struct tcphdr *th = skb->h.th;

	if (len < sizeof(*th) || th->doff < sizeof(*th) / 4 || len < th->doff * 4)
		return 0;
	if (skb->ip_summed == CHECKSUM_UNNECESSARY)
		return 1;
	return csum_tcpudp_magic(skb->nh.iph->saddr, skb->nh.iph->daddr, len, IPPROTO_TCP,
				 csum_partial((unsigned char *)th, len, 0)) == 0;
}

/* Header fields that are needed often, in host order. */
static void tcp_v4_fill_cb(struct sk_buff *skb, unsigned short len)
{
	struct tcphdr *th = skb->h.th;
	struct tcp_skb_cb *tcb = TCP_SKB_CB(skb);

	tcb->seq = ntohl(th->seq);
	tcb->end_seq = tcb->seq + th->syn + th->fin + len - th->doff * 4;
	tcb->ack_seq = ntohl(th->ack_seq);
	tcb->when = 0;
	tcb->flags = skb->nh.iph->tos;
	tcb->sacked = 0;
	skb->used = 0;
}

/*
 * IP hands over a segment. When a process owns the sock the segment waits
 * in the backlog until release_sock.
 */
int tcp_v4_rcv(struct sk_buff *skb, unsigned short len)
{
	struct iphdr *iph = skb->nh.iph;
	struct tcphdr *th = skb->h.th;
	struct sock *sk;

	if (skb->pkt_type != PACKET_HOST)
		goto discard;
	skb_pull(skb, skb->h.raw - skb->data);
	if (!tcp_v4_packet_ok(skb, len))
		goto discard;
	tcp_v4_fill_cb(skb, len);

	sk = __tcp_v4_lookup(iph->saddr, th->source, iph->daddr, ntohs(th->dest),
			     skb->dev->ifindex);
	if (sk && sk->state == TCP_TIME_WAIT)
		sk = tcp_v4_timewait(sk, skb, th, len);
	if (!sk) {
		tcp_v4_send_reset(skb);
		goto discard;
	}
	if (sk->state == TCP_TIME_WAIT) {
		tcp_tw_put((struct tcp_tw_bucket *)sk);
		goto discard;
	}

	bh_lock_sock(sk);
	if (!sk->lock.users)
		tcp_v4_do_rcv(sk, skb);
	else
		sk_add_backlog(sk, skb);
	bh_unlock_sock(sk);
	sock_put(sk);
	return 0;

discard:
	kfree_skb(skb);
	return 0;
}

/* ---- ICMP errors ---- */

/* A half-open connection that cannot be: forgotten without a word. */
static void tcp_v4_err_listen(struct sock *sk, struct iphdr *iph, struct tcphdr *th)
{
	struct open_request *req, **prev;

	req = tcp_v4_search_req(&sk->tp_pinfo.af_tcp, &prev, th->dest,
				iph->daddr, iph->saddr);
	if (req && ntohl(th->seq) == req->snt_isn)
		tcp_synq_drop(sk, req, prev);
}

/*
 * A router on the way takes nothing larger than mtu. What was too large is
 * sent again in smaller segments at once (RFC 1191).
 */
static void do_pmtu_discovery(struct sock *sk, struct iphdr *iph, unsigned mtu)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct dst_entry *dst = sk->dst_cache;

	if (!dst)
		return;
	ip_rt_update_pmtu(dst, mtu);
	if (mtu < dst->pmtu)
		sk->err_soft = EMSGSIZE;	/* we do not go that low */
	if (tp->pmtu_cookie > dst->pmtu && sk->protinfo.af_inet.pmtudisc != IP_PMTUDISC_DONT) {
		tcp_sync_mss(sk, dst->pmtu);
		tcp_simple_retransmit(sk);
	}
}

/*
 * The sock, which is locked, takes note of the error. Ends an attempt to
 * connect; a connection that stands only remembers it in case it times out
 * (RFC 1122, 4.2.3.9).
 */
static void tcp_v4_take_err(struct sock *sk, struct sk_buff *skb, struct iphdr *iph, int err)
{
	struct tcphdr *th = (struct tcphdr *)((unsigned char *)iph + iph->ihl * 4);
	struct icmphdr *icmph = skb->h.icmph;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int owned = sk->lock.users != 0;

	if (sk->state == TCP_CLOSE)
		return;
	if (sk->state == TCP_LISTEN) {
		if (!owned)
			tcp_v4_err_listen(sk, iph, th);
	} else if (!between(ntohl(th->seq), tp->snd_una, tp->snd_nxt)) {
		return;		/* not about anything in flight */
	} else if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED) {
		if (!owned)
			do_pmtu_discovery(sk, iph, ntohs(icmph->un.frag.mtu));
	} else if (owned || !((1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV))) {
		sk->err_soft = err;
	} else {
		sk->err = err;
		sk->error_report(sk);
		tcp_done(sk);
	}
}

/* An error about a segment of ours; dp is the IP header it quotes. */
void tcp_v4_err(struct sk_buff *skb, unsigned char *dp, int len)
{
	struct iphdr *iph = (struct iphdr *)dp;
	struct tcphdr *th = (struct tcphdr *)(dp + iph->ihl * 4);
	int type = skb->h.icmph->type;
	int err = EHOSTUNREACH;
	struct sock *sk;

	if (len < iph->ihl * 4 + 8)
		return;
	if (type == ICMP_DEST_UNREACH)
		err = icmp_err_convert[skb->h.icmph->code].errno;
	else if (type == ICMP_PARAMETERPROB)
		err = EPROTO;
	else if (type == ICMP_SOURCE_QUENCH)
		return;

	sk = __tcp_v4_lookup(iph->daddr, th->dest, iph->saddr, ntohs(th->source),
			     skb->dev->ifindex);
	if (sk && sk->state == TCP_TIME_WAIT) {
		tcp_tw_put((struct tcp_tw_bucket *)sk);
	} else if (sk) {
		bh_lock_sock(sk);
		tcp_v4_take_err(sk, skb, iph, err);
		bh_unlock_sock(sk);
		sock_put(sk);
	}
}

/* ---- tables ---- */

/*
 * What TCP leaves to the IP below it. Empty: remember_stamp, as there is no
 * peer table, and addr2sockaddr, for which nobody asks.
 */
struct tcp_func ipv4_specific = {
	net_header_len:		sizeof(struct iphdr),
	sockaddr_len:		sizeof(struct sockaddr_in),

	/* a segment on its way out */
	rebuild_header:		tcp_v4_rebuild_header,
	send_check:		tcp_v4_send_check,
	queue_xmit:		ip_queue_xmit,

	/* a connection in the making, on either side */
	hash_connecting:	tcp_v4_hash_connecting,
	conn_request:		tcp_v4_conn_request,
	syn_recv_sock:		tcp_v4_syn_recv_sock,

	/* options of level SOL_IP */
	getsockopt:		ip_getsockopt,
	setsockopt:		ip_setsockopt
};

struct proto tcp_prot = {
	name:		"TCP",
	init:		tcp_v4_init_sock,
	destroy:	tcp_v4_destroy_sock,
	get_port:	tcp_v4_get_port,
	hash:		tcp_v4_hash,
	unhash:		tcp_unhash,
	connect:	tcp_v4_connect,
	accept:		tcp_accept,
	sendmsg:	tcp_sendmsg,
	backlog_rcv:	tcp_v4_do_rcv,
	recvmsg:	tcp_recvmsg,
	ioctl:		tcp_ioctl,
	getsockopt:	tcp_getsockopt,
	setsockopt:	tcp_setsockopt,
	shutdown:	tcp_shutdown,
	disconnect:	tcp_disconnect,
	close:		tcp_close
};
