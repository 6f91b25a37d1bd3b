/* SockScope's own C under Linux's names, not Linux's source.
 * struct sock: the protocol's view of a socket. It outlives the descriptor:
 * a closed TCP connection still has work to do.
 */
#ifndef _NET_SOCK_H
#define _NET_SOCK_H

#include <linux/errno.h>
#include <linux/net.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/icmp.h>
#include <linux/timer.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <net/dst.h>
#include <net/tcp_opt.h>
#include <asm/atomic.h>
#include <asm/semaphore.h>

struct proto;
struct dentry;
struct vfsmount;
struct unix_address;

/* AF_UNIX sockets are not built; their part gives protinfo its size. */
struct unix_opt {
	struct unix_address *addr;
	struct dentry *dentry;
	struct vfsmount *mnt;
	struct semaphore readsem;
	struct sock *other;
	struct sock **list;
	struct sock *gc_tree;
	atomic_t inflight;
	rwlock_t lock;
	wait_queue_head_t peer_wait;
};

/* AF_INET: what goes into the IP headers we send. */
struct inet_opt {
	int ttl;
	int tos;
	unsigned cmsg_flags;
	struct ip_options *opt;
	unsigned char hdrincl;		/* the caller writes the header */
	__u8 mc_ttl;
	__u8 mc_loop;
	unsigned recverr : 1,
		 freebind : 1;
	__u8 pmtudisc;			/* IP_PMTUDISC_... */
	int mc_index;
	__u32 mc_addr;
	struct ip_mc_socklist *mc_list;
};

struct raw_opt {
	struct icmp_filter filter;
};

/*
 * The socket lock has an owner, a process that may sleep while it holds it.
 * Packets that arrive meanwhile go to the backlog.
 */
typedef struct {
	spinlock_t slock;
	unsigned int users;		/* 1: a process owns the sock */
	wait_queue_head_t wq;
} socket_lock_t;

struct sock {
	/* What lookups compare. */
	__u32 daddr;			/* peer's address */
	__u32 rcv_saddr;		/* bound address, for lookups */
	__u16 dport;			/* peer's port, network order */
	unsigned short num;		/* local port, host order */
	int bound_dev_if;

	/* Hash chains. */
	struct sock *next;
	struct sock **pprev;
	struct sock *bind_next;
	struct sock **bind_pprev;

	volatile unsigned char state;	/* TCP_..., for all protocols */
	volatile unsigned char zapped;
	__u16 sport;			/* local port, network order */

	unsigned short family;		/* PF_... */
	unsigned char reuse;		/* SO_REUSEADDR */
	unsigned char shutdown;		/* RCV_SHUTDOWN, SEND_SHUTDOWN */
	atomic_t refcnt;

	socket_lock_t lock;
	int rcvbuf;			/* limit of the receive queue, bytes */

	wait_queue_head_t *sleep;	/* &socket->wait */
	struct dst_entry *dst_cache;	/* route to the peer */
	rwlock_t dst_lock;
	atomic_t rmem_alloc;		/* received and not yet read */
	struct sk_buff_head receive_queue;
	atomic_t wmem_alloc;		/* sent and not yet freed */
	struct sk_buff_head write_queue;
	atomic_t omem_alloc;
	int wmem_queued;
	int forward_alloc;
	__u32 saddr;			/* address we send from */
	unsigned int allocation;	/* GFP_... */
	int sndbuf;
	struct sock *prev;		/* TCP: the bind bucket */

	/* One byte each, set and read without the lock. */
	volatile char dead,		/* no socket refers to it any more */
		      done,
		      urginline,
		      keepopen,
		      linger,
		      destroy,
		      no_check,
		      broadcast,
		      bsdism;
	unsigned char debug;
	unsigned char rcvtstamp;
	unsigned char userlocks;	/* SOCK_..._LOCK: fixed by the user */
	int proc;
	unsigned long lingertime;

	int hashent;			/* TCP: bucket in the established hash */
	struct sock *pair;

	struct {			/* packets that met a locked sock */
		struct sk_buff *head;
		struct sk_buff *tail;
	} backlog;

