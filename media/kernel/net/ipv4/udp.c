/* SockScope's own C under Linux's names, not Linux's source. */ /* UDP (RFC 768): single datagrams between ports. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/sockios.h>
#include <asm/uaccess.h>
#include <asm/checksum.h>
#include <net/icmp.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/route.h>
#include <net/tcp.h>
#include <net/udp.h>

struct sock *udp_hash[UDP_HTABLE_SIZE];
rwlock_t udp_hash_lock;
int udp_port_rover;

/* ---- local ports ---- */

#define udp_chain(port)		udp_hash[(port) & (UDP_HTABLE_SIZE - 1)]

/* The first sock on the port, from sk on; ports share chains. */
static struct sock *udp_on_port(struct sock *sk, unsigned short num)
{
	while (sk && sk->num != num)
		sk = sk->next;
	return sk;
}

static int udp_bind_conflict(struct sock *sk, unsigned short snum)
{
	struct sock *sk2 = udp_chain(snum);

	for (; (sk2 = udp_on_port(sk2, snum)) != NULL; sk2 = sk2->next) {
		if (sk2 == sk || sk2->bound_dev_if != sk->bound_dev_if ||
		    (sk2->reuse && sk->reuse))
			continue;
		if (!sk2->rcv_saddr || !sk->rcv_saddr ||
		    sk2->rcv_saddr == sk->rcv_saddr)
			return 1;
	}
	return 0;
}

static int udp_chain_length(int port)
{
	struct sock *sk;
	int length = 0;

	for (sk = udp_chain(port); sk; sk = sk->next)
		length++;
	return length;
}

static int udp_lport_inuse(unsigned short num)
{
	return udp_on_port(udp_chain(num), num) != NULL;
}

/* Brings a port beyond the automatic range back, on the same chain. */
static int udp_wrap_port(int port)
{
	int low = sysctl_local_port_range[0];

	if (port > sysctl_local_port_range[1])
		port = low + ((port - low) & (UDP_HTABLE_SIZE - 1));
	return port;
}

/*
 * A free port on the shortest chain, the first of them behind the rover. 0
 * when that chain's ports are used up; Linux 2.4.0 looks on for ever then.
 */
static int udp_free_port(void)
{
	int i, result;

	if (udp_port_rover < sysctl_local_port_range[0] ||
	    udp_port_rover > sysctl_local_port_range[1])
		udp_port_rover = sysctl_local_port_range[0];
	result = udp_port_rover;
	for (i = 1; i < UDP_HTABLE_SIZE && udp_chain_length(result) > 0; i++)
		if (udp_chain_length(udp_port_rover + i) < udp_chain_length(result))
			result = udp_port_rover + i;

	result = udp_wrap_port(result);
	for (i = 0; udp_lport_inuse(result) && i < 65536 / UDP_HTABLE_SIZE; i++)
		result = udp_wrap_port(result + UDP_HTABLE_SIZE);
	return i < 65536 / UDP_HTABLE_SIZE ? result : 0;
}

static int udp_v4_get_port(struct sock *sk, unsigned short snum)
{
	struct sock **head;

	write_lock_bh(&udp_hash_lock);
	if (snum == 0)
		udp_port_rover = snum = udp_free_port();
	if (snum == 0 || udp_bind_conflict(sk, snum)) {
		write_unlock_bh(&udp_hash_lock);
		return 1;
	}

	sk->num = snum;
	if (!sk->pprev) {
		head = &udp_chain(snum);
		sk->next = *head;
		if (sk->next)
			sk->next->pprev = &sk->next;
		*head = sk;
		sk->pprev = head;
		sock_hold(sk);
		sock_prot_inc_use(sk->prot);
	}
	write_unlock_bh(&udp_hash_lock);
	return 0;
}

/*
 * UDP socks enter the table with their port, never by themselves: nobody
 * comes here. Linux 2.4.0 has a BUG() in this place.
 */
static void udp_v4_hash(struct sock *sk)
{
}

