/* Date and time (C99 7.23): a clock that counts executed statements, so that runs repeat. */
#ifndef _TIME_H
#define _TIME_H
#include <stddef.h>
typedef long time_t;
typedef long clock_t;
#define CLOCKS_PER_SEC 1000000
time_t time(time_t *);
clock_t clock(void);
#endif
