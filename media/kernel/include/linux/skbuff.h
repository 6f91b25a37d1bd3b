/* SockScope's own C under Linux's names, not Linux's source.
 * struct sk_buff: one packet on its way through the stack.
 *
 *	head      data            tail        end
 *	 | headroom | len bytes    | tailroom |
 *
 * Headers are added by moving data to the left (skb_push) and taken off by
 * moving it to the right (skb_pull). Implemented in net/core/skbuff.c.
 */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

#include <linux/kernel.h>
#include <linux/time.h>
#include <linux/spinlock.h>
#include <asm/atomic.h>

#define CHECKSUM_NONE		0
#define CHECKSUM_HW		1
#define CHECKSUM_UNNECESSARY	2

/* For whom a received packet is. */
#define PACKET_HOST		0
#define PACKET_BROADCAST	1
#define PACKET_MULTICAST	2

struct sock;
struct sk_buff;
struct net_device;
struct dst_entry;

/* A queue of packets: a ring through next and prev that contains the head. */
struct sk_buff_head {
	struct sk_buff *next;
	struct sk_buff *prev;
	__u32 qlen;
	spinlock_t lock;
};

struct sk_buff {
	struct sk_buff *next;		/* must come first, as in the head */
	struct sk_buff *prev;

	struct sk_buff_head *list;	/* the queue it is on, if any */
	struct sock *sk;		/* whose buffer space it uses */
	struct timeval stamp;
	struct net_device *dev;		/* where it came in or goes out */

	union {				/* transport header */
		struct tcphdr *th;
		struct udphdr *uh;
		struct icmphdr *icmph;
		struct igmphdr *igmph;
		struct iphdr *ipiph;
		struct spxhdr *spxh;
		unsigned char *raw;
	} h;
	union {				/* network header */
		struct iphdr *iph;
		struct ipv6hdr *ipv6h;
		struct arphdr *arph;
		struct ipxhdr *ipxh;
		unsigned char *raw;
	} nh;
	union {				/* link layer header */
		struct ethhdr *ethernet;
		unsigned char *raw;
	} mac;

	struct dst_entry *dst;		/* the route it takes */
	char cb[48];			/* scratch space of the layer that has it */
	unsigned int len;
	unsigned int csum;
	volatile char used;
	unsigned char cloned,		/* shares its data with another */
		      pkt_type,
		      ip_summed;
	__u32 priority;
	atomic_t users;
	unsigned short protocol;
	unsigned short security;
	unsigned int truesize;		/* memory charged to the owner */

	unsigned char *head;
	unsigned char *data;
	unsigned char *tail;
	unsigned char *end;
	void (*destructor)(struct sk_buff *);
};

extern void skb_init(void);
extern struct sk_buff *alloc_skb(unsigned int size, int priority);
extern void __kfree_skb(struct sk_buff *skb);
extern struct sk_buff *skb_clone(struct sk_buff *skb, int priority);
extern unsigned char *skb_put(struct sk_buff *skb, unsigned int len);
extern unsigned char *skb_push(struct sk_buff *skb, unsigned int len);
extern unsigned char *skb_pull(struct sk_buff *skb, unsigned int len);
extern void skb_trim(struct sk_buff *skb, unsigned int len);

extern void __skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk);
extern void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk);
extern void __skb_append(struct sk_buff *old, struct sk_buff *newsk);
extern void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list);
extern struct sk_buff *__skb_dequeue(struct sk_buff_head *list);
extern void __skb_queue_purge(struct sk_buff_head *list);

#define skb_queue_head(list, skb)	__skb_queue_head((list), (skb))
#define skb_queue_tail(list, skb)	__skb_queue_tail((list), (skb))
#define skb_dequeue(list)		__skb_dequeue(list)
#define skb_queue_len(list)		((list)->qlen)

static inline void skb_queue_head_init(struct sk_buff_head *list)
{
	list->qlen = 0;
	list->next = (struct sk_buff *)list;
	list->prev = list->next;
	spin_lock_init(&list->lock);
}

static inline int skb_queue_empty(struct sk_buff_head *list)
{
	return list->next == (struct sk_buff *)list;
}

/* The first packet, left in place; NULL when there is none. */
static inline struct sk_buff *skb_peek(struct sk_buff_head *list)
{
	return skb_queue_empty(list) ? NULL : list->next;
}

static inline void skb_reserve(struct sk_buff *skb, unsigned int len)
{
	skb->tail += len;
	skb->data += len;
}

static inline int skb_tailroom(const struct sk_buff *skb)
{
	return skb->end - skb->tail;
}

static inline int skb_headroom(const struct sk_buff *skb)
{
	return skb->data - skb->head;
}

static inline void kfree_skb(struct sk_buff *skb)
{
	if (atomic_dec_and_test(&skb->users))
		__kfree_skb(skb);
}

static inline struct sk_buff *skb_get(struct sk_buff *skb)
{
	atomic_inc(&skb->users);
	return skb;
}

/* Undoes the link between a packet and the socket it was charged to. */
static inline void skb_orphan(struct sk_buff *skb)
{
	if (skb->destructor)
		skb->destructor(skb);
	skb->sk = NULL;
	skb->destructor = NULL;
}

struct iovec;
extern int skb_copy_datagram_iovec(const struct sk_buff *skb, int offset,
				   struct iovec *to, int len);
extern struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned flags,
					 int noblock, int *err);
extern void skb_free_datagram(struct sock *sk, struct sk_buff *skb);

#endif