static void udp_v4_unhash(struct sock *sk)
{
	write_lock_bh(&udp_hash_lock);
	if (sk->pprev) {
		*sk->pprev = sk->next;
		if (sk->next)
			sk->next->pprev = sk->pprev;
		sk->num = 0;
		sk->pprev = NULL;
		__sock_put(sk);
		sock_prot_dec_use(sk->prot);
	}
	write_unlock_bh(&udp_hash_lock);
}

/*
 * How well does the sock fit a packet from saddr:sport to daddr? Each thing
 * that it insists on and that is true counts one; -1: does not fit.
 */
static int udp_score(struct sock *sk, u32 saddr, u16 sport, u32 daddr, int dif)
{
	if ((sk->rcv_saddr && sk->rcv_saddr != daddr) ||
	    (sk->daddr && sk->daddr != saddr) ||
	    (sk->dport && sk->dport != sport) ||
	    (sk->bound_dev_if && sk->bound_dev_if != dif))
		return -1;
	return (sk->rcv_saddr != 0) + (sk->daddr != 0) +
	       (sk->dport != 0) + (sk->bound_dev_if != 0);
}

/* The sock that fits best, with one more reference. */
static struct sock *udp_v4_lookup(u32 saddr, u16 sport, u32 daddr, u16 dport, int dif)
{
	unsigned short hnum = ntohs(dport);
	struct sock *sk, *best = NULL;
	int score, best_score = -1;

	for (sk = udp_chain(hnum); (sk = udp_on_port(sk, hnum)) != NULL; sk = sk->next) {
		score = udp_score(sk, saddr, sport, daddr, dif);
		if (score > best_score) {
			best = sk;
			best_score = score;
		}
	}
	if (best)
		sock_hold(best);
	return best;
}

/* ---- sending ---- */

/* A datagram in the making. */
struct udpfakehdr {
	struct udphdr uh;
	u32 saddr;
	u32 daddr;
	struct iovec *iov;
};

/* Puts header and payload together and makes the checksum. */
static int udp_getfrag(const void *p, char *to, unsigned int offset, unsigned int fraglen)
{
	struct udpfakehdr *ufh = (struct udpfakehdr *)p;
	struct udphdr *uh = (struct udphdr *)to;

	if (memcpy_fromiovec((unsigned char *)(uh + 1), ufh->iov, fraglen - sizeof(*uh)))
		return -EFAULT;
	*uh = ufh->uh;
	uh->check = csum_tcpudp_magic(ufh->saddr, ufh->daddr, fraglen, IPPROTO_UDP,
				      csum_partial((unsigned char *)to, fraglen, 0));
	if (uh->check == 0)
		uh->check = 0xffff;	/* 0 would mean "none" */
	return 0;
}

static int udp_sendmsg(struct sock *sk, struct msghdr *msg, int len)
{
	struct sockaddr_in *usin = (struct sockaddr_in *)msg->msg_name;
	int ulen = len + sizeof(struct udphdr);
	struct udpfakehdr ufh;
	struct ipcm_cookie ipc;
	struct rtable *rt = NULL;
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
		if (usin->sin_port == 0)
			return -EINVAL;
		ufh.daddr = usin->sin_addr.s_addr;
		ufh.uh.dest = usin->sin_port;
	} else {
		if (sk->state != TCP_ESTABLISHED)
			return -ENOTCONN;
		ufh.uh.dest = sk->dport;
		ufh.daddr = sk->daddr;
		rt = (struct rtable *)dst_clone(sk->dst_cache);
	}

	if (!rt) {
		err = ip_route_output(&rt, ufh.daddr, sk->saddr,
				      RT_CONN_FLAGS(sk), sk->bound_dev_if);
		if (err)
			return err;
		err = -EACCES;
		if ((rt->rt_flags & RTCF_BROADCAST) && !sk->broadcast)
			goto out;
	}

	ufh.saddr = rt->rt_src;
	if (!ufh.daddr)
		ufh.daddr = rt->rt_dst;
	ufh.uh.source = sk->sport;
	ufh.uh.len = htons(ulen);
	ufh.uh.check = 0;
	ufh.iov = msg->msg_iov;
	ipc.addr = ufh.daddr;
	ipc.oif = sk->bound_dev_if;
	ipc.opt = NULL;
	err = ip_build_xmit(sk, udp_getfrag, &ufh, ulen, &ipc, rt, msg->msg_flags);
