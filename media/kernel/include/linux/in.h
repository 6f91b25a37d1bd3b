/* SockScope's own C under Linux's names, not Linux's source. */ /* The Internet family: protocol numbers and IPv4 addresses. */
#ifndef _LINUX_IN_H
#define _LINUX_IN_H

#include <linux/types.h>
#include <linux/socket.h>
#include <asm/byteorder.h>

enum {
	IPPROTO_IP = 0,
	IPPROTO_ICMP = 1,
	IPPROTO_IGMP = 2,
	IPPROTO_TCP = 6,
	IPPROTO_UDP = 17,
	IPPROTO_RAW = 255,
	IPPROTO_MAX
};

struct in_addr {
	__u32 s_addr;		/* network byte order */
};

#define __SOCK_SIZE__	16

struct sockaddr_in {
	sa_family_t sin_family;
	unsigned short int sin_port;	/* network byte order */
	struct in_addr sin_addr;
	unsigned char __pad[__SOCK_SIZE__ - sizeof(short int) -
			    sizeof(unsigned short int) - sizeof(struct in_addr)];
};

/* Options of level SOL_IP. */
#define IP_TOS			1
#define IP_TTL			2
#define IP_HDRINCL		3
#define IP_MTU_DISCOVER		10
#define IP_RECVERR		11
#define IP_FREEBIND		15

#define IP_PMTUDISC_DONT	0	/* fragment when a path is narrow */
#define IP_PMTUDISC_WANT	1	/* per-route choice */
#define IP_PMTUDISC_DO		2	/* never fragment */

#define INADDR_ANY		((unsigned long)0x00000000)
#define INADDR_BROADCAST	((unsigned long)0xffffffff)
#define INADDR_LOOPBACK		0x7f000001

/* These look at addresses in network byte order. */
#define LOOPBACK(x)	(((x) & htonl(0xff000000)) == htonl(0x7f000000))
#define MULTICAST(x)	(((x) & htonl(0xf0000000)) == htonl(0xe0000000))
#define BADCLASS(x)	(((x) & htonl(0xf0000000)) == htonl(0xf0000000))
#define ZERONET(x)	(((x) & htonl(0xff000000)) == htonl(0x00000000))

#endif
