/* SockScope's own C under Linux's names, not Linux's source.
 * Packets: allocation, headroom and tailroom, queues.
 * The data block ends with a counter of the sk_buffs that share it.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/skbuff.h>
#include <net/dst.h>

static kmem_cache_t *skbuff_head_cache;

#define skb_datarefp(skb)	((atomic_t *)((skb)->end))

void __init skb_init(void)
{
	skbuff_head_cache = kmem_cache_create("skbuff_head_cache",
		sizeof(struct sk_buff), 0, SLAB_HWCACHE_ALIGN, NULL, NULL);
	panic_unless(skbuff_head_cache, "skb_init: no cache for struct sk_buff");
}

/* An empty packet with size bytes of room behind data, or NULL. */
struct sk_buff *alloc_skb(unsigned int size, int priority)
{
	struct sk_buff *skb;

	skb = kmem_cache_alloc(skbuff_head_cache, priority);
	if (!skb)
		return NULL;
	memset(skb, 0, sizeof(*skb));

	size = (size + 15) & ~15;
	skb->head = kmalloc(size + sizeof(atomic_t), priority);
	if (!skb->head) {
		kmem_cache_free(skbuff_head_cache, skb);
		return NULL;
	}
	skb->data = skb->tail = skb->head;
	skb->end = skb->head + size;
	skb->truesize = size + sizeof(struct sk_buff);
	atomic_set(skb_datarefp(skb), 1);
	atomic_set(&skb->users, 1);
	return skb;
}

/* kfree_skb comes here when the last user has gone. */
void __kfree_skb(struct sk_buff *skb)
{
	BUG_ON(skb->list);
	dst_release(skb->dst);
	if (skb->destructor)
		skb->destructor(skb);
	if (atomic_dec_and_test(skb_datarefp(skb)))
		kfree(skb->head);
	kmem_cache_free(skbuff_head_cache, skb);
}

/* A second sk_buff for the same data; it belongs to no queue and no sock. */
struct sk_buff *skb_clone(struct sk_buff *skb, int priority)
{
	struct sk_buff *n = kmem_cache_alloc(skbuff_head_cache, priority);

	if (!n)
		return NULL;
	*n = *skb;
	n->next = n->prev = NULL;
	n->list = NULL;
	n->sk = NULL;
	n->destructor = NULL;
	n->cloned = skb->cloned = 1;
	dst_clone(n->dst);
	atomic_set(&n->users, 1);
	atomic_inc(skb_datarefp(skb));
	return n;
}

/* ---- moving the borders of the data ---- */

/* len bytes more at the end; returns where they start. */
unsigned char *skb_put(struct sk_buff *skb, unsigned int len)
{
	unsigned char *start = skb->tail;

	skb->tail += len;
	skb->len += len;
	BUG_ON(skb->tail > skb->end);
	return start;
}

/* len bytes more at the front. */
unsigned char *skb_push(struct sk_buff *skb, unsigned int len)
{
	skb->data -= len;
	skb->len += len;
	BUG_ON(skb->data < skb->head);
	return skb->data;
}

/* len bytes less at the front. */
unsigned char *skb_pull(struct sk_buff *skb, unsigned int len)
{
	BUG_ON(len > skb->len);
	skb->len -= len;
	skb->data += len;
	return skb->data;
}

/* Cuts the end off so that len bytes remain. */
void skb_trim(struct sk_buff *skb, unsigned int len)
{
	if (len < skb->len) {
		skb->len = len;
		skb->tail = skb->data + len;
	}
}

/* ---- queues ---- */

/* Puts newsk between two neighbours. */
static void skb_link(struct sk_buff *newsk, struct sk_buff *prev,
		     struct sk_buff *next, struct sk_buff_head *list)
{
	newsk->list = list;
	newsk->prev = prev;
	newsk->next = next;
	prev->next = newsk;
	next->prev = newsk;
	list->qlen++;
}

void __skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)
{
	skb_link(newsk, (struct sk_buff *)list, list->next, list);
}

void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)
{
	skb_link(newsk, list->prev, (struct sk_buff *)list, list);
}

/* Behind a packet that is on a queue already. */
void __skb_append(struct sk_buff *old, struct sk_buff *newsk)
{
	skb_link(newsk, old, old->next, old->list);
}

void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	skb->prev->next = skb->next;
	skb->next->prev = skb->prev;
	skb->next = skb->prev = NULL;
	skb->list = NULL;
	list->qlen--;
}

struct sk_buff *__skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb = skb_peek(list);

	if (skb)
		__skb_unlink(skb, list);
	return skb;
}

void __skb_queue_purge(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(list)) != NULL)
		kfree_skb(skb);
}
