/* SockScope's own C under Linux's names, not Linux's source. */ /* Descriptor tables: the calls are declared in fs.h here. */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H
#include <linux/fs.h>
#endif
