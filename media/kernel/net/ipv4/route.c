/* SockScope's own C under Linux's names, not Linux's source.
 * Routes. Linux 2.4 caches them; here each is made when asked for and freed
 * with its last user.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/route.h>

static kmem_cache_t *ip_dst_cachep;

/*
 * Priority by type of service: 0 usual, 1 filler, 2 bulk, 4 bulk that somebody
 * waits for, 6 interactive.
 */
unsigned char ip_tos2prio[16] = { 0, 1, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4 };

/* A route to dst with one reference, input and output still to be chosen. */
static struct rtable *rt_alloc(u32 dst, u32 src, struct net_device *dev, int type)
{
	struct rtable *rth = kmem_cache_alloc(ip_dst_cachep, SLAB_ATOMIC);

	if (!rth)
		return NULL;
	memset(rth, 0, sizeof(*rth));
	atomic_set(&rth->u.dst.__refcnt, 1);
	rth->u.dst.dev = dev;
	rth->u.dst.pmtu = dev->mtu;
	rth->u.dst.advmss = min(max(dev->mtu - 40, 256), 65535 - 40);
	rth->rt_type = type;
	rth->rt_dst = dst;
	rth->rt_src = src;
	rth->rt_gateway = dst;
	return rth;
}

void dst_destroy(struct dst_entry *dst)
{
	kmem_cache_free(ip_dst_cachep, dst);
}

/*
 * The way out to daddr. saddr 0 means "choose for me"; any other must be
 * ours. The wildcard as destination means this host.
 */
int ip_route_output(struct rtable **rp, u32 daddr, u32 saddr, u32 tos, int oif)
{
	struct fib_result res;
	struct rtable *rth;
	u32 key_dst = daddr, key_src = saddr;

	if (saddr && (MULTICAST(saddr) || BADCLASS(saddr) || ZERONET(saddr) ||
		      !ip_dev_find(saddr)))
		return -EINVAL;
	if (!daddr) {
		daddr = saddr ? saddr : htonl(INADDR_LOOPBACK);
		saddr = daddr;
	}

	if (MULTICAST(daddr) || daddr == 0xffffffff) {
		/* Goes out on the device of the source address, if there is one. */
		if (saddr)
			res.dev = ip_dev_find(saddr);
		else if (fib_lookup(daddr, &res))
			return -ENETUNREACH;
		else
			saddr = res.prefsrc;
		res.type = MULTICAST(daddr) ? RTN_MULTICAST : RTN_BROADCAST;
	} else {
		if (fib_lookup(daddr, &res))
			return -ENETUNREACH;
		if (!saddr)
			saddr = res.type == RTN_LOCAL ? daddr : res.prefsrc;
	}
	if (res.type == RTN_LOCAL)
		res.dev = &loopback_dev;

	if (LOOPBACK(saddr) && !(res.dev->flags & IFF_LOOPBACK))
		return -EINVAL;
	if (res.type != RTN_BROADCAST && (BADCLASS(daddr) || ZERONET(daddr)))
		return -EINVAL;

	rth = rt_alloc(daddr, saddr, res.dev, res.type);
	if (!rth)
		return -ENOBUFS;
	rth->key.dst = key_dst;
	rth->key.src = key_src;
	rth->key.tos = tos;
	rth->key.oif = oif;
	rth->u.dst.output = ip_output;
	rth->rt_spec_dst = saddr;
	if (res.type == RTN_LOCAL) {
		rth->rt_flags |= RTCF_LOCAL;
		rth->rt_spec_dst = daddr;
		rth->u.dst.input = ip_local_deliver;
	} else if (res.type == RTN_BROADCAST) {
		rth->rt_flags |= RTCF_BROADCAST | RTCF_LOCAL;
		rth->u.dst.input = ip_local_deliver;
		if (!(res.dev->flags & IFF_LOOPBACK))
			rth->u.dst.output = ip_mc_output;
	} else if (res.type == RTN_MULTICAST) {
		rth->rt_flags |= RTCF_MULTICAST;
		rth->u.dst.input = ip_local_deliver;
	}
	*rp = rth;
	return 0;
}

/* For connect: the route between the two addresses that were chosen. */
int ip_route_connect(struct rtable **rp, u32 dst, u32 src, u32 tos, int oif)
{
	struct rtable *first;
	int err = ip_route_output(&first, dst, src, tos, oif);

	*rp = NULL;
	if (err)
		return err;
	if (dst && src) {
		*rp = first;
		return 0;
	}
	err = ip_route_output(rp, first->rt_dst, first->rt_src, tos, oif);
	ip_rt_put(first);
	return err;
}

/* A router has told how large packets on this way may be. */
void ip_rt_update_pmtu(struct dst_entry *dst, unsigned mtu)
{
	if (mtu >= 68 && mtu < dst->pmtu)
		dst->pmtu = max(mtu, IP_RT_MIN_PMTU);
}

/* Finds out whether a packet from the wire is for us; this host forwards nothing. */
int ip_route_input(struct sk_buff *skb, u32 daddr, u32 saddr, u8 tos, struct net_device *dev)
{
	struct fib_result res, from;
	struct rtable *rth;

	/* Nobody else may send from an address of ours, or from one of many. */
	if (MULTICAST(saddr) || BADCLASS(saddr) || LOOPBACK(saddr) ||
	    fib_lookup(saddr, &from) || from.type != RTN_UNICAST)
		return -EINVAL;
	if (daddr == 0xffffffff) {
		/* The only kind of packet that may come from nowhere. */
		res.type = RTN_BROADCAST;
	} else {
		if (ZERONET(saddr) || ZERONET(daddr) || BADCLASS(daddr) || LOOPBACK(daddr))
			return -EINVAL;
		if (fib_lookup(daddr, &res) ||
		    (res.type != RTN_LOCAL && res.type != RTN_BROADCAST))
			return -EINVAL;
	}

	rth = rt_alloc(daddr, saddr, &loopback_dev, res.type);
	if (!rth)
		return -ENOBUFS;
	rth->rt_flags = RTCF_LOCAL;
	rth->rt_spec_dst = daddr;
	if (res.type == RTN_BROADCAST) {
		rth->rt_flags |= RTCF_BROADCAST;
		rth->rt_spec_dst = from.prefsrc;	/* answers come from here */
	}
	rth->rt_iif = dev->ifindex;
	rth->key.dst = daddr;
	rth->key.src = saddr;
	rth->key.iif = dev->ifindex;
	rth->u.dst.input = ip_local_deliver;
	skb->dst = &rth->u.dst;
	return 0;
}

void __init ip_rt_init(void)
{
	ip_dst_cachep = kmem_cache_create("ip_dst_cache", sizeof(struct rtable), 0,
					  SLAB_HWCACHE_ALIGN, NULL, NULL);
	panic_unless(ip_dst_cachep, "ip_rt_init: no cache for routes");
}
