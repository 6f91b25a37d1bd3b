/* What statfs tells. For trees without headers of the i386. */
#ifndef _SIM_I386_STATFS_H
#define _SIM_I386_STATFS_H
#include <linux/types.h>
typedef __kernel_fsid_t fsid_t;
struct statfs {
	long f_type, f_bsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree;
	__kernel_fsid_t f_fsid;
	long f_namelen, f_spare[6];
};
#endif
