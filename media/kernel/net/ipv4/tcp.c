/*
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
int sysctl_tcp_wmem[3] = { 4 * 1024, 16 * 1024, 128 * 1024 };
int sysctl_tcp_rmem[3] = { 4 * 1024, 87380, 87380 * 2 };

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
	memset(lopt, 0, sizeof(struct tcp_listen_opt));
	for (lopt->max_qlen_log = 6; ; lopt->max_qlen_log++)
		if ((1 << lopt->max_qlen_log) >= sysctl_max_syn_backlog)
			break;

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
	do {
		set_current_state(TASK_INTERRUPTIBLE);
		release_sock(sk);
		if (!tp->accept_queue)
			timeo = schedule_timeout(timeo);
		lock_sock(sk);

		err = 0;
		if (tp->accept_queue)
			break;
		err = -EINVAL;	/* somebody ended the listening */
		if (sk->state != TCP_LISTEN)
			break;
		err = sock_intr_errno(timeo);
		if (signal_pending(current))
			break;
		err = -EAGAIN;
	} while (timeo);
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return err;
}

/* Takes the oldest finished connection; waits for one if the call may. */
struct sock *tcp_accept(struct sock *sk, int flags, int *err)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sock *newsk = NULL;
	struct open_request *req;
	int error = -EINVAL;

	lock_sock(sk);
	if (sk->state != TCP_LISTEN)
		goto out;

	if (!tp->accept_queue) {
		long timeo = sock_rcvtimeo(sk, flags & O_NONBLOCK);

		error = -EAGAIN;
		if (!timeo)
			goto out;
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
	BUG_TRAP(newsk->state != TCP_SYN_RECV);
	release_sock(sk);
	return newsk;

out:
	release_sock(sk);
	*err = error;
	return NULL;
}
