/* SockScope's own C under Linux's names, not Linux's source.
 * Files, directory entries and inodes, as small as sockets need them:
 *
 *	descriptor -> struct file -> struct dentry -> struct inode [ struct socket ]
 *
 * A socket lives inside its inode. Making and looking up these objects are
 * services, declared at the end.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/net.h>
#include <asm/atomic.h>

#define S_IFSOCK	0140000
#define S_IRWXUGO	00777

struct file;
struct inode;
struct iovec;

struct file_operations {
	ssize_t (*read)(struct file *, char *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char *, size_t, loff_t *);
	int (*ioctl)(struct inode *, struct file *, unsigned int, unsigned long);
	int (*release)(struct inode *, struct file *);
};

struct qstr {
	const unsigned char *name;
	unsigned int len;
	unsigned int hash;
};

#define DNAME_INLINE_LEN 16

struct dentry {
	atomic_t d_count;
	struct inode *d_inode;
	struct dentry *d_parent;
	struct qstr d_name;
	unsigned char d_iname[DNAME_INLINE_LEN];	/* "[inode number]" */
};

struct inode {
	unsigned long i_ino;
	atomic_t i_count;
	umode_t i_mode;
	uid_t i_uid;
	gid_t i_gid;
	struct file_operations *i_fop;
	unsigned char i_sock;		/* 1: the inode is a socket */
	union {
		struct socket socket_i;
		void *generic_ip;
	} u;
};

struct file {
	struct dentry *f_dentry;
	struct file_operations *f_op;
	atomic_t f_count;
	unsigned int f_flags;		/* O_... */
	mode_t f_mode;
	loff_t f_pos;
	void *private_data;
};

#define get_file(x)	atomic_inc(&(x)->f_count)

/* Services. */
extern struct inode *get_empty_inode(void);
extern void iput(struct inode *inode);
extern struct file *get_empty_filp(void);
extern void put_filp(struct file *file);
extern struct file *fget(unsigned int fd);
extern void fput(struct file *file);
extern int get_unused_fd(void);
extern void put_unused_fd(unsigned int fd);
extern void fd_install(unsigned int fd, struct file *file);

/* fs/dcache.c */
extern struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
extern void d_instantiate(struct dentry *entry, struct inode *inode);
extern void dput(struct dentry *entry);

extern long sys_close(unsigned int fd);

#endif
