/* SockScope's own C under Linux's names, not Linux's source.
 * TCP: constants, the hash tables, half-open connections, and what the
 * tcp_*.c files share. Standards: RFC 793, 1122, 1323, 2581, 2988.
 */
#ifndef _NET_TCP_H
#define _NET_TCP_H

#include <linux/tcp.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/sock.h>
#include <net/ip.h>
#include <net/tcp_skb.h>

#define TCP_LHTABLE_SIZE	32
#define TCP_SYNQ_HSIZE		64

#define MAX_TCP_HEADER		(128 + 32)	/* room for all headers */
#define MAX_TCP_WINDOW		32767
#define TCP_MIN_MSS		88
#define TCP_MIN_RCVMSS		536
#define TCP_FASTRETRANS_THRESH	3		/* duplicate ACKs that mean loss */
#define TCP_MAX_QUICKACKS	16

#define TCP_RETR1		3
#define TCP_RETR2		15
#define TCP_SYN_RETRIES		5
#define TCP_SYNACK_RETRIES	5

/* Times, in jiffies. */
#define TCP_TIMEOUT_INIT	(3 * HZ)	/* before anything is measured */
#define TCP_RTO_MIN		(HZ / 5)
#define TCP_RTO_MAX		(120 * HZ)
#define TCP_ATO_MIN		(HZ / 25)
#define TCP_DELACK_MIN		(HZ / 25)
#define TCP_DELACK_MAX		(HZ / 5)
#define TCP_SYNQ_INTERVAL	(HZ / 5)
#define TCP_TIMEWAIT_LEN	(60 * HZ)
#define TCP_FIN_TIMEOUT		TCP_TIMEWAIT_LEN

#define TCP_PAWS_24DAYS		(60 * 60 * 24 * 24)
#define TCP_PAWS_MSL		60
#define TCP_PAWS_WINDOW		1

/* Option kinds and lengths. */
#define TCPOPT_EOL		0
#define TCPOPT_NOP		1
#define TCPOPT_MSS		2
#define TCPOPT_WINDOW		3
#define TCPOPT_SACK_PERM	4
#define TCPOPT_SACK		5
#define TCPOPT_TIMESTAMP	8

#define TCPOLEN_MSS		4
#define TCPOLEN_WINDOW		3
#define TCPOLEN_SACK_PERM	2
#define TCPOLEN_TIMESTAMP	10

/* With the NOPs that align them to four bytes. */
#define TCPOLEN_TSTAMP_ALIGNED	12
#define TCPOLEN_WSCALE_ALIGNED	4
#define TCPOLEN_SACKPERM_ALIGNED 4

/* What a timer stands for. */
#define TCP_TIME_RETRANS	1
#define TCP_TIME_DACK		2
#define TCP_TIME_PROBE0		3

/* tp->ack.pending */
#define TCP_ACK_SCHED		1	/* an ACK is owed */
#define TCP_ACK_TIMER		2	/* and its timer runs */
#define TCP_ACK_PUSHED		4

/* ---- hash tables (net/ipv4/tcp_hash.c) ---- */

struct tcp_ehash_bucket {
	rwlock_t lock;
	struct sock *chain;
};

/* One local port in use, and who uses it. */
struct tcp_bind_bucket {
	unsigned short port;
	unsigned short fastreuse;	/* all owners allow reuse, none listens */
	struct tcp_bind_bucket *next;
	struct sock *owners;
	struct tcp_bind_bucket **pprev;
};

struct tcp_bind_hashbucket {
	spinlock_t lock;
	struct tcp_bind_bucket *chain;
};

struct tcp_hashinfo {
	struct tcp_ehash_bucket *__tcp_ehash;	/* second half: TIME_WAIT */
	struct tcp_bind_hashbucket *__tcp_bhash;
	int __tcp_bhash_size;
	int __tcp_ehash_size;
	struct sock *__tcp_listening_hash[TCP_LHTABLE_SIZE];
	rwlock_t __tcp_lhash_lock __attribute__((__aligned__(SMP_CACHE_BYTES)));
	atomic_t __tcp_lhash_users;
	wait_queue_head_t __tcp_lhash_wait;
	spinlock_t __tcp_portalloc_lock;
};
extern struct tcp_hashinfo tcp_hashinfo;

