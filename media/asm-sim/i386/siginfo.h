/* What a signal tells. For trees without headers of the i386. */
#ifndef _SIM_I386_SIGINFO_H
#define _SIM_I386_SIGINFO_H
#include <linux/types.h>
#include <linux/string.h>
typedef union sigval {
	int sival_int;
	void *sival_ptr;
} sigval_t;
#define SI_MAX_SIZE 128
#define SI_PAD_SIZE (SI_MAX_SIZE / sizeof(int) - 3)
typedef struct siginfo {
	int si_signo, si_errno, si_code;
	union {
		int _pad[SI_PAD_SIZE];
		struct { pid_t _pid; uid_t _uid; } _kill;
		struct { unsigned int _timer1, _timer2; } _timer;
		struct { pid_t _pid; uid_t _uid; sigval_t _sigval; } _rt;
		struct { pid_t _pid; uid_t _uid; int _status; clock_t _utime, _stime; } _sigchld;
		struct { void *_addr; } _sigfault;
		struct { int _band, _fd; } _sigpoll;
	} _sifields;
} siginfo_t;
#define si_uid _sifields._kill._uid
#define si_pid _sifields._kill._pid
#define si_status _sifields._sigchld._status
#define si_addr _sifields._sigfault._addr
#define si_band _sifields._sigpoll._band
#define si_fd _sifields._sigpoll._fd
#define __SI_MASK 0xffff0000
#define __SI_POLL (2 << 16)
#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_SIGIO (-5)
#define SI_FROMUSER(info) ((info)->si_code <= 0)
#define SI_FROMKERNEL(info) ((info)->si_code > 0)
#define POLL_IN (__SI_POLL | 1)
#define POLL_PRI (__SI_POLL | 5)
#define POLL_MSG (__SI_POLL | 3)
#define POLL_OUT (__SI_POLL | 2)
#define POLL_HUP (__SI_POLL | 6)
#define POLL_ERR (__SI_POLL | 4)
#define NSIGPOLL 6
#define SIGEV_SIGNAL 0
#define SIGEV_NONE 1
#define SIGEV_THREAD 2
typedef struct sigevent {
	sigval_t sigev_value;
	int sigev_signo, sigev_notify, _pad[13];
} sigevent_t;
#define copy_siginfo(to, from) memcpy((to), (from), sizeof(siginfo_t))
#endif
