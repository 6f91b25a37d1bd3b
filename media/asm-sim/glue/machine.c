/*
 * What a kernel tree finds where the processor, the boot code and the file
 * systems would be: the process variable, the order of initialisation, the
 * loopback address, and the mount that sockets' files belong to.
 */
#include <linux/config.h>
#include <linux/version.h>
#include <linux/sched.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tqueue.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/inetdevice.h>
#include <linux/if.h>
#include <linux/in.h>
#include <linux/sockios.h>
#include <linux/time.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <asm/tree.h>
#include <asm/uaccess.h>

struct task_struct *current;
union task_union init_task_union;
DECLARE_TASK_QUEUE(tq_disk);	/* of the block layer; some timer_bh look whether it has work */
unsigned long num_physpages = 32768;	/* 128 MB: the smallest machine with all the defaults */

/* A record for each page of the machine's memory. */
#define MEMORY_PAGES 8192
static struct page page_records[MEMORY_PAGES];
struct page *mem_map = page_records;
unsigned long max_mapnr = MEMORY_PAGES;
#ifdef TREE_ZONE_MAP
static __typeof__(*zone_table[0]) memory_zone;
__typeof__(zone_table[0]) zone_table[MAX_NR_ZONES];
#endif
#ifdef TREE_PROC_NET_STAT
struct proc_dir_entry *proc_net_stat;
#endif

extern void sock_init(void);
extern void softirq_init(void);
extern void init_timervecs(void);
extern void timer_bh(void);
extern int net_dev_init(void);
extern int devinet_ioctl(unsigned int, void *);
extern int sysctl_tcp_ecn;

/* Before the initcalls: timers, bottom halves, the socket layer, devices. */
void sockscope_boot(void)
{
#ifdef TREE_TASK_RING
	init_task.next_task = init_task.prev_task = &init_task;
#endif
#ifdef TREE_ZONE_MAP
	memory_zone.TREE_ZONE_MAP = mem_map;
	zone_table[0] = &memory_zone;
#endif
	init_timervecs();
	softirq_init();
	init_bh(TIMER_BH, timer_bh);
	sock_init();
	net_dev_init();
}

static int configure_loopback(unsigned int request, struct ifreq *ifr)
{
	mm_segment_t before = get_fs();
	int err;

	set_fs(KERNEL_DS);
	err = devinet_ioctl(request, ifr);
	set_fs(before);
	return err;
}

/* After them: ifconfig lo 127.0.0.1 up. ECN is compiled in, and off until a
   scenario's sysctl turns it on. */
void sockscope_ready(void)
{
	struct ifreq ifr;
	struct sockaddr_in *address = (struct sockaddr_in *)&ifr.ifr_addr;

	sysctl_tcp_ecn = 0;
	memset(&ifr, 0, sizeof(ifr));
	strcpy(ifr.ifr_name, "lo");
	address->sin_family = AF_INET;
	address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	configure_loopback(SIOCSIFADDR, &ifr);
	memset(&ifr.ifr_ifru, 0, sizeof(ifr.ifr_ifru));
	ifr.ifr_flags = IFF_UP | IFF_RUNNING | IFF_LOOPBACK;
	configure_loopback(SIOCSIFFLAGS, &ifr);
}

/* Sockets' files need a mount with a root; nothing else of a file system. */
struct vfsmount *kern_mount(struct file_system_type *type)
{
	struct vfsmount *mount = kmalloc(sizeof(*mount), GFP_KERNEL);
	struct super_block *sb = kmalloc(sizeof(*sb), GFP_KERNEL);
	struct qstr name = { (const unsigned char *)"socket:", 7, 0 };

	memset(mount, 0, sizeof(*mount));
	memset(sb, 0, sizeof(*sb));
	sb->s_type = type;
	sb->s_root = d_alloc(NULL, &name);
	atomic_set(&mount->mnt_count, 1);
	mount->mnt_sb = sb;
	mount->mnt_root = sb->s_root;
	return mount;
}

int register_filesystem(struct file_system_type *type)
{
	return 0;
}

void d_rehash(struct dentry *entry)
{
}

loff_t no_llseek(struct file *file, loff_t offset, int origin)
{
	return -ESPIPE;
}

void dump_stack(void)
{
}

void __out_of_line_bug(int line)
{
	__bug("a header", line);
}

int try_inc_mod_count(struct module *module)
{
	return 1;
}

void dev_probe_lock(void)
{
}

void dev_probe_unlock(void)
{
}

void net_device_init(void)
{
}

void si_meminfo(struct sysinfo *info)
{
	memset(info, 0, sizeof(*info));
	info->totalram = num_physpages;
	info->freeram = num_physpages / 2;
	info->mem_unit = PAGE_SIZE;
}