/* connections, by both addresses and ports */
#define tcp_ehash_size		(tcp_hashinfo.__tcp_ehash_size)
#define tcp_ehash		(tcp_hashinfo.__tcp_ehash)
/* listeners, by port */
#define tcp_listening_hash	(tcp_hashinfo.__tcp_listening_hash)
#define tcp_lhash_lock		(tcp_hashinfo.__tcp_lhash_lock)
#define tcp_lhash_wait		(tcp_hashinfo.__tcp_lhash_wait)
/* local ports in use */
#define tcp_bhash_size		(tcp_hashinfo.__tcp_bhash_size)
#define tcp_bhash		(tcp_hashinfo.__tcp_bhash)
#define tcp_portalloc_lock	(tcp_hashinfo.__tcp_portalloc_lock)

/*
 * What is left of a connection in TIME_WAIT. It stands in the same chains as
 * struct sock, so the fields up to refcnt must have the same places.
 */
struct tcp_tw_bucket {
	__u32 daddr;
	__u32 rcv_saddr;
	__u16 dport;
	unsigned short num;
	int bound_dev_if;
	struct sock *next;
	struct sock **pprev;
	struct sock *bind_next;
	struct sock **bind_pprev;
	unsigned char state;		/* TCP_TIME_WAIT */
	unsigned char substate;		/* or TCP_FIN_WAIT2 */
	__u16 sport;
	unsigned short family;
	unsigned char reuse;
	unsigned char rcv_wscale;
	atomic_t refcnt;

	int hashent;
	int timeout;
	__u32 rcv_nxt;
	__u32 snd_nxt;
	__u32 rcv_wnd;
	__u32 syn_seq;
	__u32 ts_recent;
	long ts_recent_stamp;
	unsigned long ttd;		/* when it dies */
	struct tcp_bind_bucket *tb;
	struct tcp_tw_bucket *next_death;
	struct tcp_tw_bucket **pprev_death;
};

enum tcp_tw_status {
	TCP_TW_SUCCESS = 0,
	TCP_TW_RST = 1,
	TCP_TW_ACK = 2,
	TCP_TW_SYN = 3
};

extern void __tcp_v4_hash(struct sock *sk);
extern void tcp_v4_hash(struct sock *sk);
extern void tcp_unhash(struct sock *sk);
extern int tcp_v4_get_port(struct sock *sk, unsigned short snum);
extern void tcp_put_port(struct sock *sk);
extern void tcp_inherit_port(struct sock *sk, struct sock *child);
extern int tcp_v4_hash_connecting(struct sock *sk);
extern struct sock *tcp_v4_lookup_listener(u32 daddr, unsigned short hnum, int dif);
extern struct sock *__tcp_v4_lookup_established(u32 saddr, u16 sport,
						u32 daddr, u16 hnum, int dif);
extern struct sock *__tcp_v4_lookup(u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif);
extern void tcp_tw_hashdance(struct sock *sk, struct tcp_tw_bucket *tw);
extern void tcp_tw_leave_port(struct tcp_tw_bucket *tw);
extern void tcp_hash_init(void);

/* ---- half-open connections ---- */

struct tcp_v4_open_req {
	__u32 loc_addr;
	__u32 rmt_addr;
	struct ip_options *opt;
};

struct or_calltable {
	int family;
	int (*rtx_syn_ack)(struct sock *sk, struct open_request *req, struct dst_entry *dst);
	void (*send_ack)(struct sk_buff *skb, struct open_request *req);
	void (*destructor)(struct open_request *req);
	void (*send_reset)(struct sk_buff *skb);
};

/* A SYN that came to a listener. Ten times smaller than a struct sock. */
struct open_request {
	struct open_request *dl_next;	/* on its chain or in the accept queue */
	__u32 rcv_isn;			/* the peer's first sequence number */
	__u32 snt_isn;			/* ours */
	__u16 rmt_port;
	__u16 mss;
	__u8 retrans;			/* SYN-ACKs sent again */
	__u8 index;
	__u16 snd_wscale : 4,
	      rcv_wscale : 4,
	      tstamp_ok : 1,
	      sack_ok : 1,
	      wscale_ok : 1,
	      ecn_ok : 1,
	      acked : 1;		/* the ACK came, but the accept queue was full */
	__u32 window_clamp;
	__u32 rcv_wnd;
	__u32 ts_recent;
	unsigned long expires;		/* when the SYN-ACK is sent again */
	struct or_calltable *class;
	struct sock *sk;		/* the finished connection */
	union {
		struct tcp_v4_open_req v4_req;
	} af;
};

