/** Programs that write where they must not: each is a stop of the simulated machine, and nothing else breaks. */
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { check, run } from './run-c';

async function stops(kind: string | RegExp, body: string, before = ''): Promise<void> {
  const { fault, status } = await run(body, before);
  expect(fault?.kind, `${body}: ${fault && wording(fault.message, 'en')}`).toMatch(kind);
  expect(fault?.place, body).toMatch(/^a\.c:\d+:\d+$/);
  expect(status, body).toBeUndefined();
}

describe('beyond an object in the frame', () => {
  const smash = 'static void smash(int *p, int n) { int i; for (i = 0; i < n; i++) p[i] = 0x41414141; }';
  test('what runs over a frame is found when its function returns', async () => {
    await stops('stack-damaged', 'return g();', 'static int g(void) { int a[4]; memset(a, 0x41, 64); return a[0]; }');
    await stops('stack-damaged', 'return g();', `${smash} static int g(void) { int a[4]; smash(a, 12); return a[0]; }`);
    await stops('stack-damaged', 'int a[4]; strcpy((char *)a, "0123456789012345678901234567890123456789");');
    await stops(
      'stack-damaged',
      'return g(3);',
      'static int g(int x) { int *p = &x; p -= 4; *p = 7; p[-1] = 7; return x; }',
    );
  });
  test('over many frames, or beyond the stack', async () => {
    await stops(
      /stack-damaged|wild/,
      'return g();',
      `${smash} static int g(void) { int a[4]; smash(a, 4096); return a[0]; }`,
    );
    await stops('wild-dereference', 'int a[4]; memset(a, 0, 1 << 20);');
    await stops(/wild|stack-damaged/, 'f(0);', 'static void f(int x) { (&x)[5000] = 1; (&x)[200000] = 1; }');
  });
  test('recursion without end, whose frames are written over from below', () =>
    stops(
      /stack-damaged|stack-overflow/,
      'f(0, 0);',
      `${smash} static int f(int n, int *up) { int a[8]; a[0] = n; if (n == 3000) smash(up, 64); return f(n + 1, n == 5 ? a : up) + a[0]; }`,
    ));
});

describe('beyond a block of the heap', () => {
  test('a structure copied to or from a block that is smaller', async () => {
    const before = 'struct big { char c[200]; } b; struct some { char c[40]; } s;';
    await stops('wild-dereference', 'struct big *p = malloc(64); *p = b;', before);
    await stops('wild-dereference', 'struct some *p = malloc(32); *p = s;', before);
    await stops('wild-dereference', 'struct some *p = malloc(32); s = *p;', before);
    await stops('wild-dereference', 'struct big *p = malloc(64); f(*p);', `${before} void f(struct big x) { b = x; }`);
  });
  test('an unaligned access at the end of a block harms no book', () =>
    check(
      `char *p = malloc(16), *q = malloc(16); int i; *(int *)(p + 13) = -1; *(short *)(p + 15) = -1; free(q); free(p);
       for (i = 0; i < 40; i++) { q = malloc(16); memset(q, i, 16); free(q); } printf("ok\\n");`,
      'ok\n',
    ));
  test('eight bytes across the end of a block', async () => {
    await stops('wild-dereference', 'char *p = malloc(16); *(long long *)(p + 12) = -1;');
    await stops('wild-dereference', 'char *p = malloc(16); *(double *)(p + 9) = 1;');
  });
});

describe('library functions look at the pointers they are given', () => {
  test.each([
    ['sprintf', 'char *p = malloc(16); sprintf(p, "%s", "0123456789012345678901234567890123456789");'],
    ['sprintf to nowhere', 'sprintf((char *)0x30, "%d", 5);'],
    ['%n', 'printf("abc%n", (int *)0x20);'],
    ['%s', 'printf("%s", (char *)0xc0100000);'],
    ['strncat', 'char *p = malloc(16); strcpy(p, "abc"); strncat(p, "0123456789012345678901234567890123456789", 40);'],
    ['memchr', 'memchr((void *)16, 0, 5);'],
    ['strtol', 'char **end = (char **)0x24; strtol("12", end, 10);'],
    ['fgets', 'FILE *f = tmpfile_(); fgets((char *)0x20, 10, f);'],
    ['fread', 'FILE *f = tmpfile_(); fread((void *)0x20, 1, 10, f);'],
    ['fwrite', 'fwrite((void *)0xf0000000, 1, 100, stdout);'],
    ['strstr of freed text', 'char *p = malloc(32); strcpy(p, "x"); free(p); strstr(p, "x");'],
    ['memcpy to the machine', 'char *p = malloc(64); memcpy((char *)0x20, p, 32);'],
    ['bzero', 'bzero((char *)0x20, 64);'],
  ])('%s', (_name, body) =>
    stops(
      /dereference|use-after-free/,
      body,
      'void bzero(void *, unsigned); static FILE *tmpfile_(void) { FILE *f = fopen("x", "w+"); fputs("0123456789", f); fclose(f); return fopen("x", "r"); }',
    ),
  );
  test('blocks larger than memory are not given', () =>
    check(
      `char *p = malloc(5); strcpy(p, "abcd");
       printf("%p %p %p %p %s\\n", calloc(0x10000, 0x10001), malloc(0x80000000u), realloc(p, 0xfffffff0u), malloc(0xffffffffu), p);`,
      '(nil) (nil) (nil) (nil) abcd\n',
    ));
  test('%n is as wide as it says', () =>
    check(
      'struct { signed char c, d; short s, t; } x = { 1, 2, 3, 4 }; long long l = -1; printf("abc%hhn%hn%lln|", &x.c, &x.s, &l); printf("%d %d %d %d %d\\n", x.c, x.d, x.s, x.t, (int)l);',
      'abc|3 2 3 4 3\n',
    ));
});
