/* A set of semaphores as programs see it. For trees without headers of the i386. */
#ifndef _SIM_I386_SEMBUF_H
#define _SIM_I386_SEMBUF_H
struct semid64_ds {
	struct ipc64_perm sem_perm;
	__kernel_time_t sem_otime;
	unsigned long __unused1;
	__kernel_time_t sem_ctime;
	unsigned long __unused2, sem_nsems, __unused3, __unused4;
};
#endif
