/* SockScope's own C under Linux's names, not Linux's source. */ /* Copying between the kernel and the pieces of a message. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/socket.h>
#include <asm/uaccess.h>

/* len bytes out of the message. Used up pieces become shorter. */
int memcpy_fromiovec(unsigned char *kdata, struct iovec *iov, int len)
{
	int copy;

	for (; len > 0; iov++) {
		copy = min(len, iov->iov_len);
		if (copy_from_user(kdata, iov->iov_base, copy))
			return -EFAULT;
		iov->iov_base = (char *)iov->iov_base + copy;
		iov->iov_len -= copy;
		kdata += copy;
		len -= copy;
	}
	return 0;
}

/* len bytes into it. */
int memcpy_toiovec(struct iovec *iov, unsigned char *kdata, int len)
{
	int copy;

	for (; len > 0; iov++) {
		copy = min(len, iov->iov_len);
		if (copy_to_user(iov->iov_base, kdata, copy))
			return -EFAULT;
		iov->iov_base = (char *)iov->iov_base + copy;
		iov->iov_len -= copy;
		kdata += copy;
		len -= copy;
	}
	return 0;
}
