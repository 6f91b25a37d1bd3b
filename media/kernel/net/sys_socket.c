/* SockScope's own C under Linux's names, not Linux's source.
 * The system calls on sockets. Each looks the socket up, brings addresses in
 * and out, and calls the operation of the socket's type. In Linux 2.4 these
 * are in net/socket.c.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include <net/sock.h>
#include <linux/syscalls.h>

#define MAX_SOCK_ADDR	128	/* room for an address of any family */

static void sockfd_put(struct socket *sock)
{
	fput(sock->file);
}

/* ---- addresses ---- */

/* Copies an address of ulen bytes in. 0 bytes is a valid, empty address. */
int move_addr_to_kernel(void *uaddr, int ulen, void *kaddr)
{
	if (ulen < 0 || ulen > MAX_SOCK_ADDR)
		return -EINVAL;
	if (ulen > 0 && copy_from_user(kaddr, uaddr, ulen))
		return -EFAULT;
	return 0;
}

/*
 * Copies an address out. *ulen says how much room there is, and is told how
 * long the address really is; what does not fit is cut off.
 */
int move_addr_to_user(void *kaddr, int klen, void *uaddr, int *ulen)
{
	int len;

	if (get_user(len, ulen))
		return -EFAULT;
	if (len > klen)
		len = klen;
	if (len < 0 || len > MAX_SOCK_ADDR)
		return -EINVAL;
	if (len && copy_to_user(uaddr, kaddr, len))
		return -EFAULT;
	return put_user(klen, ulen);
}

/* ---- making sockets ---- */

long sys_socket(int family, int type, int protocol)
{
	struct socket *sock;
	int retval;

	retval = sock_create(family, type, protocol, &sock);
	if (retval < 0)
		return retval;
	retval = sock_map_fd(sock);
	if (retval < 0)
		sock_release(sock);
	return retval;
}

/* Two sockets that are connected to each other, if the family can do that. */
long sys_socketpair(int family, int type, int protocol, int *usockvec)
{
	struct socket *sock1, *sock2;
	int err, fd1, fd2;

	err = sock_create(family, type, protocol, &sock1);
	if (err < 0)
		return err;
	err = sock_create(family, type, protocol, &sock2);
	if (err < 0) {
		sock_release(sock1);
		return err;
	}
	err = sock1->ops->socketpair(sock1, sock2);
	if (err < 0)
		goto out_release_both;

	fd1 = err = sock_map_fd(sock1);
	if (err < 0)
		goto out_release_both;
	fd2 = err = sock_map_fd(sock2);
	if (err < 0) {
		sock_release(sock2);
		sys_close(fd1);
		return err;
	}
	err = 0;
	if (put_user(fd1, &usockvec[0]) || put_user(fd2, &usockvec[1])) {
		sys_close(fd2);
		sys_close(fd1);
		err = -EFAULT;
	}
	return err;

out_release_both:
	sock_release(sock2);
	sock_release(sock1);
	return err;
}

/*
 * A new socket for the next connection. When it cannot be given a descriptor
 * or the peer's name cannot be written, the connection is lost.
 */
long sys_accept(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen)
{
	struct socket *sock, *newsock;
	char address[MAX_SOCK_ADDR];
	int err, len;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = -EMFILE;
	newsock = sock_alloc();
	if (!newsock)
		goto out_put;
	newsock->ops = sock->ops;
	newsock->type = sock->type;

	err = sock->ops->accept(sock, newsock, sock->file->f_flags);
	if (err < 0)
		goto out_release;
	if (upeer_sockaddr) {
		err = -ECONNABORTED;
		if (newsock->ops->getname(newsock, (struct sockaddr *)address, &len, 2) < 0)
			goto out_release;
		err = move_addr_to_user(address, len, upeer_sockaddr, upeer_addrlen);
		if (err < 0)
			goto out_release;
	}
	err = sock_map_fd(newsock);
	if (err < 0)
		goto out_release;
out_put:
	sockfd_put(sock);
	return err;

out_release:
	sock_release(newsock);
	goto out_put;
}

/* ---- names and connections ---- */

long sys_bind(int fd, struct sockaddr *umyaddr, int addrlen)
{
	char address[MAX_SOCK_ADDR];
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = move_addr_to_kernel(umyaddr, addrlen, address);
	if (err >= 0)
		err = sock->ops->bind(sock, (struct sockaddr *)address, addrlen);
	sockfd_put(sock);
	return err;
}

