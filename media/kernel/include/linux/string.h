/* SockScope's own C under Linux's names, not Linux's source. */ /* Block and string operations: services of the engine. */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>

extern void *memcpy(void *to, const void *from, size_t n);
extern void *memmove(void *to, const void *from, size_t n);
extern void *memset(void *s, int c, size_t n);
extern int memcmp(const void *a, const void *b, size_t n);
extern size_t strlen(const char *s);
extern char *strcpy(char *to, const char *from);
extern char *strncpy(char *to, const char *from, size_t n);

#endif
