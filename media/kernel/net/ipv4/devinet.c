/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 addresses of devices. */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/in.h>
#include <linux/inetdevice.h>
#include <net/ip.h>

/* Gives the device an address; mask says which part names the network. */
void inet_insert_ifa(struct net_device *dev, __u32 local, __u32 mask)
{
	struct in_device *in_dev = __in_dev_get(dev);
	struct in_ifaddr *ifa;

	if (!in_dev) {
		in_dev = kmalloc(sizeof(*in_dev), GFP_KERNEL);
		panic_unless(in_dev, "inet_insert_ifa: no memory");
		in_dev->dev = dev;
		in_dev->ifa_list = NULL;
		dev->ip_ptr = in_dev;
	}
	ifa = kmalloc(sizeof(*ifa), GFP_KERNEL);
	panic_unless(ifa, "inet_insert_ifa: no memory");
	ifa->ifa_local = local;
	ifa->ifa_mask = mask;
	ifa->ifa_broadcast = local | ~mask;
	ifa->ifa_dev = in_dev;
	ifa->ifa_next = in_dev->ifa_list;
	in_dev->ifa_list = ifa;
}

void __init devinet_init(void)
{
	net_dev_init();
	inet_insert_ifa(&loopback_dev, htonl(INADDR_LOOPBACK), htonl(0xff000000));
}
