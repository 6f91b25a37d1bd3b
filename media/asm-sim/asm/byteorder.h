/* Little endian; swapping is left to the portable C of linux/byteorder. */
#ifndef _SIM_BYTEORDER_H
#define _SIM_BYTEORDER_H
#include <asm/types.h>
#define __BYTEORDER_HAS_U64__
#include <linux/byteorder/little_endian.h>
#endif
