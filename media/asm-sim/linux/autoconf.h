/* The configuration a simulated machine needs: IPv4 sockets on one processor, nothing else. */
#ifndef _SIM_AUTOCONF_H
#define _SIM_AUTOCONF_H
#include <asm/tree.h>
#define CONFIG_X86 1
#define CONFIG_UID16 1
#define CONFIG_NET 1
#define CONFIG_INET 1
#define CONFIG_INET_ECN 1
#define CONFIG_NETDEVICES 1
#define CONFIG_X86_L1_CACHE_SHIFT 5
#define CONFIG_X86_L1_CACHE_BYTES 32
#ifdef TREE_PROC_NET_STAT
/* Used by late 2.4 kernels even without /proc, where no header declares it. */
struct proc_dir_entry;
extern struct proc_dir_entry *proc_net_stat;
#endif
#endif
