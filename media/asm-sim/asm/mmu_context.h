/* Address spaces: there is one, and nothing to switch. */
#ifndef _SIM_MMU_CONTEXT_H
#define _SIM_MMU_CONTEXT_H
#include <asm/pgalloc.h>
#define switch_to(before, after, last) do { } while (0)
#define init_new_context(task, mm) (0)
#define destroy_context(mm) do { } while (0)
#define enter_lazy_tlb(mm, task, cpu) do { } while (0)
#define switch_mm(before, after, task, cpu) do { } while (0)
#define activate_mm(before, after) do { } while (0)
#endif
