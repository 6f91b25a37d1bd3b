/** What GNU C programs of today ask of a compiler: attributes, who it says it is, arrays sized when they are met. */
import { english } from '../sentences/english';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { check, run } from './run-c';

const told = async (body: string, before = ''): Promise<string> =>
  (await run(body, before)).diagnostics.map(({ message }) => wording(message, 'en')).join('\n');

describe('attributes', () => {
  test('packed enums take the smallest type', () =>
    check(
      'printf("%d %d %d %d %d %d\\n", (int)sizeof(enum a), (int)sizeof(b), (int)sizeof(enum c), (int)sizeof(enum d), (int)sizeof(struct s), (enum c)-1 < 0); enum c x = C0; printf("%d\\n", x);',
      '1 2 1 4 4 1\n-5\n',
      'enum __attribute__((packed)) a { A0, A1 = 255 }; typedef enum { B0, B1 = 256 } __attribute__((packed)) b; enum c { C0 = -5 } __attribute__((__packed__)); enum d { D0 }; struct s { enum a x; char c; b y; };',
    ));
  test('constructors and destructors run in order, around main and after exit', async () => {
    const before = `#define F(n, a) static void __attribute__((a)) n(void) { printf(#n " "); }
F(c3, constructor) F(c1, constructor(101)) F(c2, __constructor__(102)) F(d1, destructor(101)) F(d3, destructor)`;
    await check('printf("main ");', 'c1 c2 c3 main d3 d1 ', before);
    await check('printf("main "); exit(0);', 'c1 c2 c3 main d3 d1 ', before);
    expect((await run('printf("main "); _exit(4);', `void _exit(int);\n${before}`)).status).toBe(4);
    expect((await run('return 0;', 'static void __attribute__((constructor)) f(void) { exit(3); }')).status).toBe(3);
  });
  test('what atexit was given runs after main or exit, the last one first, before destructors', async () => {
    const before = `static int n; static void late(void) { printf("late%d ", n); }
static void twice(void) { printf("twice "); atexit(late); n = 1; } static void last(void) __attribute__((destructor)); static void last(void) { printf("last"); }`;
    const given = 'atexit(late); printf("%d main ", atexit(twice));';
    await check(given, '0 main twice late1 late1 last', before);
    await check(`${given} exit(0);`, '0 main twice late1 late1 last', before);
    expect((await run(`${given} _exit(4);`, before)).output).toBe('0 main ');
    expect((await run('printf("%d", atexit((void (*)(void))12));')).output).toBe('-1');
    expect((await run('atexit(f); return 2;', 'static void f(void) { exit(5); }')).status).toBe(5);
  });
  test('a local variable is aligned as far as frames are; what is asked beyond that is told', async () => {
    const body = 'int n __attribute__((aligned(8))), m; printf("%d %d", (int)&n & 7, &m != &n);';
    expect(await run(body)).toMatchObject({ output: '0 1', diagnostics: [] });
    const { diagnostics } = await run('struct { char c; } __attribute__((aligned(64))) s; s.c = 1; printf("%d", s.c);');
    expect(diagnostics.map(({ severity, message }) => `${severity} ${english(message)}`)).toEqual([
      "warning local variable 's' is aligned to 8 bytes, not to 64: stack frames here begin at multiples of 8",
    ]);
    await check('static int n __attribute__((aligned(64))); printf("%d", (int)&n & 63);', '0');
  });
  test('weak symbols that are nowhere are null', async () => {
    await check(
      'printf("%d %d %d\\n", f != 0, &o != 0, g != 0); if (f) f();',
      '0 0 1\n',
      'extern void f(void) __attribute__((weak)); extern int o __attribute__((weak)); void __attribute__((weak)) g(void) {}',
    );
    expect((await run('o = 1;', 'extern int o __attribute__((weak));')).fault?.kind).toBe('null-dereference');
    expect((await run('f();', 'extern void f(void) __attribute__((weak));')).fault).toBeDefined();
  });
  test('a transparent union takes what its members take', () =>
    check(
      'int x = 7; long *p = (long *)&x; printf("%d %d %d\\n", f(&x), f(p), f(0));',
      '7 7 -1\n',
      'typedef union { int *i; long *l; } any __attribute__((transparent_union)); static int f(any a) { return a.i ? *a.i : -1; }',
    ));
  test('asm labels name what is linked', () =>
    check(
      'printf("%d ", twice(4)); output("%d\\n", count);',
      '8 5\n',
      'int twice(int) __asm__("double_it"); int double_it(int x) { return 2 * x; } extern int output(const char *, ...) asm("printf"); extern int count asm("real_count"); int real_count = 5;',
    ));
  test('those that would change the meaning are told, the others are not', async () => {
    expect(await told('int x __attribute__((cleanup(f))) = 1;', 'void f(int *p) {}')).toContain(
      "attribute 'cleanup' is ignored",
    );
    expect(await told('', 'struct s { int a; } __attribute__((scalar_storage_order("big-endian")));')).toContain(
      'scalar_storage_order',
    );
    expect(
      await told(
        'f(1);',
        'int f(int) __attribute__((noreturn, regparm(3), visibility("hidden"), nonnull, unused, may_alias)); int f(int x) { return x; }',
      ),
    ).toBe('');
  });
});

