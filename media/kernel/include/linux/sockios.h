#ifndef _LINUX_SOCKIOS_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _LINUX_SOCKIOS_H

#define FIONREAD	0x541B
#define SIOCINQ		FIONREAD	/* bytes that can be read */
#define TIOCOUTQ	0x5411
#define SIOCOUTQ	TIOCOUTQ	/* bytes not yet acknowledged */
#define FIONBIO		0x5421

#endif