	rwlock_t callback_lock;
	struct sk_buff_head error_queue;

	struct proto *prot;		/* the protocol's functions */

	union {				/* the protocol's own data */
		struct tcp_opt af_tcp;
		struct raw_opt tp_raw4;
	} tp_pinfo;

	int err,			/* reported once, then cleared */
	    err_soft;			/* remembered in case of a time-out */
	unsigned short ack_backlog;	/* connections waiting for accept */
	unsigned short max_ack_backlog;	/* listen's argument */
	__u32 priority;
	unsigned short type;		/* SOCK_... */
	unsigned char localroute;
	unsigned char protocol;		/* IPPROTO_... */
	struct ucred peercred;
	int rcvlowat;
	long rcvtimeo;			/* jiffies */
	long sndtimeo;

	union {				/* the family's own data */
		void *destruct_hook;
		struct unix_opt af_unix;
		struct inet_opt af_inet;
	} protinfo;

	struct timer_list timer;	/* TCP: keepalive and friends */
	struct timeval stamp;

	struct socket *socket;		/* NULL once orphaned */
	void *user_data;

	/* Called when something changes; protocols and users replace them. */
	void (*state_change)(struct sock *sk);
	void (*data_ready)(struct sock *sk, int bytes);
	void (*write_space)(struct sock *sk);
	void (*error_report)(struct sock *sk);
	int (*backlog_rcv)(struct sock *sk, struct sk_buff *skb);
	void (*destruct)(struct sock *sk);
};

#define SMP_CACHE_BYTES	32
#define NR_CPUS		1

/* The functions of a transport protocol. */
struct proto {
	void (*close)(struct sock *sk, long timeout);
	int (*connect)(struct sock *sk, struct sockaddr *uaddr, int addr_len);
	int (*disconnect)(struct sock *sk, int flags);
	struct sock *(*accept)(struct sock *sk, int flags, int *err);
	int (*ioctl)(struct sock *sk, int cmd, unsigned long arg);
	int (*init)(struct sock *sk);
	int (*destroy)(struct sock *sk);
	void (*shutdown)(struct sock *sk, int how);
	int (*setsockopt)(struct sock *sk, int level, int optname,
			  char *optval, int optlen);
	int (*getsockopt)(struct sock *sk, int level, int optname,
			  char *optval, int *option);
	int (*sendmsg)(struct sock *sk, struct msghdr *msg, int len);
	int (*recvmsg)(struct sock *sk, struct msghdr *msg, int len,
		       int noblock, int flags, int *addr_len);
	int (*bind)(struct sock *sk, struct sockaddr *uaddr, int addr_len);
	int (*backlog_rcv)(struct sock *sk, struct sk_buff *skb);

	/* Membership in the protocol's lookup tables. */
	void (*hash)(struct sock *sk);
	void (*unhash)(struct sock *sk);
	int (*get_port)(struct sock *sk, unsigned short snum);

	char name[32];

	struct {
		int inuse;		/* socks in the tables */
		u8 __pad[SMP_CACHE_BYTES - sizeof(int)];
	} stats[NR_CPUS];
};

#define sock_prot_inc_use(prot)	((void)(prot)->stats[smp_processor_id()].inuse++)
#define sock_prot_dec_use(prot)	((void)(prot)->stats[smp_processor_id()].inuse--)

#define SHUTDOWN_MASK	3
#define RCV_SHUTDOWN	1
#define SEND_SHUTDOWN	2

#define SOCK_SNDBUF_LOCK	1
#define SOCK_RCVBUF_LOCK	2
#define SOCK_BINDADDR_LOCK	4
#define SOCK_BINDPORT_LOCK	8

#define PROT_SOCK	1024		/* ports below are privileged */

#define SOCK_MIN_SNDBUF	2048
#define SOCK_MIN_RCVBUF	256

extern __u32 sysctl_wmem_max, sysctl_rmem_max;
extern __u32 sysctl_wmem_default, sysctl_rmem_default;

