/* Older names for memory blocks and characters (POSIX). */
#ifndef _STRINGS_H
#define _STRINGS_H
#include <stddef.h>
int bcmp(const void *left, const void *right, size_t size);
void bcopy(const void *from, void *to, size_t size);
void bzero(void *to, size_t size);
char *index(const char *text, int letter);
char *rindex(const char *text, int letter);
#endif
