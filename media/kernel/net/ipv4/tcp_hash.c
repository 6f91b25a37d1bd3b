/* SockScope's own C under Linux's names, not Linux's source.
 * The three tables in which TCP finds its sockets:
 *
 *	bind hash		local port -> everybody who uses it
 *	established hash	both addresses and ports -> one connection
 *	listening hash		local port -> listeners
 *
 * In Linux 2.4 this is the first part of net/ipv4/tcp_ipv4.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <net/tcp.h>

#define TCP_EHASH_SIZE	1024
#define TCP_BHASH_SIZE	1024

/* Two halves: connections, and what is left of them in TIME_WAIT. */
static struct tcp_ehash_bucket ehash_table[2 * TCP_EHASH_SIZE];
static struct tcp_bind_hashbucket bhash_table[TCP_BHASH_SIZE];

struct tcp_hashinfo tcp_hashinfo = {
	__tcp_ehash:		ehash_table,
	__tcp_bhash:		bhash_table,
	__tcp_bhash_size:	TCP_BHASH_SIZE,
	__tcp_ehash_size:	TCP_EHASH_SIZE,
	__tcp_lhash_wait:	__WAIT_QUEUE_HEAD_INITIALIZER(tcp_hashinfo.__tcp_lhash_wait)
};

int sysctl_local_port_range[2] = { 32768, 61000 };
int tcp_port_rover = 32767;	/* the automatic port given last */

kmem_cache_t *tcp_bucket_cachep;

static int tcp_bhashfn(unsigned short lport)
{
	return lport & (tcp_bhash_size - 1);
}

static int tcp_lhashfn(unsigned short num)
{
	return num & (TCP_LHTABLE_SIZE - 1);
}

static int tcp_hashfn(u32 laddr, u16 lport, u32 faddr, u16 fport)
{
	int h = laddr ^ lport ^ faddr ^ fport;

	h ^= h >> 16;
	h ^= h >> 8;
	return h & (tcp_ehash_size - 1);
}

/* ---- membership ---- */

static void chain_insert(struct sock *sk, struct sock **head)
{
	sk->next = *head;
	if (sk->next)
		sk->next->pprev = &sk->next;
	sk->pprev = head;
	*head = sk;
	sock_prot_inc_use(sk->prot);
}

static void chain_remove(struct sock *sk)
{
	struct sock *next = sk->next;

	*sk->pprev = next;
	if (next)
		next->pprev = sk->pprev;
	sk->pprev = NULL;
	sock_prot_dec_use(sk->prot);
}

/* Enters the listening hash or the established hash, by state. */
void __tcp_v4_hash(struct sock *sk)
{
	BUG_TRAP(sk->pprev == NULL);
	if (sk->state == TCP_LISTEN) {
		write_lock(&tcp_lhash_lock);
		chain_insert(sk, &tcp_listening_hash[tcp_lhashfn(sk->num)]);
		write_unlock(&tcp_lhash_lock);
		wake_up(&tcp_lhash_wait);
		return;
	}
	sk->hashent = tcp_hashfn(sk->rcv_saddr, sk->num, sk->daddr, sk->dport);
	write_lock(&tcp_ehash[sk->hashent].lock);
	chain_insert(sk, &tcp_ehash[sk->hashent].chain);
	write_unlock(&tcp_ehash[sk->hashent].lock);
}

/* A closed sock stays out: nothing can come for it. */
void tcp_v4_hash(struct sock *sk)
{
	local_bh_disable();
	if (sk->state != TCP_CLOSE)
		__tcp_v4_hash(sk);
	local_bh_enable();
}

void tcp_unhash(struct sock *sk)
{
	local_bh_disable();
	if (sk->pprev)
		chain_remove(sk);
	local_bh_enable();
	if (sk->state == TCP_LISTEN)
		wake_up(&tcp_lhash_wait);
}

/* ---- local ports ---- */

static struct tcp_bind_bucket *tcp_bucket_find(unsigned short port)
{
	struct tcp_bind_bucket *tb = tcp_bhash[tcp_bhashfn(port)].chain;

	while (tb && tb->port != port)
		tb = tb->next;
	return tb;
}

static struct tcp_bind_bucket *tcp_bucket_create(struct tcp_bind_hashbucket *head,
						 unsigned short snum)
{
	struct tcp_bind_bucket *tb;

	tb = kmem_cache_alloc(tcp_bucket_cachep, SLAB_ATOMIC);
	if (!tb)
		return NULL;
	tb->port = snum;
	tb->owners = NULL;
	tb->fastreuse = 0;
	tb->pprev = &head->chain;
	tb->next = head->chain;
	if (tb->next)
		tb->next->pprev = &tb->next;
	head->chain = tb;
	return tb;
}

