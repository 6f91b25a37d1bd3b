/* SockScope's own C under Linux's names, not Linux's source. */ /* The IPv4 header (RFC 791) and what a socket remembers for it. */
#ifndef _LINUX_IP_H
#define _LINUX_IP_H

#include <asm/byteorder.h>
#include <linux/types.h>

struct iphdr {
	__u8 ihl:4,		/* header length in words of four bytes */
	     version:4;
	__u8 tos;
	__u16 tot_len;		/* header and payload, bytes */
	__u16 id;
	__u16 frag_off;
	__u8 ttl;
	__u8 protocol;
	__u16 check;
	__u32 saddr;
	__u32 daddr;
};

#define INET_ECN_MASK	3
#define IPTOS_PREC_MASK	0xe0
#define IPTOS_PREC(tos)	((tos) & IPTOS_PREC_MASK)
#define IPTOS_PREC_INTERNETCONTROL	0xc0
#define IPTOS_PREC_CRITIC_ECP	0xa0
#define IPTOS_TOS_MASK	0x1e
#define IPDEFTTL	64

/* Compiled IP options. This kernel sends and accepts none; sizes stay true. */
struct ip_options {
	__u32 faddr;
	unsigned char optlen;
	unsigned char srr;
	unsigned char rr;
	unsigned char ts;
	unsigned char is_setbyuser:1,
		      is_data:1,
		      is_strictroute:1,
		      srr_is_hit:1,
		      is_changed:1,
		      rr_needaddr:1,
		      ts_needtime:1,
		      ts_needaddr:1;
	unsigned char router_alert;
	unsigned char __pad1;
	unsigned char __pad2;
	unsigned char __data[0];
};

#endif
