#ifndef _LINUX_UIO_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_UIO_H

#include <linux/types.h>

struct iovec {
	void *iov_base;
	__kernel_size_t iov_len;
};

#endif
