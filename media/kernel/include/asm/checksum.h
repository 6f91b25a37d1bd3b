/* SockScope's own C under Linux's names, not Linux's source. */ /* Internet checksum (RFC 1071). Implemented in lib/checksum.c. */
#ifndef _ASM_CHECKSUM_H
#define _ASM_CHECKSUM_H

#include <linux/types.h>

extern unsigned int csum_partial(const unsigned char *buff, int len, unsigned int sum);
extern unsigned int csum_fold(unsigned int sum);
extern unsigned short ip_fast_csum(unsigned char *iph, unsigned int ihl);
extern unsigned short csum_tcpudp_magic(unsigned long saddr, unsigned long daddr,
	unsigned short len, unsigned short proto, unsigned int sum);

#endif
