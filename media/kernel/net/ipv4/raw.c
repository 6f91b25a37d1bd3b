/* SockScope's own C under Linux's names, not Linux's source. */ /* Raw sockets: the process sees and makes packets of one IP protocol. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/sockios.h>
#include <asm/uaccess.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/inet_common.h>
#include <net/raw.h>
#include <net/udp.h>
#include <net/route.h>
#include <net/tcp.h>

struct sock *raw_v4_htable[RAWV4_HTABLE_SIZE];
rwlock_t raw_v4_lock;

/* ---- the table, by protocol number ---- */

static void raw_v4_hash(struct sock *sk)
{
	struct sock **head = &raw_v4_htable[sk->num & (RAWV4_HTABLE_SIZE - 1)];

	write_lock_bh(&raw_v4_lock);
	sk->next = *head;
	if (sk->next)
		sk->next->pprev = &sk->next;
	sk->pprev = head;
	*head = sk;
	sock_hold(sk);
	sock_prot_inc_use(sk->prot);
	write_unlock_bh(&raw_v4_lock);
}

/* The table drops its reference; whoever calls this has one too. */
static void raw_v4_unhash(struct sock *sk)
{
	write_lock_bh(&raw_v4_lock);
	if (sk->pprev) {
		*sk->pprev = sk->next;
		if (sk->next)
			sk->next->pprev = sk->pprev;
		sk->pprev = NULL;
		__sock_put(sk);
		sock_prot_dec_use(sk->prot);
	}
	write_unlock_bh(&raw_v4_lock);
}

/* ---- life of a sock ---- */

/* An ICMP socket starts with a filter that lets every type through. */
static int raw_init(struct sock *sk)
{
	struct raw_opt *tp = &(sk->tp_pinfo.tp_raw4);

	if (sk->num == IPPROTO_ICMP)
		memset(&tp->filter, 0, sizeof(tp->filter));
	return 0;
}

static void raw_close(struct sock *sk, long timeout)
{
	inet_sock_release(sk);
}

/*
 * Binds to an address only, as often as one likes; the port in uaddr is
 * ignored. rcv_saddr filters what comes in, saddr goes into what we send.
 */
static int raw_bind(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *addr = (struct sockaddr_in *)uaddr;
	int chk_addr_ret, ret = -EINVAL;

	if (sk->state != TCP_CLOSE || addr_len < sizeof(struct sockaddr_in))
		goto out;

	chk_addr_ret = inet_addr_type(addr->sin_addr.s_addr);
	if (addr->sin_addr.s_addr && chk_addr_ret != RTN_LOCAL &&
	    chk_addr_ret != RTN_MULTICAST && chk_addr_ret != RTN_BROADCAST) {
		ret = -EADDRNOTAVAIL;
		goto out;
	}

	ret = 0;
	sk_dst_reset(sk);
	sk->rcv_saddr = sk->saddr = addr->sin_addr.s_addr;
	if (chk_addr_ret == RTN_MULTICAST || chk_addr_ret == RTN_BROADCAST)
		sk->saddr = 0;	/* nobody sends from such an address */
out:
	return ret;
}

/* ---- receiving ---- */

/* The first sock from sk on that wants a packet raddr -> laddr. */
struct sock *__raw_v4_lookup(struct sock *sk, unsigned short num,
			     unsigned long raddr, unsigned long laddr, int dif)
{
	for (; sk; sk = sk->next) {
		if (sk->num != num)
			continue;
		if (sk->daddr && sk->daddr != raddr)
			continue;
		if (sk->rcv_saddr && sk->rcv_saddr != laddr)
			continue;
		if (!sk->bound_dev_if || sk->bound_dev_if == dif)
			break;
	}
	return sk;
}

static int raw_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sock_queue_rcv_skb(sk, skb) < 0) {
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	return NET_RX_SUCCESS;
}

