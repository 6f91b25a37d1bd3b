#ifndef _SIM_SMP_H
#define _SIM_SMP_H
#endif
