/* SockScope's own C under Linux's names, not Linux's source.
 * TCP as a process sees it: listening, accepting, ending. Sending and
 * receiving are in tcp_send.c and tcp_recv.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sched.h>
#include <linux/interrupt.h>
#include <net/inet_common.h>
#include <net/tcp.h>

/* Buffer sizes: least, at start, most. */
int sysctl_tcp_wmem[3] = { 4 << 10, 16 << 10, 128 << 10 };
int sysctl_tcp_rmem[3] = { 4 << 10, 87380, 2 * 87380 };

int sysctl_tcp_fin_timeout = TCP_FIN_TIMEOUT;

kmem_cache_t *tcp_openreq_cachep;
kmem_cache_t *tcp_timewait_cachep;

/* ---- servers ---- */

/* Publishes or withdraws the SYN queue; the input path reads it. */
static void tcp_set_listen_opt(struct tcp_opt *tp, struct tcp_listen_opt *lopt)
{
	write_lock_bh(&tp->syn_wait_lock);
	tp->listen_opt = lopt;
	write_unlock_bh(&tp->syn_wait_lock);
}

/*
 * Turns a closed sock into a listener. It is in state TCP_LISTEN before the
 * port is validated, which is safe: nobody finds it before it is hashed.
 */
int tcp_listen_start(struct sock *sk)
{
	struct tcp_opt *tp = &(sk->tp_pinfo.af_tcp);
	struct tcp_listen_opt *lopt;

	lopt = kmalloc(sizeof(struct tcp_listen_opt), GFP_KERNEL);
	if (!lopt)
		return -ENOMEM;
	memset(lopt, 0, sizeof(*lopt));
	lopt->max_qlen_log = 6;
	while ((1 << lopt->max_qlen_log) < sysctl_max_syn_backlog)
		lopt->max_qlen_log++;

	tcp_delack_init(tp);
	tp->syn_wait_lock = RW_LOCK_UNLOCKED;
	tp->accept_queue_tail = NULL;
	tp->accept_queue = NULL;
	sk->ack_backlog = 0;
	sk->max_ack_backlog = 0;
	tcp_set_listen_opt(tp, lopt);

	sk->state = TCP_LISTEN;
	if (sk->prot->get_port(sk, sk->num) == 0) {
		sk_dst_reset(sk);
		sk->sport = htons(sk->num);
		sk->prot->hash(sk);
		return 0;
	}

	/* Another socket on the port listens, or does not share it. */
	sk->state = TCP_CLOSE;
	tcp_set_listen_opt(tp, NULL);
	kfree(lopt);
	return -EADDRINUSE;
}

/*
 * Sleeps until a connection is finished. Exclusive: a new connection wakes
 * one process of all that wait here. 0, or why there is none.
 */
static int wait_for_connect(struct sock *sk, long timeo)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	DECLARE_WAITQUEUE(wait, current);
	int err;

	add_wait_queue_exclusive(sk->sleep, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		release_sock(sk);
		if (!tp->accept_queue)
			timeo = schedule_timeout(timeo);
		lock_sock(sk);

		if (tp->accept_queue) {
			err = 0;
			break;
		}
		if (sk->state != TCP_LISTEN) {
			err = -EINVAL;	/* somebody ended the listening */
			break;
		}
		if (signal_pending(current)) {
			err = sock_intr_errno(timeo);
			break;
		}
		if (!timeo) {
			err = -EAGAIN;
			break;
		}
	}
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return err;
}

/* Takes the oldest finished connection; waits for one if the call may. */
struct sock *tcp_accept(struct sock *sk, int flags, int *err)
{
	int error = -EINVAL;
	struct sock *newsk;
	struct open_request *req;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	lock_sock(sk);
	if (sk->state != TCP_LISTEN)
		goto out;

	if (!tp->accept_queue) {
		long timeo = sock_rcvtimeo(sk, flags & O_NONBLOCK);

		if (!timeo) {
			error = -EAGAIN;
			goto out;
		}
		error = wait_for_connect(sk, timeo);
		if (error)
			goto out;
	}

	req = tp->accept_queue;
	newsk = req->sk;
	tcp_acceptq_removed(sk);
	tp->accept_queue = req->dl_next;
	if (!tp->accept_queue)
		tp->accept_queue_tail = NULL;
	tcp_openreq_fastfree(req);
	release_sock(sk);
	BUG_TRAP(newsk->state != TCP_SYN_RECV);
	return newsk;

out:
	*err = error;
	release_sock(sk);
	return NULL;
}

