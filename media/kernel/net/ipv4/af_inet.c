/* SockScope's own C under Linux's names, not Linux's source.
 * The Internet family: how its sockets are made, named, connected and
 * released. Every function works for all types through sk->prot; the two
 * operation tables near the end say what a type offers.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/fcntl.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <asm/uaccess.h>
#include <net/sock.h>
#include <net/tcp.h>
#include <net/udp.h>
#include <net/raw.h>
#include <net/icmp.h>
#include <net/inet_common.h>

struct ipv4_config ipv4_config;

int sysctl_ip_nonlocal_bind;	/* 1: bind to addresses that are not ours */

/* ---- making a socket ---- */

/* Called when the last reference to the sock goes: frees what it owns. */
void inet_sock_destruct(struct sock *sk)
{
	__skb_queue_purge(&sk->error_queue);
	__skb_queue_purge(&sk->receive_queue);

	/* Nobody may know it any more, nor any connection stand. */
	BUG_TRAP(sk->dead);
	BUG_TRAP(sk->type != SOCK_STREAM || sk->state == TCP_CLOSE);

	/* All memory that was charged to it must have been given back. */
	BUG_TRAP(atomic_read(&sk->wmem_alloc) == 0);
	BUG_TRAP(atomic_read(&sk->rmem_alloc) == 0);
	BUG_TRAP(sk->wmem_queued == 0);
	BUG_TRAP(sk->forward_alloc == 0);

	BUG_TRAP(sk->protinfo.af_inet.opt == NULL);	/* IP options are not kept */
	dst_release(sk->dst_cache);
}

/*
 * The process is done with the sock, the network may not be: packets in
 * flight hold references. Unhashing first means that no new ones come.
 */
void inet_sock_release(struct sock *sk)
{
	struct proto *prot = sk->prot;

	if (prot->destroy)
		prot->destroy(sk);
	prot->unhash(sk);
	sock_orphan(sk);
	sock_put(sk);
}

/*
 * Makes the sock for a socket of this family. The type picks protocol and
 * operations; protocol 0 means "the usual one". Returns 0 or a negative errno.
 */
static int inet_create(struct socket *sock, int protocol)
{
	struct proto *prot;
	struct sock *sk;
	int err;

	sk = sk_alloc(PF_INET, GFP_KERNEL, 1);
	if (sk == NULL)
		goto do_oom;
	sock->state = SS_UNCONNECTED;

	switch (sock->type) {
	case SOCK_RAW:
		prot = &raw_prot;
		/* Raw packets can forge anything. */
		if (!capable(CAP_NET_RAW))
			goto free_and_badperm;
		sk->num = protocol;	/* stands in for a port */
		if (!protocol)
			goto free_and_noproto;
		sock->ops = &inet_dgram_ops;
		sk->reuse = 1;
		if (protocol == IPPROTO_RAW)
			sk->protinfo.af_inet.hdrincl = 1;
		break;

	case SOCK_DGRAM:
		if (protocol && protocol != IPPROTO_UDP)
			goto free_and_noproto;
		sock->ops = &inet_dgram_ops;
		prot = &udp_prot;
		sk->no_check = UDP_CSUM_DEFAULT;
		protocol = IPPROTO_UDP;
		break;

	case SOCK_STREAM:
		if (protocol && protocol != IPPROTO_TCP)
			goto free_and_noproto;
		sock->ops = &inet_stream_ops;
		prot = &tcp_prot;
		protocol = IPPROTO_TCP;
		break;

	case SOCK_SEQPACKET:
		/* A known type, but nothing in this family offers it. */
		goto free_and_badtype;

	default:
		goto free_and_badtype;
	}

	/* First what any family wants, then what this one changes in it. */
	sock_init_data(sock, sk);
	sk->prot = prot;
	sk->protocol = protocol;
	sk->family = PF_INET;
	sk->backlog_rcv = prot->backlog_rcv;
	sk->destruct = inet_sock_destruct;
	sk->zapped = 0;

	sk->protinfo.af_inet.pmtudisc = IP_PMTUDISC_WANT;
	if (ipv4_config.no_pmtu_disc)
		sk->protinfo.af_inet.pmtudisc = IP_PMTUDISC_DONT;
	sk->protinfo.af_inet.mc_list = NULL;
	sk->protinfo.af_inet.mc_index = 0;
	sk->protinfo.af_inet.mc_ttl = 1;
	sk->protinfo.af_inet.mc_loop = 1;
	sk->protinfo.af_inet.ttl = sysctl_ip_default_ttl;

	/* A number at birth (raw only) needs no bind: it can be found at once. */
	if (sk->num) {
		sk->sport = htons(sk->num);
		sk->prot->hash(sk);
	}

	if (!sk->prot->init)
		return 0;	/* UDP has nothing to prepare */
	err = sk->prot->init(sk);
	if (err) {
		/* 2.4.0 forgets this: sock_release would find the freed sock. */
		sock->sk = NULL;
		inet_sock_release(sk);
	}
	return err;

do_oom:
	return -ENOBUFS;

free_and_noproto:
	sk_free(sk);
	return -EPROTONOSUPPORT;

free_and_badperm:
	sk_free(sk);
	return -EPERM;

free_and_badtype:
	sk_free(sk);
	return -ESOCKTNOSUPPORT;
}

