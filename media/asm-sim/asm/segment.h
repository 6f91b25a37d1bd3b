/* No segments. */
#ifndef _SIM_SEGMENT_H
#define _SIM_SEGMENT_H
#define __KERNEL_CS 0x10
#define __KERNEL_DS 0x18
#define __USER_CS 0x23
#define __USER_DS 0x2B
#endif
