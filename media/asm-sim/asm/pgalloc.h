#ifndef _SIM_PGALLOC_H
#define _SIM_PGALLOC_H
#include <asm/pgtable.h>
#define pgd_quicklist ((unsigned long *)0)
#define pgd_alloc(mm...) ((pgd_t *)0)
#define pgd_free(pgd) do { } while (0)
#define flush_tlb() do { } while (0)
#define flush_tlb_all() do { } while (0)
#define flush_tlb_mm(mm) do { } while (0)
#define flush_tlb_page(vma, address) do { } while (0)
#define flush_tlb_range(mm, start, end) do { } while (0)
#endif
