/* What stat tells. For trees without headers of the i386. */
#ifndef _SIM_I386_STAT_H
#define _SIM_I386_STAT_H
struct __old_kernel_stat {
	unsigned short st_dev, st_ino, st_mode, st_nlink, st_uid, st_gid, st_rdev;
	unsigned long st_size, st_atime, st_mtime, st_ctime;
};
struct stat {
	unsigned short st_dev, __pad1;
	unsigned long st_ino;
	unsigned short st_mode, st_nlink, st_uid, st_gid, st_rdev, __pad2;
	unsigned long st_size, st_blksize, st_blocks, st_atime, __unused1, st_mtime, __unused2, st_ctime, __unused3, __unused4, __unused5;
};
#endif
