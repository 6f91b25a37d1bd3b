/* Clock and chance under the native kernel, as src/kernel/clock.ts and random.ts have them. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/interrupt.h>
#include <linux/time.h>
#include "native.h"

static unsigned long long now_us;	/* since start; a jiffy is 10 000 */

#define US_PER_JIFFY	(1000000 / HZ)

void do_gettimeofday(struct timeval *tv)
{
	tv->tv_sec = xtime.tv_sec;
	tv->tv_usec = xtime.tv_usec;
}

/* Chance: as src/kernel/random.ts does it. */
static __u32 mix(__u32 a, __u32 b, __u32 c)
{
	__u32 words[3], hash = 0x9e3779b9;
	int i;

	words[0] = a;
	words[1] = b;
	words[2] = c;
	for (i = 0; i < 3; i++) {
		hash ^= words[i];
		hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
		hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
		hash ^= hash >> 16;
	}
	return hash;
}

__u32 secure_tcp_sequence_number(__u32 saddr, __u32 daddr, __u16 sport, __u16 dport)
{
	/* a tick each four microseconds */
	return mix(saddr, daddr, (sport << 16) | dport) + (__u32)now_us / 4;
}

unsigned long net_random(void)
{
	static __u32 word = 0x2545f491;

	word ^= word << 13;
	word ^= word >> 17;
	word ^= word << 5;
	return word;
}

unsigned long native_jiffies(void)
{
	return jiffies;
}

/* Sets everything that tells the time. Below 4295 s, so that 32 bits will do. */
static void show_time(unsigned long us)
{
	now_us = us;
	jiffies = us / US_PER_JIFFY;
	xtime.tv_sec = 978566400 + us / 1000000;
	xtime.tv_usec = us % 1000000;
}

void native_set_time(unsigned long us)
{
	show_time(us);
}

void native_tick(unsigned long now)
{
	show_time(now * US_PER_JIFFY);
	do_timer();
}

unsigned long native_next_timer(void)
{
	return next_timer_expires();
}
