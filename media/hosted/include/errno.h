/* Errors (C99 7.5). */
#ifndef _ERRNO_H
#define _ERRNO_H
#define errno __sockscope_errno
static int __sockscope_errno;
#define EDOM 33
#define ERANGE 34
#define EILSEQ 84
#endif
