/* SockScope's own C under Linux's names, not Linux's source.
 * The wire: a device without link layer whose other end is the scenario.
 * What the kernel sends goes to a service, what the scenario sends comes in
 * through sockscope_inject.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/netdevice.h>
#include <linux/inetdevice.h>
#include <linux/sockscope.h>
#include <net/ip_fib.h>

static int wire_xmit(struct sk_buff *skb, struct net_device *dev);

static struct net_device wire_dev = {
	name:			"tun0",
	mtu:			1500,
	hard_start_xmit:	wire_xmit
};

static int wire_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb->len;
	sockscope_wire_xmit(skb->data, skb->len);
	kfree_skb(skb);
	return 0;
}

/* Brings the device up with our address; everything unknown is beyond it. */
int sockscope_wire_up(__u32 addr, __u32 mask, int mtu)
{
	BUG_ON(wire_dev.flags & IFF_UP);
	wire_dev.mtu = mtu;
	wire_dev.flags = IFF_UP;
	register_netdevice(&wire_dev);
	inet_insert_ifa(&wire_dev, addr, mask);
	fib_set_default(&wire_dev);
	return 0;
}

/* An IP packet arrives. The soft interrupt that follows works it. */
void sockscope_inject(void *bytes, int len)
{
	struct sk_buff *skb = alloc_skb(len, GFP_ATOMIC);

	if (!skb)
		return;
	memcpy(skb_put(skb, len), bytes, len);
	skb->dev = &wire_dev;
	do_gettimeofday(&skb->stamp);
	wire_dev.stats.rx_packets++;
	wire_dev.stats.rx_bytes += len;
	netif_rx(skb);
}
