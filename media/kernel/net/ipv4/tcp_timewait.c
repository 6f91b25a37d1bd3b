/* SockScope's own C under Linux's names, not Linux's source.
 * TIME_WAIT: the name of a closed connection stays taken for a minute, so
 * that late segments meet somebody who knows them (RFC 793, 3.5). A small
 * bucket takes the place of the sock; FIN_WAIT2 without a process uses it too.
 * In Linux 2.4 this is in net/ipv4/tcp_minisocks.c.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/tcp.h>

/*
 * Buckets in order of death, where the next one after the last would hang,
 * and the timer for the first.
 */
static struct tcp_tw_bucket *tcp_tw_death_row;
static struct tcp_tw_bucket **tcp_tw_death_end = &tcp_tw_death_row;
static struct timer_list tcp_tw_timer;

int tcp_tw_count;

void tcp_tw_put(struct tcp_tw_bucket *tw)
{
	if (atomic_dec_and_test(&tw->refcnt))
		kmem_cache_free(tcp_timewait_cachep, tw);
}

/* ---- death row ---- */

static void tcp_twkill(unsigned long data);

static void tcp_tw_set_timer(void)
{
	init_timer(&tcp_tw_timer);
	tcp_tw_timer.function = tcp_twkill;
	tcp_tw_timer.expires = tcp_tw_death_row->ttd;
	add_timer(&tcp_tw_timer);
}

/* Off the row; its reference is given up. */
void tcp_tw_deschedule(struct tcp_tw_bucket *tw)
{
	if (!tw->pprev_death)
		return;
	*tw->pprev_death = tw->next_death;
	if (tw->next_death)
		tw->next_death->pprev_death = tw->pprev_death;
	else
		tcp_tw_death_end = tw->pprev_death;
	tw->pprev_death = NULL;
	if (--tcp_tw_count == 0)
		del_timer(&tcp_tw_timer);
	tcp_tw_put(tw);
}

/*
 * Where on the row a bucket that dies at ttd belongs: behind all that die no
 * later. Nearly all live equally long, so the place is looked for from the
 * end; a short life begins at the front.
 */
static struct tcp_tw_bucket **tcp_tw_place(unsigned long ttd, int timeo)
{
	struct tcp_tw_bucket **pos = &tcp_tw_death_row;
	struct tcp_tw_bucket *before;

	if (timeo < TCP_TIMEWAIT_LEN) {
		while (*pos && !time_before(ttd, (*pos)->ttd))
			pos = &(*pos)->next_death;
		return pos;
	}
	for (pos = tcp_tw_death_end; pos != &tcp_tw_death_row; pos = before->pprev_death) {
		before = list_entry(pos, struct tcp_tw_bucket, next_death);
		if (!time_before(ttd, before->ttd))
			break;
	}
	return pos;
}

/* Lives for timeo jiffies from now. */
static void tcp_tw_schedule(struct tcp_tw_bucket *tw, int timeo)
{
	struct tcp_tw_bucket **pos;

	atomic_inc(&tw->refcnt);
	tcp_tw_deschedule(tw);
	tw->ttd = jiffies + timeo;
	pos = tcp_tw_place(tw->ttd, timeo);
	tw->next_death = *pos;
	if (tw->next_death)
		tw->next_death->pprev_death = &tw->next_death;
	else
		tcp_tw_death_end = &tw->next_death;
	tw->pprev_death = pos;
	*pos = tw;
	tcp_tw_count++;
	del_timer(&tcp_tw_timer);
	tcp_tw_set_timer();
}

/* Out of the tables; the port is free again with the last owner. */
void tcp_timewait_kill(struct tcp_tw_bucket *tw)
{
	if (tw->pprev) {
		if (tw->next)
			tw->next->pprev = tw->pprev;
		*tw->pprev = tw->next;
		tw->pprev = NULL;
		tcp_tw_put(tw);
	}
	if (tw->tb) {
		tcp_tw_leave_port(tw);
		tw->tb = NULL;
	}
}

