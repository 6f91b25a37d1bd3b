/* Users of temporary mappings; there is no high memory to map. For trees without headers of the i386. */
#ifndef _SIM_I386_KMAP_TYPES_H
#define _SIM_I386_KMAP_TYPES_H
enum km_type { KM_BOUNCE_READ, KM_SKB_DATA, KM_SKB_DATA_SOFTIRQ, KM_USER0, KM_USER1, KM_BH_IRQ, KM_TYPE_NR };
#endif
