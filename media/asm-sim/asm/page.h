/* Pages: sizes, the identity between physical and virtual addresses, and BUG(). */
#ifndef _SIM_PAGE_H
#define _SIM_PAGE_H
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_OFFSET (0UL)
#define __PAGE_OFFSET 0
#ifdef __KERNEL__
typedef struct { unsigned long pgd; } pgd_t;
#define pgd_val(entry) ((entry).pgd)
#define __pgd(value) ((pgd_t) { (value) })
typedef struct { unsigned long pmd; } pmd_t;
#define pmd_val(entry) ((entry).pmd)
#define __pmd(value) ((pmd_t) { (value) })
typedef struct { unsigned long pte_low; } pte_t;
#define pte_val(entry) ((entry).pte_low)
#define __pte(value) ((pte_t) { (value) })
typedef struct { unsigned long pgprot; } pgprot_t;
#define pgprot_val(bits) ((bits).pgprot)
#define __pgprot(value) ((pgprot_t) { (value) })
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
