#ifndef _SIM_DIV64_H
#define _SIM_DIV64_H
#define do_div(number, base) ({ \
	unsigned long __sim_rest = (unsigned long)((unsigned long long)(number) % (unsigned int)(base)); \
	(number) = (unsigned long long)(number) / (unsigned int)(base); \
	__sim_rest; })
#endif
