/* Declarations: K&R definitions, tentative definitions, local statics, attributes everywhere, asm names, enums, initialisers, scopes. */
#include <stdio.h>
#include <stddef.h>
#include <string.h>
int tentative; int tentative; extern int tentative; int tentative = 4; extern int later[]; int later[3] = { 1, 2, 3 };
static int internal; static int internal;
int forward(int), many(), *pointer_to(int *), (*function_pointer)(int) = forward;
static __inline__ int in_line(int x) { return x + 1; }
extern __inline__ __attribute__((__gnu_inline__)) int extern_inline(int x) { return x + 2; }
int extern_inline(int x) { return x + 3; }
int renamed(int) __asm__("other_name");
int renamed(int x) { return x * 5; }
__attribute__((noinline)) static int attribute_first(int __attribute__((unused)) a, int b __attribute__((unused))) { return b; }
static int attribute_middle __attribute__((unused)) = 3, (attribute_other) __attribute__((aligned(16))) = 4;
struct __attribute__((packed)) first { char a; int b; };
struct second { char a; int b; } __attribute__((packed, aligned(2)));
struct third { char a; int b __attribute__((packed)); char c __attribute__((aligned(8))); };
typedef int aligned_int __attribute__((aligned(16)));
typedef int (*handler)(int, void *);
typedef struct node { struct node *next; int v; } node_t, *node_p;
struct fourth { char a; aligned_int b; };
struct flexible { int n; char data[]; }; struct zero { int n; struct { char x; } data[0]; };
static struct flexible flex = { 3, "abc" };
enum e { A, B = 10, C, D = -5, E, F = 'x', G = sizeof(int), H = B + C };
enum forward_enum { FE_LAST = 0x7fffffff };
enum big_enum { BIG = 0xffffffff }; enum { anonymous = 3 };
struct incomplete; extern struct incomplete *nobody; struct incomplete { int now; };
typedef int T; 
static int shadow(int T) { T = T + 1; { typedef char T; T c = 'c'; return c + sizeof(T); } }
static int counter(void) { static int n = 10; static char *names[] = { "a", "b" }; return n++ + names[n & 1][0]; }
static int counter2(void) { static int n; static struct { int a[2]; } s = { { [1] = 5 } }; s.a[0]++; return n++ * 100 + s.a[0] * 10 + s.a[1]; }
knr(a, b, p) char a; int b; char *p; { return a + b + *p; }
static implicit(void) { return 9; }
many(n) { return n + 1; }
int forward(int x) { return x * 2; }
int *pointer_to(int *p) { return p + 1; }
int (*returns_function(int which))(int) { return which ? forward : in_line; }
int (*array_of_functions[])(int) = { forward, in_line, renamed };
char *strings[] = { "one", "two" "three", [4] = "five" };
char array[] = "abc", exact[3] = "abc", longer[6] = "abc", braces[] = { "xyz" };
int matrix[2][3] = { 1, 2, 3, 4 }, ragged[][2] = { { 1 }, { 2, 3 }, 4, 5 }, ranges[] = { [0 ... 3] = 7, [6] = 1, 2, [1] = 9 };
struct point { int x, y; }; struct line { struct point a, b; char name[4]; };
struct line lines[] = { { { 1, 2 }, { 3, 4 }, "ab" }, 5, 6, 7, 8, "cd", { .b = { .y = 9 }, .name = { 'z' } }, [4].a.x = 11 };
struct line old = { a: { x: 1, y: 2 }, name: "old" }; int old_index[5] = { [2] 5, [4] 6 };
union either { int i; char c[8]; struct point p; } unions[] = { 5, { .c = "char" }, { p: { 1, 2 } } };
struct anonymous { int a; union { int b; struct { short c, d; }; }; int e; } anon = { 1, { 2 }, 3 }, anon2 = { .c = 4, .d = 5, .e = 6 };
int *inside = &matrix[1][2], *end = ranges + 5; char *tail = "string" + 3; size_t distance = (size_t)&((struct line *)0)->b.y; 
void *self = &self; int difference = sizeof(lines) / sizeof(lines[0]); long address_math = (long)&((struct third *)16)->c - 16;
int (*fp_table[2][2])(int) = { { forward }, { 0, renamed } };
const volatile int cv = 3; const char *const ccp = "ccp"; int *restrict rp; register_test(register int r) { register int q = r; return q + 1; }
wide() { return sizeof(L"ab") + L'x'; }
static int prototype_scope(int n, int a[n], int (*f)(int a, int), char (*m)[4]) { return a[n - 1] + f(1, 2) + m[1][2]; }
static int add(int a, int b) { return a + b; }
long long longs = -1, shifted = 1LL << 40; unsigned char small = 300 & 0xff; float ff = 1; double dd = 'a'; _Bool bb = 7; char *null = 0; short neg = -1;
int main(int argc, char **argv)
{
	int i, block = 1; extern int later[3]; auto int automatic = 3; static int local_static; T typed = 3;
	char m[2][4] = { "ab", "cde" }, un[5] = { 1 };
	struct line l = { .b.x = 3, .b.y = 4, .a = { 1 } }, copy = l; struct line la[2] = { [1] = { { 9 } } }; struct line lb = { .a = l.b, .b.x = 7 };
	int (*f)(int) = &forward; int partial[5] = { [3] = 1, [1] = argc, 5 };
	printf("%d %d %d %d\n", tentative, internal, later[2], in_line(1) + extern_inline(1) + renamed(1));
	printf("%d %d %d\n", attribute_first(1, 2), attribute_middle, (int)((unsigned long)&attribute_other % 16));
	printf("%d %d %d %d %d\n", (int)sizeof(struct first), (int)sizeof(struct second), (int)sizeof(struct third), (int)offsetof(struct third, c), (int)sizeof(struct fourth));
	printf("%d %d %d %s %d\n", (int)sizeof(struct flexible), (int)sizeof(struct zero), flex.n, flex.data, (int)__alignof__(struct third));
	printf("%d %d %d %d %d %d %d %d %d\n", A, B, C, D, E, F, G, H, (int)sizeof(enum e));
	printf("%d %d %d\n", BIG == 0xffffffffu, BIG > 0, FE_LAST);
	printf("%d %d %d\n", shadow(1), counter() + counter(), counter2() + counter2());
	printf("%d %d %d %d\n", knr('a', 2, "c"), implicit(), many(3), forward(4));
	printf("%d %d %d %d\n", *pointer_to(later), returns_function(1)(5), returns_function(0)(5), array_of_functions[2](2));
	printf("%s %s %s %d\n", strings[1], strings[4], strings[3] ? "?" : "null", (int)(sizeof strings / sizeof *strings));
	printf("%s %.3s %s %s %d %d %d\n", array, exact, longer, braces, (int)sizeof array, (int)sizeof exact, (int)sizeof longer);
	for (i = 0; i < 6; i++) printf("%d ", ((int *)matrix)[i]);
	for (i = 0; i < 8; i++) printf("%d ", ((int *)ragged)[i]);
	for (i = 0; i < (int)(sizeof ranges / sizeof *ranges); i++) printf("%d ", ranges[i]);
	printf("%d\n", (int)sizeof ragged);
	for (i = 0; i < difference; i++) printf("%d,%d,%d,%d,%s ", lines[i].a.x, lines[i].a.y, lines[i].b.x, lines[i].b.y, lines[i].name);
	printf("\n%d %d %s %d %d\n", old.a.x, old.a.y, old.name, old_index[2], old_index[4]);
	printf("%d %s %d %d %d\n", unions[0].i, unions[1].c, unions[2].p.y, anon.b, anon2.d);
	printf("%d %d %s %d %d %d\n", *inside, *end, tail, (int)distance, self == &self, (int)address_math);
	printf("%d %d %d\n", fp_table[0][0](1), fp_table[1][0] == 0, fp_table[1][1](1));
	printf("%d %s %d %d\n", cv, ccp, register_test(5), wide());
	printf("%d\n", prototype_scope(3, later, add, m));
	printf("%lld %lld %d %g %g %d %d %d\n", longs, shifted, small, ff, dd, bb, null == 0, neg);
	printf("%d %d %d %d %d\n", automatic, local_static, typed, un[0] + un[4], block);
	printf("%d %d %d %d %d\n", l.a.x, l.a.y, l.b.x, copy.b.y, (int)strlen(l.name));
	printf("%d %d %d %d %d\n", la[1].a.x, la[0].a.x, lb.a.x, lb.b.x, lb.a.y);
	for (i = 0; i < 5; i++) printf("%d ", partial[i]);
	printf("%d %d %d\n", f(1), (*f)(2), (***f)(3));
	printf("%d %d\n", f == forward, f != &in_line);
	{ int block = 2; { int block = 3; printf("%d ", block); } printf("%d ", block); } printf("%d\n", block);
	{ struct point { char c; } p; printf("%d ", (int)sizeof p); } printf("%d\n", (int)sizeof(struct point));
	{ int x = 5; int y = x, *z = &y; x = *z + y; printf("%d\n", x); } { enum { A = 77 }; printf("%d ", A); } printf("%d\n", A);
	{ node_t a = { 0, 1 }, b = { &a, 2 }; node_p p; for (p = &b; p; p = p->next) printf("%d ", p->v); printf("\n"); }
	{ extern int tentative; printf("%d\n", tentative); } for (i = 0; i < 2; i++) { int fresh = 0; int arr[3] = { 1 }; fresh++; arr[1]++; printf("%d%d ", fresh, arr[1]); } printf("\n");
	printf("%d %d %d\n", (int)sizeof(int (*)(int)), (int)sizeof(struct line[3]), (int)sizeof(char *[3]));
	printf("%s %s\n", __func__, __FUNCTION__);
	printf("%d\n", (int)sizeof(struct { char a; double b; }) + (int)_Alignof(double) + (int)sizeof(struct { char a; long long b; }));
	return 0;
}
