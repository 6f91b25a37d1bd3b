/* Requests of ioctl that sockets know of. For trees without headers of the i386. */
#ifndef _SIM_I386_IOCTLS_H
#define _SIM_I386_IOCTLS_H
#include <asm/ioctl.h>
#define TIOCGPGRP 0x540F
#define TIOCSPGRP 0x5410
#define TIOCOUTQ 0x5411
#define FIONREAD 0x541B
#define TIOCINQ FIONREAD
#define FIONBIO 0x5421
#define FIONCLEX 0x5450
#define FIOCLEX 0x5451
#define FIOASYNC 0x5452
#endif
