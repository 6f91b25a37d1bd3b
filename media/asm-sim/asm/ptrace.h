#ifndef _SIM_PTRACE_H
#define _SIM_PTRACE_H
struct pt_regs {
	long ebx, ecx, edx, esi, edi, ebp, eax;
	int xds, xes;
	long orig_eax, eip;
	int xcs;
	long eflags, esp;
	int xss;
};
#define user_mode(regs) 1
#define instruction_pointer(regs) ((regs)->eip)
#endif
