/* Those that can run, in the native runner; add_to_runqueue() is the kernel's. */
#ifndef RUN_QUEUE_H
#define RUN_QUEUE_H

struct task_struct;

void leave_runqueue(struct task_struct *p);
/* Who is to run: self, when it is not NULL and may keep the processor; NULL for nobody. */
struct task_struct *best_of_runqueue(struct task_struct *self);

#endif