/* A listener's SYN queue. */
struct tcp_listen_opt {
	u8 max_qlen_log;		/* log2 of the most it takes */
	int qlen;
	int qlen_young;			/* of these, SYN-ACK sent only once */
	int clock_hand;			/* where the timer goes on */
	struct open_request *syn_table[TCP_SYNQ_HSIZE];
};

extern kmem_cache_t *tcp_openreq_cachep;
extern kmem_cache_t *tcp_bucket_cachep;
extern kmem_cache_t *tcp_timewait_cachep;

#define tcp_openreq_fastfree(req)	kmem_cache_free(tcp_openreq_cachep, (req))

/* ---- what differs between IP versions ---- */

struct tcp_func {
	int (*queue_xmit)(struct sk_buff *skb);
	void (*send_check)(struct sock *sk, struct tcphdr *th, int len, struct sk_buff *skb);
	int (*rebuild_header)(struct sock *sk);
	int (*conn_request)(struct sock *sk, struct sk_buff *skb);
	struct sock *(*syn_recv_sock)(struct sock *sk, struct sk_buff *skb,
				      struct open_request *req, struct dst_entry *dst);
	int (*hash_connecting)(struct sock *sk);
	int (*remember_stamp)(struct sock *sk);
	__u16 net_header_len;
	int (*setsockopt)(struct sock *sk, int level, int optname, char *optval, int optlen);
	int (*getsockopt)(struct sock *sk, int level, int optname, char *optval, int *optlen);
	void (*addr2sockaddr)(struct sock *sk, struct sockaddr *addr);
	int sockaddr_len;
};

extern struct proto tcp_prot;
extern struct tcp_func ipv4_specific;
extern atomic_t tcp_sockets_allocated;

extern int sysctl_tcp_wmem[3], sysctl_tcp_rmem[3];
extern int sysctl_max_syn_backlog;
extern int sysctl_tcp_reordering;
extern int sysctl_tcp_timestamps, sysctl_tcp_window_scaling, sysctl_tcp_sack;
extern int sysctl_tcp_adv_win_scale;
extern int sysctl_tcp_fin_timeout;
extern int sysctl_tcp_syn_retries, sysctl_tcp_synack_retries;
extern int sysctl_tcp_retries1, sysctl_tcp_retries2;
extern int sysctl_tcp_orphan_retries;
extern int sysctl_tcp_abort_on_overflow;

/* tcp.c, tcp_recv.c, tcp_send.c, tcp_sockopt.c */
extern void tcp_init(void);
extern void tcp_close(struct sock *sk, long timeout);
extern int tcp_disconnect(struct sock *sk, int flags);
extern struct sock *tcp_accept(struct sock *sk, int flags, int *err);
extern int tcp_listen_start(struct sock *sk);
extern void tcp_shutdown(struct sock *sk, int how);
extern int tcp_ioctl(struct sock *sk, int cmd, unsigned long arg);
extern int tcp_setsockopt(struct sock *sk, int level, int optname, char *optval, int optlen);
extern int tcp_getsockopt(struct sock *sk, int level, int optname, char *optval, int *optlen);
extern int tcp_sendmsg(struct sock *sk, struct msghdr *msg, int size);
extern int tcp_recvmsg(struct sock *sk, struct msghdr *msg, int len,
		       int nonblock, int flags, int *addr_len);
extern void tcp_write_space(struct sock *sk);
extern void tcp_set_state(struct sock *sk, int state);
extern void tcp_done(struct sock *sk);
extern void tcp_destroy_sock(struct sock *sk);
extern void tcp_writequeue_purge(struct sock *sk);
extern void tcp_free_skb(struct sock *sk, struct sk_buff *skb);
extern void cleanup_rbuf(struct sock *sk, int copied);

/* tcp_ipv4.c */
extern int tcp_v4_rcv(struct sk_buff *skb, unsigned short len);
extern int tcp_v4_do_rcv(struct sock *sk, struct sk_buff *skb);
extern void tcp_v4_err(struct sk_buff *skb, unsigned char *dp, int len);
extern void tcp_v4_send_check(struct sock *sk, struct tcphdr *th, int len, struct sk_buff *skb);
extern void tcp_v4_send_reset(struct sk_buff *skb);

