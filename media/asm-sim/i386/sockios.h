/* Requests that every socket answers. For trees without headers of the i386. */
#ifndef _SIM_I386_SOCKIOS_H
#define _SIM_I386_SOCKIOS_H
#define FIOSETOWN 0x8901
#define SIOCSPGRP 0x8902
#define FIOGETOWN 0x8903
#define SIOCGPGRP 0x8904
#define SIOCATMARK 0x8905
#define SIOCGSTAMP 0x8906
#endif
