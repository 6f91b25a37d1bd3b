#ifndef _LINUX_KERNEL_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_KERNEL_H

#include <linux/types.h>

#define KERN_CRIT	"<2>"
#define KERN_ERR	"<3>"
#define KERN_WARNING	"<4>"
#define KERN_INFO	"<6>"
#define KERN_DEBUG	"<7>"

/* Services: the kernel log, and the end of everything. */
extern int printk(const char *fmt, ...);
extern void panic(const char *fmt, ...);
extern void __bug(const char *file, int line);

#define BUG()	__bug(__FILE__, __LINE__)

/* Stops when something is so that must not be. */
#define BUG_ON(x)	((x) ? BUG() : (void)0)

/* At start nothing works without it. */
#define panic_unless(x, why)	((x) ? (void)0 : panic(why))

/* Complains when a condition that must hold does not, and carries on. */
#define BUG_TRAP(x) \
	((x) ? (void)0 : \
	 (void)printk("KERNEL: assertion (" #x ") failed at " __FILE__ "(%d)\n", __LINE__))

#define __init

static inline unsigned int min(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

static inline unsigned int max(unsigned int a, unsigned int b)
{
	return a < b ? b : a;
}

#endif