static void tcp_twkill(unsigned long data)
{
	struct tcp_tw_bucket *tw;

	while ((tw = tcp_tw_death_row) != NULL && !time_before(jiffies, tw->ttd)) {
		atomic_inc(&tw->refcnt);
		tcp_tw_deschedule(tw);
		tcp_timewait_kill(tw);
		tcp_tw_put(tw);
	}
	if (tw && !timer_pending(&tcp_tw_timer))
		tcp_tw_set_timer();
}

/* ---- from sock to bucket ---- */

/* What segments for the connection will still need to be told. */
static void tcp_tw_remember(struct tcp_tw_bucket *tw, struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	/* the name of the connection, and where it is looked for */
	tw->hashent = sk->hashent;
	tw->bound_dev_if = sk->bound_dev_if;
	tw->rcv_saddr = sk->rcv_saddr;
	tw->sport = sk->sport;
	tw->daddr = sk->daddr;
	tw->dport = sk->dport;
	tw->family = sk->family;

	/* who else may have the port */
	tw->num = sk->num;
	tw->reuse = sk->reuse;

	/* what the peer may still send, and what it is answered */
	tw->rcv_wnd = tcp_receive_window(tp);
	tw->rcv_wscale = tp->rcv_wscale;
	tw->rcv_nxt = tp->rcv_nxt;
	tw->ts_recent_stamp = tp->ts_recent_stamp;
	tw->ts_recent = tp->ts_recent;
	tw->snd_nxt = tp->snd_nxt;
	tw->syn_seq = tp->syn_seq;
}

/*
 * Ends the sock and leaves a bucket for timeo jiffies, in state TCP_TIME_WAIT
 * or TCP_FIN_WAIT2.
 */
void tcp_time_wait(struct sock *sk, int state, int timeo)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int rto = (tp->rto << 2) - (tp->rto >> 1);
	struct tcp_tw_bucket *tw;

	tw = kmem_cache_alloc(tcp_timewait_cachep, SLAB_ATOMIC);
	if (tw) {
		memset(tw, 0, sizeof(*tw));
		tcp_tw_remember(tw, sk);
		tw->state = TCP_TIME_WAIT;
		tw->substate = state;
		tw->timeout = TCP_TIMEWAIT_LEN;

		tcp_tw_hashdance(sk, tw);
		if (timeo < rto)
			timeo = rto;
		if (state == TCP_TIME_WAIT)
			timeo = TCP_TIMEWAIT_LEN;
		tcp_tw_schedule(tw, timeo);
	} else {
		printk(KERN_INFO "TCP: time wait bucket table overflow\n");
	}
	tcp_done(sk);
}

/* ---- segments for a bucket ---- */

static int tcp_in_window(u32 seq, u32 end_seq, u32 s_win, u32 e_win)
{
	if (seq == s_win)
		return 1;
	if (after(end_seq, s_win) && before(seq, e_win))
		return 1;
	return seq == e_win && seq == end_seq;
}

static enum tcp_tw_status tcp_tw_end(struct tcp_tw_bucket *tw, enum tcp_tw_status status)
{
	tcp_tw_deschedule(tw);
	tcp_timewait_kill(tw);
	return status;
}

/* Half closed: the peer's FIN is still missing. */
static enum tcp_tw_status tcp_tw_fin_wait2(struct tcp_tw_bucket *tw, struct sk_buff *skb,
					   struct tcphdr *th, struct tcp_opt *tp, int paws)
{
	u32 seq = TCP_SKB_CB(skb)->seq;
	u32 end_seq = TCP_SKB_CB(skb)->end_seq;

	if (paws || !tcp_in_window(seq, end_seq, tw->rcv_nxt, tw->rcv_nxt + tw->rcv_wnd))
		return TCP_TW_ACK;
	if (th->rst)
		return tcp_tw_end(tw, TCP_TW_SUCCESS);
	if (th->syn && seq != tw->syn_seq)
		return tcp_tw_end(tw, TCP_TW_RST);
	if (seq == end_seq || !after(end_seq, tw->rcv_nxt))
		return TCP_TW_SUCCESS;		/* a bare or an old ACK */
	/* Data that nobody will read. */
	if (!th->fin || end_seq != tw->rcv_nxt + 1)
		return tcp_tw_end(tw, TCP_TW_RST);

