/* SockScope's own C under Linux's names, not Linux's source. */ /* Reading, writing and controlling files through their operations. */
#include <linux/kernel.h>
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/file.h>
#include <linux/sockios.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

ssize_t sys_read(unsigned int fd, char *buf, size_t count)
{
	struct file *file = fget(fd);
	long ret = -EINVAL;

	if (!file)
		return -EBADF;
	if (file->f_op && file->f_op->read)
		ret = file->f_op->read(file, buf, count, &file->f_pos);
	fput(file);
	return ret;
}

ssize_t sys_write(unsigned int fd, const char *buf, size_t count)
{
	struct file *file = fget(fd);
	long ret = -EINVAL;

	if (!file)
		return -EBADF;
	if (file->f_op && file->f_op->write)
		ret = file->f_op->write(file, buf, count, &file->f_pos);
	fput(file);
	return ret;
}

/* FIONBIO is for every file; the rest is the file's business. */
long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file = fget(fd);
	long ret = -ENOTTY;
	int on;

	if (!file)
		return -EBADF;
	if (cmd == FIONBIO) {
		ret = get_user(on, (int *)arg);
		if (!ret && on)
			file->f_flags |= O_NONBLOCK;
		else if (!ret)
			file->f_flags &= ~O_NONBLOCK;
	} else if (file->f_op && file->f_op->ioctl) {
		ret = file->f_op->ioctl(file->f_dentry->d_inode, file, cmd, arg);
		if (ret == -ENOIOCTLCMD)
			ret = -EINVAL;
	}
	fput(file);
	return ret;
}
