/* Owner and rights of an IPC object. For trees without headers of the i386. */
#ifndef _SIM_I386_IPCBUF_H
#define _SIM_I386_IPCBUF_H
struct ipc64_perm {
	__kernel_key_t key;
	__kernel_uid32_t uid;
	__kernel_gid32_t gid;
	__kernel_uid32_t cuid;
	__kernel_gid32_t cgid;
	__kernel_mode_t mode;
	unsigned short __pad1, seq, __pad2;
	unsigned long __unused1, __unused2;
};
#endif
