/* Exchange, barriers, interrupt flag. Statements are never interrupted, so the flag has nobody to hold off. */
#ifndef _SIM_SYSTEM_H
#define _SIM_SYSTEM_H
#include <linux/config.h>
#include <linux/kernel.h>
#include <asm/segment.h>
struct task_struct;
#define prepare_to_switch() do { } while (0)
#define nop() do { } while (0)
#define xchg(address, value) ({ \
	__typeof__(*(address)) __sim_old = *(address); \
	*(address) = (__typeof__(*(address)))(value); \
	__sim_old; })
#define tas(address) (xchg((address), 1))
#define __HAVE_ARCH_CMPXCHG 1
#define cmpxchg(address, old, new) ({ \
	__typeof__(*(address)) __sim_found = *(address); \
	if (__sim_found == (old)) \
		*(address) = (new); \
	__sim_found; })
#define mb() do { } while (0)
#define rmb() do { } while (0)
#define wmb() do { } while (0)
#define smp_mb() do { } while (0)
#define smp_rmb() do { } while (0)
#define smp_wmb() do { } while (0)
#define set_mb(variable, value) do { (variable) = (value); } while (0)
#define set_wmb(variable, value) do { (variable) = (value); } while (0)
#define __cli() do { } while (0)
#define __sti() do { } while (0)
#define __save_flags(flags) ((void)((flags) = 0))
#define __restore_flags(flags) ((void)(flags))
#define local_irq_save(flags) ((void)((flags) = 0))
#define local_irq_restore(flags) ((void)(flags))
#define local_irq_disable() do { } while (0)
#define local_irq_enable() do { } while (0)
#define irqs_disabled() 0
#define local_save_flags(flags) ((void)((flags) = 0))
#define save_and_cli(flags) ((void)((flags) = 0))
#define __save_and_cli(flags) ((void)((flags) = 0))
#define __save_and_sti(flags) ((void)((flags) = 0))
#define set_rmb(variable, value) do { (variable) = (value); } while (0)
#define cli() do { } while (0)
#define sti() do { } while (0)
#define save_flags(flags) ((void)((flags) = 0))
#define restore_flags(flags) ((void)(flags))
#define safe_halt() do { } while (0)
#endif
