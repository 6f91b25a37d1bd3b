/* User memory: every access goes through the simulator's copy services. */
#ifndef _SIM_UACCESS_H
#define _SIM_UACCESS_H
#include <linux/config.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <asm/page.h>
#define VERIFY_READ 0
#define VERIFY_WRITE 1
#define MAKE_MM_SEG(limit) ((mm_segment_t) { (limit) })
#define KERNEL_DS MAKE_MM_SEG(0xFFFFFFFF)
#define USER_DS MAKE_MM_SEG(0xC0000000)
#define get_ds() (KERNEL_DS)
#define get_fs() (current->addr_limit)
#define set_fs(value) (current->addr_limit = (value))
#define segment_eq(a, b) ((a).seg == (b).seg)
#define access_ok(type, address, size) ((unsigned long)(size) <= 0xC0000000UL)
#define verify_area(type, address, size) (access_ok((type), (address), (size)) ? 0 : -EFAULT)
extern unsigned long copy_from_user(void *to, const void *from, unsigned long size);
extern unsigned long copy_to_user(void *to, const void *from, unsigned long size);
extern unsigned long clear_user(void *to, unsigned long size);
extern long strncpy_from_user(char *to, const char *from, long size);
extern long strnlen_user(const char *text, long size);
#define strlen_user(text) strnlen_user((text), ~0UL >> 1)
#define __copy_from_user(to, from, size) copy_from_user((to), (from), (size))
#define __copy_to_user(to, from, size) copy_to_user((to), (from), (size))
#define get_user(variable, address) ({ \
	__typeof__(*(address)) __sim_value = 0; \
	int __sim_error = copy_from_user(&__sim_value, (address), sizeof(__sim_value)) ? -EFAULT : 0; \
	(variable) = __sim_value; \
	__sim_error; })
#define put_user(value, address) ({ \
	__typeof__(*(address)) __sim_value = (value); \
	copy_to_user((address), &__sim_value, sizeof(__sim_value)) ? -EFAULT : 0; })
#define __get_user(variable, address) get_user(variable, address)
#define __put_user(value, address) put_user(value, address)
#define get_user_ret(variable, address, result) ({ if (get_user(variable, address)) return result; })
#define put_user_ret(value, address, result) ({ if (put_user(value, address)) return result; })
#define copy_to_user_ret(to, from, size, result) ({ if (copy_to_user((to), (from), (size))) return result; })
#define copy_from_user_ret(to, from, size, result) ({ if (copy_from_user((to), (from), (size))) return result; })
#endif
