/* SockScope's own C under Linux's names, not Linux's source.
 * Life and death of struct sock, its lock, and the memory it may use.
 * Counterpart of net/core/sock.c in Linux 2.4.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sched.h>
#include <linux/tcp.h>
#include <net/sock.h>

__u32 sysctl_wmem_max = 65535;
__u32 sysctl_rmem_max = 65535;

/* Buffer sizes of a new socket whose protocol has no opinion of its own. */
__u32 sysctl_wmem_default = 65535;
__u32 sysctl_rmem_default = 65535;

static kmem_cache_t *sk_cachep;

void __init sk_init(void)
{
	sk_cachep = kmem_cache_create("sock", sizeof(struct sock), 0,
				      SLAB_HWCACHE_ALIGN, NULL, NULL);
	panic_unless(sk_cachep, "sk_init: no cache for struct sock");
}

static void sock_lock_init(struct sock *sk)
{
	init_waitqueue_head(&sk->lock.wq);
	sk->lock.users = 0;
	spin_lock_init(&sk->lock.slock);
}

/*
 * A new sock, or NULL. With zero_it every field is 0 but the family and the
 * lock; protocols rely on that and set only what differs.
 */
struct sock *sk_alloc(int family, int priority, int zero_it)
{
	struct sock *sk = kmem_cache_alloc(sk_cachep, priority);

	if (!sk)
		return NULL;
	if (zero_it) {
		memset(sk, 0, sizeof(*sk));
		sock_lock_init(sk);
		sk->family = family;
	}
	return sk;
}

/* Only for the last reference; everybody else calls sock_put. */
void sk_free(struct sock *sk)
{
	if (sk->destruct)
		sk->destruct(sk);
	BUG_TRAP(atomic_read(&sk->omem_alloc) == 0);
	kmem_cache_free(sk_cachep, sk);
}

/* ---- default callbacks ---- */

static void sock_def_wakeup(struct sock *sk)
{
	if (sk->sleep && waitqueue_active(sk->sleep))
		wake_up_interruptible_all(sk->sleep);
}

/* One sleeper is enough to take what has come. */
static void sock_def_readable(struct sock *sk, int len)
{
	if (sk->sleep && waitqueue_active(sk->sleep))
		wake_up_interruptible(sk->sleep);
}

static void sock_def_error_report(struct sock *sk)
{
	if (sk->sleep && waitqueue_active(sk->sleep))
		wake_up_interruptible(sk->sleep);
}

/* Waits until half the send buffer is free, so that waking pays. */
static void sock_def_write_space(struct sock *sk)
{
	if (atomic_read(&sk->wmem_alloc) * 2 <= sk->sndbuf &&
	    sk->sleep && waitqueue_active(sk->sleep))
		wake_up_interruptible(sk->sleep);
}

/* Until the family puts its own in place there is nothing to take apart. */
static void sock_def_destruct(struct sock *sk)
{
}

/*
 * What every family wants in a new sock. Protocols overwrite some of it
 * afterwards. Without a socket there is nobody who could sleep.
 */
void sock_init_data(struct socket *sock, struct sock *sk)
{
	atomic_set(&sk->refcnt, 1);

	sk->socket = sock;
	sk->sleep = NULL;
	if (sock) {
		sock->sk = sk;
		sk->sleep = &sock->wait;
		sk->type = sock->type;
	}

	sk->zapped = 1;
	sk->state = TCP_CLOSE;
	init_timer(&sk->timer);

	skb_queue_head_init(&sk->write_queue);
	skb_queue_head_init(&sk->receive_queue);
	skb_queue_head_init(&sk->error_queue);
	sk->sndbuf = sysctl_wmem_default;
	sk->rcvbuf = sysctl_rmem_default;
	sk->allocation = GFP_KERNEL;

	sk->destruct = sock_def_destruct;
	sk->error_report = sock_def_error_report;
	sk->data_ready = sock_def_readable;
	sk->write_space = sock_def_write_space;
	sk->state_change = sock_def_wakeup;

	sk->callback_lock = RW_LOCK_UNLOCKED;
	sk->dst_lock = RW_LOCK_UNLOCKED;

	sk->sndtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->rcvtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->rcvlowat = 1;

	/* Nobody is known at the other end yet. */
	sk->peercred.gid = -1;
	sk->peercred.uid = -1;
	sk->peercred.pid = 0;
}

/* ---- between socket and sock ---- */

/* The descriptor is gone; the sock goes on alone. */
void sock_orphan(struct sock *sk)
{
	write_lock_bh(&sk->callback_lock);
	sk->sleep = NULL;
	sk->socket = NULL;
	sk->dead = 1;
	write_unlock_bh(&sk->callback_lock);
}