static int icmp_filter(struct sock *sk, struct sk_buff *skb)
{
	int type = skb->h.icmph->type;

	return type < 32 && (sk->tp_pinfo.tp_raw4.filter.data & (1U << type));
}

/*
 * Gives each raw socket of the protocol a copy, IP header included. Returns
 * whether there was one, so that no "protocol unreachable" is sent.
 */
int raw_v4_input(struct sk_buff *skb, struct iphdr *iph, int hash)
{
	struct sock *sk = raw_v4_htable[hash];
	struct sk_buff *copy;
	int found = 0;

	while ((sk = __raw_v4_lookup(sk, iph->protocol, iph->saddr, iph->daddr,
				     skb->dev->ifindex)) != NULL) {
		found = 1;
		if (iph->protocol != IPPROTO_ICMP || !icmp_filter(sk, skb)) {
			copy = skb_clone(skb, GFP_ATOMIC);
			if (copy)
				raw_rcv_skb(sk, copy);
		}
		sk = sk->next;
	}
	return found;
}

static int raw_recvmsg(struct sock *sk, struct msghdr *msg, int len,
		       int noblock, int flags, int *addr_len)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)msg->msg_name;
	struct sk_buff *skb;
	int copied, err;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (flags & MSG_ERRQUEUE)
		return ip_recv_error(sk, msg, len);
	skb = skb_recv_datagram(sk, flags, noblock, &err);
	if (!skb)
		return err;
	*addr_len = sizeof(*sin);
	copied = skb->len;
	if (copied > len) {
		copied = len;
		msg->msg_flags |= MSG_TRUNC;
	}
	err = skb_copy_datagram_iovec(skb, 0, msg->msg_iov, copied);
	if (!err && sin) {
		memset(sin, 0, sizeof(*sin));
		sin->sin_family = AF_INET;
		sin->sin_addr.s_addr = skb->nh.iph->saddr;
	}
	skb_free_datagram(sk, skb);
	return err ? err : copied;
}

/* An ICMP error for a packet that this sock may have sent. */
void raw_err(struct sock *sk, struct sk_buff *skb)
{
	int type = skb->h.icmph->type;
	int code = skb->h.icmph->code;
	int err = EHOSTUNREACH, harderr = 0;

	if (sk->state != TCP_ESTABLISHED || type == ICMP_SOURCE_QUENCH)
		return;
	if (type == ICMP_PARAMETERPROB) {
		err = EPROTO;
		harderr = 1;
	} else if (type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED) {
		err = EMSGSIZE;
		harderr = sk->protinfo.af_inet.pmtudisc != IP_PMTUDISC_DONT;
	} else if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH) {
		err = icmp_err_convert[code].errno;
		harderr = icmp_err_convert[code].fatal;
	}
	if (harderr) {
		sk->err = err;
		sk->error_report(sk);
	}
}

/* ---- sending ---- */

struct rawfakehdr {
	struct iovec *iov;
	u32 saddr;
};

static int raw_getfrag(const void *p, char *to, unsigned int offset, unsigned int fraglen)
{
	struct rawfakehdr *rfh = (struct rawfakehdr *)p;

	return memcpy_fromiovec((unsigned char *)to, rfh->iov, fraglen);
}

/* IP_HDRINCL: the header is the caller's; what he left 0 is filled in. */
static int raw_getrawfrag(const void *p, char *to, unsigned int offset, unsigned int fraglen)
{
	struct rawfakehdr *rfh = (struct rawfakehdr *)p;
	struct iphdr *iph = (struct iphdr *)to;

	if (memcpy_fromiovec((unsigned char *)to, rfh->iov, fraglen))
		return -EFAULT;
	if (fraglen < sizeof(*iph))
		return -EINVAL;
	if (!iph->saddr)
		iph->saddr = rfh->saddr;
	iph->tot_len = htons(fraglen);
	ip_send_check(iph);
	return 0;
}

