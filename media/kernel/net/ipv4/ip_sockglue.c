/* SockScope's own C under Linux's names, not Linux's source. */ /* Options of level SOL_IP. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <asm/uaccess.h>
#include <net/ip.h>
#include <net/sock.h>

/* There is no queue of errors: IP_RECVERR is not supported. */
int ip_recv_error(struct sock *sk, struct msghdr *msg, int len)
{
	return -EAGAIN;
}

int ip_setsockopt(struct sock *sk, int level, int optname, char *optval, int optlen)
{
	struct inet_opt *inet = &sk->protinfo.af_inet;
	unsigned char byte;
	int val = 0, err = 0;

	if (level != SOL_IP)
		return -ENOPROTOOPT;
	/* A single byte will do for small values. */
	if (optlen >= sizeof(int)) {
		if (get_user(val, (int *)optval))
			return -EFAULT;
	} else if (optlen >= 1) {
		if (get_user(byte, (unsigned char *)optval))
			return -EFAULT;
		val = byte;
	}

	lock_sock(sk);
	switch (optname) {
	case IP_TOS:
		if (sk->type == SOCK_STREAM)	/* two bits are for TCP's own use */
			val = (val & ~INET_ECN_MASK) | (inet->tos & INET_ECN_MASK);
		if (IPTOS_PREC(val) >= IPTOS_PREC_CRITIC_ECP && !capable(CAP_NET_ADMIN)) {
			err = -EPERM;
		} else if (inet->tos != val) {
			inet->tos = val;
			sk->priority = rt_tos2priority(val);
			sk_dst_reset(sk);	/* the way may be another one now */
		}
		break;
	case IP_TTL:
		if (val == -1)
			val = sysctl_ip_default_ttl;
		if (val < 1 || val > 255)
			err = -EINVAL;
		else
			inet->ttl = val;
		break;
	case IP_HDRINCL:
		if (sk->type != SOCK_RAW)
			err = -ENOPROTOOPT;
		else
			inet->hdrincl = val != 0;
		break;
	case IP_MTU_DISCOVER:
		if (val < IP_PMTUDISC_DONT || val > IP_PMTUDISC_DO)
			err = -EINVAL;
		else
			inet->pmtudisc = val;
		break;
	case IP_FREEBIND:
		if (optlen < 1)
			err = -EINVAL;
		else
			inet->freebind = val != 0;
		break;
	default:
		err = -ENOPROTOOPT;
	}
	release_sock(sk);
	return err;
}

int ip_getsockopt(struct sock *sk, int level, int optname, char *optval, int *optlen)
{
	struct inet_opt *inet = &sk->protinfo.af_inet;
	int val, len;

	if (level != SOL_IP)
		return -EOPNOTSUPP;
	if (get_user(len, optlen))
		return -EFAULT;
	switch (optname) {
	case IP_TOS:
		val = inet->tos;
		break;
	case IP_TTL:
		val = inet->ttl;
		break;
	case IP_HDRINCL:
		val = inet->hdrincl;
		break;
	case IP_MTU_DISCOVER:
		val = inet->pmtudisc;
		break;
	case IP_FREEBIND:
		val = inet->freebind;
		break;
	default:
		return -ENOPROTOOPT;
	}
	len = min(len, sizeof(val));
	if (put_user(len, optlen) || copy_to_user(optval, &val, len))
		return -EFAULT;
	return 0;
}
