/* Alignment: what the ABI asks for, and what __alignof__ prefers, of types, objects, members and arrays. */
#include <stdio.h>
struct s { char c; double d; long long l; };
struct __attribute__((packed)) tight { char c; double d; };
typedef double alias;
typedef double wide __attribute__((aligned(16)));
union u { double d; char c; };
enum e { one = 1, huge = 1LL << 40 };
double plain;
long long word;
struct s record;
double list[3];
#define SHOW(x) printf("%s %d %d\n", #x, (int) __alignof__(x), (int) _Alignof(x))
int main(void)
{
	double local = 0;
	struct s *p = &record;

	SHOW(double); SHOW(long long); SHOW(unsigned long long); SHOW(alias); SHOW(wide); SHOW(float); SHOW(char);
	SHOW(struct s); SHOW(struct tight); SHOW(union u); SHOW(long double); SHOW(double[3]); SHOW(double *);
	SHOW(enum e);
	SHOW(plain); SHOW(word); SHOW(record); SHOW(list); SHOW(local); SHOW(p->d); SHOW(p->l); SHOW((record.d));
	SHOW(*p); SHOW(list[1]); SHOW(plain + 1); SHOW(1LL); SHOW(*&word);
	return (int) local;
}
