/*
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

/* Starts timer what, or moves it, to fire when jiffies from now. */
void tcp_reset_xmit_timer(struct sock *sk, int what, unsigned long when)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;

	if (when > TCP_RTO_MAX)
		when = TCP_RTO_MAX;

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
