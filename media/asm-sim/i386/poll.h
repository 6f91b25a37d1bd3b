/* What can be waited for. For trees without headers of the i386. */
#ifndef _SIM_I386_POLL_H
#define _SIM_I386_POLL_H
#define POLLIN 0x1
#define POLLPRI 0x2
#define POLLOUT 0x4
#define POLLERR 0x8
#define POLLHUP 0x10
#define POLLNVAL 0x20
#define POLLRDNORM 0x40
#define POLLRDBAND 0x80
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#define POLLMSG 0x400
#define POLLREMOVE 0x1000
struct pollfd {
	int fd;
	short events, revents;
};
#endif
