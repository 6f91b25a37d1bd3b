#ifndef _SIM_MODULE_H
#define _SIM_MODULE_H
#endif
