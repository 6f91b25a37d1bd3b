/* Wide characters (C99 7.24): the types. */
#ifndef _WCHAR_H
#define _WCHAR_H
#include <stddef.h>
typedef unsigned int wint_t;
#define WEOF ((wint_t)-1)
#endif
