#ifndef _NET_UDP_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _NET_UDP_H

#include <linux/udp.h>
#include <net/sock.h>

#define UDP_HTABLE_SIZE		128

#define UDP_CSUM_NOXMIT		1
#define UDP_CSUM_NORCV		2
#define UDP_CSUM_DEFAULT	0	/* checksums both ways */

extern struct sock *udp_hash[UDP_HTABLE_SIZE];	/* by local port */
extern rwlock_t udp_hash_lock;
extern int udp_port_rover;
extern struct proto udp_prot;

extern int udp_connect(struct sock *sk, struct sockaddr *usin, int addr_len);
extern int udp_disconnect(struct sock *sk, int flags);
extern int udp_rcv(struct sk_buff *skb, unsigned short len);
extern void udp_err(struct sk_buff *skb, unsigned char *dp, int len);
extern int datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len);

#endif
