/* SockScope's own C under Linux's names, not Linux's source.
 * The forwarding table, made up from the devices' addresses: each address is
 * local, each network is reached through its device, the first and the last
 * address of a network are broadcasts. All of the loopback's net is local.
 */
#include <linux/errno.h>
#include <linux/in.h>
#include <net/ip_fib.h>

/* Where packets for unknown networks go; NULL: nowhere. */
static struct net_device *fib_default_dev;

void fib_set_default(struct net_device *dev)
{
	fib_default_dev = dev;
}

/* Is dst on the network of this address, and what is it there? */
static int fib_match(struct net_device *dev, struct in_ifaddr *ifa, u32 dst)
{
	if (dst == ifa->ifa_local)
		return RTN_LOCAL;
	if ((dst ^ ifa->ifa_local) & ifa->ifa_mask)
		return RTN_UNSPEC;
	if (dst == ifa->ifa_broadcast || dst == (ifa->ifa_local & ifa->ifa_mask))
		return RTN_BROADCAST;
	if (dev->flags & IFF_LOOPBACK)
		return RTN_LOCAL;
	return RTN_UNICAST;
}

/* 0 and *res, or -ENETUNREACH. */
int fib_lookup(u32 dst, struct fib_result *res)
{
	struct net_device *dev;
	struct in_ifaddr *ifa;

	for (dev = dev_base; dev; dev = dev->next) {
		if (!dev->ip_ptr)
			continue;
		for (ifa = __in_dev_get(dev)->ifa_list; ifa; ifa = ifa->ifa_next) {
			res->type = fib_match(dev, ifa, dst);
			if (res->type == RTN_UNSPEC)
				continue;
			res->dev = dev;
			res->prefsrc = ifa->ifa_local;
			return 0;
		}
	}

	if (!fib_default_dev)
		return -ENETUNREACH;
	res->type = RTN_UNICAST;
	res->dev = fib_default_dev;
	res->prefsrc = __in_dev_get(fib_default_dev)->ifa_list->ifa_local;
	return 0;
}

/* The device that has the address as its own; NULL: it is not ours. */
struct net_device *ip_dev_find(__u32 addr)
{
	struct fib_result res;

	if (fib_lookup(addr, &res) || res.type != RTN_LOCAL)
		return NULL;
	return res.dev;
}

/* What kind of address is it? */
unsigned inet_addr_type(u32 addr)
{
	struct fib_result res;

	if (ZERONET(addr) || BADCLASS(addr))
		return RTN_BROADCAST;
	if (MULTICAST(addr))
		return RTN_MULTICAST;
	if (fib_lookup(addr, &res))
		return RTN_UNICAST;
	return res.type;
}
