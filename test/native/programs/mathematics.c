/* The library of mathematics, for double and float. */
#include <stdio.h>
#include <math.h>
int main(){ volatile float f=-2.5f; volatile double d=0.49999999999999994; printf("%g %g %g %g %g\n", fabsf(f), roundf(f), round(d), round(-2.5), floorf(f)); printf("%g %g %g %g\n", fmin(NAN,1), fmaxf(2,3), ldexp(1,-1074), ldexpf(1.5f,4)); printf("%d %d %d %d\n", isnan(NAN), isinf(-HUGE_VAL)!=0, isfinite(d), signbit(-0.0)!=0); printf("%.9g %.17g %g\n", sqrtf(2), pow(2,0.5), copysign(3,-0.0)); return 0;}
