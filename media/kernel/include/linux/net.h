/* SockScope's own C under Linux's names, not Linux's source. */ /* struct socket: what a descriptor leads to, for every family. */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

#include <linux/types.h>
#include <linux/wait.h>
#include <linux/poll.h>
#include <linux/socket.h>

#define NPROTO		32	/* families that can register */

typedef enum {
	SS_FREE = 0,		/* not allocated */
	SS_UNCONNECTED,
	SS_CONNECTING,
	SS_CONNECTED,
	SS_DISCONNECTING
} socket_state;

struct file;
struct inode;
struct sock;
struct fasync_struct;
struct scm_cookie;
struct vm_area_struct;

struct socket {
	socket_state state;
	unsigned long flags;
	struct proto_ops *ops;		/* what its type can do */
	struct inode *inode;		/* the inode that contains it */
	struct fasync_struct *fasync_list;
	struct file *file;		/* way back to the descriptor */
	struct sock *sk;		/* the protocol's side */
	wait_queue_head_t wait;		/* who sleeps on this socket */
	short type;			/* SOCK_... */
	unsigned char passcred;
};

/* Control data of a message: credentials and descriptors (AF_UNIX). */
struct scm_cookie {
	struct ucred creds;
	struct scm_fp_list *fp;
	unsigned long seq;
};

struct proto_ops {
	int family;

	int (*release)(struct socket *sock);
	int (*bind)(struct socket *sock, struct sockaddr *umyaddr, int sockaddr_len);
	int (*connect)(struct socket *sock, struct sockaddr *uservaddr,
		       int sockaddr_len, int flags);
	int (*socketpair)(struct socket *sock1, struct socket *sock2);
	int (*accept)(struct socket *sock, struct socket *newsock, int flags);
	int (*getname)(struct socket *sock, struct sockaddr *uaddr,
		       int *usockaddr_len, int peer);
	unsigned int (*poll)(struct file *file, struct socket *sock,
			     struct poll_table_struct *wait);
	int (*ioctl)(struct socket *sock, unsigned int cmd, unsigned long arg);
	int (*listen)(struct socket *sock, int len);
	int (*shutdown)(struct socket *sock, int flags);
	int (*setsockopt)(struct socket *sock, int level, int optname,
			  char *optval, int optlen);
	int (*getsockopt)(struct socket *sock, int level, int optname,
			  char *optval, int *optlen);
	int (*sendmsg)(struct socket *sock, struct msghdr *m, int total_len,
		       struct scm_cookie *scm);
	int (*recvmsg)(struct socket *sock, struct msghdr *m, int total_len,
		       int flags, struct scm_cookie *scm);
	int (*mmap)(struct file *file, struct socket *sock, struct vm_area_struct *vma);
};

struct net_proto_family {
	int family;
	int (*create)(struct socket *sock, int protocol);
	short authentication;
	short encryption;
	short encrypt_net;
};

extern int sock_register(struct net_proto_family *fam);
extern struct socket *sock_alloc(void);
extern int sock_create(int family, int type, int protocol, struct socket **res);
extern void sock_release(struct socket *sock);
extern int sock_map_fd(struct socket *sock);
extern struct socket *sockfd_lookup(int fd, int *err);
extern int sock_sendmsg(struct socket *sock, struct msghdr *msg, int len);
extern int sock_recvmsg(struct socket *sock, struct msghdr *msg, int size, int flags);
extern unsigned long net_random(void);		/* service */
extern void sock_init(void);

#endif
