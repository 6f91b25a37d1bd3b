/* SockScope's own C under Linux's names, not Linux's source. */ /* Options of level SOL_TCP. In Linux 2.4 these are in net/ipv4/tcp.c. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include <net/tcp.h>

#define MAX_TCP_SYNCNT	127

/* Nagle's rule and the cork exclude each other. */
static int tcp_set_nonagle(struct sock *sk, int mode, int on)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (tp->nonagle && tp->nonagle != mode)
		return -EINVAL;
	tp->nonagle = on ? mode : 0;
	/* What was held back may go now. */
	if (on == (mode == 1))
		tcp_push_pending_frames(sk);
	return 0;
}

/* Seconds become a number of SYN-ACKs to wait for. */
static void tcp_set_defer_accept(struct tcp_opt *tp, int seconds)
{
	tp->defer_accept = 0;
	if (seconds <= 0)
		return;
	while (seconds > (TCP_TIMEOUT_INIT / HZ) << tp->defer_accept)
		tp->defer_accept++;
	tp->defer_accept++;
}

/* A clamp of 0 takes the clamp away, which only a closed sock allows. */
static int tcp_set_window_clamp(struct sock *sk, int bytes)
{
	if (!bytes && sk->state != TCP_CLOSE)
		return -EINVAL;
	sk->tp_pinfo.af_tcp.window_clamp = bytes ? max(bytes, SOCK_MIN_RCVBUF / 2) : 0;
	return 0;
}

/* All options of this level are numbers. */
static int tcp_set_int(struct sock *sk, int optname, int val)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	switch (optname) {
	/* When does data leave? */
	case TCP_NODELAY:
		return tcp_set_nonagle(sk, 1, val != 0);
	case TCP_CORK:
		return tcp_set_nonagle(sk, 2, val != 0);

	/* How long is the peer waited for? */
	case TCP_LINGER2:
		if (val > sysctl_tcp_fin_timeout / HZ)
			val = 0;	/* as long as for everybody */
		tp->linger2 = val < 0 ? -1 : val * HZ;
		return 0;
	case TCP_DEFER_ACCEPT:
		tcp_set_defer_accept(tp, val);
		return 0;
	case TCP_SYNCNT:
		if (val <= 0 || val > MAX_TCP_SYNCNT)
			return -EINVAL;
		tp->syn_retries = val;
		return 0;

	/* How much at once? */
	case TCP_WINDOW_CLAMP:
		return tcp_set_window_clamp(sk, val);
	case TCP_MAXSEG:
		if (val < 8 || val > MAX_TCP_WINDOW)
			return -EINVAL;
		tp->user_mss = val;
		return 0;
	}
	return -ENOPROTOOPT;
}

int tcp_setsockopt(struct sock *sk, int level, int optname, char *optval, int optlen)
{
	struct tcp_func *below = sk->tp_pinfo.af_tcp.af_specific;
	int val, err;

	if (level != SOL_TCP)
		return below->setsockopt(sk, level, optname, optval, optlen);
	if (optlen < sizeof(val))
		return -EINVAL;
	if (get_user(val, (int *)optval))
		return -EFAULT;

	lock_sock(sk);
	err = tcp_set_int(sk, optname, val);
	release_sock(sk);
	return err;
}

static void tcp_fill_info(struct sock *sk, struct tcp_info *info)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	u32 now = jiffies;

	memset(info, 0, sizeof(*info));
	info->tcpi_state = sk->state;
	info->tcpi_ca_state = tp->ca_state;
	info->tcpi_retransmits = tp->retransmits;
	info->tcpi_probes = tp->probes_out;
	info->tcpi_backoff = tp->backoff;
	if (tp->wscale_ok) {
		info->tcpi_rcv_wscale = tp->rcv_wscale;
		info->tcpi_snd_wscale = tp->snd_wscale;
		info->tcpi_options |= TCPI_OPT_WSCALE;
	}
	if (tp->sack_ok)
		info->tcpi_options |= TCPI_OPT_SACK;
	if (tp->tstamp_ok)
		info->tcpi_options |= TCPI_OPT_TIMESTAMPS;
	info->tcpi_rto = 1000000 / HZ * tp->rto;
	info->tcpi_ato = 1000000 / HZ * tp->ack.ato;
	info->tcpi_snd_mss = tp->mss_cache;
	info->tcpi_rcv_mss = tp->ack.rcv_mss;
	info->tcpi_unacked = tp->packets_out;
	info->tcpi_last_data_sent = (now - tp->lsndtime) * (1000 / HZ);
	info->tcpi_last_data_recv = (now - tp->ack.lrcvtime) * (1000 / HZ);
	info->tcpi_last_ack_recv = (now - tp->rcv_tstamp) * (1000 / HZ);
	info->tcpi_pmtu = tp->pmtu_cookie;
	info->tcpi_rcv_ssthresh = tp->rcv_ssthresh;
	info->tcpi_rtt = (1000000 / HZ * tp->srtt) >> 3;
	info->tcpi_rttvar = (1000000 / HZ * tp->mdev) >> 2;
	info->tcpi_snd_ssthresh = tp->snd_ssthresh;
	info->tcpi_snd_cwnd = tp->snd_cwnd;
	info->tcpi_advmss = tp->advmss;
	info->tcpi_reordering = tp->reordering;
}

static int tcp_get_int(struct sock *sk, int optname, int *val)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	switch (optname) {
	case TCP_MAXSEG:
		*val = tp->mss_cache;
		break;
	case TCP_NODELAY:
		*val = tp->nonagle == 1;
		break;
	case TCP_CORK:
		*val = tp->nonagle == 2;
		break;
	case TCP_SYNCNT:
		*val = tp->syn_retries ? tp->syn_retries : sysctl_tcp_syn_retries;
		break;
	case TCP_LINGER2:
		*val = tp->linger2 > 0 ? tp->linger2 / HZ : tp->linger2;
		break;
	case TCP_DEFER_ACCEPT:
		*val = tp->defer_accept ? TCP_TIMEOUT_INIT << (tp->defer_accept - 1) : 0;
		break;
	case TCP_WINDOW_CLAMP:
		*val = tp->window_clamp;
		break;
	default:
		return -ENOPROTOOPT;
	}
	return 0;
}

int tcp_getsockopt(struct sock *sk, int level, int optname, char *optval, int *optlen)
{
	struct tcp_func *below = sk->tp_pinfo.af_tcp.af_specific;
	struct tcp_info info;
	void *from = &info;
	int len, val;

	if (level != SOL_TCP)
		return below->getsockopt(sk, level, optname, optval, optlen);
	if (get_user(len, optlen))
		return -EFAULT;
	if (optname == TCP_INFO) {
		tcp_fill_info(sk, &info);
		len = min(len, sizeof(info));
	} else {
		if (tcp_get_int(sk, optname, &val))
			return -ENOPROTOOPT;
		from = &val;
		len = min(len, sizeof(val));
	}
	if (put_user(len, optlen) || copy_to_user(optval, from, len))
		return -EFAULT;
	return 0;
}
