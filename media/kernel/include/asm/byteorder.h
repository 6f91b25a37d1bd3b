/* SockScope's own C under Linux's names, not Linux's source. */ /* Host order is little endian, network order is big endian. */
#ifndef _ASM_BYTEORDER_H
#define _ASM_BYTEORDER_H

#include <asm/types.h>

#define __LITTLE_ENDIAN_BITFIELD

#define __swab16(x) \
	((__u16)((((__u16)(x) & 0x00ffU) << 8) | (((__u16)(x) & 0xff00U) >> 8)))
#define __swab32(x) \
	((__u32)((((__u32)(x) & 0x000000ffU) << 24) | \
		 (((__u32)(x) & 0x0000ff00U) << 8) | \
		 (((__u32)(x) & 0x00ff0000U) >> 8) | \
		 (((__u32)(x) & 0xff000000U) >> 24)))

#define htons(x)	__swab16(x)
#define ntohs(x)	__swab16(x)
#define htonl(x)	__swab32(x)
#define ntohl(x)	__swab32(x)

#endif
