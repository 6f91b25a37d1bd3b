/* SockScope's own C under Linux's names, not Linux's source.
 * TCP's timers. Each connection has three: retransmission (or window probe),
 * delayed ACK, and sk->timer for keepalive, SYN-ACKs and FIN_WAIT2. A running
 * timer holds a reference to the sock.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <net/tcp.h>

int sysctl_tcp_syn_retries = TCP_SYN_RETRIES;
int sysctl_tcp_synack_retries = TCP_SYNACK_RETRIES;
int sysctl_tcp_retries1 = TCP_RETR1;
int sysctl_tcp_retries2 = TCP_RETR2;
int sysctl_tcp_orphan_retries;

static void tcp_write_timer(unsigned long data);
static void tcp_delack_timer(unsigned long data);
static void tcp_keepalive_timer(unsigned long data);

static void tcp_setup_timer(struct sock *sk, struct timer_list *timer,
			    void (*function)(unsigned long))
{
	init_timer(timer);
	timer->function = function;
	timer->data = (unsigned long)sk;
}

void tcp_init_xmit_timers(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->pending = 0;
	tcp_setup_timer(sk, &tp->retransmit_timer, tcp_write_timer);
	tcp_setup_timer(sk, &tp->delack_timer, tcp_delack_timer);
	tcp_setup_timer(sk, &sk->timer, tcp_keepalive_timer);
}

static void tcp_stop_timer(struct sock *sk, struct timer_list *timer)
{
	if (timer_pending(timer) && del_timer(timer))
		__sock_put(sk);
}

void tcp_clear_xmit_timers(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	tp->pending = 0;
	tcp_stop_timer(sk, &tp->retransmit_timer);

	tp->ack.pending = 0;
	tp->ack.blocked = 0;
	tcp_stop_timer(sk, &tp->delack_timer);

	tcp_stop_timer(sk, &sk->timer);
}

/* Starts timer what, or moves it, to fire when jiffies from now, at most TCP_RTO_MAX. */
void tcp_reset_xmit_timer(struct sock *sk, int what, unsigned long when)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (what == TCP_TIME_DACK) {
		tp->ack.pending |= TCP_ACK_TIMER;
		tp->ack.timeout = jiffies + when;
		if (!mod_timer(&tp->delack_timer, tp->ack.timeout))
			sock_hold(sk);
	} else {
		tp->pending = what;
		tp->timeout = jiffies + when;
		if (!mod_timer(&tp->retransmit_timer, tp->timeout))
			sock_hold(sk);
	}
}

void tcp_clear_xmit_timer(struct sock *sk, int what)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (what == TCP_TIME_DACK) {
		tp->ack.pending = 0;
		tp->ack.blocked = 0;
		tcp_stop_timer(sk, &tp->delack_timer);
	} else {
		tp->pending = 0;
		tcp_stop_timer(sk, &tp->retransmit_timer);
	}
}

void tcp_reset_keepalive_timer(struct sock *sk, unsigned long timeout)
{
	if (!mod_timer(&sk->timer, jiffies + timeout))
		sock_hold(sk);
}

void tcp_delete_keepalive_timer(struct sock *sk)
{
	tcp_stop_timer(sk, &sk->timer);
}

/* ---- what they do ---- */

/* Given up. The reason may be an ICMP error that came before. */
static void tcp_write_err(struct sock *sk)
{
	sk->err = sk->err_soft ? sk->err_soft : ETIMEDOUT;
	sk->error_report(sk);
	tcp_done(sk);
}

/*
 * How often an orphan, a connection without a process, tries again. One that
 * was heard of not long ago (alive) has some tries whatever the setting says.
 */
static int tcp_orphan_retries(struct sock *sk, int alive)
{
	if (alive)
		return sysctl_tcp_orphan_retries ? sysctl_tcp_orphan_retries : 8;
	return sk->err_soft ? 0 : sysctl_tcp_orphan_retries;
}

