/* Bit-fields: every width and sign, in the value of an assignment, compound assignment, packed and straddling, in unions, initialised. */
#include <stdio.h>
#include <string.h>
enum color { red, green, blue = 5 };
enum level { low = -2, high = 2 };
struct plain { int a : 3; unsigned b : 5; int : 0; signed c : 7; unsigned d : 1; int e : 1; long long f : 40; unsigned long long g : 24; short h : 9; unsigned short i : 7; char j : 4; _Bool k : 1; enum color l : 4; enum level m : 4; };
struct __attribute__((packed)) tight { unsigned char a : 3; int b : 17; unsigned c : 30; unsigned short d : 11; long long e : 61; unsigned long long f : 64; char tail; unsigned g : 32; int h : 31; signed char i : 5; unsigned short j : 16; };
#pragma pack(push, 1)
struct packed1 { int a : 5; unsigned b : 28; int c : 31; long long d : 63; char e; int f : 20; int g : 20; };
#pragma pack(pop)
#pragma pack(2)
struct packed2 { char a; int b; long long c; int d : 3; int e : 30; char f; };
#pragma pack()
struct after { char a; int b; };
union both { unsigned word; struct { unsigned low : 12, high : 20; } part; int five : 5; };
struct named { int a : 4; int x; int b : 4; struct { int c : 9; } in; } initial = { 5, 100, -3, { -200 } };
struct tight fixed = { 5, -60000, 0x2aaaaaaa, 0x555, -123456789012345LL, 0xfedcba9876543210ULL, 'z', 0xdeadbeef, -1000000000, -9, 0xbeef };

static void bytes(const char *name, const void *p, int n)
{
	const unsigned char *b = p;
	int i;
	printf("%s:", name);
	for (i = 0; i < n; i++) printf(" %02x", b[i]);
	printf("\n");
}
#define SET(s, m, v) do { memset(&s, 0, sizeof s); printf(#m " = %lld -> ", (long long)(s.m = (v))); printf("%lld ", (long long)s.m); bytes("", &s, sizeof s); \
	memset(&s, 0xff, sizeof s); s.m = (v); printf("  over ones %lld ", (long long)s.m); bytes("", &s, sizeof s); \
	s.m += 3; printf("  %lld ", (long long)s.m); printf("%lld ", (long long)s.m++); printf("%lld ", (long long)++s.m); printf("%lld ", (long long)s.m--); \
	printf("%lld ", (long long)(s.m <<= 1)); printf("%lld ", (long long)(s.m ^= 5)); printf("%lld ", (long long)(s.m *= 3)); printf("%lld ", (long long)(s.m |= 2)); printf("%lld ", (long long)(s.m >>= 1)); printf("%lld\n", (long long)(s.m -= 1)); } while (0)
#define EACH(s, m) SET(s, m, 0); SET(s, m, 1); SET(s, m, -1); SET(s, m, 5); SET(s, m, 0x12345678); SET(s, m, 0x7edcba9876543211LL)
#define PROMOTE(s, m) do { memset(&s, 0xff, sizeof s); printf(#m " %d %d %d %d\n", s.m < 0, s.m - 100 < 0, (int)sizeof(s.m + 0), -s.m < 0); } while (0)
#define PROMOTE_SMALL(s, m) do { memset(&s, 0xff, sizeof s); printf(#m " %d %d %d\n", s.m < 0, s.m - 100 < 0, -s.m < 0); } while (0)

int main(void)
{
	struct plain p; struct tight t; struct packed1 q; struct packed2 r;
	union both u;
	printf("%d %d %d %d %d %d\n", (int)sizeof p, (int)sizeof t, (int)sizeof q, (int)sizeof r, (int)sizeof(struct after), (int)sizeof u);
	EACH(p, a); EACH(p, b); EACH(p, c); EACH(p, d); EACH(p, e); EACH(p, f); EACH(p, g); EACH(p, h); EACH(p, i); EACH(p, j);
	SET(p, k, 0); SET(p, k, 1); SET(p, k, 2); EACH(p, l); EACH(p, m);
	EACH(t, a); EACH(t, b); EACH(t, c); EACH(t, d); EACH(t, e); EACH(t, f); EACH(t, g); EACH(t, h); EACH(t, i); EACH(t, j);
	EACH(q, a); EACH(q, b); EACH(q, c); EACH(q, d); EACH(q, f); EACH(q, g);
	EACH(r, d); EACH(r, e);
	PROMOTE(p, a); PROMOTE(p, b); PROMOTE(p, c); PROMOTE(p, d); PROMOTE(p, h); PROMOTE(p, i); PROMOTE(p, k); PROMOTE(p, l); PROMOTE(p, m);
	PROMOTE_SMALL(t, c); PROMOTE_SMALL(t, e); PROMOTE_SMALL(t, f); PROMOTE_SMALL(t, g);
	PROMOTE(p, f); PROMOTE(p, g);
	u.word = 0x12345678;
	printf("%x %x %d\n", u.part.low, u.part.high, u.five);
	u.part.high = 0xabcde;
	printf("%x\n", u.word);
	bytes("initial", &initial, sizeof initial);
	bytes("fixed", &fixed, sizeof fixed);
	printf("%d %d %u %u %lld %llx %x %d %d %x\n", fixed.a, fixed.b, fixed.c, fixed.d, (long long)fixed.e, (unsigned long long)fixed.f, fixed.g, fixed.h, fixed.i, fixed.j);
	{ struct tight local = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }; struct tight copy = local; copy.e = -1; copy.d = 77; printf("%d %d %u %lld %lld %d %d %d %u\n", local.b, local.j, copy.c, (long long)copy.e, (long long)local.e, copy.d, copy.h, copy.i, copy.g); }
	{ struct plain z = { .f = -1, .l = blue, .k = 7 }; printf("%lld %d %d\n", (long long)z.f, z.l, z.k); }
	p.a = p.b = p.c = 93;
	printf("%d %d %d\n", p.a, p.b, p.c);
	if ((p.e = 1) == -1) printf("minus one\n");
	printf("%d\n", p.a ? 1 : 2);
	switch (p.l = green) { case green: printf("green\n"); }
	return 0;
}
