#ifndef _SIM_DELAY_H
#define _SIM_DELAY_H
#define udelay(usecs) do { } while (0)
#define __delay(loops) do { } while (0)
#endif
