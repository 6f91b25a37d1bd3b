/* SockScope's own C under Linux's names, not Linux's source. */ /* Exact-width integer names for an ILP32 little-endian machine. */
#ifndef _ASM_TYPES_H
#define _ASM_TYPES_H

/* With underscores: the names that user space may see. */
typedef unsigned char __u8, u8;
typedef unsigned short __u16, u16;
typedef unsigned int __u32, u32;
typedef unsigned long long __u64, u64;

typedef signed char __s8, s8;
typedef short __s16, s16;
typedef int __s32, s32;
typedef long long __s64, s64;

#endif
