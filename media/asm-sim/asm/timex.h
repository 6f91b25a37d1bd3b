#ifndef _SIM_TIMEX_H
#define _SIM_TIMEX_H
#define CLOCK_TICK_RATE 1193180
#define CLOCK_TICK_FACTOR 20
#define FINETUNE ((((((long)LATCH * HZ - CLOCK_TICK_RATE) << SHIFT_HZ) * (1000000 / CLOCK_TICK_FACTOR) / (CLOCK_TICK_RATE / CLOCK_TICK_FACTOR)) << (SHIFT_SCALE - SHIFT_HZ)) / HZ)
typedef unsigned long cycles_t;
extern cycles_t cacheflush_time;
#define get_cycles() ((cycles_t)0)
#define vxtime_lock() do { } while (0)
#define vxtime_unlock() do { } while (0)
#endif
