/* The Internet checksum (RFC 1071) in C; the summing loops are services. */
#ifndef _SIM_CHECKSUM_H
#define _SIM_CHECKSUM_H
extern unsigned int csum_partial(const unsigned char *from, int size, unsigned int sum);
extern unsigned int csum_partial_copy_nocheck(const char *from, char *to, int size, int sum);
extern unsigned int csum_partial_copy_from_user(const char *from, char *to, int size, int sum, int *error);
extern unsigned int csum_and_copy_to_user(const char *from, char *to, int size, int sum, int *error);
#define csum_partial_copy(from, to, size, sum) csum_partial_copy_nocheck((from), (to), (size), (sum))
#define csum_partial_copy_fromuser(from, to, size, sum) csum_partial_copy_nocheck((from), (to), (size), (sum))
#define HAVE_CSUM_COPY_USER

static __inline__ unsigned int csum_fold(unsigned int sum)
{
	sum = (sum >> 16) + (sum & 0xffff);
	sum += sum >> 16;
	return ~sum & 0xffff;
}

static __inline__ unsigned long csum_tcpudp_nofold(unsigned long saddr, unsigned long daddr, unsigned short length,
						   unsigned short protocol, unsigned int sum)
{
	unsigned long long total = (unsigned long long)saddr + daddr + sum;

	total += ((unsigned long)(unsigned short)((length << 8) | (length >> 8)) << 16) + ((unsigned long)protocol << 8);
	total = (total & 0xffffffff) + (total >> 32);
	return (unsigned long)((total & 0xffffffff) + (total >> 32));
}

#define csum_tcpudp_magic(saddr, daddr, length, protocol, sum) \
	csum_fold(csum_tcpudp_nofold((saddr), (daddr), (length), (protocol), (sum)))
#define ip_fast_csum(header, words) csum_fold(csum_partial((const unsigned char *)(header), (words) * 4, 0))
#define ip_compute_csum(from, size) csum_fold(csum_partial((const unsigned char *)(from), (size), 0))
#endif