/* Has it been tried often enough? Then the connection is over. */
static int tcp_write_timeout(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int retry_until = sysctl_tcp_retries2;

	if ((1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV))
		retry_until = tp->syn_retries ? tp->syn_retries : sysctl_tcp_syn_retries;
	else if (sk->dead)
		retry_until = tcp_orphan_retries(sk, tp->rto < TCP_RTO_MAX);
	if (tp->retransmits < retry_until)
		return 0;
	tcp_write_err(sk);
	return 1;
}

/* The first segment in flight once more; the time-out doubles (RFC 2988). */
static void tcp_retransmit_timer(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (!tp->packets_out || tcp_write_timeout(sk))
		return;
	tcp_enter_loss(sk);
	tcp_retransmit_skb(sk, skb_peek(&sk->write_queue));
	tp->retransmits++;
	if (tp->retransmits > sysctl_tcp_retries1)
		sk_dst_reset(sk);	/* perhaps there is another way */
	tp->backoff++;
	tp->rto = min(2 * tp->rto, TCP_RTO_MAX);
	tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, tp->rto);
}

/* Nothing is in flight, and something waits: else this timer would not run. */
static void tcp_probe_timer(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int max_probes = sysctl_tcp_retries2;

	if (sk->dead)
		max_probes = tcp_orphan_retries(sk, (tp->rto << tp->backoff) < TCP_RTO_MAX);
	if (tp->probes_out > max_probes)
		tcp_write_err(sk);
	else
		tcp_send_probe0(sk);
}

/*
 * A timer cannot wait for the owner of a locked sock, so it comes back later.
 * tp->timeout says when it should really fire: it is often moved away.
 */
static void tcp_write_timer(unsigned long data)
{
	struct sock *sk = (struct sock *)data;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int event = tp->pending;

	bh_lock_sock(sk);
	if (sk->lock.users) {
		if (!mod_timer(&tp->retransmit_timer, jiffies + HZ / 20))
			sock_hold(sk);
	} else if (sk->state != TCP_CLOSE && event) {
		tp->pending = 0;
		if (event == TCP_TIME_RETRANS)
			tcp_retransmit_timer(sk);
		else
			tcp_probe_timer(sk);
	}
	bh_unlock_sock(sk);
	sock_put(sk);
}

/* The ACK has waited long enough, and our guess was wrong: adjust it. */
static void tcp_delack_timer(unsigned long data)
{
	struct sock *sk = (struct sock *)data;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	bh_lock_sock(sk);
	if (sk->lock.users) {
		tp->ack.blocked = 1;
		if (!mod_timer(&tp->delack_timer, jiffies + TCP_DELACK_MIN))
			sock_hold(sk);
		goto out;
	}
	if (sk->state == TCP_CLOSE || !(tp->ack.pending & TCP_ACK_TIMER))
		goto out;
	tp->ack.pending &= ~TCP_ACK_TIMER;
	if (tcp_ack_scheduled(tp)) {
		if (tp->ack.pingpong) {
			tp->ack.pingpong = 0;
			tp->ack.ato = TCP_ATO_MIN;
		} else {
			tp->ack.ato = min(tp->ack.ato << 1, tp->rto);
		}
		tcp_send_ack(sk);
	}
out:
	bh_unlock_sock(sk);
	sock_put(sk);
}

/* sk->timer: SYN-ACKs of a listener, or FIN_WAIT2 has lasted too long. */
static void tcp_keepalive_timer(unsigned long data)
{
	struct sock *sk = (struct sock *)data;
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	int tmo = tcp_fin_time(tp) - TCP_TIMEWAIT_LEN;

	bh_lock_sock(sk);
	if (sk->lock.users) {
		tcp_reset_keepalive_timer(sk, HZ / 20);
	} else if (sk->state == TCP_LISTEN) {
		tcp_synack_timer(sk);
	} else if (sk->state == TCP_FIN_WAIT2 && sk->dead) {
		if (tp->linger2 >= 0 && tmo > 0) {
			tcp_time_wait(sk, TCP_FIN_WAIT2, tmo);
		} else {
			tcp_send_active_reset(sk, GFP_ATOMIC);
			tcp_done(sk);
		}
	}
	bh_unlock_sock(sk);
	sock_put(sk);
}
