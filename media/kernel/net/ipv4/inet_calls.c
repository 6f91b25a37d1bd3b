/* SockScope's own C under Linux's names, not Linux's source.
 * The remaining socket operations of the Internet family: datagram connect,
 * messages, shutdown, options. In Linux 2.4 these are in net/ipv4/af_inet.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <net/sock.h>
#include <net/tcp.h>
#include <net/inet_common.h>

/* Finds a free port for a socket that has none. */
int inet_autobind(struct sock *sk)
{
	int err = 0;

	lock_sock(sk);
	if (sk->num == 0) {
		if (sk->prot->get_port(sk, 0) != 0)
			err = -EAGAIN;
		else
			sk->sport = htons(sk->num);
	}
	release_sock(sk);
	return err;
}

/* Who sends or connects must have a port, and gets one now if need be. */
static int inet_need_port(struct sock *sk)
{
	return sk->num ? 0 : inet_autobind(sk);
}

/* Datagram sockets only remember the peer; nothing is sent. */
int inet_dgram_connect(struct socket *sock, struct sockaddr *uaddr,
		       int addr_len, int flags)
{
	struct sock *sk = sock->sk;
	int err;

	if (uaddr->sa_family != AF_UNSPEC) {
		err = inet_need_port(sk);
		return err ? err : sk->prot->connect(sk, uaddr, addr_len);
	}
	return sk->prot->disconnect(sk, flags);
}

/* A socket that was never bound gets a port with its first message. */
int inet_sendmsg(struct socket *sock, struct msghdr *msg, int size,
		 struct scm_cookie *scm)
{
	struct sock *sk = sock->sk;
	int err = inet_need_port(sk);

	return err ? err : sk->prot->sendmsg(sk, msg, size);
}

int inet_recvmsg(struct socket *sock, struct msghdr *msg, int size,
		 int flags, struct scm_cookie *scm)
{
	int nonblock = flags & MSG_DONTWAIT, addr_len = 0, copied;

	copied = sock->sk->prot->recvmsg(sock->sk, msg, size, nonblock,
					 flags & ~MSG_DONTWAIT, &addr_len);
	if (copied >= 0)
		msg->msg_namelen = addr_len;
	return copied;
}

/* how: 0 no more receiving, 1 no more sending, 2 neither. */
int inet_shutdown(struct socket *sock, int how)
{
	const int not_yet = TCPF_SYN_SENT | TCPF_SYN_RECV | TCPF_CLOSE;
	struct sock *sk = sock->sk;
	int err = 0;
	int halves;

	if (how < 0 || how > 2)
		return -EINVAL;
	halves = how + 1;	/* the bits RCV_SHUTDOWN and SEND_SHUTDOWN */

	lock_sock(sk);
	/* Nobody has asked yet how a connect that did not wait went on. */
	if (sock->state == SS_CONNECTING)
		sock->state = (1 << sk->state) & not_yet ? SS_DISCONNECTING : SS_CONNECTED;

	if (sk->state == TCP_SYN_SENT ||
	    (sk->state == TCP_LISTEN && (halves & RCV_SHUTDOWN))) {
		/* No connection to end half of: give up the attempt. */
		err = sk->prot->disconnect(sk, O_NONBLOCK);
		sock->state = err ? SS_DISCONNECTING : SS_UNCONNECTED;
	} else if (sk->state != TCP_LISTEN) {
		if (sk->state == TCP_CLOSE)
			err = -ENOTCONN;
		sk->shutdown |= halves;
		if (sk->prot->shutdown)
			sk->prot->shutdown(sk, halves);
	}

	sk->state_change(sk);
	release_sock(sk);
	return err;
}

int inet_setsockopt(struct socket *sock, int level, int optname,
		    char *optval, int optlen)
{
	return sock->sk->prot->setsockopt(sock->sk, level, optname, optval, optlen);
}

int inet_getsockopt(struct socket *sock, int level, int optname,
		    char *optval, int *optlen)
{
	return sock->sk->prot->getsockopt(sock->sk, level, optname, optval, optlen);
}

int inet_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	return sock->sk->prot->ioctl(sock->sk, cmd, arg);
}
