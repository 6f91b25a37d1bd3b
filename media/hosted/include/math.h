/* Mathematics (C99 7.12): doubles only. */
#ifndef _MATH_H
#define _MATH_H
#define HUGE_VAL (1e300 * 1e300)
#define INFINITY ((float)(1e300 * 1e300))
#define M_PI 3.14159265358979323846
double sin(double), cos(double), tan(double), asin(double), acos(double), atan(double), atan2(double, double);
double sinh(double), cosh(double), tanh(double), exp(double), log(double), log10(double), log2(double);
double sqrt(double), cbrt(double), fabs(double), floor(double), ceil(double), trunc(double), round(double);
double pow(double, double), fmod(double, double), hypot(double, double), fmin(double, double), fmax(double, double);
double ldexp(double, int);
#endif