	tw->substate = TCP_TIME_WAIT;
	tw->rcv_nxt = end_seq;
	if (tp->saw_tstamp) {
		tw->ts_recent = tp->rcv_tsval;
		tw->ts_recent_stamp = xtime.tv_sec;
	}
	tcp_tw_schedule(tw, TCP_TIMEWAIT_LEN);
	return TCP_TW_ACK;
}

/* What to do with a segment; the caller keeps its reference to tw. */
enum tcp_tw_status tcp_timewait_state_process(struct tcp_tw_bucket *tw, struct sk_buff *skb,
					      struct tcphdr *th, unsigned len)
{
	u32 seq = TCP_SKB_CB(skb)->seq;
	u32 end_seq = TCP_SKB_CB(skb)->end_seq;
	struct tcp_opt tp;
	int paws = 0;

	memset(&tp, 0, sizeof(tp));
	if (tw->ts_recent_stamp)
		tcp_parse_options(skb, &tp, 0);
	if (tp.saw_tstamp) {
		tp.ts_recent = tw->ts_recent;
		tp.ts_recent_stamp = tw->ts_recent_stamp;
		paws = tcp_paws_check(&tp, th->rst);
	}
	if (tw->substate == TCP_FIN_WAIT2)
		return tcp_tw_fin_wait2(tw, skb, th, &tp, paws);

	if (!paws && seq == tw->rcv_nxt && (seq == end_seq || th->rst)) {
		if (th->rst)
			return tcp_tw_end(tw, TCP_TW_SUCCESS);
		tcp_tw_schedule(tw, TCP_TIMEWAIT_LEN);
		return TCP_TW_SUCCESS;
	}

	/* A SYN that is surely new may open the same connection again. */
	if (th->syn && !th->rst && !th->ack && !paws &&
	    (after(seq, tw->rcv_nxt) ||
	     (tp.saw_tstamp && (s32)(tw->ts_recent - tp.rcv_tsval) < 0))) {
		TCP_SKB_CB(skb)->when = tw->snd_nxt + 65535 + 2;
		if (!TCP_SKB_CB(skb)->when)
			TCP_SKB_CB(skb)->when = 1;
		return TCP_TW_SYN;
	}
	if (th->rst)
		return TCP_TW_SUCCESS;
	if (paws || th->ack)
		tcp_tw_schedule(tw, TCP_TIMEWAIT_LEN);
	return TCP_TW_ACK;
}

/*
 * A segment found a bucket. Returns the listener that shall have it, NULL
 * for a reset, or the bucket itself when nothing is left to do.
 */
struct sock *tcp_v4_timewait(struct sock *sk, struct sk_buff *skb, struct tcphdr *th,
			     unsigned len)
{
	struct tcp_tw_bucket *tw = (struct tcp_tw_bucket *)sk;
	struct sock *listener;

	switch (tcp_timewait_state_process(tw, skb, th, len)) {
	case TCP_TW_SYN:
		listener = tcp_v4_lookup_listener(skb->nh.iph->daddr, ntohs(th->dest),
						  skb->dev->ifindex);
		if (listener) {
			tcp_tw_end(tw, TCP_TW_SYN);
			tcp_tw_put(tw);
			return listener;
		}
		/* nobody listens any more: as an old segment */
	case TCP_TW_ACK:
		tcp_v4_send_ack(skb, tw->snd_nxt, tw->rcv_nxt,
				tw->rcv_wnd >> tw->rcv_wscale, tw->ts_recent);
		break;
	case TCP_TW_RST:
		tcp_tw_put(tw);
		return NULL;
	case TCP_TW_SUCCESS:
		break;
	}
	return sk;
}
