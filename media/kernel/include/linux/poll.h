#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

/* Nothing here polls; the type appears in operation tables. */
struct poll_table_struct;
typedef struct poll_table_struct poll_table;

#endif
