/* What a process keeps of the processor: nothing, the machine keeps its stack. */
#ifndef _SIM_PROCESSOR_H
#define _SIM_PROCESSOR_H
#include <asm/page.h>
#include <asm/types.h>
#include <asm/ptrace.h>
#include <asm/tree.h>
#include <linux/cache.h>
#include <linux/config.h>
#include <linux/threads.h>
typedef struct {
	unsigned long seg;
} mm_segment_t;
struct thread_struct {
	unsigned long machine_task;
	unsigned long esp;
};
#define INIT_THREAD { 0, 0 }
#define INIT_MMAP { &init_mm, 0, 0, NULL, PAGE_SHARED, VM_READ | VM_WRITE | VM_EXEC, 1, NULL, NULL }
#define TASK_SIZE (0xC0000000UL)
#define TASK_UNMAPPED_BASE (TASK_SIZE / 3)
#define THREAD_SIZE (2 * PAGE_SIZE)
#define current_text_addr() ((void *)0)
#define cpu_relax() do { } while (0)
#define rep_nop() do { } while (0)
#define init_task (init_task_union.task)
#define init_stack (init_task_union.stack)
struct task_struct;
struct mm_struct;
extern void release_thread(struct task_struct *);
#ifndef TREE_KERNEL_THREAD
extern int kernel_thread(int (*body)(void *), void *argument, unsigned long flags);
#endif
extern int arch_kernel_thread(int (*body)(void *), void *argument, unsigned long flags);
#define copy_segments(task, mm) do { } while (0)
#define release_segments(mm) do { } while (0)
#define thread_saved_pc(thread) (0UL)
#define alloc_task_struct() ((struct task_struct *)__get_free_pages(GFP_KERNEL, 1))
#define free_task_struct(task) free_pages((unsigned long)(task), 1)
#define __alloc_task_struct() alloc_task_struct()
#define __free_task_struct(task) free_task_struct(task)
#ifndef TREE_GET_TASK_STRUCT
#define get_task_struct(task) do { } while (0)
#endif
#endif