/* The last descriptor was closed. SO_LINGER says how long close may wait. */
int inet_release(struct socket *sock)
{
	struct sock *sk = sock->sk;
	long timeout = 0;

	if (!sk)
		return 0;
	if (sk->linger && !(current->flags & PF_EXITING))
		timeout = sk->lingertime;
	sock->sk = NULL;
	sk->prot->close(sk, timeout);
	return 0;
}

/* ---- naming ---- */

/*
 * Gives the socket a local address and port. Two addresses are kept:
 * rcv_saddr is the one that lookups compare, saddr the one we send from.
 */
static int inet_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *addr = (struct sockaddr_in *)uaddr;
	struct sock *sk = sock->sk;
	int chk_addr_ret, err;
	unsigned short snum;

	/* Raw sockets have no port and bind in their own way. */
	if (sk->prot->bind)
		return sk->prot->bind(sk, uaddr, addr_len);
	if (addr_len < sizeof(struct sockaddr_in))
		return -EINVAL;

	snum = ntohs(addr->sin_port);
	chk_addr_ret = inet_addr_type(addr->sin_addr.s_addr);
	if (chk_addr_ret != RTN_LOCAL && chk_addr_ret != RTN_BROADCAST &&
	    chk_addr_ret != RTN_MULTICAST && addr->sin_addr.s_addr != INADDR_ANY &&
	    sysctl_ip_nonlocal_bind == 0 && sk->protinfo.af_inet.freebind == 0)
		return -EADDRNOTAVAIL;
	if (snum && snum < PROT_SOCK && !capable(CAP_NET_BIND_SERVICE))
		return -EACCES;

	lock_sock(sk);

	/* Only once, and not while there is a connection. */
	err = -EINVAL;
	if (sk->state != TCP_CLOSE || sk->num != 0)
		goto out;

	sk->saddr = sk->rcv_saddr = addr->sin_addr.s_addr;
	if (chk_addr_ret == RTN_MULTICAST || chk_addr_ret == RTN_BROADCAST)
		sk->saddr = 0;	/* the device's own address */

	err = -EADDRINUSE;
	if (sk->prot->get_port(sk, snum) != 0) {
		sk->rcv_saddr = sk->saddr = 0;
		goto out;
	}

	/* Remember what was asked for and what we chose ourselves. */
	if (snum)
		sk->userlocks |= SOCK_BINDPORT_LOCK;
	if (sk->rcv_saddr)
		sk->userlocks |= SOCK_BINDADDR_LOCK;
	sk_dst_reset(sk);
	sk->dport = 0;
	sk->daddr = 0;
	sk->sport = htons(sk->num);
	err = 0;

out:
	release_sock(sk);
	return err;
}

/* The own (peer 0) or the other side's name. peer 2 is asked by accept. */
static int inet_getname(struct socket *sock, struct sockaddr *uaddr,
			int *uaddr_len, int peer)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)uaddr;
	struct sock *sk = sock->sk;

	if (!peer) {
		sin->sin_port = sk->sport;
		sin->sin_addr.s_addr = sk->rcv_saddr ? sk->rcv_saddr : sk->saddr;
	} else {
		if (!sk->dport)
			return -ENOTCONN;
		if (peer == 1 && ((1 << sk->state) & (TCPF_CLOSE | TCPF_SYN_SENT)))
			return -ENOTCONN;
		sin->sin_port = sk->dport;
		sin->sin_addr.s_addr = sk->daddr;
	}
	sin->sin_family = AF_INET;
	memset(sin->__pad, 0, sizeof(sin->__pad));
	*uaddr_len = sizeof(*sin);
	return 0;
}

/* ---- servers ---- */

/* Stream sockets only. A second call just changes the backlog. */
int inet_listen(struct socket *sock, int backlog)
{
	int err = -EINVAL;
	unsigned char old_state;
	struct sock *sk = sock->sk;

	lock_sock(sk);
	if (sock->type != SOCK_STREAM || sock->state != SS_UNCONNECTED)
		goto out;
	old_state = sk->state;
	if (!((1 << old_state) & (TCPF_CLOSE | TCPF_LISTEN)))
		goto out;
	err = 0;
	if (old_state == TCP_CLOSE)
		err = tcp_listen_start(sk);
	if (err)
		goto out;
	sk->max_ack_backlog = backlog;
out:
	release_sock(sk);
	return err;
}

