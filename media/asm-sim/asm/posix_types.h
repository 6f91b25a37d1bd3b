/* Types that system calls exchange with programs, and the descriptor sets of select. */
#ifndef _SIM_POSIX_TYPES_H
#define _SIM_POSIX_TYPES_H
typedef unsigned short __kernel_dev_t;
typedef unsigned long __kernel_ino_t;
typedef unsigned short __kernel_mode_t, __kernel_nlink_t;
typedef long __kernel_off_t;
typedef int __kernel_pid_t;
typedef unsigned short __kernel_ipc_pid_t;
typedef unsigned short __kernel_uid_t, __kernel_gid_t;
typedef unsigned short __kernel_uid16_t, __kernel_gid16_t;
typedef unsigned short __kernel_old_uid_t, __kernel_old_gid_t;
typedef unsigned int __kernel_uid32_t, __kernel_gid32_t;
typedef unsigned int __kernel_size_t;
typedef int __kernel_ssize_t, __kernel_ptrdiff_t;
typedef long __kernel_time_t, __kernel_suseconds_t, __kernel_clock_t;
typedef int __kernel_daddr_t;
typedef char *__kernel_caddr_t;
typedef long long __kernel_loff_t;
typedef struct {
	int val[2];
} __kernel_fsid_t;
#define __SIM_FD_WORD(fd, set) ((set)->fds_bits[(unsigned long)(fd) / 32])
#define __SIM_FD_BIT(fd) (1UL << ((unsigned long)(fd) % 32))
#define __FD_SET(fd, set) ((void)(__SIM_FD_WORD(fd, set) |= __SIM_FD_BIT(fd)))
#define __FD_CLR(fd, set) ((void)(__SIM_FD_WORD(fd, set) &= ~__SIM_FD_BIT(fd)))
#define __FD_ISSET(fd, set) ((__SIM_FD_WORD(fd, set) & __SIM_FD_BIT(fd)) != 0)
#define __FD_ZERO(set) ((void)memset((set), 0, sizeof(__kernel_fd_set)))
#endif
