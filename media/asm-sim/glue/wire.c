/*
 * The wire of a kernel tree: a point-to-point device without link layer whose
 * other end is the scenario. It is registered, addressed and routed through
 * the tree's own calls, as ifconfig and route would do it.
 */
#include <linux/config.h>
#include <linux/sched.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/inetdevice.h>
#include <linux/skbuff.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/route.h>
#include <linux/sockios.h>
#include <net/route.h>
#include <net/ip_fib.h>
#include <asm/uaccess.h>

extern void sockscope_wire_xmit(void *bytes, int len);
extern int devinet_ioctl(unsigned int, void *);

static struct net_device wire_dev;
static struct net_device_stats wire_stats;

static int wire_xmit(struct sk_buff *skb, struct net_device *dev)
{
	wire_stats.tx_packets++;
	wire_stats.tx_bytes += skb->len;
	sockscope_wire_xmit(skb->data, skb->len);
	dev_kfree_skb(skb);
	return 0;
}

static struct net_device_stats *wire_get_stats(struct net_device *dev)
{
	return &wire_stats;
}

static void set_address(struct sockaddr *place, __u32 addr)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)place;

	memset(sin, 0, sizeof(*sin));
	sin->sin_family = AF_INET;
	sin->sin_addr.s_addr = addr;
}

static int configure(__u32 addr, __u32 mask)
{
	struct ifreq ifr;
	struct rtentry route;
	int err;

	memset(&ifr, 0, sizeof(ifr));
	strcpy(ifr.ifr_name, wire_dev.name);
	set_address(&ifr.ifr_addr, addr);
	err = devinet_ioctl(SIOCSIFADDR, &ifr);
	if (err)
		return err;
	set_address(&ifr.ifr_addr, mask);
	err = devinet_ioctl(SIOCSIFNETMASK, &ifr);
	if (err)
		return err;
	memset(&ifr.ifr_ifru, 0, sizeof(ifr.ifr_ifru));
	ifr.ifr_flags = IFF_UP | IFF_RUNNING | IFF_NOARP | IFF_POINTOPOINT;
	err = devinet_ioctl(SIOCSIFFLAGS, &ifr);
	if (err)
		return err;
	memset(&route, 0, sizeof(route));
	set_address(&route.rt_dst, 0);
	set_address(&route.rt_genmask, 0);
	route.rt_flags = RTF_UP;
	route.rt_dev = wire_dev.name;
	return ip_rt_ioctl(SIOCADDRT, &route);
}

/* Brings the device up with our address; everything unknown is beyond it. */
int sockscope_wire_up(__u32 addr, __u32 mask, int mtu)
{
	struct task_struct *before = current;
	mm_segment_t limit;
	int err;

	if (wire_dev.flags & IFF_UP)
		return -EINVAL;
	strcpy(wire_dev.name, "tun0");
	wire_dev.mtu = mtu;
	wire_dev.type = ARPHRD_PPP;
	wire_dev.flags = IFF_NOARP | IFF_POINTOPOINT;
	wire_dev.hard_start_xmit = wire_xmit;
	wire_dev.get_stats = wire_get_stats;
	rtnl_lock();
	err = register_netdevice(&wire_dev);
	rtnl_unlock();
	if (err)
		return err;
	cap_set_full(init_task.cap_effective);
	current = &init_task;
	limit = get_fs();
	set_fs(KERNEL_DS);
	err = configure(addr, mask);
	set_fs(limit);
	current = before;
	return err;
}

/* An IP packet arrives. The soft interrupt that follows works it. */
void sockscope_inject(void *bytes, int len)
{
	struct sk_buff *skb = alloc_skb(len, GFP_ATOMIC);

	if (!skb)
		return;
	memcpy(skb_put(skb, len), bytes, len);
	skb->dev = &wire_dev;
	skb->protocol = __constant_htons(ETH_P_IP);
	skb->mac.raw = skb->data;
	skb->pkt_type = PACKET_HOST;
	wire_stats.rx_packets++;
	wire_stats.rx_bytes += len;
	netif_rx(skb);
}
