import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { check, run } from './run-c';

describe('declarations', () => {
  test('__extension__ before a declaration in a block', () =>
    check(
      '__extension__ union { double d; int half[2]; } u = { 1.0 }; __extension__ long long n = 7; printf("%x %d\\n", u.half[1], (int)n);',
      '3ff00000 7\n',
    ));
  test('alias: a second name for an object or a function of the unit', () =>
    check(
      'second = 5; other[1] = 9; printf("%d %d %d %d\\n", first, hidden[1], also(2), &second == &first);',
      '5 9 6 1\n',
      `int first = 1; extern int second __attribute__((alias("first")));
       static int hidden[3]; extern int other[3] __attribute__((alias("hidden")));
       int triple(int x) { return 3 * x; } int also(int x) __attribute__((alias("triple")));`,
    ));
  test('what array parameters give as their size happens on entry (C99 6.9.1p10)', () =>
    check(
      'int a[4]; printf("%d %d\\n", f(3, a), calls);',
      '5 1\n',
      'int calls; int note(void) { calls++; return 4; }\nint g(int a[note()]) { return 0; }\nint f(int n, int a[n += 2]) { g(a); return n; }',
    ));
  test('an unknown name in the initialiser of an array without a length is a stop there', async () => {
    const result = await run('printf("before\\n"); { double list[] = { 1.0, nowhere }; printf("%f", list[0]); }');
    expect(result.output).toBe('before\n');
    expect(result.fault && english(result.fault.message)).toContain("'nowhere' is not declared");
  });
  test('the name of an array can be used in its own initialiser, though its length comes from there (C99 6.2.1p7)', () =>
    check(
      'struct link { struct link *next; int n; } ring[] = { { &ring[1], 4 }, { ring, 5 } }; printf("%d %d %d\\n", (int)(sizeof ring / sizeof *ring), ring->next->n, ring->next->next->n);',
      '2 5 4\n',
    ));
  test('GNU C: no semicolon behind the last member, extern void for an address', () =>
    check(
      'struct s x = { 1, 2 }; printf("%d %d\\n", x.b, &here == (void *)&real);',
      '2 1\n',
      'struct s { int a; int b };\nextern void here; int real; extern void here __attribute__((alias("real")));',
    ));
  test('vector types are refused, not taken for their elements', async () => {
    const result = await run('', 'typedef int four __attribute__((vector_size(16)));');
    expect(result.diagnostics.map(({ message }) => english(message))).toContain('vector types are not supported');
  });
  test('the alignment that a function is declared with', () =>
    check(
      'printf("%d\\n", (int)__alignof__(f));',
      '64\n',
      'void f(void) __attribute__((aligned(64))); void f(void) {}',
    ));
});

describe('expressions', () => {
  test('a cast makes a plain value of a bit-field, whatever its type (C99 6.5.4)', () =>
    check(
      's.u = 5; printf("%d %d %d\\n", -10 % s.u, -10 % (unsigned)s.u == -10u % 5u, (-1 < s.u) + 2 * (-1 < (unsigned)s.u));',
      '0 1 1\n',
      'struct { unsigned u : 7; int i : 7; } s;',
    ));
  test('what was stored in a bit-field is promoted by its bits', () =>
    check(
      'printf("%d%d%d%d%d\n", (s.u = 5) < -1, (s.u += 2) < -1, ++s.u < -1, s.u-- < -1, (0, s.u) < -1);',
      '00000\n',
      'struct { unsigned u : 7; } s;',
    ));
  test('bit-fields wider than int are computed with in their own width', () =>
    check(
      `s.w = 1ULL << 39; s.s = -1; printf("%llx %llx %llx %llx ", (unsigned long long)(s.w + s.w), s.w * 2ull, (unsigned long long)~s.w, (unsigned long long)-s.w); printf("%lld %d %d\n", (long long)(s.s * 3), s.s < s.w, (int)(s.w << 1 >> 39));
       s.w = -1; s.s = s.w; printf("%d %d %g %lld\n", s.w + 1 == 0, (int)sizeof(s.w + 1), (double)s.w, (long long)(s.s - 1));`,
      '0 10000000000 7fffffffff 8000000000 -3 0 0\n1 8 1.09951e+12 -2\n',
      'struct { unsigned long long w : 40; long long s : 36; } s;',
    ));
  test('types are compatible with their qualifiers below the top, and enums with themselves alone', () =>
    check(
      `printf("%d%d%d%d%d%d%d\\n", __builtin_types_compatible_p(char *, const char *), __builtin_types_compatible_p(const int, int), __builtin_types_compatible_p(enum a, enum b),
        __builtin_types_compatible_p(enum a, enum a), __builtin_types_compatible_p(int[3], int[]), __builtin_types_compatible_p(int *[2], const int *[2]), __builtin_types_compatible_p(int (*)(int), int (*)(int)));`,
      '0101101\n',
      'enum a { A }; enum b { B };',
    ));
  test('a record without members takes no room among the arguments', () =>
    check(
      'struct none z; printf("%d\\n", sum(2, z, 40, z, 2));',
      '42\n',
      'struct none {};\nint sum(int n, ...) { va_list l; int s = 0; va_start(l, n); while (n--) { (void)va_arg(l, struct none); s += va_arg(l, int); } va_end(l); return s; }',
    ));
  test('frames that are larger than what is entered natively at once', () =>
    check(
      'printf("%d\\n", deep(5));',
      '15\n',
      'int deep(int n) { char room[100000]; room[n] = n; room[99999] = n; return n == 0 ? 0 : deep(n - 1) + room[n] / 2 + room[99999] - room[n] / 2; }',
    ));
});

