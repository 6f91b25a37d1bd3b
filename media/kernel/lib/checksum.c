/* SockScope's own C under Linux's names, not Linux's source.
 * The Internet checksum (RFC 1071): the one's complement sum of the data as
 * 16-bit words. It comes out right in either byte order.
 */
#include <linux/types.h>
#include <asm/byteorder.h>
#include <asm/checksum.h>

/* Adds len bytes to sum; carries are folded back in by csum_fold. */
unsigned int csum_partial(const unsigned char *buff, int len, unsigned int sum)
{
	/* A packet has at most 32768 words: with sum made small nothing overflows. */
	unsigned int total = (sum & 0xffff) + (sum >> 16);

	for (; len > 1; len -= 2, buff += 2)
		total += buff[0] | (buff[1] << 8);
	if (len)
		total += buff[0];
	return total;
}

/* 16 bits, complemented: what goes into a header. */
unsigned int csum_fold(unsigned int sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

/* Of an IP header of ihl words; 0 for a good one that includes its checksum. */
unsigned short ip_fast_csum(unsigned char *iph, unsigned int ihl)
{
	return csum_fold(csum_partial(iph, ihl * 4, 0));
}

/* With the pseudo header of TCP and UDP in front. */
unsigned short csum_tcpudp_magic(unsigned long saddr, unsigned long daddr,
				 unsigned short len, unsigned short proto, unsigned int sum)
{
	struct {
		__u32 saddr, daddr;
		__u8 zero, proto;
		__u16 len;
	} pseudo;

	pseudo.saddr = saddr;
	pseudo.daddr = daddr;
	pseudo.zero = 0;
	pseudo.proto = proto;
	pseudo.len = htons(len);
	return csum_fold(csum_partial((unsigned char *)&pseudo, sizeof(pseudo), sum));
}
