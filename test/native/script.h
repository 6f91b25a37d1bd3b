/* What script.c and replay.c share: the kernel's entries and the words of a line. */
#ifndef SCRIPT_H
#define SCRIPT_H

#define BUFFER_SIZE	70000

typedef long (*entry)(long, long, long, long, long, long);

extern long sys_socket(), sys_socketpair(), sys_send(), sys_recv(), sys_bind(), sys_listen(), sys_accept(), sys_connect(),
	sys_getsockname(), sys_getpeername(), sys_shutdown(), sys_sendto(), sys_recvfrom(),
	sys_setsockopt(), sys_getsockopt(), sys_fcntl(), sys_ioctl(), sys_read(), sys_write(), sys_close();
extern int sockscope_wire_up(unsigned int addr, unsigned int mask, int mtu);

extern char *process_names[];
int process_named(const char *name);
long number(const char *token);		/* a number, or @NAME: a saved descriptor */
int from_hex(const char *text, unsigned char *out);

/* replay.c: runs a command of a recorded run; 0 when it is none. */
int recorded(char **t, int count);

#endif
