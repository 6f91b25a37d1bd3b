/*
 * The services below the bundled kernel, for its native build: memory,
 * processes, descriptors, user copies, clock. The simulator has them in
 * TypeScript (src/kernel); this is only what the comparison needs.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sockscope.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include "native.h"
#include "run-queue.h"

struct process {
	struct task_struct task;
	struct file *fds[MAX_FDS];
	char close_on_exec[MAX_FDS];
	int fd_limit;
	int pending;			/* signal number, 0 for none */
	int action[32], restart[32];
};

static struct process processes[MAX_PROCESSES];
static int process_count, running;
static unsigned long inode_number;

#define RESERVED ((struct file *)1)

/* ---- memory ---- */

struct kmem_cache_s {
	const char *name;
	unsigned int size;
};

void *kmalloc(size_t size, int flags)
{
	return host_alloc("kmalloc", size);
}

void kfree(const void *objp)
{
	if (objp)
		host_free((void *)objp);
}

kmem_cache_t *kmem_cache_create(const char *name, size_t size, size_t offset, unsigned long flags,
	void (*ctor)(void *, kmem_cache_t *, unsigned long),
	void (*dtor)(void *, kmem_cache_t *, unsigned long))
{
	kmem_cache_t *cache = host_alloc("cache", sizeof(*cache));

	cache->name = name;
	cache->size = size;
	return cache;
}

void *kmem_cache_alloc(kmem_cache_t *cachep, int flags)
{
	return host_alloc(cachep->name, cachep->size);
}

void kmem_cache_free(kmem_cache_t *cachep, void *objp)
{
	host_free(objp);
}

/* Only the lowest page is not the process's. */
/* Could a process own these bytes? */
static int user_range(const void *p, unsigned long n)
{
	return (unsigned long)p >= 4096 && n < 0x10000000;
}

unsigned long copy_from_user(void *to, const void *from, unsigned long n)
{
	if (!user_range(from, n))
		return n;
	memcpy(to, from, n);
	return 0;
}

unsigned long copy_to_user(void *to, const void *from, unsigned long n)
{
	if (!user_range(to, n))
		return n;
	memcpy(to, from, n);
	return 0;
}

/* ---- messages and ends ---- */

int printk(const char *fmt, ...)
{
	long *args = (long *)(&fmt + 1);

	host_print(fmt, args[0], args[1]);
	return 0;
}

void panic(const char *fmt, ...)
{
	host_fail(fmt, "panic", 0);
}

void __bug(const char *file, int line)
{
	host_fail("BUG", file, line);
}

int native_softirq_pending(void)
{
	return (softirq_active(0) & softirq_mask(0)) != 0;
}

void native_do_softirq(void)
{
	do_softirq();
}

void native_boot(void)
{
	native_set_time(10 * 1000000);
	native_new_process("swapper", ~0U);
	current = &processes[0].task;
	sockscope_boot();
}

void sockscope_wire_xmit(void *bytes, int len)
{
	host_wire(bytes, len);
}

void native_inject(const void *bytes, int len)
{
	/* The simulator hands packets over in a buffer of the slab, of a cache that no script makes fail. */
	void *buffer = host_alloc("wire", 2048);

	memcpy(buffer, bytes, len);
	sockscope_inject(buffer, len);
	kfree(buffer);
}

/* ---- processes ---- */

int capable(int cap)
{
	return (current->cap_effective >> cap) & 1;
}

static uid_t new_uid;

void native_uid_of_new(unsigned int uid)
{
	new_uid = uid;
}

int native_new_process(const char *name, unsigned int caps)
{
	struct process *p = &processes[process_count];

	strncpy(p->task.comm, name, sizeof(p->task.comm) - 1);
	p->task.pid = process_count ? 99 + process_count : 0;
	p->task.pgrp = p->task.tgid = p->task.pid;
	p->task.cap_effective = p->task.cap_permitted = caps;
	p->task.uid = p->task.euid = p->task.suid = p->task.fsuid = new_uid;
	p->task.gid = p->task.egid = p->task.sgid = p->task.fsgid = new_uid;
	p->fd_limit = MAX_FDS;
	return process_count++;
}

int native_fork(int parent, const char *name)
{
	int child = native_new_process(name, processes[parent].task.cap_effective);
	int fd;

	for (fd = 0; fd < MAX_FDS; fd++) {
		struct file *file = processes[parent].fds[fd];

		if (!file || file == RESERVED)
			continue;
		processes[child].fds[fd] = file;
		processes[child].close_on_exec[fd] = processes[parent].close_on_exec[fd];
		get_file(file);
	}
	memcpy(processes[child].action, processes[parent].action, sizeof(processes[child].action));
	memcpy(processes[child].restart, processes[parent].restart, sizeof(processes[child].restart));
	return child;
}

int native_task(int process, unsigned long *address, unsigned int *size, int *pid)
{
	if (process >= process_count)
		return 0;
	*address = (unsigned long)&processes[process].task;
	*size = sizeof(processes[process].task);
	*pid = processes[process].task.pid;
	return 1;
}

void native_set_current(int process)
{
	running = process;
	current = &processes[process].task;
}

/* ---- who runs ---- */

/* Whom schedule() chose: NULL for nobody; only while it was asked. */
static struct task_struct *chosen;
static int was_asked;

void native_enter(int process)
{
	add_to_runqueue(&processes[process].task);
}

void native_leave(int process)
{
	leave_runqueue(&processes[process].task);
	processes[process].task.policy &= ~SCHED_YIELD;
}

int native_pick(void)
{
	struct task_struct *next = was_asked ? chosen : best_of_runqueue(NULL);

	was_asked = 0;
	return next ? (struct process *)next - processes : 0;
}