describe('predefined macros', () => {
  test('say what the target is', () =>
    check(
      `#if !defined __GNUC__ || !defined __i386__ || !defined linux || !defined __unix__ || !defined __ELF__ || __SIZEOF_POINTER__ != 4
#error not told
#endif
       printf("%d %d %d %d %s\\n", __GNUC__, i386, __INT_WIDTH__, (int)sizeof(__INT64_C(1)), __VERSION__);`,
      '4 1 32 8 4.2.1 (SockScope)\n',
    ));
});

describe('arrays whose rows are sized when they are met', () => {
  test('as parameters, with prototypes of every kind', () =>
    check(
      `int t[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } }, c[2][2][2] = { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } };
       printf("%d %d %d %d %d\\n", at(3, t), row(3, t, 1), cube(2, c), (int)size(3, t), sum(2, 3, t));`,
      '4 4 7 12 21\n',
      `int at(int, int t[*][*]); int sum(int n, int w, int t[n][w]);
       int at(int w, int t[w][w]) { return t[1][0]; } static int row(int w, int (*t)[w], int i) { return **(t + i); }
       static int cube(int n, int c[][n][n]) { return c[1][1][0]; } static unsigned size(int w, int t[][w]) { return sizeof t[0]; }
       int sum(int n, int w, int t[n][w]) { int i, j, s = 0; for (i = 0; i < n; i++) for (j = 0; j < w; j++) s += t[i][j]; return s; }`,
    ));
  test('as variables', () =>
    check(
      'int n = 3, m = 4, i, j; int a[n][m]; for (i = 0; i < n; i++) for (j = 0; j < m; j++) a[i][j] = 10 * i + j; printf("%d %d %d\\n", a[2][3], a[1][0], (int)sizeof(a));',
      '23 10 48\n',
    ));
});

test('names that every JavaScript object has are names like any other', async () => {
  await check(
    `struct constructor v = { 1, 2 }; hasOwnProperty __proto__ = 3; int isPrototypeOf[1]; isPrototypeOf[0] = valueOf; goto toString; v.__proto__ = 9; toString:
     printf("%d %d %d %d %d %d\\n", v.__proto__, v.toString, __proto__, isPrototypeOf[0], toLocaleString(4), propertyIsEnumerable);`,
    '1 2 3 7 5 6\n',
    `struct constructor { int __proto__, toString; }; typedef int hasOwnProperty; enum __proto__ { valueOf = 7 };
     static int toLocaleString(int constructor) { return constructor + 1; }\n#define propertyIsEnumerable 6`,
  );
  expect(await told('return __builtin_constructor();')).toContain('is not a builtin');
  expect(await told('return constructor + __proto__;')).toContain("'constructor' is not declared");
});

test('a statement expression may end in a labelled expression', () =>
  check('int i = 0; int x = ({ if (i == 0) goto out; i = 5; out: i + 2; }); printf("%d\\n", x);', '2\n'));

describe('characters that are not what they seem', () => {
  test('are named, and the rest is read', async () => {
    expect(await told('int \u200bn = 0; return n;')).toBe(
      'U+200B zero width space is no character of C, and cannot be seen',
    );
    expect(await told('int n = 0； return n;')).toBe("'；' (U+FF1B) is no sign of C, although it looks like one");
    expect(await told('return ONE;', '#define ONE 1\u2060')).toContain('U+2060 word joiner');
  });
});
