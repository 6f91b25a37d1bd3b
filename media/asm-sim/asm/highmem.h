#ifndef _SIM_HIGHMEM_H
#define _SIM_HIGHMEM_H
#endif
