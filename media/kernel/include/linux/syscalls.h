/* SockScope's own C under Linux's names, not Linux's source. */ /* The kernel's entries. Pointers are the process's; results below 0 are errors. */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>

struct sockaddr;

/* net/sys_socket.c */
extern long sys_socket(int family, int type, int protocol);
extern long sys_socketpair(int family, int type, int protocol, int *usockvec);
extern long sys_bind(int fd, struct sockaddr *umyaddr, int addrlen);
extern long sys_listen(int fd, int backlog);
extern long sys_accept(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen);
extern long sys_connect(int fd, struct sockaddr *uservaddr, int addrlen);
extern long sys_getsockname(int fd, struct sockaddr *usockaddr, int *usockaddr_len);
extern long sys_getpeername(int fd, struct sockaddr *usockaddr, int *usockaddr_len);
extern long sys_shutdown(int fd, int how);
extern long sys_send(int fd, void *buff, size_t len, unsigned flags);
extern long sys_sendto(int fd, void *buff, size_t len, unsigned flags,
		       struct sockaddr *addr, int addr_len);
extern long sys_recv(int fd, void *ubuf, size_t size, unsigned flags);
extern long sys_recvfrom(int fd, void *ubuf, size_t size, unsigned flags,
			 struct sockaddr *addr, int *addr_len);
extern long sys_setsockopt(int fd, int level, int optname, char *optval, int optlen);
extern long sys_getsockopt(int fd, int level, int optname, char *optval, int *optlen);

/* fs/read_write.c, fs/fcntl.c, fs/open.c */
extern ssize_t sys_read(unsigned int fd, char *buf, size_t count);
extern ssize_t sys_write(unsigned int fd, const char *buf, size_t count);
extern long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg);
extern long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg);
extern long sys_close(unsigned int fd);

#endif
