/* Memory that lasts until the function returns (GNU C). */
#ifndef _ALLOCA_H
#define _ALLOCA_H
#define alloca(size) __builtin_alloca(size)
#endif
