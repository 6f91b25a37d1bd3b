/* Mathematics (C99 7.12) for double and float; long double has the range of double here. */
#ifndef _MATH_H
#define _MATH_H
#define HUGE_VAL (1e300 * 1e300)
#define INFINITY ((float)(1e300 * 1e300))
#define NAN ((float)(INFINITY * 0.0f))
#define isnan(x) ((x) != (x))
#define isinf(x) ((x) == HUGE_VAL || (x) == -HUGE_VAL)
#define isfinite(x) ((x) - (x) == 0)
#define signbit(x) __builtin_signbit(x)
#define M_PI 3.14159265358979323846
double sin(double), cos(double), tan(double), asin(double), acos(double), atan(double), atan2(double, double);
double sinh(double), cosh(double), tanh(double), exp(double), log(double), log10(double), log2(double);
double sqrt(double), cbrt(double), fabs(double), floor(double), ceil(double), trunc(double), round(double);
double pow(double, double), fmod(double, double), hypot(double, double), fmin(double, double), fmax(double, double);
double ldexp(double, int), copysign(double, double);
float sinf(float), cosf(float), tanf(float), asinf(float), acosf(float), atanf(float), atan2f(float, float);
float sinhf(float), coshf(float), tanhf(float), expf(float), logf(float), log10f(float), log2f(float);
float sqrtf(float), cbrtf(float), fabsf(float), floorf(float), ceilf(float), truncf(float), roundf(float);
float powf(float, float), fmodf(float, float), hypotf(float, float), fminf(float, float), fmaxf(float, float);
float ldexpf(float, int), copysignf(float, float);
#endif
