/* SockScope's own C under Linux's names, not Linux's source. */ /* Options of level SOL_SOCKET. In Linux 2.4 these are in net/core/sock.c. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/time.h>
#include <asm/uaccess.h>
#include <net/sock.h>

/* A time-out in seconds and microseconds; 0 means "for ever". */
static int sock_set_timeout(long *timeo_p, char *optval, int optlen)
{
	const long tick = 1000000 / HZ;	/* microseconds */
	struct timeval limit;
	long ticks = MAX_SCHEDULE_TIMEOUT;

	if (optlen < sizeof(limit))
		return -EINVAL;
	if (copy_from_user(&limit, optval, sizeof(limit)))
		return -EFAULT;
	if ((limit.tv_sec || limit.tv_usec) &&
	    limit.tv_sec < MAX_SCHEDULE_TIMEOUT / HZ - 1)
		ticks = limit.tv_sec * HZ + (limit.tv_usec + tick - 1) / tick;
	*timeo_p = ticks;
	return 0;
}

static void sock_get_timeout(long timeo, struct timeval *tv)
{
	tv->tv_sec = tv->tv_usec = 0;
	if (timeo != MAX_SCHEDULE_TIMEOUT) {
		tv->tv_sec = timeo / HZ;
		tv->tv_usec = timeo % HZ * 1000 / HZ;
	}
}

static int sock_set_linger(struct sock *sk, char *optval, int optlen)
{
	struct linger ling;

	if (optlen < sizeof(ling))
		return -EINVAL;
	if (copy_from_user(&ling, optval, sizeof(ling)))
		return -EFAULT;
	sk->linger = ling.l_onoff != 0;
	if (!sk->linger)
		return 0;
	if (ling.l_linger >= MAX_SCHEDULE_TIMEOUT / HZ)
		sk->lingertime = MAX_SCHEDULE_TIMEOUT;
	else
		sk->lingertime = ling.l_linger * HZ;
	return 0;
}

/* Twice what was asked for, because overhead is charged too. */
static void sock_set_bufsize(struct sock *sk, int op, int val)
{
	if (op == SO_SNDBUF) {
		sk->sndbuf = max(min(val, sysctl_wmem_max) * 2, SOCK_MIN_SNDBUF);
		sk->userlocks |= SOCK_SNDBUF_LOCK;
		sk->write_space(sk);
	} else {
		sk->rcvbuf = max(min(val, sysctl_rmem_max) * 2, SOCK_MIN_RCVBUF);
		sk->userlocks |= SOCK_RCVBUF_LOCK;
	}
}

/* Options that are just a byte, 0 or 1. NULL for all others. */
static volatile char *sock_flag(struct sock *sk, int op)
{
	switch (op) {
	case SO_REUSEADDR:
		return (volatile char *)&sk->reuse;
	case SO_BROADCAST:
		return &sk->broadcast;
	case SO_KEEPALIVE:
		return &sk->keepopen;
	case SO_DONTROUTE:
		return (volatile char *)&sk->localroute;
	case SO_OOBINLINE:
		return &sk->urginline;
	case SO_TIMESTAMP:
		return (volatile char *)&sk->rcvtstamp;
	case SO_NO_CHECK:
		return &sk->no_check;
	case SO_BSDCOMPAT:
		return &sk->bsdism;
	case SO_DEBUG:
		return (volatile char *)&sk->debug;
	case SO_PASSCRED:
		return (volatile char *)&sk->socket->passcred;
	default:
		return NULL;
	}
}

int sock_setsockopt(struct socket *sock, int level, int op, char *optval, int optlen)
{
	struct sock *sk = sock->sk;
	volatile char *flag = sock_flag(sk, op);
	int val, ret = 0;

	if (optlen < sizeof(int))
		return -EINVAL;
	if (get_user(val, (int *)optval))
		return -EFAULT;
	if (op == SO_DEBUG && val && !capable(CAP_NET_ADMIN))
		return -EACCES;

	lock_sock(sk);
	switch (op) {
	case SO_LINGER:
		ret = sock_set_linger(sk, optval, optlen);
		break;
	case SO_SNDTIMEO:
		ret = sock_set_timeout(&sk->sndtimeo, optval, optlen);
		break;
	case SO_RCVTIMEO:
		ret = sock_set_timeout(&sk->rcvtimeo, optval, optlen);
		break;
	case SO_RCVBUF:
	case SO_SNDBUF:
		sock_set_bufsize(sk, op, val);
		break;
	case SO_RCVLOWAT:
		sk->rcvlowat = val < 0 ? 0x7fffffff : val ? val : 1;
		break;
	case SO_PRIORITY:
		if ((val < 0 || val > 6) && !capable(CAP_NET_ADMIN))
			ret = -EPERM;
		else
			sk->priority = val;
		break;
	default:	/* SO_TYPE and SO_ERROR can only be read */
		if (flag)
			*flag = val != 0;
		else
			ret = -ENOPROTOOPT;
	}
	release_sock(sk);
	return ret;
}

/* The pending error, which reading clears. */
static int sock_take_error(struct sock *sk)
{
	int err = -sock_error(sk);

	if (!err) {
		err = sk->err_soft;
		sk->err_soft = 0;
	}
	return err;
}

/* Options that are one number. Returns 0 for all others. */
static int sock_get_number(struct sock *sk, int op, int *val)
{
	volatile char *flag = sock_flag(sk, op);

	switch (op) {
	case SO_ERROR:
		*val = sock_take_error(sk);
		return 1;
	case SO_TYPE:
		*val = sk->type;
		return 1;
	case SO_PRIORITY:
		*val = sk->priority;
		return 1;
	case SO_SNDBUF:
		*val = sk->sndbuf;
		return 1;
	case SO_RCVBUF:
		*val = sk->rcvbuf;
		return 1;
	case SO_SNDLOWAT:	/* there is no such field */
		*val = 1;
		return 1;
	case SO_RCVLOWAT:
		*val = sk->rcvlowat;
		return 1;
	}
	if (flag)
		*val = *flag;
	return flag != NULL;
}

int sock_getsockopt(struct socket *sock, int level, int op, char *optval, int *optlen)
{
	struct sock *sk = sock->sk;
	union {
		int val;
		struct linger ling;
		struct timeval tm;
		struct ucred cred;
	} v;
	int len, lv = sizeof(int);

	if (get_user(len, optlen))
		return -EFAULT;
	memset(&v, 0, sizeof(v));
	switch (op) {
	case SO_LINGER:
		v.ling.l_linger = sk->lingertime / HZ;
		v.ling.l_onoff = sk->linger;
		lv = sizeof(v.ling);
		break;
	case SO_SNDTIMEO:
		sock_get_timeout(sk->sndtimeo, &v.tm);
		lv = sizeof(v.tm);
		break;
	case SO_RCVTIMEO:
		sock_get_timeout(sk->rcvtimeo, &v.tm);
		lv = sizeof(v.tm);
		break;
	case SO_PEERCRED:
		v.cred = sk->peercred;
		lv = sizeof(v.cred);
		break;
	default:
		if (!sock_get_number(sk, op, &v.val))
			return -ENOPROTOOPT;
	}

	if (len > lv)
		len = lv;
	/* A negative length is more than any process has: -EFAULT. */
	if (copy_to_user(optval, &v, len) || put_user(len, optlen))
		return -EFAULT;
	return 0;
}
