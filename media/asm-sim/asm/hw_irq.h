#ifndef _SIM_HW_IRQ_H
#define _SIM_HW_IRQ_H
#endif
