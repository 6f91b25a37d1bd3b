/* The running process: a variable that the simulated task switch sets. */
#ifndef _SIM_CURRENT_H
#define _SIM_CURRENT_H
struct task_struct;
extern struct task_struct *current;
static __inline__ struct task_struct *get_current(void)
{
	return current;
}
#endif
