/* SockScope's own C under Linux's names, not Linux's source.
 * The layer between descriptors and families: sockets are made, found by
 * descriptor, read and written as files, and released.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/fcntl.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/sock.h>

/* Registered families, by number. */
static struct net_proto_family *net_families[NPROTO];

static int sockets_in_use;

static struct file_operations socket_file_ops;

/* The socket inside an inode. */
static struct socket *socki_lookup(struct inode *inode)
{
	return &inode->u.socket_i;
}

/* Families come at boot only, each with a number of its own. */
int sock_register(struct net_proto_family *fam)
{
	BUG_ON(fam->family < 0 || fam->family >= NPROTO);
	net_families[fam->family] = fam;
	return 0;
}

/* A socket comes with an inode around it. NULL when there is none. */
struct socket *sock_alloc(void)
{
	struct inode *inode = get_empty_inode();
	struct socket *sock;

	if (!inode)
		return NULL;
	inode->i_sock = 1;
	inode->i_mode = S_IFSOCK | S_IRWXUGO;
	inode->i_gid = current->fsgid;
	inode->i_uid = current->fsuid;

	sock = socki_lookup(inode);
	memset(sock, 0, sizeof(*sock));
	sock->inode = inode;
	sock->state = SS_UNCONNECTED;
	init_waitqueue_head(&sock->wait);

	sockets_in_use++;
	return sock;
}

/*
 * Makes a socket of the family; its create function decides whether type
 * and protocol fit together. 0 and the socket in *res, or a negative errno.
 */
int sock_create(int family, int type, int protocol, struct socket **res)
{
	struct socket *sock;
	int err;

	if (family < 0 || family >= NPROTO)
		return -EAFNOSUPPORT;

	/* A very old way to ask for a packet socket. */
	if (family == PF_INET && type == SOCK_PACKET)
		family = PF_PACKET;

	if (!net_families[family])
		return -EAFNOSUPPORT;

	sock = sock_alloc();
	if (!sock) {
		printk(KERN_WARNING "socket: no more sockets\n");
		return -ENFILE;
	}

	sock->type = type;
	err = net_families[family]->create(sock, protocol);
	if (err < 0) {
		sock_release(sock);
		return err;
	}
	*res = sock;
	return err;
}

/*
 * The end of a socket. When a file refers to it, the inode goes with the
 * file; one that never got a file is dropped here.
 */
void sock_release(struct socket *sock)
{
	if (sock->ops)
		sock->ops->release(sock);
	sockets_in_use--;
	if (sock->file)
		sock->file = NULL;
	else
		iput(sock->inode);
}

/* ---- files ---- */

/* Writes n in decimal, in brackets; returns the length. */
static int socket_name(char *name, unsigned long n)
{
	char digits[12];
	int count = 0, len = 0;

	do {
		digits[count++] = '0' + n % 10;
		n /= 10;
	} while (n);
	name[len++] = '[';
	while (count)
		name[len++] = digits[--count];
	name[len++] = ']';
	name[len] = '\0';
	return len;
}

/* An open file for the socket, or NULL and the reason in *err. */
static struct file *sock_open_file(struct socket *sock, int *err)
{
	struct file *file;
	struct qstr this;
	char name[16];

	*err = -ENFILE;
	file = get_empty_filp();
	if (!file)
		return NULL;

	this.len = socket_name(name, sock->inode->i_ino);
	this.name = (unsigned char *)name;
	this.hash = sock->inode->i_ino;
	*err = -ENOMEM;
	file->f_dentry = d_alloc(NULL, &this);
	if (!file->f_dentry) {
		put_filp(file);
		return NULL;
	}
	d_instantiate(file->f_dentry, sock->inode);

	file->f_op = sock->inode->i_fop = &socket_file_ops;
	file->f_flags = O_RDWR;
	file->f_mode = 3;	/* may be read and written */
	file->f_pos = 0;
	sock->file = file;
	return file;
}

/* Gives the socket a descriptor of the calling process. */
int sock_map_fd(struct socket *sock)
{
	struct file *file;
	int err, fd;

	fd = get_unused_fd();
	if (fd < 0)
		return fd;
	file = sock_open_file(sock, &err);
	if (!file) {
		put_unused_fd(fd);
		return err;
	}
	fd_install(fd, file);
	return fd;
}

/*
 * From descriptor to socket. The file is held until sockfd_put, so the
 * socket cannot vanish while a call sleeps in it.
 */
struct socket *sockfd_lookup(int fd, int *err)
{
	struct file *file = fget(fd);

	if (!file) {
		*err = -EBADF;
		return NULL;
	}
	if (!file->f_dentry || !file->f_dentry->d_inode->i_sock) {
		*err = -ENOTSOCK;
		fput(file);
		return NULL;
	}
	return socki_lookup(file->f_dentry->d_inode);
}

/* ---- messages ---- */

int sock_sendmsg(struct socket *sock, struct msghdr *msg, int size)
{
	struct scm_cookie scm;

	memset(&scm, 0, sizeof(scm));
	scm.creds.pid = current->pid;
	scm.creds.uid = current->uid;
	scm.creds.gid = current->gid;
	return sock->ops->sendmsg(sock, msg, size, &scm);
}

int sock_recvmsg(struct socket *sock, struct msghdr *msg, int size, int flags)
{
	struct scm_cookie scm;

	memset(&scm, 0, sizeof(scm));
	return sock->ops->recvmsg(sock, msg, size, flags, &scm);
}

/* A message of one piece that starts at buf in the process. */
static void one_piece(struct msghdr *msg, struct iovec *iov, void *buf, size_t size)
{
	memset(msg, 0, sizeof(*msg));
	iov->iov_base = buf;
	iov->iov_len = size;
	msg->msg_iov = iov;
	msg->msg_iovlen = 1;
}

static ssize_t sock_read(struct file *file, char *ubuf, size_t size, loff_t *ppos)
{
	struct msghdr msg;
	struct iovec iov;

	if (size == 0)		/* does not even wait */
		return 0;
	one_piece(&msg, &iov, ubuf, size);
	return sock_recvmsg(socki_lookup(file->f_dentry->d_inode), &msg, size,
			    (file->f_flags & O_NONBLOCK) ? MSG_DONTWAIT : 0);
}

static ssize_t sock_write(struct file *file, const char *ubuf, size_t size, loff_t *ppos)
{
	struct msghdr msg;
	struct iovec iov;

	if (size == 0)
		return 0;
	one_piece(&msg, &iov, (void *)ubuf, size);
	if (file->f_flags & O_NONBLOCK)
		msg.msg_flags |= MSG_DONTWAIT;
	return sock_sendmsg(socki_lookup(file->f_dentry->d_inode), &msg, size);
}

static int sock_ioctl(struct inode *inode, struct file *file,
		      unsigned int cmd, unsigned long arg)
{
	struct socket *sock = socki_lookup(inode);

	return sock->ops->ioctl(sock, cmd, arg);
}

/* The last reference to the file has gone. */
int sock_close(struct inode *inode, struct file *filp)
{
	if (inode)
		sock_release(socki_lookup(inode));
	return 0;
}

static struct file_operations socket_file_ops = {
	read:		sock_read,
	write:		sock_write,
	ioctl:		sock_ioctl,
	release:	sock_close
};

void __init sock_init(void)
{
	int i;

	for (i = 0; i < NPROTO; i++)
		net_families[i] = NULL;
	sk_init();
	skb_init();
}