static void tcp_bucket_add_owner(struct tcp_bind_bucket *tb, struct sock *sk)
{
	sk->bind_next = tb->owners;
	if (sk->bind_next)
		sk->bind_next->bind_pprev = &sk->bind_next;
	sk->bind_pprev = &tb->owners;
	tb->owners = sk;
	sk->prev = (struct sock *)tb;
}

/* The next port of the automatic range that nobody uses; 0: all are used. */
static unsigned short tcp_free_port(void)
{
	int low = sysctl_local_port_range[0];
	int high = sysctl_local_port_range[1];
	int remaining;

	for (remaining = high - low + 1; remaining > 0; remaining--) {
		tcp_port_rover++;
		if (tcp_port_rover < low || tcp_port_rover > high)
			tcp_port_rover = low;
		if (!tcp_bucket_find(tcp_port_rover))
			return tcp_port_rover;
	}
	return 0;
}

/*
 * Would sk get in the way of another owner of the port? Two may share it
 * when their addresses differ, or when both allow it and neither listens.
 */
static int tcp_bind_conflict(struct sock *sk, struct tcp_bind_bucket *tb)
{
	struct sock *sk2;

	for (sk2 = tb->owners; sk2; sk2 = sk2->bind_next) {
		if (sk2 == sk || sk2->bound_dev_if != sk->bound_dev_if)
			continue;
		if (sk->reuse && sk2->reuse && sk2->state != TCP_LISTEN)
			continue;
		if (!sk->rcv_saddr || !sk2->rcv_saddr ||
		    sk->rcv_saddr == sk2->rcv_saddr)
			return 1;
	}
	return 0;
}

/*
 * Reserves local port snum for sk, or a free one for 0. Called again when
 * the sock starts to listen, to validate what it has. 0, or 1 for refused.
 */
int tcp_v4_get_port(struct sock *sk, unsigned short snum)
{
	struct tcp_bind_bucket *tb;
	int share, ret = 1;

	local_bh_disable();
	if (snum == 0)
		snum = tcp_free_port();
	if (snum == 0)
		goto fail;

	share = sk->reuse && sk->state != TCP_LISTEN;
	tb = tcp_bucket_find(snum);
	if (tb && tb->owners) {
		if (!(tb->fastreuse && share) && tcp_bind_conflict(sk, tb))
			goto fail;
		if (!share)
			tb->fastreuse = 0;
	} else {
		if (!tb)
			tb = tcp_bucket_create(&tcp_bhash[tcp_bhashfn(snum)], snum);
		if (!tb)
			goto fail;
		tb->fastreuse = share;
	}

	sk->num = snum;
	if (!sk->prev)
		tcp_bucket_add_owner(tb, sk);
	BUG_TRAP(sk->prev == (struct sock *)tb);
	ret = 0;
fail:
	local_bh_enable();
	return ret;
}

/* A connection uses its listener's port too. */
void tcp_inherit_port(struct sock *sk, struct sock *child)
{
	local_bh_disable();
	tcp_bucket_add_owner((struct tcp_bind_bucket *)sk->prev, child);
	local_bh_enable();
}

/* One owner less; the bucket goes with the last. sk may be a TIME_WAIT bucket. */
static void tcp_bucket_drop_owner(struct tcp_bind_bucket *tb, struct sock *sk)
{
	if (sk->bind_next)
		sk->bind_next->bind_pprev = sk->bind_pprev;
	*sk->bind_pprev = sk->bind_next;
	sk->bind_pprev = NULL;
	if (tb->owners)
		return;
	if (tb->next)
		tb->next->pprev = tb->pprev;
	*tb->pprev = tb->next;
	kmem_cache_free(tcp_bucket_cachep, tb);
}

/* Gives the port up. */
void tcp_put_port(struct sock *sk)
{
	local_bh_disable();
	tcp_bucket_drop_owner((struct tcp_bind_bucket *)sk->prev, sk);
	sk->prev = NULL;
	sk->num = 0;
	local_bh_enable();
}

/* ---- lookups: each returns the sock with one more reference ---- */

static int tcp_match(struct sock *sk, u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif)
{
	return sk->daddr == saddr && sk->dport == sport &&
	       sk->rcv_saddr == daddr && sk->num == hnum &&
	       (!sk->bound_dev_if || sk->bound_dev_if == dif);
}

/*
 * For a packet from saddr:sport to daddr:hnum (hnum in host order). May
 * return a TIME_WAIT bucket: look at state before anything else.
 */
struct sock *__tcp_v4_lookup_established(u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif)
{
	struct tcp_ehash_bucket *head;
	struct sock *sk;

