/* SockScope's own C under Linux's names, not Linux's source. */ /* Addresses, messages and families as the system calls know them. */
#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H

#include <linux/types.h>
#include <linux/uio.h>
#include <asm/socket.h>

typedef unsigned short sa_family_t;

/* The general shape of an address; each family overlays its own. */
struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

struct linger {
	int l_onoff;
	int l_linger;		/* seconds */
};

struct msghdr {
	void *msg_name;
	int msg_namelen;
	struct iovec *msg_iov;
	__kernel_size_t msg_iovlen;
	void *msg_control;
	__kernel_size_t msg_controllen;
	unsigned int msg_flags;
};

struct ucred {
	__u32 pid;
	__u32 uid;
	__u32 gid;
};

#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_INET		2
#define AF_INET6	10
#define AF_PACKET	17
#define AF_MAX		32

#define PF_UNSPEC	AF_UNSPEC
#define PF_UNIX		AF_UNIX
#define PF_INET		AF_INET
#define PF_PACKET	AF_PACKET
#define PF_MAX		AF_MAX

#define SOMAXCONN	128

#define MSG_OOB		1
#define MSG_PEEK	2
#define MSG_DONTROUTE	4
#define MSG_CTRUNC	8
#define MSG_TRUNC	0x20
#define MSG_DONTWAIT	0x40
#define MSG_EOR		0x80
#define MSG_WAITALL	0x100
#define MSG_FIN		0x200
#define MSG_SYN		0x400
#define MSG_RST		0x1000
#define MSG_ERRQUEUE	0x2000
#define MSG_NOSIGNAL	0x4000

#define SOL_IP		0
#define SOL_TCP		6
#define SOL_UDP		17
#define SOL_RAW		255

extern int move_addr_to_kernel(void *uaddr, int ulen, void *kaddr);
extern int move_addr_to_user(void *kaddr, int klen, void *uaddr, int *ulen);
extern int memcpy_fromiovec(unsigned char *kdata, struct iovec *iov, int len);
extern int memcpy_toiovec(struct iovec *iov, unsigned char *kdata, int len);

#endif
