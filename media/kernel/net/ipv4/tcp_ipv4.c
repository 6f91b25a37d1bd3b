/*
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

static void v4_addr2sockaddr(struct sock *sk, struct sockaddr *addr)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)addr;

	sin->sin_family = AF_INET;
	sin->sin_port = sk->dport;
	sin->sin_addr.s_addr = sk->daddr;
}
