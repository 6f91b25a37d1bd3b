/* SockScope's own C under Linux's names, not Linux's source. */ /* Reading from a TCP connection. In Linux 2.4 this is in net/ipv4/tcp.c. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <asm/uaccess.h>
#include <net/tcp.h>

/* Has an ACK waited long enough, now that so much was read? */
static int tcp_ack_overdue(struct sock *sk, int copied)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int all_read = copied > 0 && atomic_read(&sk->rmem_alloc) == 0;

	if (!tcp_ack_scheduled(tp))
		return 0;
	return tp->ack.blocked || tp->rcv_nxt - tp->rcv_wup > tp->ack.rcv_mss ||
	       (all_read && (tp->ack.pending & TCP_ACK_PUSHED) && !tp->ack.pingpong);
}

/* Could an ACK offer at least twice the window that the peer knows of? */
static int tcp_window_doubled(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 twice = 2 * tcp_receive_window(tp), window;

	if (twice > tp->window_clamp)
		return 0;
	window = __tcp_select_window(sk);
	return window && window >= twice;
}

/* After reading: is it time for an ACK? */
void cleanup_rbuf(struct sock *sk, int copied)
{
	if (tcp_ack_overdue(sk, copied) ||
	    (copied > 0 && !(sk->shutdown & RCV_SHUTDOWN) && tcp_window_doubled(sk)))
		tcp_send_ack(sk);
}

/* Sleeps until something can be read; returns what is left of timeo. */
static long tcp_data_wait(struct sock *sk, long timeo)
{
	DECLARE_WAITQUEUE(wait, current);

	set_current_state(TASK_INTERRUPTIBLE);
	add_wait_queue(sk->sleep, &wait);
	release_sock(sk);
	if (skb_queue_empty(&sk->receive_queue))
		timeo = schedule_timeout(timeo);
	lock_sock(sk);
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return timeo;
}

/* Nothing to read: 1 to wait, 0 for the end of the data, or an error. */
static int tcp_may_wait(struct sock *sk, long timeo)
{
	if (sk->done)
		return 0;
	if (sk->err)
		return sock_error(sk);
	if (sk->shutdown & RCV_SHUTDOWN)
		return 0;
	if (sk->state == TCP_CLOSE)
		return -ENOTCONN;	/* never was connected */
	return timeo ? 1 : -EAGAIN;
}

/*
 * The segment that contains sequence number seq, and where in it. NULL when
 * it has not come. *fin is set at the end of the peer's data.
 */
static struct sk_buff *tcp_find_data(struct sock *sk, u32 seq, u32 *offset, int *fin)
{
	struct sk_buff *skb = sk->receive_queue.next;

	for (; skb != (struct sk_buff *)&sk->receive_queue; skb = skb->next) {
		*offset = seq - TCP_SKB_CB(skb)->seq - skb->h.th->syn;
		if (*offset < skb->len)
			return skb;
		if (skb->h.th->fin) {
			*fin = 1;
			return NULL;
		}
	}
	return NULL;
}

/* Frees segments at the front that have been read. */
static void tcp_eat(struct sock *sk)
{
	u32 copied_seq = sk->tp_pinfo.af_tcp.copied_seq;
	struct sk_buff *skb;

	while ((skb = skb_peek(&sk->receive_queue)) != NULL) {
		if (after(TCP_SKB_CB(skb)->end_seq, copied_seq))
			break;
		__skb_unlink(skb, &sk->receive_queue);
		kfree_skb(skb);
	}
}

/*
 * Copies what is there, at most len bytes, and waits for the first byte (all
 * of them with MSG_WAITALL). MSG_PEEK leaves everything in place.
 */
int tcp_recvmsg(struct sock *sk, struct msghdr *msg, int len,
		int nonblock, int flags, int *addr_len)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	long timeo = sock_rcvtimeo(sk, nonblock);
	int copied = 0, target, used, fin = 0;
	u32 seq, offset;
	struct sk_buff *skb;

	lock_sock(sk);
	if (sk->state == TCP_LISTEN) {
		copied = -ENOTCONN;
		goto out;
	}
	if (flags & MSG_OOB) {
		copied = -EINVAL;	/* urgent data is not supported */
		goto out;
	}

	/* Whoever asks for no byte at all still waits for one to come. */
	target = (flags & MSG_WAITALL) ? len : min(sk->rcvlowat, len);
	if (!target)
		target = 1;
	seq = tp->copied_seq;
	do {
		if (signal_pending(current)) {
			if (!copied)
				copied = timeo ? sock_intr_errno(timeo) : -EAGAIN;
			break;
		}
		skb = tcp_find_data(sk, seq, &offset, &fin);
		if (skb) {
			used = min(skb->len - offset, len);
			if (!(flags & MSG_TRUNC) &&
			    memcpy_toiovec(msg->msg_iov, skb->data + offset, used)) {
				if (!copied)
					copied = -EFAULT;
				break;
			}
			seq += used;
			copied += used;
			len -= used;
			if (!(flags & MSG_PEEK)) {
				tp->copied_seq = seq;
				tcp_eat(sk);
			}
			continue;
		}
		if (fin) {
			if (!(flags & MSG_PEEK) && seq == tp->copied_seq) {
				tp->copied_seq++;
				tcp_eat(sk);
			}
			break;
		}
		if (copied >= target && !sk->backlog.tail)
			break;
		if (copied && (sk->err || sk->state == TCP_CLOSE || !timeo ||
			       (sk->shutdown & RCV_SHUTDOWN)))
			break;
		if (!copied) {
			used = tcp_may_wait(sk, timeo);
			if (used <= 0) {
				copied = used;
				break;
			}
		}
		cleanup_rbuf(sk, copied);
		timeo = tcp_data_wait(sk, timeo);
	} while (len > 0);
	cleanup_rbuf(sk, copied);
out:
	release_sock(sk);
	return copied;
}

/* How much could be read or is on its way? */
int tcp_ioctl(struct sock *sk, int cmd, unsigned long arg)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int connecting, answ = 0;

	if (cmd != SIOCINQ && cmd != SIOCOUTQ)
		return -ENOIOCTLCMD;
	if (sk->state == TCP_LISTEN)
		return -EINVAL;

	lock_sock(sk);
	connecting = (1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV);
	if (cmd == SIOCINQ && !connecting) {
		answ = tp->rcv_nxt - tp->copied_seq;
		/* A FIN has a sequence number but is no data. */
		if (answ && !skb_queue_empty(&sk->receive_queue))
			answ -= sk->receive_queue.prev->h.th->fin;
	} else if (!connecting) {
		answ = tp->write_seq - tp->snd_una;
	}
	release_sock(sk);
	return put_user(answ, (int *)arg);
}
