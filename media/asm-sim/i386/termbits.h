/* Settings of a terminal: only their size matters here. For trees without headers of the i386. */
#ifndef _SIM_I386_TERMBITS_H
#define _SIM_I386_TERMBITS_H
#include <linux/posix_types.h>
typedef unsigned char cc_t;
typedef unsigned int speed_t, tcflag_t;
#define NCCS 19
struct termios {
	tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
	cc_t c_line, c_cc[NCCS];
};
#endif
