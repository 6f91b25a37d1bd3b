#ifndef _SIM_ELF_H
#define _SIM_ELF_H
#endif