/* As 2.4.0: pending packets first, and no sleep with a signal at the door. */
void schedule(void)
{
	struct process *self = &processes[running];
	struct task_struct *next;

	if (in_interrupt() || running == 0)
		host_fail("Scheduling in interrupt", "schedule", 0);
	do_softirq();
	if (self->task.state == TASK_INTERRUPTIBLE && self->pending)
		self->task.state = TASK_RUNNING;
	self->task.need_resched = 0;
	if (self->task.state != TASK_RUNNING)
		leave_runqueue(&self->task);
	next = best_of_runqueue(self->task.state == TASK_RUNNING ? &self->task : NULL);
	if (next == &self->task)
		return;
	self->task.policy &= ~SCHED_YIELD;
	chosen = next;
	was_asked = 1;
	host_block();
}

/* ---- signals ---- */

void native_sigaction(int process, int sig, int kind, int restart)
{
	processes[process].action[sig] = kind;
	processes[process].restart[sig] = restart;
}

void native_kill(int process, int sig)
{
	struct process *p = &processes[process];

	if (p->action[sig] == 2 && sig != SIGKILL)
		return;
	p->pending = sig;
	p->task.sigpending = 1;
	if (p->task.state == TASK_INTERRUPTIBLE)
		wake_up_process(&p->task);
}

int send_sig(int sig, struct task_struct *p, int priv)
{
	native_kill((struct process *)p - processes, sig);
	return 0;
}

int native_deliver(int process, long *value)
{
	struct process *p = &processes[process];
	int sig = p->pending;

	if (!sig)
		return 0;
	p->pending = 0;
	p->task.sigpending = 0;
	if (p->action[sig] != 1)
		return 2;
	if (*value != -ERESTARTSYS)
		return 0;
	*value = -EINTR;
	return p->restart[sig] ? 1 : 0;
}

/* ---- descriptors ---- */

static int fds_in_use(int process)
{
	int fd, count = 0;

	for (fd = 0; fd < MAX_FDS; fd++)
		count += processes[process].fds[fd] != NULL;
	return count;
}

void native_limit_fds(int process, int n)
{
	processes[process].fd_limit = n < 0 ? MAX_FDS : fds_in_use(process) + n;
}

/* What a terminal has taken from the start: 0, 1 and 2. */
void native_reserve_terminal(int process)
{
	int fd;

	for (fd = 0; fd < 3; fd++)
		processes[process].fds[fd] = RESERVED;
}

void native_set_fd_limit(int process, int limit)
{
	processes[process].fd_limit = limit;
}

int sockscope_unused_fd(unsigned int start)
{
	unsigned int fd = start;

	if (fds_in_use(running) >= processes[running].fd_limit)
		return -EMFILE;
	while (fd < MAX_FDS && processes[running].fds[fd])
		fd++;
	if (fd >= MAX_FDS)
		return -EMFILE;
	processes[running].fds[fd] = RESERVED;
	return fd;
}

int get_unused_fd(void)
{
	return sockscope_unused_fd(0);
}

void put_unused_fd(unsigned int fd)
{
	processes[running].fds[fd] = NULL;
	processes[running].close_on_exec[fd] = 0;
}

int sockscope_close_on_exec(unsigned int fd)
{
	return processes[running].close_on_exec[fd];
}

void sockscope_set_close_on_exec(unsigned int fd, int flag)
{
	processes[running].close_on_exec[fd] = flag;
}

void fd_install(unsigned int fd, struct file *file)
{
	processes[running].fds[fd] = file;
}

struct file *fget(unsigned int fd)
{
	struct file *file = fd < MAX_FDS ? processes[running].fds[fd] : NULL;

	if (!file || file == RESERVED)
		return NULL;
	get_file(file);
	return file;
}

void fput(struct file *file)
{
	struct dentry *dentry = file->f_dentry;

	if (!atomic_dec_and_test(&file->f_count))
		return;
	if (file->f_op && file->f_op->release)
		file->f_op->release(dentry ? dentry->d_inode : NULL, file);
	dput(dentry);
	host_free(file);
}

static void *zeroed(const char *cache, unsigned int size)
{
	void *object = host_alloc(cache, size);

	if (object)
		memset(object, 0, size);
	return object;
}

struct file *get_empty_filp(void)
{
	struct file *file = zeroed("filp", sizeof(*file));

	if (file)
		atomic_set(&file->f_count, 1);
	return file;
}

void put_filp(struct file *file)
{
	if (atomic_dec_and_test(&file->f_count))
		host_free(file);
}

struct inode *get_empty_inode(void)
{
	struct inode *inode = zeroed("inode_cache", sizeof(*inode));

	if (inode) {
		inode->i_ino = ++inode_number;
		atomic_set(&inode->i_count, 1);
	}
	return inode;
}

void iput(struct inode *inode)
{
	if (inode && atomic_dec_and_test(&inode->i_count))
		host_free(inode);
}

/* Something readable and writable that is no socket. */
int native_open_plain(int process)
{
	struct qstr name = { (const unsigned char *)"plain", 5, 0 };
	struct inode *inode;
	struct file *file;
	int fd;

	native_set_current(process);
	fd = get_unused_fd();
	if (fd < 0)
		return fd;
	file = get_empty_filp();
	inode = get_empty_inode();
	file->f_dentry = d_alloc(NULL, &name);
	d_instantiate(file->f_dentry, inode);
	file->f_flags = 2;
	fd_install(fd, file);
	return fd;
}

void native_close_all(int process)
{
	int fd;

	native_set_current(process);
	for (fd = 0; fd < MAX_FDS; fd++)
		if (processes[process].fds[fd] > RESERVED)
			sys_close(fd);
}
