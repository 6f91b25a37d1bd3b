/* SockScope's own C under Linux's names, not Linux's source. */ /* The loopback device: what is sent on it has been received on it. */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/netdevice.h>
#include <net/dst.h>

#define LOOPBACK_MTU	(16 * 1024 - 192)	/* a full packet and its sk_buff fit four pages */

static int loopback_xmit(struct sk_buff *skb, struct net_device *dev);

struct net_device loopback_dev = {
	name:			"lo",
	flags:			IFF_UP | IFF_LOOPBACK,
	mtu:			LOOPBACK_MTU,
	hard_start_xmit:	loopback_xmit
};

/* The packet keeps its route, which already says that it is for us. */
static int loopback_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb->len;
	dev->stats.rx_packets++;
	dev->stats.rx_bytes += skb->len;

	skb_orphan(skb);
	skb->dev = dev;
	skb->ip_summed = CHECKSUM_UNNECESSARY;
	netif_rx(skb);
	return 0;
}

int __init loopback_init(struct net_device *dev)
{
	return register_netdevice(dev);
}
