/* Integer arithmetic: every width and sign, promotions, conversions, shifts, division, overflow, compound assignment. */
#include <stdio.h>
typedef signed char s8; typedef unsigned char u8; typedef short s16; typedef unsigned short u16;
typedef int s32; typedef unsigned u32; typedef long long s64; typedef unsigned long long u64;

volatile s64 values[] = { 0, 1, -1, 2, -2, 7, -7, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, 65535, 65536, 2147483647LL, 2147483648LL, -2147483647LL - 1, 4294967295LL, 4294967296LL, 0x123456789abcdefLL, 9223372036854775807LL, -9223372036854775807LL - 1 };
#define N ((int)(sizeof values / sizeof values[0]))
static u32 hash = 2166136261u;
static void mix(u64 v) { int i; for (i = 0; i < 8; i++) { hash ^= (u8)(v >> (8 * i)); hash *= 16777619u; } }

#define CONVERT(T) do { for (i = 0; i < N; i++) { T t = values[i]; mix(t); mix((u64)(s64)t); mix(t + 1); mix(-t); mix(~t); mix(!t); } printf(#T " %08x\n", hash); } while (0)
#define OPERATE(T, U) do { for (i = 0; i < N; i++) for (j = 0; j < N; j++) { T a = values[i]; U b = values[j]; \
	mix(a + b); mix(a - b); mix(a * b); mix(a & b); mix(a | b); mix(a ^ b); mix(a < b); mix(a <= b); mix(a == b); mix(a > b); mix(a >= b); mix(a != b); \
	if (b != 0 && !((s64)a == values[N - 1] && b == (U)-1) && !((int)a == -2147483647 - 1 && (sizeof(a + b) == 4) && b == (U)-1)) { mix(a / b); mix(a % b); } \
	{ T c = a; c += b; mix(c); c = a; c -= b; mix(c); c = a; c *= b; mix(c); c = a; c &= b; mix(c); c = a; c |= b; mix(c); c = a; c ^= b; mix(c); c = a; mix(c++); mix(c); mix(--c); mix(c--); mix(c); \
	  c = a; c <<= (b & 7); mix(c); c = a; c >>= (b & 7); mix(c); mix(a << (b & 7)); mix(a >> (b & 7)); mix(c = b); mix(sizeof(a + b)); } \
	} printf(#T " " #U " %08x\n", hash); } while (0)
#define ALL(T) OPERATE(T, s8); OPERATE(T, u8); OPERATE(T, s16); OPERATE(T, u16); OPERATE(T, s32); OPERATE(T, u32); OPERATE(T, s64); OPERATE(T, u64)

static s64 shift_all(s64 v) { int i; s64 sum = 0; for (i = 0; i < 64; i++) { sum = sum * 31 + (v << i); sum = sum * 31 + (v >> i); sum = sum * 31 + (s64)((u64)v >> i); } return sum; }

/* What was never written is still a value of its type. */
static void never_written(int b)
{
	s8 c; u8 d; s16 h; u16 u;
	if (!b) c = 1, d = 2, h = 3, u = 4;
	printf("%d %d %d %d\n", c / 1000, d > 255, h / 40000, u > 65535);
}
int main(void)
{
	int i, j;
	CONVERT(s8); CONVERT(u8); CONVERT(s16); CONVERT(u16); CONVERT(s32); CONVERT(u32); CONVERT(s64); CONVERT(u64); CONVERT(_Bool);
	CONVERT(char); CONVERT(long); CONVERT(unsigned long);
	ALL(s8); ALL(u8); ALL(s16); ALL(u16); ALL(s32); ALL(u32); ALL(s64); ALL(u64);
	for (i = 0; i < N; i++) mix(shift_all(values[i]));
	printf("%08x\n", hash);
	printf("%d %d %d\n", 'a', '\377', '\x80');
	printf("%d %d\n", 'ab', 'abcd');
	printf("%u %d\n", (unsigned)-1 > 0, -1 > 0u);
	printf("%d %d\n", (u8)200 + (u8)100, (s8)((u8)200 + (u8)100));
	printf("%d\n", (u16)65535 * 2);
	printf("%u\n", (u16)65535 * (u16)65535u);
	printf("%lld\n", 2147483647 + 1LL);
	printf("%d %d %d\n", -7 / 2, -7 % 2, 7 / -2);
	printf("%lld %lld\n", -7LL / 2, -7LL % 2);
	printf("%llu\n", 0xffffffffffffffffULL / 10);
	printf("%d\n", (int)sizeof(2147483648) + (int)sizeof(0x80000000) + (int)sizeof(0xffffffffffffffff) + (int)sizeof('a') + (int)sizeof(1L));
	printf("%d %d\n", 010, 0b101);
	printf("%d\n", 5 > 3 > 1);
	{ _Bool b = 0.3; b += 5; printf("%d ", b); b--; printf("%d ", b); b--; printf("%d ", b); b ^= 1; printf("%d %d\n", b, (_Bool)(void *)0); }
	{ u8 c = 250; c += 10; printf("%d ", c); c = c - 20; printf("%d ", c); c <<= 4; printf("%d ", c); c = ~c; printf("%d\n", c); }
	{ s16 s = 32767; s++; printf("%d ", s); s = -s; printf("%d ", s); s /= 3; printf("%d\n", s); }
	{ s32 big = 2147483647; big++; printf("%d\n", big); }
	{ int n = 5; n *= 1.5; printf("%d ", n); n /= 0.3f; printf("%d\n", n); u8 c = 100; c *= 2.7; printf("%d\n", c); }
	never_written(1);
	return 0;
}
