/* Page tables: there are none; only what headers mention. */
#ifndef _SIM_PGTABLE_H
#define _SIM_PGTABLE_H
#include <asm/page.h>
#include <asm/processor.h>
#include <asm/tree.h>
#define PTRS_PER_PGD 1024
#define PTRS_PER_PMD 1
#define PTRS_PER_PTE 1024
#define PGDIR_SHIFT 22
#define PGDIR_SIZE (1UL << PGDIR_SHIFT)
#define PGDIR_MASK (~(PGDIR_SIZE - 1))
#define PMD_SHIFT 22
#define PMD_SIZE (1UL << PMD_SHIFT)
#define PMD_MASK (~(PMD_SIZE - 1))
#define USER_PTRS_PER_PGD 768
#define FIRST_USER_PGD_NR 0
#define PAGE_NONE __pgprot(0)
#define PAGE_SHARED __pgprot(1)
#define PAGE_COPY __pgprot(2)
#define PAGE_READONLY __pgprot(3)
#define PAGE_KERNEL __pgprot(4)
#ifndef TREE_PAGE_ADDRESS
#define page_address(page) ((void *)(((page) - mem_map) << PAGE_SHIFT))
#endif
typedef pte_t *pte_addr_t;
#define pte_none(x) (!(x).pte_low)
#define pte_present(x) ((x).pte_low & 1)
#define pgd_none(x) 0
#define pgd_present(x) 1
#define pmd_none(x) (!(x).pmd)
#define flush_cache_all() do { } while (0)
#define flush_cache_mm(mm) do { } while (0)
#define flush_cache_range(mm, start, end) do { } while (0)
#define flush_cache_page(vma, address) do { } while (0)
#define flush_page_to_ram(page) do { } while (0)
#define flush_dcache_page(page) do { } while (0)
#define flush_icache_range(start, end) do { } while (0)
#define flush_icache_page(vma, page) do { } while (0)
typedef struct { unsigned long val; } __sim_swp_entry;
extern pgd_t swapper_pg_dir[1024];
#endif