/* net/core/sock.c */
extern void sk_init(void);
extern struct sock *sk_alloc(int family, int priority, int zero_it);
extern void sk_free(struct sock *sk);
extern void sock_init_data(struct socket *sock, struct sock *sk);
extern void lock_sock(struct sock *sk);
extern void release_sock(struct sock *sk);
extern void __lock_sock(struct sock *sk);
extern void __release_sock(struct sock *sk);
extern void sock_wfree(struct sk_buff *skb);
extern void sock_rfree(struct sk_buff *skb);
extern struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size,
				    int force, int priority);
extern struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size,
	unsigned long fallback, int noblock, int *errcode);
extern int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb);
extern void sock_graft(struct sock *sk, struct socket *parent);
extern void sock_orphan(struct sock *sk);

/* net/core/sockopt.c */
extern int sock_setsockopt(struct socket *sock, int level, int op,
			   char *optval, int optlen);
extern int sock_getsockopt(struct socket *sock, int level, int op,
			   char *optval, int *optlen);

/* net/core/sock_no.c: operations that a type does not offer */
extern int sock_no_socketpair(struct socket *sock1, struct socket *sock2);
extern int sock_no_accept(struct socket *sock, struct socket *newsock, int flags);
extern int sock_no_listen(struct socket *sock, int backlog);

/* bh_: for soft interrupts, which cannot sleep. They look at lock.users. */
#define bh_lock_sock(sk)	spin_lock(&(sk)->lock.slock)
#define bh_unlock_sock(sk)	spin_unlock(&(sk)->lock.slock)

static inline void sock_put(struct sock *sk)
{
	if (atomic_dec_and_test(&sk->refcnt))
		sk_free(sk);
}

/* For a caller who knows that others hold references too. */
static inline void __sock_put(struct sock *sk)
{
	atomic_dec(&sk->refcnt);
}

static inline void sock_hold(struct sock *sk)
{
	atomic_inc(&sk->refcnt);
}

static inline void sk_add_backlog(struct sock *sk, struct sk_buff *skb)
{
	skb->next = NULL;
	if (sk->backlog.tail)
		sk->backlog.tail->next = skb;
	else
		sk->backlog.head = skb;
	sk->backlog.tail = skb;
}

/* Charges a packet to the sender's or to the receiver's buffer space. */
static inline void skb_set_owner_w(struct sk_buff *skb, struct sock *sk)
{
	sock_hold(sk);
	skb->destructor = sock_wfree;
	skb->sk = sk;
	atomic_add(skb->truesize, &sk->wmem_alloc);
}

static inline void skb_set_owner_r(struct sk_buff *skb, struct sock *sk)
{
	skb->destructor = sock_rfree;
	skb->sk = sk;
	atomic_add(skb->truesize, &sk->rmem_alloc);
}

/* How long a call may sleep; 0 for one that must not. */
static inline long sock_rcvtimeo(struct sock *sk, int noblock)
{
	if (noblock)
		return 0;
	return sk->rcvtimeo;
}

static inline long sock_sndtimeo(struct sock *sk, int noblock)
{
	if (noblock)
		return 0;
	return sk->sndtimeo;
}

/* A call without time-out can be started again after a signal. */
static inline int sock_intr_errno(long timeo)
{
	if (timeo == MAX_SCHEDULE_TIMEOUT)
		return -ERESTARTSYS;
	return -EINTR;
}

/* Takes the pending error, negated. */
static inline int sock_error(struct sock *sk)
{
	int err = sk->err;

	sk->err = 0;
	return -err;
}

static inline int sock_writeable(struct sock *sk)
{
	return atomic_read(&sk->wmem_alloc) < sk->sndbuf / 2;
}

/* Forgets the cached route. */
static inline void sk_dst_reset(struct sock *sk)
{
	struct dst_entry *dst = sk->dst_cache;

	sk->dst_cache = NULL;
	dst_release(dst);
}

static inline void sk_dst_set(struct sock *sk, struct dst_entry *dst)
{
	sk_dst_reset(sk);
	sk->dst_cache = dst;
}

#endif
