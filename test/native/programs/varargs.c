/* Variable arguments: every kind of argument, copies of the list, lists passed on and kept in structs, old-style calls. */
#include <stdio.h>
#include <stdarg.h>
#include <string.h>
struct small { char c; };
struct three { char c[3]; };
struct wide { long long l; int i; };
struct holder { int n; va_list list; };
static void show(const char *kinds, ...)
{
	va_list list, copy;
	const char *k;
	va_start(list, kinds);
	va_copy(copy, list);
	for (k = kinds; *k; k++)
		switch (*k) {
		case 'i': printf("i%d ", va_arg(list, int)); break;
		case 'u': printf("u%u ", va_arg(list, unsigned)); break;
		case 'l': printf("l%lld ", va_arg(list, long long)); break;
		case 'd': printf("d%g ", va_arg(list, double)); break;
		case 'L': printf("L%g ", (double)va_arg(list, long double)); break;
		case 's': printf("s%s ", va_arg(list, char *)); break;
		case 'p': printf("p%d ", va_arg(list, void *) == 0); break;
		case '1': printf("1%c ", va_arg(list, struct small).c); break;
		case '3': { struct three t = va_arg(list, struct three); printf("3%c%c%c ", t.c[0], t.c[1], t.c[2]); break; }
		case 'w': { struct wide w = va_arg(list, struct wide); printf("w%lld,%d ", w.l, w.i); break; }
		case 'f': printf("f%d ", va_arg(list, int (*)(int))(20)); break;
		}
	va_end(list);
	if (kinds[0] == 'i') printf("again %d", va_arg(copy, int));
	va_end(copy);
	printf("\n");
}
static int sum(int n, va_list list) { int total = 0; while (n--) total += va_arg(list, int); return total; }
static int sum_of(int n, ...) { va_list list; int total; va_start(list, n); total = sum(n, list); va_end(list); return total; }
static int through_pointer(int n, ...) { va_list list; va_list *p = &list; int a, b; va_start(*p, n); a = va_arg(*p, int); b = va_arg(list, int); va_end(list); return a * 10 + b; }
static int in_struct(int n, ...) { struct holder h; int total = 0; h.n = n; va_start(h.list, n); while (h.n--) total = total * 10 + va_arg(h.list, int); va_end(h.list); return total; }
static void say(const char *format, ...) { char buffer[100]; va_list list; va_start(list, format); vsnprintf(buffer, sizeof buffer, format, list); va_end(list); printf("[%s]\n", buffer); }
static int twice(int x) { return 2 * x; }
static int old(a, b, c) char a; short b; float c; { return a + b + (int)c; }
static double mixed(char a, long long b, short c, float d, struct three e, double f, unsigned char g) { return a + b + c + d + e.c[2] + f + g; }
static struct wide give(struct small s, long long l, ...) { va_list v; struct wide w; va_start(v, l); w.l = l + va_arg(v, long long); w.i = s.c + va_arg(v, int); va_end(v); return w; }
int main(void)
{
	struct small s = { 'x' }; struct three t = { { 'a', 'b', 'c' } }; struct wide w = { 1LL << 40, 7 };
	char c = -3; short h = -300; float f = 1.5f; unsigned char uc = 250; _Bool b = 1;
	show("iiildsp", 1, -2, 3, 1LL << 35, 2.5, "text", (void *)0);
	show("iiidi", c, h, uc, f, b);
	show("1i3iwi", s, 1, t, 2, w, 3);
	show("fLi", twice, 2.25L, 5);
	show("");
	printf("%d %d %d\n", sum_of(4, 1, 2, 3, 4), through_pointer(2, 4, 2), in_struct(3, 7, 8, 9));
	say("%d %s %c %lld %5.2f %x %%", 1, "two", '3', 4LL, 5.5, 255);
	printf("%d\n", old(300, 70000, 2.75));
	printf("%g\n", mixed(1, 2, 3, 4.5f, t, 6.25, 300));
	w = give(s, 5, 6LL, 7);
	printf("%lld %d\n", w.l, w.i);
	printf("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%c|%s|%10s|%-10s|%.2s|%p|%%|%hd|%hhd|%ld|%lu|%u|%i\n", 1, 2, 3, 4, 5, 6, 255, 255, 255, 8, 8, 'c', "s", "right", "left", "cut", (void *)0x1234, 70000, 300, 5L, 6UL, 7u, 8);
	printf("%*d|%-*d|%.*s|%.3d|%8.3d|%llx|%zu\n", 5, 1, 5, 2, 2, "abc", 7, 8, 1LL << 33, sizeof(int));
	return 0;
}
