/* The big kernel lock: one processor has nobody to keep out. */
#ifndef _SIM_SMPLOCK_H
#define _SIM_SMPLOCK_H
#define kernel_locked() 1
#define lock_kernel() do { } while (0)
#define unlock_kernel() do { } while (0)
#define release_kernel_lock(task, cpu) do { } while (0)
#define reacquire_kernel_lock(task) do { } while (0)
#endif