/* ---- states and ends ---- */

/* Every change of state. Closing leaves the tables and gives the port back. */
void tcp_set_state(struct sock *sk, int state)
{
	if (state == TCP_CLOSE) {
		sk->prot->unhash(sk);
		if (sk->prev && !(sk->userlocks & SOCK_BINDPORT_LOCK))
			tcp_put_port(sk);
	}
	sk->state = state;
}

/* The end of an orphan. */
void tcp_destroy_sock(struct sock *sk)
{
	BUG_TRAP(sk->dead && sk->state == TCP_CLOSE);
	BUG_TRAP(!sk->pprev);	/* in no table */
	sk->zapped = 1;
	sk->prot->destroy(sk);
	__skb_queue_purge(&sk->receive_queue);
	__skb_queue_purge(&sk->error_queue);
	sock_put(sk);
}

/* The connection is over: tell the process, or end the sock without one. */
void tcp_done(struct sock *sk)
{
	tcp_set_state(sk, TCP_CLOSE);
	tcp_clear_xmit_timers(sk);
	sk->shutdown = SHUTDOWN_MASK;
	if (sk->dead)
		tcp_destroy_sock(sk);
	else
		sk->state_change(sk);
}

/* Where closing our side leads from each state, and whether a FIN is sent. */
static unsigned char new_state[16] = {
	/* the peer may have been heard: it is told that we have no more to say */
	[TCP_SYN_RECV]		= TCP_FIN_WAIT1 | TCP_ACTION_FIN,
	[TCP_ESTABLISHED]	= TCP_FIN_WAIT1 | TCP_ACTION_FIN,
	[TCP_CLOSE_WAIT]	= TCP_LAST_ACK | TCP_ACTION_FIN,

	/* our FIN is out already */
	[TCP_FIN_WAIT1]		= TCP_FIN_WAIT1,
	[TCP_FIN_WAIT2]		= TCP_FIN_WAIT2,
	[TCP_CLOSING]		= TCP_CLOSING,
	[TCP_LAST_ACK]		= TCP_LAST_ACK,

	/* no connection, or none any more */
	[TCP_LISTEN]		= TCP_CLOSE,
	[TCP_SYN_SENT]		= TCP_CLOSE,
	[TCP_TIME_WAIT]		= TCP_CLOSE,
	[TCP_CLOSE]		= TCP_CLOSE
};

static int tcp_close_state(struct sock *sk)
{
	int next = new_state[sk->state];

	tcp_set_state(sk, next & TCP_STATE_MASK);
	return next & TCP_ACTION_FIN;
}

void tcp_shutdown(struct sock *sk, int how)
{
	const int open = TCPF_SYN_SENT | TCPF_SYN_RECV | TCPF_ESTABLISHED | TCPF_CLOSE_WAIT;

	if ((how & SEND_SHUTDOWN) && ((1 << sk->state) & open) && tcp_close_state(sk))
		tcp_send_fin(sk);
}

/* Throws away what was received; how many bytes nobody has read. */
static u32 tcp_flush_receive(struct sock *sk)
{
	u32 unread = 0;
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&sk->receive_queue)) != NULL) {
		unread += TCP_SKB_CB(skb)->end_seq - TCP_SKB_CB(skb)->seq - skb->h.th->fin;
		kfree_skb(skb);
	}
	return unread;
}

/* SO_LINGER: close waits until the peer has acknowledged everything. */
static void tcp_linger(struct sock *sk, long timeout)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(sk->sleep, &wait);
	do {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!((1 << sk->state) & (TCPF_FIN_WAIT1 | TCPF_CLOSING | TCPF_LAST_ACK)))
			break;
		release_sock(sk);
		timeout = schedule_timeout(timeout);
		lock_sock(sk);
	} while (timeout && !signal_pending(current));
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(sk->sleep, &wait);
}

/* An orphan in FIN_WAIT2 waits for the peer's FIN, but not for ever. */
static void tcp_close_fin_wait2(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int tmo = tcp_fin_time(tp);

	if (tp->linger2 < 0) {
		tcp_set_state(sk, TCP_CLOSE);
		tcp_send_active_reset(sk, GFP_ATOMIC);
	} else if (tmo > TCP_TIMEWAIT_LEN) {
		tcp_reset_keepalive_timer(sk, tmo);
	} else {
		tcp_time_wait(sk, TCP_FIN_WAIT2, tmo);
	}
}

