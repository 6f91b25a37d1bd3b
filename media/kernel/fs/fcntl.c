/* SockScope's own C under Linux's names, not Linux's source. */ /* Flags of descriptors and files. */
#include <linux/version.h>
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/file.h>
#include <linux/syscalls.h>

/* The table of descriptors is the simulator's. */
extern int sockscope_unused_fd(unsigned int start);
extern int sockscope_close_on_exec(unsigned int fd);
extern void sockscope_set_close_on_exec(unsigned int fd, int flag);

/* What F_SETFL may change. */
#define SETFL_MASK	(O_APPEND | O_NONBLOCK | FASYNC)

/*
 * What F_DUPFD may ask for at most. 2.4.0 refuses as invalid only what no
 * process could have (NR_OPEN) and finds no number from the process's own
 * limit on; later versions refuse that as invalid too.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(2, 4, 20)
#define MOST_DESCRIPTORS	(1024 * 1024)
#else
#define MOST_DESCRIPTORS	1024
#endif

/*
 * A second descriptor for the same open file, the lowest free one from start
 * on. The file has one reference more.
 */
static long dupfd(struct file *filp, unsigned int start)
{
	long fd;

	if (start >= MOST_DESCRIPTORS)
		return -EINVAL;
	fd = sockscope_unused_fd(start);
	if (fd < 0)
		return fd;
	get_file(filp);
	fd_install(fd, filp);
	return fd;
}

/*
 * Flags of the descriptor (F_GETFD, F_SETFD) belong to one number in one
 * process; those of the file (F_GETFL, F_SETFL) to everyone who shares it.
 * Nobody here executes a program, so close-on-exec is kept and never acted on.
 */
long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *filp = fget(fd);
	long err = 0;

	if (!filp)
		return -EBADF;
	switch (cmd) {
	case F_DUPFD:
		err = dupfd(filp, arg);
		break;
	case F_GETFD:
		err = sockscope_close_on_exec(fd);
		break;
	case F_SETFD:
		sockscope_set_close_on_exec(fd, arg & FD_CLOEXEC);
		break;
	case F_SETFL:
		filp->f_flags = (arg & SETFL_MASK) | (filp->f_flags & ~SETFL_MASK);
		break;
	case F_GETFL:
		err = filp->f_flags;
		break;
	default:
		err = -EINVAL;
	}
	fput(filp);
	return err;
}
