/* Terminals: what headers mention. For trees without headers of the i386. */
#ifndef _SIM_I386_TERMIOS_H
#define _SIM_I386_TERMIOS_H
#include <asm/termbits.h>
#include <asm/ioctls.h>
struct winsize {
	unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};
#define NCC 8
struct termio {
	unsigned short c_iflag, c_oflag, c_cflag, c_lflag;
	unsigned char c_line, c_cc[NCC];
};
#endif
