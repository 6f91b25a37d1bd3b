#ifndef _SIM_A_OUT_H
#define _SIM_A_OUT_H
struct exec {
	unsigned long a_info;
	unsigned a_text, a_data, a_bss, a_syms, a_entry, a_trsize, a_drsize;
};
#define STACK_TOP TASK_SIZE
#endif