out:
	ip_rt_put(rt);
	return err ? err : len;
}

/* ---- receiving ---- */

static int udp_recvmsg(struct sock *sk, struct msghdr *msg, int len,
		       int noblock, int flags, int *addr_len)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)msg->msg_name;
	struct sk_buff *skb;
	int copied, err;

	if (flags & MSG_ERRQUEUE)
		return ip_recv_error(sk, msg, len);
	skb = skb_recv_datagram(sk, flags, noblock, &err);
	if (!skb)
		return err;
	*addr_len = sizeof(*sin);

	copied = skb->len - sizeof(struct udphdr);
	if (copied > len) {
		copied = len;
		msg->msg_flags |= MSG_TRUNC;
	}
	err = skb_copy_datagram_iovec(skb, sizeof(struct udphdr), msg->msg_iov, copied);
	if (!err && sin) {
		sin->sin_family = AF_INET;
		sin->sin_port = skb->h.uh->source;
		sin->sin_addr.s_addr = skb->nh.iph->saddr;
		memset(sin->__pad, 0, sizeof(sin->__pad));
	}
	skb_free_datagram(sk, skb);
	return err ? err : copied;
}

static int udp_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sock_queue_rcv_skb(sk, skb) < 0) {
		kfree_skb(skb);		/* the queue is full: lost */
		return -1;
	}
	return 0;
}

/* To everybody who fits; the last one gets the packet itself. */
static int udp_v4_mcast_deliver(struct sk_buff *skb, struct udphdr *uh,
				u32 saddr, u32 daddr)
{
	unsigned short hnum = ntohs(uh->dest);
	struct sk_buff *copy;
	struct sock *sk;

	for (sk = udp_chain(hnum); (sk = udp_on_port(sk, hnum)) != NULL; sk = sk->next) {
		if (udp_score(sk, saddr, uh->source, daddr, skb->dev->ifindex) < 0)
			continue;
		copy = skb_clone(skb, GFP_ATOMIC);
		if (copy)
			udp_queue_rcv_skb(sk, copy);
	}
	kfree_skb(skb);
	return 0;
}

/* IP hands over a packet; data is still at the IP header. */
int udp_rcv(struct sk_buff *skb, unsigned short len)
{
	struct udphdr *uh = skb->h.uh;
	u32 saddr = skb->nh.iph->saddr;
	u32 daddr = skb->nh.iph->daddr;
	struct rtable *rt = (struct rtable *)skb->dst;
	unsigned short ulen = ntohs(uh->len);
	struct sock *sk;

	skb_pull(skb, skb->h.raw - skb->data);
	if (len < sizeof(*uh) || ulen > len || ulen < sizeof(*uh))
		goto drop;
	skb_trim(skb, ulen);
	if (uh->check && skb->ip_summed != CHECKSUM_UNNECESSARY &&
	    csum_tcpudp_magic(saddr, daddr, ulen, IPPROTO_UDP,
			      csum_partial(skb->data, ulen, 0)))
		goto drop;

	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return udp_v4_mcast_deliver(skb, uh, saddr, daddr);

	sk = udp_v4_lookup(saddr, uh->source, daddr, uh->dest, skb->dev->ifindex);
	if (sk) {
		udp_queue_rcv_skb(sk, skb);
		sock_put(sk);
		return 0;
	}
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
drop:
	kfree_skb(skb);
	return 0;
}

/*
 * An ICMP error for a datagram of ours; dp is the IP header it quotes. Only
 * a connected socket can know which of its packets is meant.
 */
