#ifndef _SIM_DESC_H
#define _SIM_DESC_H
#endif
