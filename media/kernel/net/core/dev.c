/* SockScope's own C under Linux's names, not Linux's source.
 * Devices, and the queue between them and the protocols: a device puts what
 * it received on the queue, the soft interrupt hands it to IP.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <net/dst.h>
#include <net/ip.h>

static struct softnet_data softnet_data[1];

int netdev_max_backlog = 300;	/* packets that may wait on the queue */

struct net_device *dev_base;

/* Devices are numbered from 1 in order of registration. */
int register_netdevice(struct net_device *dev)
{
	struct net_device **pos;
	int index = 1;

	for (pos = &dev_base; *pos; pos = &(*pos)->next)
		index++;
	dev->ifindex = index;
	dev->next = NULL;
	*pos = dev;
	return 0;
}

/* Sends a finished packet on its device. */
int dev_queue_xmit(struct sk_buff *skb)
{
	struct net_device *dev = skb->dst->dev;

	BUG_ON(!(dev->flags & IFF_UP));	/* there would be no route */
	return dev->hard_start_xmit(skb, dev);
}

/*
 * A device has received a packet. Never sleeps; the rest is done later. Once
 * the queue has been full, packets are dropped until it has been emptied.
 */
int netif_rx(struct sk_buff *skb)
{
	struct softnet_data *data = &softnet_data[smp_processor_id()];
	int waiting = skb_queue_len(&data->input_pkt_queue);

	data->throttle = waiting > netdev_max_backlog || (data->throttle && waiting);
	if (data->throttle) {
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	skb_queue_tail(&data->input_pkt_queue, skb);
	__cpu_raise_softirq(smp_processor_id(), NET_RX_SOFTIRQ);
	return NET_RX_SUCCESS;
}

/* The soft interrupt. */
static void net_rx_action(struct softirq_action *h)
{
	struct sk_buff_head *queue = &softnet_data[smp_processor_id()].input_pkt_queue;
	struct sk_buff *skb;

	while ((skb = skb_dequeue(queue)) != NULL) {
		skb->nh.raw = skb->h.raw = skb->data;
		ip_rcv(skb, skb->dev);
	}
}

void __init net_dev_init(void)
{
	skb_queue_head_init(&softnet_data[0].input_pkt_queue);
	open_softirq(NET_RX_SOFTIRQ, net_rx_action, NULL);
	loopback_init(&loopback_dev);
}
