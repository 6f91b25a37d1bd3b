/* Arrays of variable length: sizes, loops, recursion, jumps, rows of constant size, parameters. */
#include <stdio.h>
#include <string.h>
struct s { int a; char b[3]; };
static int sum(int n) { int a[n], i, t = 0; char b[n * 2 + 1]; for (i = 0; i < n; i++) a[i] = i * i; for (i = 0; i < n; i++) t += a[i]; memset(b, 7, sizeof b); return t + sizeof(a) + sizeof b + b[2 * n] + (n > 2 ? sum(n - 1) : 0) + a[n-1]; }
static int in_loop(void) { int i, t = 0; for (i = 1; i < 2000; i++) { struct s v[i]; v[i - 1].a = i; if (i % 7 == 0) continue; if (i == 1500) break; t += v[i - 1].a + sizeof(v) / sizeof(*v); } return t; }
static void again(int n) { char t[n]; if (0) label: printf("boom %d\n", n); if (n-- == 0) return; goto label; }
static int many(int n, int k) { int x = n + 3; int m[x++][2]; int (*p)[2] = m; p[1][0] = 5; m[2][1] = k; printf("%d %d %d\n", x, (int)sizeof m, (int)sizeof m[0]); char *s = (char *)&m; return m[1][0] * 10 + p[2][1] + (s == (char *)m) + (&m[1] == p + 1); }
static int param(int n, int a[n], char b[static n]) { return a[n - 1] + b[0]; }
int main(void) { int i; printf("%d\n", sum(10)); printf("%d\n", in_loop()); again(3); printf("%d\n", many(2, 4)); for (i = 0; i < 5000; i++) sum(6); { int n = 3; volatile char vc[n]; int *q[n]; vc[0] = 1; q[2] = &n; printf("%d %d %d\n", vc[0], *q[2], (int)sizeof q); n = 10; printf("%d\n", (int)sizeof q); }
 { int a[] = { 1, 2 }; printf("%d\n", param(2, a, "x")); } return 0; }
