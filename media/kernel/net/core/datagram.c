/* SockScope's own C under Linux's names, not Linux's source. */ /* Taking datagrams off a socket's receive queue. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <net/sock.h>

/* Sleeps until a packet comes. 0: look again; else why not. */
static int wait_for_packet(struct sock *sk, long *timeo_p)
{
	DECLARE_WAITQUEUE(wait, current);
	int error;

	add_wait_queue_exclusive(sk->sleep, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	error = sock_error(sk);
	if (!error && skb_queue_empty(&sk->receive_queue)) {
		if (sk->shutdown & RCV_SHUTDOWN)
			error = 1;
		else if (signal_pending(current))
			error = sock_intr_errno(*timeo_p);
		else
			*timeo_p = schedule_timeout(*timeo_p);
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(sk->sleep, &wait);
	return error;
}

/*
 * The next datagram, or NULL and the reason in *err: 0 when the socket was
 * shut down for reading. MSG_PEEK leaves it on the queue, with one more user.
 */
struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned flags, int noblock, int *err)
{
	long timeo = sock_rcvtimeo(sk, noblock);
	struct sk_buff *skb;

	*err = sock_error(sk);
	while (!*err) {
		if (flags & MSG_PEEK) {
			skb = skb_peek(&sk->receive_queue);
			if (skb)
				return skb_get(skb);
		} else {
			skb = skb_dequeue(&sk->receive_queue);
			if (skb)
				return skb;
		}
		*err = -EAGAIN;
		if (timeo)
			*err = wait_for_packet(sk, &timeo);
	}
	if (*err > 0)
		*err = 0;
	return NULL;
}

int skb_copy_datagram_iovec(const struct sk_buff *skb, int offset, struct iovec *to, int len)
{
	return memcpy_toiovec(to, skb->data + offset, len);
}

void skb_free_datagram(struct sock *sk, struct sk_buff *skb)
{
	kfree_skb(skb);
}
