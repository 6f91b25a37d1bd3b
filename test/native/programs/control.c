/* Control flow: Duff's device, jumps into blocks and loops, computed goto, case ranges, nested switches, local labels. */
#include <stdio.h>
static int trace(int n) { printf("<%d>", n); return n; }
static void duff(char *to, const char *from, int count)
{
	int n = (count + 7) / 8;
	switch (count % 8) {
	case 0: do { *to++ = *from++;
	case 7: *to++ = *from++;
	case 6: *to++ = *from++;
	case 5: *to++ = *from++;
	case 4: *to++ = *from++;
	case 3: *to++ = *from++;
	case 2: *to++ = *from++;
	case 1: *to++ = *from++;
		} while (--n > 0);
	}
}
static int interpret(const char *program)
{
	static void *table[] = { &&add, &&sub, &&dup, &&stop };
	static const int offsets[] = { &&add - &&add, &&sub - &&add, &&dup - &&add, &&stop - &&add };
	int a = 1;
	(void)offsets;
#define NEXT goto *table[*program++ - '0']
	NEXT;
add:	a += 3; NEXT;
sub:	a -= 1; NEXT;
dup:	a *= 2; NEXT;
stop:	return a;
}
static const char *classify(int c)
{
	switch (c) {
	case 'a' ... 'z': return "lower";
	case 'A' ... 'Z': return "upper";
	case '0' ... '4': case '5' ... '9': return "digit";
	case -100 ... -1: return "negative";
	case 0x7fffffff: return "max";
	case ' ': ;
	default: return "other";
	}
}
static int wide(unsigned long long v) { switch (v) { case 1ULL << 40: return 1; case 0xffffffffffffffffULL: return 2; case 5 ... 9: return 3; default: return 0; } }
static int narrow(signed char c) { switch (c) { case -1: return 1; case 200: return 2; case 127: return 3; } return 0; }
static int unsigned_switch(unsigned u) { switch (u) { case 0xffffffff: return 1; case 0x80000000 ... 0x80000010: return 2; } return 3; }
static void into_block(int n)
{
	int i = 0;
	if (n == 1) goto inside;
	for (i = 10; i < 12; i++) {
		int local;
		local = 5;
		if (0) {
inside:			local = 6;
			printf("entered ");
		}
		printf("%d:%d ", i, local);
	}
	printf("\n");
}
static int switch_in_loop(void)
{
	int i, sum = 0;
	for (i = 0; i < 10; i++) {
		switch (i) {
		case 2: continue;
		case 5: break;
		case 7: goto out;
		default: sum += i;
		}
		sum += 100;
	}
out:	return sum;
}
static int no_braces(int n) { switch (n) case 3: return 30; switch (n) { int x; case 4: x = 40; return x; } return 0; }
static int while_in_switch(int n) { int k = 0; switch (n) { while (k < 5) { case 1: k += 2; case 2: k++; } } return k; }
static void labels(void)
{
	int n = 0;
	{ __label__ here; here: if (n++ < 2) goto here; }
	{ __label__ here; here: if (n++ < 5) goto here; }
	void *p = n > 3 ? &&yes : &&no;
	goto *p;
no:	printf("no ");
yes:	printf("yes %d\n", n);
}
int f(int n) { return n <= 1 ? 1 : n * f(n - 1); }
static int even(unsigned n); static int odd(unsigned n) { return n == 0 ? 0 : even(n - 1); } static int even(unsigned n) { return n == 0 ? 1 : odd(n - 1); }
int main(void)
{
	char from[] = "the quick brown fox jumps", to[30] = "";
	int i;
	for (i = 1; i < 25; i += 3) { duff(to, from, i); to[i] = 0; printf("%s|", to); }
	printf("\n%d %d\n", interpret("0022103"), interpret("3"));
	printf("%s %s %s %s %s %s %s\n", classify('q'), classify('Q'), classify('5'), classify(-50), classify(' '), classify(-101), classify(0x7fffffff));
	printf("%d %d %d %d\n", wide(1ULL << 40), wide(-1), wide(7), wide(1ULL << 32 | 7));
	printf("%d %d %d\n", narrow(-1), narrow((char)200), narrow(127));
	printf("%d %d %d\n", unsigned_switch(-1), unsigned_switch(0x80000005), unsigned_switch(5));
	into_block(0); into_block(1);
	printf("%d %d %d %d %d\n", switch_in_loop(), no_braces(3), no_braces(4), while_in_switch(1), while_in_switch(2));
	labels();
	printf("%d %d %d\n", f(10), even(10), odd(7));
	printf("%d\n", trace(0) && trace(1) || trace(2) && trace(3));
	printf("%d\n", (trace(1), trace(2)) ? trace(3) : trace(4));
	i = 0; do { if (i == 2) continue; printf("%d", i); } while (i++ < 4); printf("\n");
	for (;;) { if (++i > 8) break; }
	while (1) if (i-- < 3) break; else continue;
	printf("%d\n", i);
	for (int i = 0, j = 10; i < j; i += 3, j--) printf("%d/%d ", i, j);
	printf("\n");
	if (i) ; else printf("no\n");
	{ goto end; }
	printf("skipped\n");
end:	return i + 5;
}
