/* SockScope's own C under Linux's names, not Linux's source. */ /* The running process. The task switch (a service) changes it. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;
extern struct task_struct *current;

#endif
