/* SockScope's own C under Linux's names, not Linux's source. */ /* IPv4 addresses of a device. Kept by net/ipv4/devinet.c. */
#ifndef _LINUX_INETDEVICE_H
#define _LINUX_INETDEVICE_H

#include <linux/netdevice.h>

struct in_ifaddr {
	struct in_ifaddr *ifa_next;
	struct in_device *ifa_dev;
	__u32 ifa_local;
	__u32 ifa_mask;
	__u32 ifa_broadcast;
};

struct in_device {
	struct net_device *dev;
	struct in_ifaddr *ifa_list;
};

#define __in_dev_get(dev)	((struct in_device *)(dev)->ip_ptr)

extern void inet_insert_ifa(struct net_device *dev, __u32 local, __u32 mask);
extern struct net_device *ip_dev_find(__u32 addr);

#endif
