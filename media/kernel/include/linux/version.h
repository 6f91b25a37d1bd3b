#ifndef _LINUX_VERSION_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_VERSION_H

/* The version that the bundled kernel behaves as. */
#define KERNEL_VERSION(a, b, c)	(((a) << 16) + ((b) << 8) + (c))
#define LINUX_VERSION_CODE	0x020400

#endif
