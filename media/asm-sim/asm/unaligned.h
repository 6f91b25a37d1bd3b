#ifndef _SIM_UNALIGNED_H
#define _SIM_UNALIGNED_H
#define get_unaligned(address) (*(address))
#define put_unaligned(value, address) ((void)(*(address) = (value)))
#endif