/* Joins a finished connection of the listener to the new socket. */
int inet_accept(struct socket *sock, struct socket *newsock, int flags)
{
	struct sock *sk1 = sock->sk, *sk2;
	int err = -EINVAL;

	sk2 = sk1->prot->accept(sk1, flags, &err);
	if (!sk2)
		goto do_err;

	lock_sock(sk2);
	/* The peer may have ended or reset it already. */
	BUG_TRAP((1 << sk2->state) &
		 (TCPF_ESTABLISHED | TCPF_CLOSE_WAIT | TCPF_CLOSE));
	newsock->state = SS_CONNECTED;
	sock_graft(sk2, newsock);
	release_sock(sk2);
	return 0;

do_err:
	return err;
}

/* ---- clients ---- */

/*
 * Sleeps while the handshake goes on. Returns what is left of timeo: 0 when
 * the time is up. Only blocking sockets come here.
 */
static long inet_wait_for_connect(struct sock *sk, long timeo)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(sk->sleep, &wait);
	for (;;) {
		/* First the state, then the look: a wake-up in between counts. */
		set_current_state(TASK_INTERRUPTIBLE);
		if (!((1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV)))
			break;
		release_sock(sk);
		timeo = schedule_timeout(timeo);
		lock_sock(sk);
		if (!timeo || signal_pending(current))
			break;
	}
	remove_wait_queue(sk->sleep, &wait);
	__set_current_state(TASK_RUNNING);
	return timeo;
}

/*
 * Starts a connection and, for a blocking socket, waits for it. A second
 * call asks how the first one went.
 */
int inet_stream_connect(struct socket *sock, struct sockaddr *uaddr,
			int addr_len, int flags)
{
	long timeo;
	int err;
	struct sock *sk = sock->sk;

	lock_sock(sk);

	if (uaddr->sa_family == AF_UNSPEC) {
		sock->state = SS_UNCONNECTED;
		err = sk->prot->disconnect(sk, flags);
		if (err)
			sock->state = SS_DISCONNECTING;
		goto out;
	}

	/* err is what a non-blocking caller will get. */
	switch (sock->state) {
	case SS_CONNECTED:
		err = -EISCONN;
		goto out;
	case SS_UNCONNECTED:
		err = -EISCONN;
		if (sk->state != TCP_CLOSE)
			goto out;
		err = -EAGAIN;
		if (sk->num == 0 && sk->prot->get_port(sk, 0) != 0)
			goto out;
		sk->sport = htons(sk->num);
		err = sk->prot->connect(sk, uaddr, addr_len);
		if (err < 0)
			goto out;
		err = -EINPROGRESS;
		sock->state = SS_CONNECTING;
		break;
	case SS_CONNECTING:
		err = -EALREADY;
		break;
	default:
		err = -EINVAL;
		goto out;
	}

	timeo = sock_sndtimeo(sk, flags & O_NONBLOCK);
	if ((1 << sk->state) & (TCPF_SYN_SENT | TCPF_SYN_RECV)) {
		if (!timeo || !inet_wait_for_connect(sk, timeo))
			goto out;
		if (signal_pending(current)) {
			err = sock_intr_errno(timeo);
			goto out;
		}
	}

	/* Refused, timed out, unreachable, or disconnected by somebody else. */
	if (sk->state == TCP_CLOSE)
		goto sock_error;

	err = 0;
	sock->state = SS_CONNECTED;
	goto out;

sock_error:
	sock->state = SS_UNCONNECTED;
	err = sock_error(sk) ? : -ECONNABORTED;
	if (sk->prot->disconnect(sk, flags))
		sock->state = SS_DISCONNECTING;
out:
	release_sock(sk);
	return err;
}

/* ---- the operation tables ---- */

/* In the order of a connection's life; then what can be asked at any time. */
struct proto_ops inet_stream_ops = {
	family:		PF_INET,
	bind:		inet_bind,
	listen:		inet_listen,
	connect:	inet_stream_connect,
	accept:		inet_accept,
	sendmsg:	inet_sendmsg,
	recvmsg:	inet_recvmsg,
	shutdown:	inet_shutdown,
	release:	inet_release,

	getname:	inet_getname,
	getsockopt:	inet_getsockopt,
	setsockopt:	inet_setsockopt,
	ioctl:		inet_ioctl,
	socketpair:	sock_no_socketpair
};

/* Datagram and raw sockets neither listen nor accept. */
struct proto_ops inet_dgram_ops = {
	family:		PF_INET,
	bind:		inet_bind,
	connect:	inet_dgram_connect,
	sendmsg:	inet_sendmsg,
	recvmsg:	inet_recvmsg,
	shutdown:	inet_shutdown,
	release:	inet_release,

	getname:	inet_getname,
	getsockopt:	inet_getsockopt,
	setsockopt:	inet_setsockopt,
	ioctl:		inet_ioctl,

	listen:		sock_no_listen,
	accept:		sock_no_accept,
	socketpair:	sock_no_socketpair
};

static struct net_proto_family inet_family_ops = {
	family:		PF_INET,
	create:		inet_create
};

/* At start: the family, its addresses and routes, its protocols. */
void __init inet_init(void)
{
	sock_register(&inet_family_ops);
	devinet_init();
	ip_init();
	tcp_init();
}
