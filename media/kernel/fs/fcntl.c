/* Flags of descriptors and files. */
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/file.h>
#include <linux/syscalls.h>

/* What F_SETFL may change. */
#define SETFL_MASK	(O_APPEND | O_NONBLOCK | FASYNC)

/*
 * Close-on-exec is not kept: no process here executes a program. A new
 * descriptor never has it, which is what F_GETFD tells.
 */
long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *filp = fget(fd);
	long err = 0;

	if (!filp)
		return -EBADF;
	switch (cmd) {
	case F_SETFL:
		filp->f_flags = (arg & SETFL_MASK) | (filp->f_flags & ~SETFL_MASK);
		break;
	case F_GETFL:
		err = filp->f_flags;
		break;
	case F_GETFD:
		break;
	default:
		err = -EINVAL;
	}
	fput(filp);
	return err;
}