void udp_err(struct sk_buff *skb, unsigned char *dp, int len)
{
	struct iphdr *iph = (struct iphdr *)dp;
	struct udphdr *uh = (struct udphdr *)(dp + iph->ihl * 4);
	int type = skb->h.icmph->type;
	int code = skb->h.icmph->code;
	int err = EHOSTUNREACH, harderr = 0;
	struct sock *sk;

	if (len < iph->ihl * 4 + (int)sizeof(*uh) || type == ICMP_SOURCE_QUENCH)
		return;
	sk = udp_v4_lookup(iph->daddr, uh->dest, iph->saddr, uh->source,
			   skb->dev->ifindex);
	if (!sk)
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
	if (harderr && sk->state == TCP_ESTABLISHED) {
		sk->err = err;
		sk->error_report(sk);
	}
	sock_put(sk);
}

/* ---- connect: only a note about the peer ---- */

/* The route to a peer; broadcasts are for socks that have asked for them. */
static int udp_route_peer(struct sock *sk, u32 daddr, struct rtable **rt)
{
	int err = ip_route_connect(rt, daddr, sk->saddr, RT_CONN_FLAGS(sk), sk->bound_dev_if);

	if (!err && !sk->broadcast && ((*rt)->rt_flags & RTCF_BROADCAST)) {
		ip_rt_put(*rt);
		err = -EACCES;
	}
	return err;
}

int udp_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct rtable *rt;
	struct sockaddr_in *peer = (struct sockaddr_in *)uaddr;
	int err;

	if (addr_len < sizeof(*peer))
		return -EINVAL;
	if (peer->sin_family != AF_INET)
		return -EAFNOSUPPORT;
	sk_dst_reset(sk);	/* the old peer's */
	err = udp_route_peer(sk, peer->sin_addr.s_addr, &rt);
	if (err)
		return err;

	sk_dst_set(sk, &rt->u.dst);
	sk->state = TCP_ESTABLISHED;
	sk->daddr = rt->rt_dst;
	sk->dport = peer->sin_port;
	/* The way there decides who we are, where bind did not. */
	if (!sk->saddr)
		sk->saddr = rt->rt_src;
	if (!sk->rcv_saddr)
		sk->rcv_saddr = rt->rt_src;
	return 0;
}

/* Forgets the peer, and whatever of the own name bind did not fix. */
int udp_disconnect(struct sock *sk, int flags)
{
	sk_dst_reset(sk);
	sk->daddr = 0;
	sk->dport = 0;
	sk->state = TCP_CLOSE;
	sk->bound_dev_if = 0;
	if (!(sk->userlocks & SOCK_BINDPORT_LOCK)) {
		sk->sport = 0;
		sk->prot->unhash(sk);
	}
	if (!(sk->userlocks & SOCK_BINDADDR_LOCK))
		sk->rcv_saddr = sk->saddr = 0;
	return 0;
}

static int udp_ioctl(struct sock *sk, int cmd, unsigned long arg)
{
	struct sk_buff *skb;
	int amount = 0;

	switch (cmd) {
	case SIOCOUTQ:
		amount = atomic_read(&sk->wmem_alloc);
		break;
	case SIOCINQ:
		skb = skb_peek(&sk->receive_queue);
		if (skb)	/* a read takes one datagram, not all */
			amount = skb->len - sizeof(struct udphdr);
		break;
	default:
		return -ENOIOCTLCMD;
	}
	return put_user(amount, (int *)arg);
}

static void udp_close(struct sock *sk, long timeout)
{
	inet_sock_release(sk);
}

struct proto udp_prot = {
	name:		"UDP",
	get_port:	udp_v4_get_port,
	hash:		udp_v4_hash,
	unhash:		udp_v4_unhash,
	connect:	udp_connect,
	sendmsg:	udp_sendmsg,
	backlog_rcv:	udp_queue_rcv_skb,
	recvmsg:	udp_recvmsg,
	ioctl:		udp_ioctl,
	getsockopt:	ip_getsockopt,
	setsockopt:	ip_setsockopt,
	disconnect:	udp_disconnect,
	close:		udp_close
};
