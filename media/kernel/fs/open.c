/* SockScope's own C under Linux's names, not Linux's source. */ /* Closing a descriptor. */
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/file.h>

/*
 * The slot in the table is free at once. Its reference to the file goes too;
 * the last one (see fork) ends in file->f_op->release.
 */
long sys_close(unsigned int fd)
{
	struct file *filp = fget(fd);

	if (!filp)
		return -EBADF;
	put_unused_fd(fd);
	fput(filp);		/* the table's reference */
	fput(filp);		/* and ours */
	return 0;
}
