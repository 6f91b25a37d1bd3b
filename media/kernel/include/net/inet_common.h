/* SockScope's own C under Linux's names, not Linux's source. */ /* The socket operations of the Internet family (net/ipv4/af_inet.c). */
#ifndef _NET_INET_COMMON_H
#define _NET_INET_COMMON_H

#include <linux/net.h>

extern struct proto_ops inet_stream_ops;
extern struct proto_ops inet_dgram_ops;

extern void inet_init(void);
extern void inet_sock_destruct(struct sock *sk);
extern void inet_sock_release(struct sock *sk);
extern int inet_autobind(struct sock *sk);
extern int inet_release(struct socket *sock);
extern int inet_listen(struct socket *sock, int backlog);
extern int inet_accept(struct socket *sock, struct socket *newsock, int flags);
extern int inet_stream_connect(struct socket *sock, struct sockaddr *uaddr,
			       int addr_len, int flags);
extern int inet_dgram_connect(struct socket *sock, struct sockaddr *uaddr,
			      int addr_len, int flags);
extern int inet_recvmsg(struct socket *sock, struct msghdr *ubuf, int size,
			int flags, struct scm_cookie *scm);
extern int inet_sendmsg(struct socket *sock, struct msghdr *msg, int size,
			struct scm_cookie *scm);
extern int inet_shutdown(struct socket *sock, int how);
extern int inet_setsockopt(struct socket *sock, int level, int optname,
			   char *optval, int optlen);
extern int inet_getsockopt(struct socket *sock, int level, int optname,
			   char *optval, int *optlen);
extern int inet_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);

#endif
