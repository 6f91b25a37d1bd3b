#ifndef _LINUX_POLL_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_POLL_H

/* Nothing here polls; the type appears in operation tables. */
struct poll_table_struct;
typedef struct poll_table_struct poll_table;

#endif
