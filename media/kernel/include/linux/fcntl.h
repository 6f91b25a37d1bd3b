#ifndef _LINUX_FCNTL_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_FCNTL_H

#define O_ACCMODE	0003
#define O_RDONLY	00
#define O_WRONLY	01
#define O_RDWR		02
#define O_APPEND	02000
#define O_NONBLOCK	04000
#define O_NDELAY	O_NONBLOCK
#define FASYNC		020000

#define F_DUPFD		0
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4

#define FD_CLOEXEC	1

#endif
