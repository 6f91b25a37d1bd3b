/* Pages: sizes, the identity between physical and virtual addresses, and BUG(). */
#ifndef _SIM_PAGE_H
#define _SIM_PAGE_H
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_OFFSET (0UL)
#define __PAGE_OFFSET 0
#ifdef __KERNEL__
typedef struct { unsigned long pte_low; } pte_t;
typedef struct { unsigned long pmd; } pmd_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { unsigned long pgprot; } pgprot_t;
#define pte_val(x) ((x).pte_low)
#define pmd_val(x) ((x).pmd)
#define pgd_val(x) ((x).pgd)
#define pgprot_val(x) ((x).pgprot)
#define __pte(x) ((pte_t) { (x) })
#define __pmd(x) ((pmd_t) { (x) })
#define __pgd(x) ((pgd_t) { (x) })
#define __pgprot(x) ((pgprot_t) { (x) })
#define PAGE_ALIGN(address) (((address) + PAGE_SIZE - 1) & PAGE_MASK)
#define clear_page(page) memset((void *)(page), 0, PAGE_SIZE)
#define copy_page(to, from) memcpy((void *)(to), (void *)(from), PAGE_SIZE)
#define clear_user_page(page, address) clear_page(page)
#define copy_user_page(to, from, address) copy_page(to, from)
#define __pa(address) ((unsigned long)(address))
#define __va(address) ((void *)(unsigned long)(address))
#define virt_to_page(address) (mem_map + (__pa(address) >> PAGE_SHIFT))
#define VALID_PAGE(page) ((unsigned long)((page) - mem_map) < max_mapnr)
extern void __bug(const char *file, int line);
#define BUG() __bug(__FILE__, __LINE__)
#define PAGE_BUG(page) BUG()
static __inline__ int get_order(unsigned long size)
{
	int order = 0;

	for (size = (size - 1) >> PAGE_SHIFT; size; size >>= 1)
		order++;
	return order;
}
#endif
#endif