/* tcp_reply.c */
extern void tcp_v4_send_ack(struct sk_buff *skb, u32 seq, u32 ack, u32 win, u32 ts);

/* tcp_synq.c */
extern struct sock *tcp_v4_hnd_req(struct sock *sk, struct sk_buff *skb);
extern void tcp_synq_remove(struct sock *sk, struct open_request *req,
			    struct open_request **prev);
extern int tcp_v4_conn_request(struct sock *sk, struct sk_buff *skb);
extern struct sock *tcp_v4_syn_recv_sock(struct sock *sk, struct sk_buff *skb,
	struct open_request *req, struct dst_entry *dst);
extern struct open_request *tcp_v4_search_req(struct tcp_opt *tp,
	struct open_request ***prevp, __u16 rport, __u32 raddr, __u32 laddr);
extern void tcp_synq_drop(struct sock *sk, struct open_request *req,
			  struct open_request **prev);
extern void tcp_synack_timer(struct sock *sk);
extern void tcp_listen_stop(struct sock *sk);

/* tcp_input.c, tcp_ack.c, tcp_recovery.c, tcp_data.c, tcp_options.c */
extern int tcp_rcv_state_process(struct sock *sk, struct sk_buff *skb,
				 struct tcphdr *th, unsigned len);
extern int tcp_rcv_established(struct sock *sk, struct sk_buff *skb,
			       struct tcphdr *th, unsigned len);
extern int tcp_ack(struct sock *sk, struct sk_buff *skb);
extern void tcp_init_metrics(struct sock *sk);
extern void tcp_cong_avoid(struct tcp_opt *tp);
extern void tcp_enter_loss(struct sock *sk);
extern void tcp_simple_retransmit(struct sock *sk);
extern void tcp_fastretrans_alert(struct sock *sk, int acked, int forward, int is_dupack);
extern void tcp_data_queue(struct sock *sk, struct sk_buff *skb);
extern void tcp_data_snd_check(struct sock *sk);
extern void tcp_ack_snd_check(struct sock *sk);
extern void tcp_enter_quickack_mode(struct tcp_opt *tp);
extern void tcp_event_data_recv(struct sock *sk, struct sk_buff *skb);
extern void tcp_initialize_rcv_mss(struct sock *sk);
extern int tcp_sequence(struct tcp_opt *tp, u32 seq, u32 end_seq, int rst);
extern void tcp_send_dupack(struct sock *sk, struct sk_buff *skb);
extern void tcp_reset(struct sock *sk);
extern void tcp_parse_options(struct sk_buff *skb, struct tcp_opt *tp, int estab);
extern int tcp_paws_check(struct tcp_opt *tp, int rst);
extern void tcp_store_ts_recent(struct tcp_opt *tp);
extern int tcp_paws_discard(struct tcp_opt *tp, struct sk_buff *skb);
extern void tcp_replace_ts_recent(struct tcp_opt *tp, u32 seq);

/* tcp_output.c, tcp_connect.c */
extern int tcp_transmit_skb(struct sock *sk, struct sk_buff *skb);
extern int tcp_write_xmit(struct sock *sk, int nonagle);
extern void tcp_push_pending_frames(struct sock *sk);
extern void tcp_queue_skb(struct sock *sk, struct sk_buff *skb);
extern int tcp_retransmit_skb(struct sock *sk, struct sk_buff *skb);
extern int tcp_send_bare(struct sock *sk, __u32 seq, int flags, int priority);
extern void tcp_send_ack(struct sock *sk);
extern void tcp_send_delayed_ack(struct sock *sk);
extern void tcp_send_fin(struct sock *sk);
extern void tcp_send_active_reset(struct sock *sk, int priority);
extern void tcp_send_probe0(struct sock *sk);
extern int tcp_connect(struct sock *sk, struct sk_buff *skb);
extern int tcp_send_synack(struct sock *sk);
extern struct sk_buff *tcp_make_synack(struct sock *sk, struct dst_entry *dst,
				       struct open_request *req);
extern int tcp_syn_header_len(int ts, int sack, int wscale);
extern void tcp_syn_build_options(unsigned char *opt, int mss, int ts, int sack,
	int offer_wscale, int wscale, __u32 tsval, __u32 tsecr);
