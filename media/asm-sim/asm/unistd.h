#ifndef _SIM_UNISTD_H
#define _SIM_UNISTD_H
#endif
