/* Expressions of GNU C: statement expressions, typeof, conditionals without a middle, comma, lvalues, compound literals. */
#include <stdio.h>
#include <string.h>

struct pair { int a, b; };
struct big { int n; char text[20]; long long wide; };
static int calls;
static int count(void) { return ++calls; }
static struct pair make(int a, int b) { struct pair p = { a, b }; return p; }
static struct big grow(struct big b, int by) { b.n += by; b.text[0]++; b.wide *= by; return b; }

#define max(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define swap(x, y) do { __typeof__(x) _t = (x); (x) = (y); (y) = _t; } while (0)
#define container_of(p, t, m) ({ const typeof(((t *)0)->m) *_p = (p); (t *)((char *)_p - __builtin_offsetof(t, m)); })

static void statement_expressions(void)
{
	int i, x = 5;
	char c = 'q';
	struct pair p;
	x = ({ int y = x * 2; y + 1; });
	printf("value %d\n", x);
	x = ({ for (i = 0; i < 4; i++) x += i; x; });
	printf("loop %d %d\n", x, i);
	({ x++; });
	({ if (x) x = 2; });
	({ ; });
	({ });
	p = ({ struct pair q = { 1, x }; q.a = 7; q; });
	printf("record %d %d\n", p.a, p.b);
	printf("field %d\n", ({ make(3, 4); }).b);
	printf("nested %d\n", max(max(1, 2), max(c, 3)));
	printf("size %d %d\n", (int)sizeof(({ c; })), (int)sizeof(max(1, 2LL)));
	for (i = 0; i < 10; i++) {
		int v = ({ if (i == 2) continue; if (i == 5) break; i * i; });
		printf("in loop %d\n", v);
	}
	x = ({ goto inside; 1; }) + 2;
	printf("never\n");
inside:
	printf("left %d\n", x);
	x = ({ __label__ again; int n = 0; again: n++; if (n < 3) goto again; n; });
	printf("label %d\n", x);
	x = count() ?: 9;
	printf("elvis %d %d %d\n", x, 0 ?: 4, calls);
	printf("array %s\n", ({ static char buffer[4] = "abc"; buffer; }));
	x = ({ switch (x) { case 1: x = 10; break; default: x = 20; } x; });
	printf("switch %d\n", x);
	(void)({ x = 3; x; });
	printf("%d\n", ({ int a[3] = { 1, 2, 3 }; a[0] + a[1] + a[2]; }));
}

static void compound_literals(void)
{
	struct pair *fixed = &(struct pair){ 8, 9 };
	struct pair *each[3];
	int i, sum = 0;
	printf("%d %d\n", fixed->a, fixed->b);
	for (i = 0; i < 3; i++) {
		each[i] = &(struct pair){ i, i * i };
		sum += each[i]->b + ((int[]){ 1, 2, 3 })[i];
	}
	printf("sum %d\n", sum);
	printf("%s %d\n", (char[]){ "text" }, (int)sizeof((char[]){ "text" }));
	printf("%d\n", make(1, 2).b + ((struct pair){ .b = 4 }).a);
	*(int *)&(int){ 3 } = 4;
	printf("%d\n", (int){ 7 });
	struct pair q = (struct pair){ 5, 6 };
	q = (struct pair){ q.b, q.a };
	printf("%d %d\n", q.a, q.b);
	int *p = (int[4]){ [2] = 5, 6 };
	printf("%d %d %d %d\n", p[0], p[1], p[2], p[3]);
}

int outer[] = { 1, 2, 3 };
struct pair *file_literal = &(struct pair){ 11, 12 };
int *file_array = (int[]){ 4, 5, 6 };

static void records(void)
{
	struct big a = { 1, "hello", 3LL << 33 }, b;
	struct pair p = { 1, 2 }, r = { 3, 4 };
	struct { struct pair in[2]; } w = { { { 1, 2 }, { 3, 4 } } };
	b = grow(grow(a, 2), 3);
	printf("%d %s %lld / %d %s\n", b.n, b.text, b.wide, a.n, a.text);
	printf("%d\n", (calls ? p : r).a);
	printf("%d\n", (p = r).b);
	printf("%d %c\n", grow(a, 4).n, grow(a, 4).text[1]);
	swap(p, w.in[1]);
	w.in[0] = w.in[1];
	printf("%d %d %d %d\n", p.a, p.b, w.in[0].a, w.in[1].b);
	struct pair *q = container_of(&p.b, struct pair, b);
	printf("%d\n", q == &p);
	struct pair (*maker)(int, int) = make;
	printf("%d\n", (*maker)(1, 2).a + (**maker)(5, 6).b + maker(7, 8).b);
	struct empty { } e1, e2;
	e1 = e2;
	printf("%d\n", (int)sizeof(struct empty));
	printf("%d\n", (1, p).a);
}

static void typeofs(void)
{
	int a[3] = { 1, 2, 3 };
	typeof(a) b = { 4, 5, 6 };
	typeof(&a[0]) p = b;
	typeof(typeof(int *)[2]) two = { a, b };
	typeof(make) *f = make;
	__typeof__(f(1, 2)) s = f(3, 4);
	const typeof(s.a) k = 9;
	typeof(*two) *t = two;
	typeof(({ long long x = 1; x; })) w = 1LL << 40;
	printf("%d %d %d %d %d %lld %d\n", b[2], p[1], two[1][0], s.b, k, w, (int)sizeof(typeof(b)));
	printf("%d %d\n", **t, (int)sizeof(typeof(char[sizeof(short)])));
}

static void arithmetic_pointers(void)
{
	int a[10], *p = a, *q = &a[7];
	void *v = a;
	char *c = (char *)a;
	printf("%d %d %d\n", (int)(q - p), (int)((char *)q - c), (int)((v + 4) - v));
	v += 8;
	v++;
	printf("%d %d %d\n", (int)((char *)v - c), (int)sizeof(void), (int)sizeof(make));
	printf("%d\n", (int)((char *)(make + 3) - (char *)make));
	printf("%d %d %d\n", q > p, p == a, !p);
	p = &a[3];
	printf("%d\n", (int)(&p[-2] - a));
	printf("%d\n", (int)(&2[a] - a));
	int m[3][4][5];
	printf("%d %d\n", (int)((char *)&m[2][1][3] - (char *)m), (int)(&m[1] - m));
	printf("%d\n", (int)sizeof(m[0]) + (int)sizeof m[0][0] + (int)sizeof(*m[0][0]));
	int (*row)[5] = m[1];
	row += 2;
	printf("%d\n", (int)((char *)row - (char *)m));
	long diff = (short *)20 - (short *)10;
	printf("%ld\n", diff);
}

int main(void)
{
	statement_expressions();
	compound_literals();
	printf("%d %d %d\n", file_literal->b, file_array[2], outer[1]);
	records();
	typeofs();
	arithmetic_pointers();
	int i = 3, j = (i++, i + 1);
	printf("%d %d\n", i, j);
	printf("%d\n", i > 2 ? i < 4 ? 1 : 2 : 3);
	printf("%d %d\n", sizeof(i++) == 4, i);
	printf("%d\n", -i - - i + + i);
	printf("%d\n", !!i + ~i);
	i = j = 7;
	i += i -= 3;
	printf("%d\n", j);
	return 0;
}