extern int tcp_sync_mss(struct sock *sk, u32 pmtu);
extern u32 tcp_current_mss(struct sock *sk);
extern u16 tcp_select_window(struct sock *sk);
extern u32 __tcp_select_window(struct sock *sk);
extern void tcp_select_initial_window(int space, __u32 mss, __u32 *rcv_wnd,
	__u32 *window_clamp, int wscale_ok, __u8 *rcv_wscale);

/* tcp_timer.c */
extern void tcp_init_xmit_timers(struct sock *sk);
extern void tcp_clear_xmit_timers(struct sock *sk);
extern void tcp_reset_xmit_timer(struct sock *sk, int what, unsigned long when);
extern void tcp_clear_xmit_timer(struct sock *sk, int what);
extern void tcp_reset_keepalive_timer(struct sock *sk, unsigned long timeout);
extern void tcp_delete_keepalive_timer(struct sock *sk);

/* tcp_timewait.c, tcp_minisocks.c */
extern struct sock *tcp_v4_timewait(struct sock *sk, struct sk_buff *skb,
	struct tcphdr *th, unsigned len);
extern enum tcp_tw_status tcp_timewait_state_process(struct tcp_tw_bucket *tw,
	struct sk_buff *skb, struct tcphdr *th, unsigned len);
extern void tcp_time_wait(struct sock *sk, int state, int timeo);
extern void tcp_timewait_kill(struct tcp_tw_bucket *tw);
extern void tcp_tw_deschedule(struct tcp_tw_bucket *tw);
extern void tcp_tw_put(struct tcp_tw_bucket *tw);
extern struct sock *tcp_check_req(struct sock *sk, struct sk_buff *skb,
	struct open_request *req, struct open_request **prev);
extern int tcp_child_process(struct sock *parent, struct sock *child, struct sk_buff *skb);
extern struct sock *tcp_create_openreq_child(struct sock *sk,
	struct open_request *req, struct sk_buff *skb);

/* Service: a first sequence number that cannot be guessed. */
extern __u32 secure_tcp_sequence_number(__u32 saddr, __u32 daddr,
					__u16 sport, __u16 dport);

/* ---- small helpers ---- */

static inline void tcp_delack_init(struct tcp_opt *tp)
{
	memset(&tp->ack, 0, sizeof(tp->ack));
}

static inline void tcp_prequeue_init(struct tcp_opt *tp)
{
	skb_queue_head_init(&tp->ucopy.prequeue);
	tp->ucopy.memory = 0;
	tp->ucopy.len = 0;
	tp->ucopy.task = NULL;
}

/* The accept queue is full with one more than the backlog. */
static inline int tcp_acceptq_is_full(struct sock *sk)
{
	return sk->ack_backlog > sk->max_ack_backlog;
}

static inline void tcp_acceptq_added(struct sock *sk)
{
	sk->ack_backlog++;
}

static inline void tcp_acceptq_removed(struct sock *sk)
{
	sk->ack_backlog--;
}

static inline void tcp_openreq_free(struct open_request *req)
{
	req->class->destructor(req);
	tcp_openreq_fastfree(req);
}

/* Segments in the network, as far as we know. */
static inline u32 tcp_packets_in_flight(struct tcp_opt *tp)
{
	return tp->packets_out - tp->left_out + tp->retrans_out;
}

/* Room left in the window we offered last. */
static inline u32 tcp_receive_window(struct tcp_opt *tp)
{
	s32 win = tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt;

	return win < 0 ? 0 : win;
}

/* The part of the buffer that may hold payload; the rest is overhead. */
static inline int tcp_win_from_space(int space)
{
	return space - (space >> sysctl_tcp_adv_win_scale);
}

static inline int tcp_full_space(struct sock *sk)
{
	return tcp_win_from_space(sk->rcvbuf);
}

static inline int tcp_space(struct sock *sk)
{
	return tcp_win_from_space(sk->rcvbuf - atomic_read(&sk->rmem_alloc));
}

static inline int tcp_ack_scheduled(struct tcp_opt *tp)
{
	return tp->ack.pending & TCP_ACK_SCHED;
}

static inline void tcp_schedule_ack(struct tcp_opt *tp)
{
	tp->ack.pending |= TCP_ACK_SCHED;
}

static inline void tcp_clear_delack(struct sock *sk)
{
	tcp_clear_xmit_timer(sk, TCP_TIME_DACK);
}

static inline int tcp_fin_time(struct tcp_opt *tp)
{
	return tp->linger2 ? tp->linger2 : sysctl_tcp_fin_timeout;
}

#endif
