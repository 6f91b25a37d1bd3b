/* Memory: unions, casts between pointers, unaligned access, string functions, memory builtins, qualifiers, function pointers as data. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
union word { unsigned u; int i; unsigned char b[4]; short s[2]; float f; void *p; };
struct list { struct list *next, **pprev; int v; };
struct ops { int (*open)(int); int (*close)(int, struct ops *); const char *name; };
static int open_one(int n) { return n + 1; }
static int close_one(int n, struct ops *o) { return o->open(n) * 2; }
static struct ops ops = { open: open_one, close: close_one, name: "ops" };
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static unsigned checksum(const void *p, int n) { const unsigned short *s = p; unsigned sum = 0; while (n > 1) { sum += *s++; n -= 2; } if (n) sum += *(const unsigned char *)s; while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16); return ~sum & 0xffff; }
static void *apply(void *(*f)(void *, int), void *p, int n) { return f(p, n); }
static void *step(void *p, int n) { return p + n; }
int main(void)
{
	union word w; char buffer[64]; int i, numbers[] = { 5, 3, 9, -1, 7, 0 }; struct list a, b, *head = 0, *p;
	unsigned char raw[16]; long long ll; volatile int vol = 3; const int k = 4; int *kp = (int *)&k;
	w.u = 0x12345678; printf("%02x %04x %d\n", w.b[0], w.s[1], w.i); w.b[3] = 0xff; printf("%d\n", w.i); w.f = -1.0f; printf("%08x\n", w.u);
	w.p = &w; printf("%d\n", w.p == (void *)&w); w = (union word)7u; printf("%d\n", w.i); w = (union word)2.0f; printf("%x\n", w.u);
	for (i = 0; i < 16; i++) raw[i] = i * 17;
	for (i = 0; i < 4; i++) printf("%08x %04x ", *(unsigned *)(raw + i), *(unsigned short *)(raw + i)); printf("%016llx\n", *(unsigned long long *)(raw + 3));
	*(int *)(raw + 1) = -1; *(long long *)(raw + 7) = 0x0102030405060708LL; for (i = 0; i < 16; i++) printf("%02x", raw[i]); printf("\n");
	ll = *(long long *)raw; printf("%llx %x %x\n", ll, ((int *)&ll)[0], ((int *)&ll)[1]);
	a.v = 1; b.v = 2; a.next = head; head = &a; a.pprev = &head; b.next = head; head->pprev = &b.next; head = &b; b.pprev = &head;
	for (p = head; p; p = p->next) printf("%d ", p->v); printf("%d\n", *b.pprev == &b);
	printf("%d %d %s\n", ops.open(1), ops.close(2, &ops), ops.name);
	qsort(numbers, 6, sizeof *numbers, compare); for (i = 0; i < 6; i++) printf("%d ", numbers[i]); i = 7; printf("%d\n", *(int *)bsearch(&i, numbers, 6, 4, compare));
	printf("%04x\n", checksum("hello world", 11));
	printf("%d\n", (int)((char *)apply(step, buffer, 5) - buffer));
	strcpy(buffer, "hello"); strcat(buffer, " there"); printf("%s %d %d %s %s\n", buffer, (int)strlen(buffer), strcmp(buffer, "hello") > 0, strchr(buffer, 't'), strstr(buffer, "lo"));
	memmove(buffer + 2, buffer, 6); buffer[8] = 0; printf("%s\n", buffer); memset(buffer, 'x', 3); printf("%s %d\n", buffer, memcmp("abc", "abd", 3) < 0);
	printf("%d %d\n", strncmp("abcd", "abxx", 2), strncmp("a", "b", 1) < 0); strncpy(buffer, "ab", 5); printf("%d%d\n", buffer[2], buffer[4]); printf("%s\n", strrchr("a/b/c", '/'));
	{ char *m = malloc(10), *n; memset(m, 1, 10); n = realloc(m, 100); printf("%d ", n[9]); free(n); int *z = calloc(4, 4); printf("%d\n", z[3]); free(z); free(0); }
	printf("%d %ld %d %d\n", atoi("  -42x"), strtol("0x1f", 0, 0), abs(-3), (int)strtoul("777", 0, 8));
	vol++; vol += vol; printf("%d %d\n", vol, *kp);
	printf("%d %d %d\n", __builtin_constant_p(3), __builtin_expect(vol == 8, 1) != 0, __builtin_constant_p(vol));
	__builtin_memcpy(buffer, "builtin", 8); printf("%s %d %d\n", buffer, (int)__builtin_strlen(buffer), __builtin_memcmp("a", "a", 1)); __builtin_memset(buffer, 'y', 3); printf("%s %d\n", buffer, __builtin_strcmp("a", "b") < 0);
	printf("%d %d %d %d\n", __builtin_clz(1), __builtin_ctz(8), __builtin_popcount(255), __builtin_ffs(16)); printf("%d %d %d\n", __builtin_ffs(0), __builtin_clzll(1), __builtin_parity(7));
	printf("%x %x %llx\n", __builtin_bswap16(0x1234), __builtin_bswap32(0x12345678), __builtin_bswap64(0x123456789abcdef0ULL));
	printf("%d %d %d\n", __builtin_types_compatible_p(int, int), __builtin_types_compatible_p(int, long), __builtin_choose_expr(1, 5, "x"));
	printf("%d %d\n", __builtin_abs(-4), (int)__builtin_offsetof(struct list, v)); printf("%d\n", __builtin_return_address(0) != (void *)1);
	printf("%d %d\n", (int)(unsigned char)(unsigned long)(void *)0x1ff, (short)(long)&((struct list *)0x18000)->v);
	{ int (*fp)(int) = open_one; void *vp = (void *)fp; printf("%d %d\n", ((int (*)(int))vp)(4), fp == vp); unsigned long u = (unsigned long)fp; fp = (int (*)(int))u; printf("%d %d\n", fp(5), !fp); }
	{ struct { char pad; struct list l; } __attribute__((packed)) odd; odd.l.v = 5; odd.l.next = 0; p = &odd.l; printf("%d %d\n", p->v, p->next == 0); }
	{ char c[4] = { 1, 2, 3, 4 }; int n = *(int *)c; c[0]++; n += *(short *)&c[1]; printf("%x\n", n); char *q = c; *q++ = *q + 0, printf("%d\n", (int)(q - c)); *--q = 9; printf("%d %d\n", c[0], *q); (*q)++; ++*q; printf("%d\n", c[0]); }
	{ int x = 1, *px = &x, **ppx = &px; **ppx += 4; (*px)--; printf("%d %d\n", x, *&x); *&x = 3; printf("%d\n", px[0]); int y[2] = { 1, 2 }; *y = 5; *(y + 1) = 6; printf("%d %d\n", y[0], 1[y]); }
	exit(3);
}