long sys_listen(int fd, int backlog)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	/* min is unsigned: a negative backlog asks for the longest. */
	err = sock->ops->listen(sock, min(backlog, SOMAXCONN));
	sockfd_put(sock);
	return err;
}

long sys_connect(int fd, struct sockaddr *uservaddr, int addrlen)
{
	char address[MAX_SOCK_ADDR];
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = move_addr_to_kernel(uservaddr, addrlen, address);
	if (err >= 0)
		err = sock->ops->connect(sock, (struct sockaddr *)address, addrlen,
					 sock->file->f_flags);
	sockfd_put(sock);
	return err;
}

static long get_name(int fd, struct sockaddr *usockaddr, int *usockaddr_len, int peer)
{
	struct socket *sock;
	char address[MAX_SOCK_ADDR];
	int err, len;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = sock->ops->getname(sock, (struct sockaddr *)address, &len, peer);
	if (!err)
		err = move_addr_to_user(address, len, usockaddr, usockaddr_len);
	sockfd_put(sock);
	return err;
}

long sys_getsockname(int fd, struct sockaddr *usockaddr, int *usockaddr_len)
{
	return get_name(fd, usockaddr, usockaddr_len, 0);
}

long sys_getpeername(int fd, struct sockaddr *usockaddr, int *usockaddr_len)
{
	return get_name(fd, usockaddr, usockaddr_len, 1);
}

long sys_shutdown(int fd, int how)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = sock->ops->shutdown(sock, how);
	sockfd_put(sock);
	return err;
}

/* ---- messages ---- */

/* A message in one piece of user memory, with no address yet. */
static void message_of(struct msghdr *msg, struct iovec *iov, void *base, size_t len)
{
	memset(msg, 0, sizeof(*msg));
	msg->msg_iovlen = 1;
	msg->msg_iov = iov;
	iov->iov_len = len;
	iov->iov_base = base;
}

/* On a descriptor that never waits, each call is as if it said so itself. */
static unsigned call_flags(struct socket *sock, unsigned flags)
{
	return sock->file->f_flags & O_NONBLOCK ? flags | MSG_DONTWAIT : flags;
}

long sys_sendto(int fd, void *buff, size_t len, unsigned flags,
		struct sockaddr *addr, int addr_len)
{
	char address[MAX_SOCK_ADDR];
	struct iovec iov;
	struct msghdr msg;
	struct socket *sock;
	int err = 0;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	message_of(&msg, &iov, buff, len);
	msg.msg_flags = call_flags(sock, flags);
	if (addr) {
		msg.msg_namelen = addr_len;
		msg.msg_name = address;
		err = move_addr_to_kernel(addr, addr_len, address);
	}
	if (err >= 0)
		err = sock_sendmsg(sock, &msg, len);
	sockfd_put(sock);
	return err;
}

long sys_send(int fd, void *buff, size_t len, unsigned flags)
{
	return sys_sendto(fd, buff, len, flags, NULL, 0);
}

long sys_recvfrom(int fd, void *ubuf, size_t size, unsigned flags,
		  struct sockaddr *addr, int *addr_len)
{
	char address[MAX_SOCK_ADDR];
	struct iovec iov;
	struct msghdr msg;
	struct socket *sock;
	int got, told = 0;

	sock = sockfd_lookup(fd, &got);
	if (!sock)
		return got;
	message_of(&msg, &iov, ubuf, size);
	msg.msg_namelen = sizeof(address);
	msg.msg_name = address;
	got = sock_recvmsg(sock, &msg, size, call_flags(sock, flags));
	if (got >= 0 && addr && msg.msg_namelen)
		told = move_addr_to_user(address, msg.msg_namelen, addr, addr_len);
	sockfd_put(sock);
	return told < 0 ? told : got;
}

long sys_recv(int fd, void *ubuf, size_t size, unsigned flags)
{
	return sys_recvfrom(fd, ubuf, size, flags, NULL, NULL);
}

/* ---- options ---- */

long sys_setsockopt(int fd, int level, int optname, char *optval, int optlen)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = level == SOL_SOCKET
		? sock_setsockopt(sock, level, optname, optval, optlen)
		: sock->ops->setsockopt(sock, level, optname, optval, optlen);
	sockfd_put(sock);
	return err;
}

long sys_getsockopt(int fd, int level, int optname, char *optval, int *optlen)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = level == SOL_SOCKET
		? sock_getsockopt(sock, level, optname, optval, optlen)
		: sock->ops->getsockopt(sock, level, optname, optval, optlen);
	sockfd_put(sock);
	return err;
}
