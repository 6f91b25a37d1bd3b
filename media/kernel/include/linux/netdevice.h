/* SockScope's own C under Linux's names, not Linux's source. */ /* Network devices: loopback, and the wire to the scenario's other hosts. */
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

/* What a device counts. Devices without hardware only know the first four. */
struct net_device_stats {
	unsigned long rx_packets, tx_packets;
	unsigned long rx_bytes, tx_bytes;
	unsigned long rx_errors, tx_errors;
	unsigned long rx_dropped, tx_dropped;
	unsigned long multicast;
	unsigned long collisions;

	/* in detail: receiving */
	unsigned long rx_length_errors, rx_over_errors, rx_crc_errors;
	unsigned long rx_frame_errors, rx_fifo_errors, rx_missed_errors;

	/* and sending */
	unsigned long tx_aborted_errors, tx_carrier_errors, tx_fifo_errors;
	unsigned long tx_heartbeat_errors, tx_window_errors;

	unsigned long rx_compressed, tx_compressed;
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

/* Between devices and protocols, one a processor. */
struct softnet_data {
	int throttle;
	int cng_level;
	int avg_blog;
	struct sk_buff_head input_pkt_queue;	/* received, not yet worked */
	struct net_device *output_queue;
	struct sk_buff *completion_queue;
} __attribute__((__aligned__(32)));

extern struct net_device *dev_base;	/* all devices */
extern struct net_device loopback_dev;

extern int register_netdevice(struct net_device *dev);
extern int dev_queue_xmit(struct sk_buff *skb);
extern int netif_rx(struct sk_buff *skb);
extern void net_dev_init(void);
extern int loopback_init(struct net_device *dev);

#endif
