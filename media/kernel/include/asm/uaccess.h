/* SockScope's own C under Linux's names, not Linux's source.
 * Crossing the border between kernel and process memory. The copies are
 * services: they return how many bytes could not be copied (0 = all went well).
 */
#ifndef _ASM_UACCESS_H
#define _ASM_UACCESS_H

#include <linux/errno.h>

extern unsigned long copy_from_user(void *to, const void *from, unsigned long n);
extern unsigned long copy_to_user(void *to, const void *from, unsigned long n);

/* Does the whole range lie in memory that the process may use? 0 or -EFAULT. */
extern int verify_area(int type, const void *addr, unsigned long size);

#define VERIFY_READ	0
#define VERIFY_WRITE	1

/* x must have the type that ptr points to. 0 or -EFAULT. */
#define get_user(x, ptr) \
	(copy_from_user(&(x), (ptr), sizeof(*(ptr))) ? -EFAULT : 0)
#define put_user(x, ptr) \
	(copy_to_user((ptr), &(x), sizeof(*(ptr))) ? -EFAULT : 0)

#endif
