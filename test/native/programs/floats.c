/* Floating point: conversions in both directions, comparisons with NaN, literals, long double, float arguments. */
#include <stdio.h>
#include <math.h>
#include <string.h>
typedef long long s64; typedef unsigned long long u64;
static volatile double zero = 0.0, one = 1.0;
static float half(float x) { return x / 2; }
static double twice(double x) { return x * 2; }
static long double thrice(long double x) { return x * 3; }
static float old_style(x, n) float x; char n; { return x + n; }
static void compare(double a, double b)
{
	printf("%d%d%d%d%d%d ", a < b, a <= b, a == b, a != b, a > b, a >= b);
	printf("%d%d%d ", !(a < b), a ? 1 : 0, !a);
	if (a < b) printf("<"); else printf("!<");
	while (a > b) { printf(">"); break; }
	printf("%d\n", (a < b) || (a > b) || (a == b));
}
struct pair { long double a; int n; long double b; };
static long double back(long double x) { return x; }
static int same(const void *a, const void *b) { return memcmp(a, b, 10) == 0; }
static int taken(int k, long double x, long double y) { return same(&x, &y) + 10 * k; }
/* The ten bytes of a long double are written whole, whatever lay there before. */
static void long_doubles(void)
{
	long double a, b, list[3];
	struct pair p;
	int i;
	a = 1.5L; b = back(a); printf("%d\n", same(&a, &b));
	for (i = 0; i < 3; i++) list[i] = a;
	printf("%d %d\n", same(list, list + 1), same(list + 2, &b));
	p.a = p.b = a; printf("%d\n", same(&p.a, &p.b));
	a += 1; b++; printf("%d %d\n", same(&a, &b), taken(1, a, b));
	{ long double c = a, d[] = { 2.5L, a }; printf("%d %d\n", same(&c, d + 1), same(d, d + 1)); }
}
int main(void)
{
	volatile double nan = zero / zero, inf = one / zero;
	volatile float f = 0.1f;
	volatile double d = 0.1;
	double list[] = { 0, -0.0, 1.5, -1.5, 2.5, 1e10, -1e10, 4294967295.0, 2147483648.0, -2147483648.0, 1e18, 0.999999, -0.999999, 255.9, 65536.5 };
	int i;
	compare(1, 2); compare(2, 1); compare(1, 1); compare(nan, 1); compare(1, nan); compare(nan, nan); compare(inf, nan); compare(-inf, inf); compare(0.0, -0.0);
	for (i = 0; i < (int)(sizeof list / sizeof *list); i++) {
		volatile double v = list[i];
		printf("%lld ", (s64)v);
		if (v > -1 && v < 4294967296.0) printf("u%u ", (unsigned)v);
		if (v > -2147483649.0 && v < 2147483648.0) printf("i%d ", (int)v);
		if (v > -32769 && v < 32768) printf("s%d ", (short)v);
		if (v > -1 && v < 1e19) printf("U%llu ", (u64)v);
		printf("b%d %.9g %g\n", (_Bool)v, (double)(float)v, v * 2);
	}
	printf("%.17g %.17g %d\n", (double)f, d, f == d);
	printf("%.9g\n", half(3) + half(f));
	printf("%.17g %.9g\n", twice(f), (double)thrice(0.5L));
	printf("%.9g\n", old_style(1.25, 300));
	printf("%g %g %g %g\n", 1e3, .5, 5., 0x1.8p3);
	printf("%g %g\n", 0x.1p4, 0xAp-2f);
	printf("%d %d %d\n", (int)sizeof(1.0), (int)sizeof(1.0f), (int)sizeof(1.0L));
	printf("%d %d\n", (int)sizeof(f + 1), (int)sizeof(f + 1.0));
	printf("%u %llu\n", (unsigned)3000000000.0, (u64)1.8e19);
	printf("%g %g %g\n", (double)4000000000u, (double)18000000000000000000ull, (double)-5LL);
	printf("%g %g\n", (double)(float)16777217, (double)(float)0xffffffffu);
	printf("%f %e %G %.0f %5.1f|%-8.2f|%+g|% g|%08.3f\n", 3.14159, 31415.9, 1e-10, 2.5, 2.25, 1.005, 1.0, 1.0, -3.14159);
	printf("%g %g %g\n", inf, -inf, zero * -1);
	printf("%d\n", nan != nan);
	printf("%g %g %g\n", floor(-1.5), fabs(-2.5), sqrt(2.0));
	{ float a = 1; a += 0.1; a *= 3; a -= 1; a /= 7; a++; ++a; a--; printf("%.9g\n", a); }
	{ double a = 5; a += 3; a -= 0.5f; a *= 2u; a /= 3LL; printf("%.17g %.17g\n", a, a++); printf("%.17g\n", -a); }
	{ int n = 7; n = n / 2.0; printf("%d\n", n); n = 7 * 0.5f; printf("%d\n", n); }
	printf("%g\n", 1 ? 1 : 2.0);
	printf("%g\n", zero ? 1 : 2.5f);
	printf("%d\n", 0.0 == -0.0);
	printf("%d %d\n", !0.5, 0.1 && 0.2);
	switch ((int)2.9) { case 2: printf("two\n"); }
	{ static double table[3] = { 1, 2.5, -3 }; static float ft[] = { 1, 1 / 3.0 }; static int it[] = { 2.9, -2.9 }; printf("%g %g %.9g %d %d\n", table[1], table[2], ft[1], it[0], it[1]); }
	{ union { float f; unsigned u; } u = { 1.5f }; union { double d; unsigned long long u; } v = { -2.25 }; printf("%08x %016llx\n", u.u, v.u); }
	{ long double l = 1; l += 0.25; l = l * l; printf("%g %d\n", (double)l, l > 1.5L); }
	long_doubles();
	{ unsigned char c = 3.99; signed char s = -3.99; printf("%d %d\n", c, s); }
	{ double s = 0; for (i = 1; i <= 10; i++) s += 1.0 / i; printf("%.15g\n", s); }
	return 0;
}
