/* System call entries that our own files define for a tree. */
#ifndef _SIM_SYSCALLS_H
#define _SIM_SYSCALLS_H
#include <linux/linkage.h>
#include <linux/types.h>
#endif