	head = &tcp_ehash[tcp_hashfn(daddr, hnum, saddr, sport)];
	for (sk = head->chain; sk; sk = sk->next)
		if (tcp_match(sk, saddr, sport, daddr, hnum, dif))
			goto hit;
	for (sk = (head + tcp_ehash_size)->chain; sk; sk = sk->next)
		if (tcp_match(sk, saddr, sport, daddr, hnum, dif))
			goto hit;
	return NULL;
hit:
	sock_hold(sk);
	return sk;
}

/* The listener that fits best: one bound to the address beats a wildcard. */
struct sock *tcp_v4_lookup_listener(u32 daddr, unsigned short hnum, int dif)
{
	struct sock *sk, *best = NULL;
	int score, best_score = 0;

	for (sk = tcp_listening_hash[tcp_lhashfn(hnum)]; sk; sk = sk->next) {
		if (sk->num != hnum)
			continue;
		if (sk->rcv_saddr && sk->rcv_saddr != daddr)
			continue;
		if (sk->bound_dev_if && sk->bound_dev_if != dif)
			continue;
		score = 1 + (sk->rcv_saddr != 0) + (sk->bound_dev_if != 0);
		if (score > best_score) {
			best = sk;
			best_score = score;
		}
	}
	if (best)
		sock_hold(best);
	return best;
}

struct sock *__tcp_v4_lookup(u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif)
{
	struct sock *sk;

	sk = __tcp_v4_lookup_established(saddr, sport, daddr, hnum, dif);
	if (!sk)
		sk = tcp_v4_lookup_listener(daddr, hnum, dif);
	return sk;
}

/* ---- outgoing connections ---- */

/*
 * Enters a connecting sock, unless the same pair of names is in use. A pair
 * in TIME_WAIT may be used again when timestamps tell old segments apart:
 * the old connection's sequence numbers are continued at a distance.
 */
static int tcp_v4_check_established(struct sock *sk)
{
	struct tcp_opt *tp = &sk->tp_pinfo.af_tcp;
	struct tcp_tw_bucket *tw;
	struct sock *sk2;

	sk2 = __tcp_v4_lookup_established(sk->daddr, sk->dport, sk->rcv_saddr,
					  sk->num, sk->bound_dev_if);
	if (sk2 && sk2->state != TCP_TIME_WAIT) {
		sock_put(sk2);
		return -EADDRNOTAVAIL;
	}
	if (sk2) {
		tw = (struct tcp_tw_bucket *)sk2;
		if (!tw->ts_recent_stamp) {
			tcp_tw_put(tw);
			return -EADDRNOTAVAIL;
		}
		tp->write_seq = tw->snd_nxt + 65535 + 2;
		if (tp->write_seq == 0)
			tp->write_seq = 1;
		tp->ts_recent = tw->ts_recent;
		tp->ts_recent_stamp = tw->ts_recent_stamp;
		tcp_tw_deschedule(tw);
		tcp_timewait_kill(tw);
		tcp_tw_put(tw);
	}
	__tcp_v4_hash(sk);
	return 0;
}

/* An only owner of its port cannot meet its like: no need to look. */
int tcp_v4_hash_connecting(struct sock *sk)
{
	struct tcp_bind_bucket *tb = (struct tcp_bind_bucket *)sk->prev;
	int err = 0;

	local_bh_disable();
	if (tb->owners == sk && !sk->bind_next)
		__tcp_v4_hash(sk);
	else
		err = tcp_v4_check_established(sk);
	local_bh_enable();
	return err;
}

/* ---- TIME_WAIT ---- */

void tcp_tw_leave_port(struct tcp_tw_bucket *tw)
{
	tcp_bucket_drop_owner(tw->tb, (struct sock *)tw);
}

/*
 * Puts a bucket where the sock was: an owner of the port, and in the second
 * half of the established hash, which holds one reference.
 */
void tcp_tw_hashdance(struct sock *sk, struct tcp_tw_bucket *tw)
{
	struct sock **head = &(tcp_ehash + sk->hashent + tcp_ehash_size)->chain;
	struct tcp_bind_bucket *tb = (struct tcp_bind_bucket *)sk->prev;
	struct sock *twsk = (struct sock *)tw;

	tw->tb = tb;
	tw->bind_next = tb->owners;
	if (tw->bind_next)
		tw->bind_next->bind_pprev = &tw->bind_next;
	tb->owners = twsk;
	tw->bind_pprev = &tb->owners;

	tcp_unhash(sk);
	tw->next = *head;
	if (tw->next)
		tw->next->pprev = &tw->next;
	*head = twsk;
	tw->pprev = head;
	atomic_inc(&tw->refcnt);
}

void __init tcp_hash_init(void)
{
	tcp_bucket_cachep = kmem_cache_create("tcp_bind_bucket",
		sizeof(struct tcp_bind_bucket), 0, SLAB_HWCACHE_ALIGN, NULL, NULL);
	panic_unless(tcp_bucket_cachep, "tcp_hash_init: no cache for bind buckets");
}