describe('inline assembler', () => {
  test('without instructions: an output has the value of the input tied to it', () =>
    check(
      'int x = 3, y = 4; long z = 9; int *p; asm ("" : "=r"(x) : "0"(y + 1)); __asm__ volatile ("" : "+r"(y), "=r"(p) : "1"(&x), "r"(z) : "memory"); printf("%d %d %d\n", x, y, p == &x);',
      '5 4 1\n',
    ));
});

describe('builtins', () => {
  test('what is expected is evaluated', () =>
    check('int n = 1; long r = __builtin_expect(n > 0, n++); printf("%ld %d\n", r, n);', '1 2\n'));
  test('comparisons that know NaN (C99 7.12.14)', () =>
    check(
      `double n = __builtin_nan(""), x = 1, y = 2; float f = 1;
       printf("%d%d%d%d%d%d ", __builtin_isunordered(x, n), __builtin_isunordered(x, y), __builtin_isless(x, y), __builtin_isless(x, n), __builtin_isgreaterequal(y, f), __builtin_islessgreater(n, n));
       printf("%d%d%d\\n", __builtin_islessgreater(f, y), __builtin_islessequal(f, x), __builtin_isgreater(f, x));`,
      '101010 110\n',
    ));
  test('signs, of zeros and NaNs too', () =>
    check(
      `double n = -__builtin_nan(""), z = -0.0; printf("%g %g %d %d %d %g\\n", __builtin_copysign(3, z), __builtin_copysignf(-3.0f, 1), !!__builtin_signbit(n), !!__builtin_signbit(__builtin_fabs(n)), !!__builtin_signbitf(-0.0f), 1 / __builtin_fabs(z));
       printf("%d %d %d\\n", __builtin_isfinite(1.0), __builtin_isfinite(1 / z), __builtin_finite(n));`,
      '-3 3 1 0 1 inf\n1 0 0\n',
    ));
  test('bits and classes', () =>
    check(
      'union { int i; } u; printf("%d %d %d ", __builtin_clrsb(0), __builtin_clrsb(-3), __builtin_clrsbll(1)); printf("%d %d %d %d\\n", __builtin_classify_type(1), __builtin_classify_type("a"), __builtin_classify_type(1.0f), __builtin_classify_type(u)); printf("%lld %u\\n", __builtin_llabs(-5000000000LL), __builtin_object_size(&u, 2));',
      '31 29 62 1 5 8 13\n5000000000 0\n',
    ));
  test('the address of the frame lies between those of the caller and of what it calls', () =>
    check(
      'char c; printf("%d\n", f(&c));',
      '1\n',
      'int g(char *frame) { char c; return &c < frame; }\nint f(char *outer) { char *own = __builtin_frame_address(0); return own < outer && g(own); }',
    ));
  test('those that are library functions', () =>
    check(
      `char a[40]; __builtin_sprintf(a, "%d-%s", 7, "x"); __builtin_printf("%s %d\\n", a, (int)__builtin_strspn("aab", "a")); char *p = __builtin_malloc(8); __builtin_strncpy(p, "ab", 8); __builtin_puts(p); __builtin_free(p);
       __builtin_puts(__builtin_strpbrk("one,two", ",;")); __builtin_printf("%d\\n", (int)(__builtin_stpcpy(a, "four") - a));`,
      '7-x 2\nab\n,two\n4\n',
    ));
  test('alloca: each call another block, all gone when the function returns', () =>
    check(
      'int i, s = 0; for (i = 0; i < 3000; i++) s += f(100000); printf("%d %d\\n", s, (int)sizeof(alloca(3)));',
      '6000 4\n',
      '#include <alloca.h>\nint f(int n) { char *a = alloca(n), *b; int i; for (i = 0; i < 2; i++) { b = __builtin_alloca(n); b[0] = i; b[n - 1] = 1; if (b == a) return -1; a = b; } return a[0] + a[n - 1]; }',
    ));
});

describe('library and target', () => {
  test('macros that tell the target', () =>
    check(
      'printf("%d %d %d %d %g %d\\n", (int)sizeof(__INT16_TYPE__), (int)sizeof(__UINTMAX_TYPE__), (int)sizeof(__UINTPTR_TYPE__), __SIZEOF_SHORT__, __FLT_MAX__, __DBL_MANT_DIG__); printf("%d %d\\n", __INT64_MAX__ == 9223372036854775807LL, __UINT32_MAX__ == -1u);',
      '2 8 4 2 3.40282e+38 53\n1 1\n',
    ));
  test('strings', () =>
    check(
      'char a[20]; printf("%d %d %s ", (int)strcspn("abc", "xc"), (int)strspn("", "a"), strpbrk("abc", "z") ? "found" : "none"); *(char *)mempcpy(a, "xyz", 2) = 0; printf("%s %s %lld\\n", a, strdup("copy"), llabs(-3LL)); printf("%d %d\\n", (int)(stpncpy(a, "ab", 5) - a), a[4]);',
      '2 0 none xy copy 3\n2 0\n',
    ));
});
