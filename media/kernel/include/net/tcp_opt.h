/* SockScope's own C under Linux's names, not Linux's source.
 * struct tcp_opt: everything a TCP connection remembers that struct sock
 * does not. Sequence numbers are in host byte order; times are in jiffies.
 */
#ifndef _NET_TCP_OPT_H
#define _NET_TCP_OPT_H

#include <linux/types.h>
#include <linux/timer.h>
#include <linux/skbuff.h>

struct tcp_func;
struct tcp_listen_opt;
struct open_request;
struct task_struct;
struct iovec;

struct tcp_sack_block {
	__u32 start_seq;
	__u32 end_seq;
};

struct tcp_opt {
	int tcp_header_len;	/* bytes, options of every segment included */
	__u32 pred_flags;	/* header word 3 of the segment we expect next */

	/* Where we are in the two sequence spaces (RFC 793, 3.2). */
	__u32 rcv_nxt;
	__u32 snd_nxt;
	__u32 snd_una;
	__u32 snd_sml;		/* end of the last small segment sent */
	__u32 rcv_tstamp;	/* when the last ACK came */
	__u32 lsndtime;		/* when data was last sent */

	/* Delayed acknowledgements. */
	struct {
		__u8 pending;	/* TCP_ACK_... */
		__u8 quick;	/* so many ACKs go out at once */
		__u8 pingpong;	/* the talk goes back and forth: ACKs can ride on data */
		__u8 blocked;	/* the timer found the socket locked */
		__u32 ato;	/* predicted time until our answer */
		unsigned long timeout;	/* when the timer will fire */
		__u32 lrcvtime;	/* when data last came */
		__u16 last_seg_size;
		__u16 rcv_mss;	/* estimate of the sender's segment size */
	} ack;

	/* A reader that takes segments in its own context. */
	struct {
		struct sk_buff_head prequeue;
		int memory;
		struct task_struct *task;
		struct iovec *iov;
		int len;
	} ucopy;

	__u32 snd_wl1;		/* sequence number of the last window update */
	__u32 snd_wnd;		/* window the peer offers */
	__u32 max_window;	/* largest it ever offered */
	__u32 pmtu_cookie;
	__u16 mss_cache;	/* segment size in use */
	__u16 mss_clamp;	/* the peer's limit */
	__u16 ext_header_len;
	__u8 ca_state;		/* TCP_CA_... */
	__u8 retransmits;	/* time-outs in a row */

	__u8 reordering;
	__u8 queue_shrunk;	/* buffer space was freed */
	__u8 defer_accept;
	/* Round trip time (RFC 793 and Van Jacobson). */
	__u8 backoff;		/* how often rto was doubled */
	__u32 srtt;		/* smoothed, times 8 */
	__u32 mdev;		/* mean deviation, times 4 */
	__u32 mdev_max;
	__u32 rttvar;
	__u32 rtt_seq;
	__u32 rto;		/* retransmission time-out */

	__u32 packets_out;	/* segments in flight */
	__u32 left_out;		/* segments that left the network */
	__u32 retrans_out;

	/* Congestion control. */
	__u32 snd_ssthresh;
	__u32 snd_cwnd;		/* segments */
	__u16 snd_cwnd_cnt;
	__u16 snd_cwnd_clamp;
	__u32 snd_cwnd_used;
	__u32 snd_cwnd_stamp;

	/* Two timers: retransmission or probe, and delayed ACK. */
	unsigned long timeout;
	struct timer_list retransmit_timer;
	struct timer_list delack_timer;

	struct sk_buff_head out_of_order_queue;

	struct tcp_func *af_specific;	/* what differs between IP versions */
	struct sk_buff *send_head;	/* first segment not yet sent */

	__u32 rcv_wnd;		/* window we offer */
	__u32 rcv_wup;		/* rcv_nxt when we last offered it */
	__u32 write_seq;	/* end of what the process has written */
	__u32 pushed_seq;
	__u32 copied_seq;	/* start of what it has not read */

	/* Options (RFC 1323, RFC 2018): agreed on, or seen in this segment. */
	char tstamp_ok;
	char wscale_ok;
	char sack_ok;
	char saw_tstamp;
	__u8 snd_wscale;
	__u8 rcv_wscale;
	__u8 nonagle;		/* 1: TCP_NODELAY, 2: TCP_CORK */
	__u8 keepalive_probes;

	__u32 rcv_tsval;
	__u32 rcv_tsecr;
	__u32 ts_recent;
	long ts_recent_stamp;

	__u16 user_mss;		/* TCP_MAXSEG */
	__u8 dsack;
	__u8 eff_sacks;
	struct tcp_sack_block duplicate_sack[1];
	struct tcp_sack_block selective_acks[4];

	__u32 window_clamp;	/* largest window to offer */
	__u32 rcv_ssthresh;
	__u8 probes_out;
	__u8 num_sacks;
	__u16 advmss;		/* segment size we announce */

	__u8 syn_retries;
	__u8 ecn_flags;
	__u16 prior_ssthresh;
	__u32 lost_out;
	__u32 sacked_out;
	__u32 fackets_out;
	__u32 high_seq;

	__u32 retrans_stamp;	/* when the first lost segment was first sent */
	__u32 undo_marker;
	int undo_retrans;
	__u32 syn_seq;
	__u32 fin_seq;
	__u32 urg_seq;
	__u16 urg_data;
	__u8 pending;		/* TCP_TIME_...: what retransmit_timer means */
	__u8 urg_mode;
	__u32 snd_up;

	/* A listener's half-open connections (SYN queue) and finished ones. */
	rwlock_t syn_wait_lock;
	struct tcp_listen_opt *listen_opt;
	struct open_request *accept_queue;
	struct open_request *accept_queue_tail;

	int write_pending;

	unsigned int keepalive_time;
	unsigned int keepalive_intvl;
	int linger2;		/* time in FIN_WAIT2 */
};

#endif
