/* Network devices: loopback, and the wire to the scenario's other hosts. */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/types.h>
#include <linux/skbuff.h>

#define IFNAMSIZ	16
#define IFF_UP		0x1
#define IFF_BROADCAST	0x2
#define IFF_LOOPBACK	0x8

#define ETH_P_IP	0x0800

/* Fate of a packet in its device. */
#define NET_RX_SUCCESS	0
#define NET_RX_DROP	1

struct net_device_stats {
	unsigned long rx_packets;
	unsigned long tx_packets;
	unsigned long rx_bytes;
	unsigned long tx_bytes;
};

struct net_device {
	char name[IFNAMSIZ];
	struct net_device *next;
	int ifindex;
	unsigned short flags;		/* IFF_... */
	unsigned int mtu;		/* largest IP packet, bytes */
	void *priv;
	void *ip_ptr;			/* struct in_device */
	int (*hard_start_xmit)(struct sk_buff *skb, struct net_device *dev);
	struct net_device_stats stats;
};

extern struct net_device *dev_base;	/* all devices */
extern struct net_device loopback_dev;

extern int register_netdevice(struct net_device *dev);
extern int dev_queue_xmit(struct sk_buff *skb);
extern int netif_rx(struct sk_buff *skb);
extern void net_dev_init(void);
extern int loopback_init(struct net_device *dev);

#endif