/*
 * The last word to the peer. Unread data means that it was not heard: it gets
 * a reset instead of a FIN (RFC 2525, 2.17).
 */
static void tcp_say_goodbye(struct sock *sk)
{
	if (tcp_flush_receive(sk)) {
		tcp_set_state(sk, TCP_CLOSE);
		tcp_send_active_reset(sk, GFP_KERNEL);
		return;
	}
	if (sk->linger && !sk->lingertime)
		sk->prot->disconnect(sk, 0);
	else if (tcp_close_state(sk))
		tcp_send_fin(sk);
}

/* The process is done with the connection, or with listening. */
void tcp_close(struct sock *sk, long timeout)
{
	lock_sock(sk);
	sk->shutdown = SHUTDOWN_MASK;
	if (sk->state != TCP_LISTEN) {
		tcp_say_goodbye(sk);
		if (timeout)
			tcp_linger(sk, timeout);
	} else {
		tcp_set_state(sk, TCP_CLOSE);
		tcp_listen_stop(sk);
	}
	release_sock(sk);

	/* From here on only the network can change it. */
	local_bh_disable();
	bh_lock_sock(sk);
	sock_hold(sk);
	sock_orphan(sk);
	if (sk->state == TCP_FIN_WAIT2)
		tcp_close_fin_wait2(sk);
	if (sk->state == TCP_CLOSE && !sk->zapped)
		tcp_destroy_sock(sk);
	bh_unlock_sock(sk);
	local_bh_enable();
	sock_put(sk);
}

/*
 * Must the peer be told that the connection is over? When both sides have
 * closed, only if something of ours, at least the FIN, was never sent.
 */
static int tcp_need_reset(struct tcp_opt *tp, int state)
{
	int both_closed = TCPF_CLOSING | TCPF_LAST_ACK;
	int others = TCPF_SYN_RECV | TCPF_ESTABLISHED | TCPF_CLOSE_WAIT |
		     TCPF_FIN_WAIT1 | TCPF_FIN_WAIT2;

	return (1 << state) & (tp->snd_nxt != tp->write_seq ? others | both_closed : others);
}

/* Ends whatever goes on and makes the sock as good as new. */
int tcp_disconnect(struct sock *sk, int flags)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int was = sk->state;
	int reset = tcp_need_reset(tp, was);

	if (was != TCP_CLOSE)
		tcp_set_state(sk, TCP_CLOSE);
	if (was == TCP_LISTEN)
		tcp_listen_stop(sk);
	if (reset)
		tcp_send_active_reset(sk, GFP_ATOMIC);
	if (reset || was == TCP_SYN_SENT)
		sk->err = ECONNRESET;

	tcp_clear_xmit_timers(sk);
	tcp_writequeue_purge(sk);
	tp->send_head = NULL;
	__skb_queue_purge(&tp->out_of_order_queue);
	__skb_queue_purge(&sk->receive_queue);

	sk->dport = 0;
	if (!(sk->userlocks & SOCK_BINDADDR_LOCK))
		sk->saddr = sk->rcv_saddr = 0;
	sk->shutdown = 0;
	sk->done = 0;

	tp->write_seq += tp->max_window + 2;
	if (tp->write_seq == 0)
		tp->write_seq = 1;
	tp->packets_out = 0;
	tp->sacked_out = tp->lost_out = tp->retrans_out = tp->left_out = 0;
	tp->probes_out = 0;
	tp->backoff = 0;
	tp->srtt = 0;
	tp->snd_cwnd = 2;
	tp->snd_cwnd_cnt = 0;
	tp->snd_ssthresh = 0x7fffffff;
	tp->ca_state = TCP_CA_Open;
	tp->retrans_stamp = 0;
	tp->saw_tstamp = 0;
	tp->snd_wscale = tp->wscale_ok = tp->tstamp_ok = tp->sack_ok = 0;
	tcp_delack_init(tp);
	sk_dst_reset(sk);
	sk->error_report(sk);
	return 0;
}

/* ---- at start ---- */

void __init tcp_init(void)
{
	tcp_hash_init();
	tcp_openreq_cachep = kmem_cache_create("tcp_open_request",
		sizeof(struct open_request), 0, SLAB_HWCACHE_ALIGN, NULL, NULL);
	tcp_timewait_cachep = kmem_cache_create("tcp_tw_bucket",
		sizeof(struct tcp_tw_bucket), 0, SLAB_HWCACHE_ALIGN, NULL, NULL);
	panic_unless(tcp_openreq_cachep && tcp_timewait_cachep, "tcp_init: no caches");
}
