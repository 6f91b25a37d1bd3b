/* SockScope's own C under Linux's names, not Linux's source.
 * Options of received segments, and the protection that timestamps give
 * against old duplicates (PAWS, RFC 1323).
 */
#include <linux/kernel.h>
#include <net/tcp.h>

/* A two or four byte number anywhere in the header. */
static __u32 get_option(unsigned char *p, int bytes)
{
	__u32 value = 0;

	while (bytes--)
		value = (value << 8) | *p++;
	return value;
}

static void tcp_parse_option(struct tcp_opt *tp, unsigned char *p, int kind, int len,
			     int syn, int estab)
{
	__u16 mss;

	switch (kind) {
	case TCPOPT_MSS:
		if (len != TCPOLEN_MSS || !syn || estab)
			break;
		mss = get_option(p, 2);
		if (tp->user_mss && tp->user_mss < mss)
			mss = tp->user_mss;
		if (mss)
			tp->mss_clamp = mss;
		break;
	case TCPOPT_WINDOW:
		if (len != TCPOLEN_WINDOW || !syn || estab || !sysctl_tcp_window_scaling)
			break;
		tp->wscale_ok = 1;
		tp->snd_wscale = min(*p, 14);
		break;
	case TCPOPT_TIMESTAMP:
		if (len != TCPOLEN_TIMESTAMP)
			break;
		if (estab ? !tp->tstamp_ok : !sysctl_tcp_timestamps)
			break;
		tp->saw_tstamp = 1;
		tp->rcv_tsval = get_option(p, 4);
		tp->rcv_tsecr = get_option(p + 4, 4);
		break;
	case TCPOPT_SACK_PERM:
		if (len == TCPOLEN_SACK_PERM && syn && !estab && sysctl_tcp_sack)
			tp->sack_ok = 1;
		break;
	}
}

/*
 * Reads the options into tp. estab: the connection stands, so only those
 * that were agreed on count. What is not known or makes no sense is skipped.
 */
void tcp_parse_options(struct sk_buff *skb, struct tcp_opt *tp, int estab)
{
	struct tcphdr *th = skb->h.th;
	unsigned char *p = (unsigned char *)(th + 1);
	unsigned char *end = (unsigned char *)th + th->doff * 4;

	tp->saw_tstamp = 0;
	while (p < end && *p != TCPOPT_EOL) {
		if (*p == TCPOPT_NOP) {
			p++;
			continue;
		}
		if (end - p < 2 || p[1] < 2 || p[1] > end - p)
			return;
		tcp_parse_option(tp, p + 2, p[0], p[1], th->syn, estab);
		p += p[1];
	}
}

/* Is the segment's timestamp older than the last good one? */
int tcp_paws_check(struct tcp_opt *tp, int rst)
{
	/* A host that was booted again may reset after a minute. */
	long valid = rst ? TCP_PAWS_MSL : TCP_PAWS_24DAYS;

	return before(tp->rcv_tsval, tp->ts_recent) &&
	       xtime.tv_sec < tp->ts_recent_stamp + valid;
}

int tcp_paws_discard(struct tcp_opt *tp, struct sk_buff *skb)
{
	return (s32)(tp->ts_recent - tp->rcv_tsval) > TCP_PAWS_WINDOW &&
	       xtime.tv_sec < tp->ts_recent_stamp + TCP_PAWS_24DAYS;
}

void tcp_store_ts_recent(struct tcp_opt *tp)
{
	tp->ts_recent = tp->rcv_tsval;
	tp->ts_recent_stamp = xtime.tv_sec;
}

/* Only a segment that continues the sequence renews the stamp. */
void tcp_replace_ts_recent(struct tcp_opt *tp, u32 seq)
{
	if (!tp->saw_tstamp || after(seq, tp->rcv_wup))
		return;
	if ((s32)(tp->rcv_tsval - tp->ts_recent) >= 0 ||
	    xtime.tv_sec >= tp->ts_recent_stamp + TCP_PAWS_24DAYS)
		tcp_store_ts_recent(tp);
}