/* An accepted connection gets its socket. */
void sock_graft(struct sock *sk, struct socket *parent)
{
	write_lock_bh(&sk->callback_lock);
	parent->sk = sk;
	sk->socket = parent;
	sk->sleep = &parent->wait;
	write_unlock_bh(&sk->callback_lock);
}

/* ---- the socket lock ---- */

/* Sleeps until the owner lets go. */
void __lock_sock(struct sock *sk)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue_exclusive(&sk->lock.wq, &wait);
	while (sk->lock.users) {
		__set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock_bh(&sk->lock.slock);
		schedule();
		spin_lock_bh(&sk->lock.slock);
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&sk->lock.wq, &wait);
}

/* Makes the calling process the owner. */
void lock_sock(struct sock *sk)
{
	spin_lock_bh(&sk->lock.slock);
	if (sk->lock.users)
		__lock_sock(sk);
	sk->lock.users = 1;
	spin_unlock_bh(&sk->lock.slock);
}

/* Works off the packets that came while a process owned the sock. */
void __release_sock(struct sock *sk)
{
	struct sk_buff *skb, *next;

	while ((skb = sk->backlog.head) != NULL) {
		sk->backlog.head = sk->backlog.tail = NULL;
		for (; skb; skb = next) {
			next = skb->next;
			skb->next = NULL;
			sk->backlog_rcv(sk, skb);
		}
	}
}

void release_sock(struct sock *sk)
{
	spin_lock_bh(&sk->lock.slock);
	if (sk->backlog.tail)
		__release_sock(sk);
	sk->lock.users = 0;
	if (waitqueue_active(&sk->lock.wq))
		wake_up(&sk->lock.wq);
	spin_unlock_bh(&sk->lock.slock);
}

/* ---- buffer space ---- */

/* Destructor of a packet that was charged to the receiver. */
void sock_rfree(struct sk_buff *skb)
{
	atomic_sub(skb->truesize, &skb->sk->rmem_alloc);
}

/* Destructor of a packet that was charged to the sender, who may be waiting for room. */
void sock_wfree(struct sk_buff *skb)
{
	struct sock *sender = skb->sk;

	atomic_sub(skb->truesize, &sender->wmem_alloc);
	sender->write_space(sender);
	sock_put(sender);
}

/* A packet to send; NULL when the send buffer is full, unless force, or for lack of memory. */
struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size, int force, int priority)
{
	struct sk_buff *skb;

	skb = NULL;
	if (force || atomic_read(&sk->wmem_alloc) < sk->sndbuf)
		skb = alloc_skb(size, priority);
	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}

/* Has waiting for send buffer an end: room, or a reason not to send at all? */
static int sock_wmem_settled(struct sock *sk)
{
	return sk->err || (sk->shutdown & SEND_SHUTDOWN) ||
	       atomic_read(&sk->wmem_alloc) < sk->sndbuf;
}

/* Sleeps until the send buffer has room; returns what is left of timeo. */
static long sock_wait_for_wmem(struct sock *sk, long timeo)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(sk->sleep, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	while (!signal_pending(current) && !sock_wmem_settled(sk)) {
		timeo = schedule_timeout(timeo);
		set_current_state(TASK_INTERRUPTIBLE);
	}
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return timeo;
}

/*
 * A packet for a datagram of this size, after waiting for space if need be.
 * A pending error of the socket is reported instead.
 */
struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size,
				    unsigned long fallback, int noblock, int *errcode)
{
	long timeo = sock_sndtimeo(sk, noblock);
	struct sk_buff *skb;

	for (;;) {
		*errcode = sock_error(sk);
		if (*errcode)
			return NULL;
		*errcode = -EPIPE;
		if (sk->shutdown & SEND_SHUTDOWN)
			return NULL;
		if (atomic_read(&sk->wmem_alloc) < sk->sndbuf)
			break;
		*errcode = -EAGAIN;
		if (!timeo)
			return NULL;
		*errcode = sock_intr_errno(timeo);
		if (signal_pending(current))
			return NULL;
		timeo = sock_wait_for_wmem(sk, timeo);
	}

	*errcode = -ENOBUFS;
	skb = alloc_skb(size, sk->allocation);
	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}

/* Hands a received datagram to the socket, if it has room. */
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (atomic_read(&sk->rmem_alloc) + skb->truesize >= (unsigned)sk->rcvbuf)
		return -ENOMEM;
	skb_set_owner_r(skb, sk);
	skb->dev = NULL;	/* it may be gone before the packet is read */
	skb_queue_tail(&sk->receive_queue, skb);
	if (!sk->dead)
		sk->data_ready(sk, skb->len);
	return 0;
}
