#ifndef _SIM_MMU_H
#define _SIM_MMU_H
typedef struct {
	void *segments;
	unsigned long cpuvalid;
} mm_context_t;
#endif
