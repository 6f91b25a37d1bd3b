/* Cache lines: only their size matters, for alignment. */
#ifndef _SIM_CACHE_H
#define _SIM_CACHE_H
#define L1_CACHE_SHIFT CONFIG_X86_L1_CACHE_SHIFT
#define L1_CACHE_BYTES (1 << L1_CACHE_SHIFT)
#endif
