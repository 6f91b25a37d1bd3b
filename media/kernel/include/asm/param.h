#ifndef _ASM_PARAM_H	/* SockScope's own C under Linux's names, not Linux's source. */
#define _ASM_PARAM_H

#define HZ 100		/* clock ticks a second: one jiffy is 10 ms */

#endif
