/* SockScope's own C under Linux's names, not Linux's source. */ /* Option numbers of setsockopt and getsockopt, and the socket types. */
#ifndef _ASM_SOCKET_H
#define _ASM_SOCKET_H

#define SOL_SOCKET	1

#define SO_DEBUG	1
#define SO_REUSEADDR	2
#define SO_TYPE		3
#define SO_ERROR	4
#define SO_DONTROUTE	5
#define SO_BROADCAST	6
#define SO_SNDBUF	7
#define SO_RCVBUF	8
#define SO_KEEPALIVE	9
#define SO_OOBINLINE	10
#define SO_NO_CHECK	11
#define SO_PRIORITY	12
#define SO_LINGER	13
#define SO_BSDCOMPAT	14
#define SO_PASSCRED	16
#define SO_PEERCRED	17
#define SO_RCVLOWAT	18
#define SO_SNDLOWAT	19
#define SO_RCVTIMEO	20
#define SO_SNDTIMEO	21
#define SO_TIMESTAMP	29

#define SOCK_STREAM	1	/* a byte stream with a connection */
#define SOCK_DGRAM	2	/* single datagrams */
#define SOCK_RAW	3	/* the protocol's own packets */
#define SOCK_RDM	4	/* reliable datagrams */
#define SOCK_SEQPACKET	5	/* datagrams in sequence, with a connection */
#define SOCK_PACKET	10	/* obsolete way to frames of a device */

#endif
