#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

#include <linux/types.h>

struct iovec {
	void *iov_base;
	__kernel_size_t iov_len;
};

#endif