static int raw_sendmsg(struct sock *sk, struct msghdr *msg, int len)
{
	struct sockaddr_in *usin = (struct sockaddr_in *)msg->msg_name;
	struct rawfakehdr rfh;
	struct ipcm_cookie ipc;
	struct rtable *rt;
	u32 daddr;
	int err;

	if (len < 0 || len > 0xffff)
		return -EMSGSIZE;
	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;

	if (usin) {
		if (msg->msg_namelen < sizeof(*usin))
			return -EINVAL;
		if (usin->sin_family != AF_INET && usin->sin_family != AF_UNSPEC)
			return -EINVAL;
		daddr = usin->sin_addr.s_addr;
	} else {
		if (sk->state != TCP_ESTABLISHED)
			return -EINVAL;
		daddr = sk->daddr;
	}

	err = ip_route_output(&rt, daddr, sk->saddr, RT_CONN_FLAGS(sk), sk->bound_dev_if);
	if (err)
		return err;
	err = -EACCES;
	if ((rt->rt_flags & RTCF_BROADCAST) && !sk->broadcast)
		goto done;

	rfh.iov = msg->msg_iov;
	rfh.saddr = rt->rt_src;
	ipc.addr = daddr ? daddr : rt->rt_dst;
	ipc.oif = sk->bound_dev_if;
	ipc.opt = NULL;
	err = ip_build_xmit(sk, sk->protinfo.af_inet.hdrincl ? raw_getrawfrag : raw_getfrag,
			    &rfh, len, &ipc, rt, msg->msg_flags);
done:
	ip_rt_put(rt);
	return err < 0 ? err : len;
}

/* ---- options ---- */

static int raw_setsockopt(struct sock *sk, int level, int optname,
			  char *optval, int optlen)
{
	struct icmp_filter *filter = &sk->tp_pinfo.tp_raw4.filter;

	if (level != SOL_RAW)
		return ip_setsockopt(sk, level, optname, optval, optlen);
	if (optname != ICMP_FILTER)
		return -ENOPROTOOPT;
	if (sk->num != IPPROTO_ICMP)
		return -EOPNOTSUPP;
	if (copy_from_user(filter, optval, min(optlen, sizeof(*filter))))
		return -EFAULT;
	return 0;
}

static int raw_getsockopt(struct sock *sk, int level, int optname,
			  char *optval, int *optlen)
{
	int len;

	if (level != SOL_RAW)
		return ip_getsockopt(sk, level, optname, optval, optlen);
	if (optname != ICMP_FILTER)
		return -ENOPROTOOPT;
	if (sk->num != IPPROTO_ICMP)
		return -EOPNOTSUPP;
	if (get_user(len, optlen))
		return -EFAULT;
	len = min(len, sizeof(struct icmp_filter));
	if (put_user(len, optlen) ||
	    copy_to_user(optval, &sk->tp_pinfo.tp_raw4.filter, len))
		return -EFAULT;
	return 0;
}

static int raw_ioctl(struct sock *sk, int cmd, unsigned long arg)
{
	struct sk_buff *skb = skb_peek(&sk->receive_queue);
	int amount;

	if (cmd == SIOCOUTQ)
		amount = atomic_read(&sk->wmem_alloc);
	else if (cmd == SIOCINQ)
		amount = skb ? skb->len : 0;
	else
		return -ENOIOCTLCMD;
	return put_user(amount, (int *)arg);
}

struct proto raw_prot = {
	name:		"RAW",
	init:		raw_init,
	bind:		raw_bind,
	hash:		raw_v4_hash,
	unhash:		raw_v4_unhash,
	connect:	udp_connect,
	sendmsg:	raw_sendmsg,
	backlog_rcv:	raw_rcv_skb,
	recvmsg:	raw_recvmsg,
	ioctl:		raw_ioctl,
	getsockopt:	raw_getsockopt,
	setsockopt:	raw_setsockopt,
	disconnect:	udp_disconnect,
	close:		raw_close
};
