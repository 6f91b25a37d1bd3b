/* SockScope's own C under Linux's names, not Linux's source. */ /* Writing to a TCP connection. In Linux 2.4 this is in net/ipv4/tcp.c. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <net/tcp.h>

/*
 * Called when a packet on its way was freed. That frees no place in the write
 * queue, where segments stay until they are acknowledged: see tcp_new_space.
 */
void tcp_write_space(struct sock *sk)
{
}

static int tcp_memory_free(struct sock *sk)
{
	return sk->wmem_queued < sk->sndbuf;
}

/* Sleeps with the sock unlocked; returns what is left of timeo. */
static long tcp_sleep(struct sock *sk, long timeo)
{
	DECLARE_WAITQUEUE(wait, current);

	set_current_state(TASK_INTERRUPTIBLE);
	add_wait_queue(sk->sleep, &wait);
	release_sock(sk);
	timeo = schedule_timeout(timeo);
	lock_sock(sk);
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return timeo;
}

/* Writing to a sock that is still connecting: wait for the end of that. */
static int wait_for_tcp_connect(struct sock *sk, long *timeo_p)
{
	while (!((1 << sk->state) & (TCPF_ESTABLISHED | TCPF_CLOSE_WAIT))) {
		if (sk->err)
			return sock_error(sk);
		if (!((1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV)))
			return -EPIPE;
		if (!*timeo_p)
			return -EAGAIN;
		if (signal_pending(current))
			return sock_intr_errno(*timeo_p);
		sk->tp_pinfo.af_tcp.write_pending++;
		*timeo_p = tcp_sleep(sk, *timeo_p);
		sk->tp_pinfo.af_tcp.write_pending--;
	}
	return 0;
}

/*
 * Waits for buffer space; when there is some and the memory for it is
 * missing, for a moment. 0 when it is worth another try, or why not.
 */
static int wait_for_tcp_memory(struct sock *sk, long *timeo_p)
{
	long moment = 0, left;

	if (tcp_memory_free(sk))
		moment = net_random() % (HZ / 5) + 2;
	do {
		if (!*timeo_p)
			return -EAGAIN;
		if (signal_pending(current))
			return sock_intr_errno(*timeo_p);
		if (sk->err || (sk->shutdown & SEND_SHUTDOWN))
			break;
		if (!moment) {
			*timeo_p = tcp_sleep(sk, *timeo_p);
			continue;
		}
		left = tcp_sleep(sk, moment);
		if (*timeo_p != MAX_SCHEDULE_TIMEOUT)
			*timeo_p = max(*timeo_p - (moment - left), 0);
		break;
	} while (!tcp_memory_free(sk));
	return 0;
}

/* A fresh segment at the end of the write queue, or NULL. */
static struct sk_buff *tcp_new_segment(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct sk_buff *skb;

	skb = alloc_skb(MAX_TCP_HEADER + 15 + tp->mss_cache, sk->allocation);
	if (!skb)
		return NULL;
	skb_reserve(skb, MAX_TCP_HEADER);
	TCP_SKB_CB(skb)->flags = TCPCB_FLAG_ACK;
	TCP_SKB_CB(skb)->seq = TCP_SKB_CB(skb)->end_seq = tp->write_seq;
	tcp_queue_skb(sk, skb);
	return skb;
}

/* Copies len bytes from the process to the end of a segment. */
static int tcp_add_data(struct sock *sk, struct sk_buff *skb, struct msghdr *msg, int len)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (memcpy_fromiovec(skb->tail, msg->msg_iov, len))
		return -EFAULT;
	skb_put(skb, len);
	TCP_SKB_CB(skb)->end_seq += len;
	tp->write_seq += len;
	/* Half a window without PSH is enough. */
	if (after(tp->write_seq, tp->pushed_seq + (tp->max_window >> 1))) {
		TCP_SKB_CB(skb)->flags |= TCPCB_FLAG_PSH;
		tp->pushed_seq = tp->write_seq;
	}
	return 0;
}

/* What a call that cannot go on returns. */
static int tcp_send_stopped(struct sock *sk, int flags)
{
	if (sk->err)
		return sock_error(sk);
	if (!(flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
	return -EPIPE;
}

/*
 * Cuts the message into segments, filling up the last one that still waits,
 * and sends what the windows allow. Returns the bytes taken.
 */
int tcp_sendmsg(struct sock *sk, struct msghdr *msg, int size)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	long timeo = sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT);
	struct sk_buff *skb;
	int copied = 0, err = 0, room;

	lock_sock(sk);
	if (!((1 << sk->state) & (TCPF_ESTABLISHED | TCPF_CLOSE_WAIT))) {
		err = wait_for_tcp_connect(sk, &timeo);
		if (err)
			goto out;
	}

	while (copied < size) {
		if (sk->err || (sk->shutdown & SEND_SHUTDOWN)) {
			err = tcp_send_stopped(sk, msg->msg_flags);
			break;
		}
		skb = sk->write_queue.prev;
		room = 0;
		if (tp->send_head)
			room = min(skb_tailroom(skb),
				   max(tcp_current_mss(sk), skb->len) - skb->len);
		if (!room) {
			skb = tcp_memory_free(sk) ? tcp_new_segment(sk) : NULL;
			if (!skb) {
				tcp_push_pending_frames(sk);
				err = wait_for_tcp_memory(sk, &timeo);
				if (err)
					break;
				continue;	/* look at everything anew */
			}
			room = tcp_current_mss(sk);
		}
		room = min(room, size - copied);
		err = tcp_add_data(sk, skb, msg, room);
		if (err)
			break;
		copied += room;
	}

	/* The end of a message is worth delivering at once. */
	if (copied && tp->send_head) {
		TCP_SKB_CB((struct sk_buff *)sk->write_queue.prev)->flags |= TCPCB_FLAG_PSH;
		tp->pushed_seq = tp->write_seq;
	}
	tcp_push_pending_frames(sk);
out:
	release_sock(sk);
	return copied ? copied : err;
}
