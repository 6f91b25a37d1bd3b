/**
 * Hosted C programs made to do wrong: each does one to three misdeeds in functions that call each other. In: a
 * {@link Random}. Out: a program that compiles, and whose run must end as a stop, a status or a spent budget.
 *
 * A misdeed is a function of `deeds`; it returns the body of a C function `int deedN(int depth)` and may add
 * declarations before it.
 */
import { strangeNumber } from './mutate-text.mjs';

const header = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdarg.h>
#include <alloca.h>
#include <limits.h>
#include <ctype.h>
#include <math.h>
#include <time.h>
#include <errno.h>
static int zero, one = 1, many[16], *nowhere;
static char bytes[64];
static void *block;
static int plain(int x) { return x + one; }
static int (*call)(int) = plain;
`;

const addresses = [
  '0',
  '1',
  '4',
  '64',
  '255',
  '4095',
  '4096',
  '65536',
  '0x10000',
  '0x100000',
  '0x7fffffff',
  '0x80000000u',
  '0xc0000000u',
  '0xfffffff0u',
  '0xffffffffu',
  '-4',
];

function address(random) {
  return random.chance(0.6) ? random.pick(addresses) : `${random.below(2 ** 32)}u`;
}

function size(random) {
  return random.pick([
    '0',
    '1',
    '3',
    '16',
    '17',
    '64',
    '100',
    '1000',
    '4096',
    '65536',
    '1000000',
    '20000000',
    '0x7fffffff',
    '0x80000000u',
    '0xffffffffu',
    '-1',
  ]);
}

const type = (random) => random.pick(['char', 'short', 'int', 'long long', 'double', 'unsigned char']);
const value = (random) =>
  random.pick(['0', '-1', '0x41414141', 'i', '(int)&i', '0x80', '(int)main', '0xfff0', '4', 'depth']);

/** A local array written before or behind itself: own variables, the frame's head, the callers' frames. */
function overrunLocal(random) {
  const count = random.pick([1, 2, 4, 7, 33]);
  const far = random.pick([count + 1, count + 4, count + 20, 200, 5000, 100_000]);
  const [from, to] = random.chance(0.75) ? [0, far] : [-far, 0];
  const element = type(random);
  const how = random.pick([
    `for (i = ${from}; i < ${to}; i++) a[i] = ${value(random)};`,
    `for (i = ${to} - 1; i >= ${from}; i--) a[i] = ${value(random)};`,
    `for (p = a + ${from}; p < a + ${to}; p++) *p = ${value(random)};`,
    `memset(a + ${from}, ${value(random)}, (${to} - ${from}) * sizeof(a[0]));`,
    `memcpy(a + ${from}, many, ${to - from});`,
    `for (i = ${from}; i < ${to}; i++) a[i] ^= ${value(random)};`,
    `a[${random.pick([from, to, -1, count])}] = ${value(random)};`,
    `i = ${random.pick([from, to - 1])}; a[i] += ${value(random)};`,
  ]);
  return `int i = 0; ${element} a[${count}], *p = a; a[0] = 1; ${how} return (int)a[0] + i + (p != a);`;
}

function overrunByText(random) {
  const count = random.pick([1, 4, 8, 16]);
  const long = 'x'.repeat(random.pick([count, count + 1, 40, 300, 5000]));
  return `int i = 3; char a[${count}], b[${count}]; a[0] = b[0] = 0; ${random.pick([
    `strcpy(a, "${long}");`,
    `sprintf(a, "%s%s", "${long}", "${long}");`,
    `for (i = 0; i < ${random.pick([3, 30, 3000])}; i++) strcat(a, "abcdefg");`,
    `memset(a, 'y', ${long.length}); strcpy(b, a);`,
    `sprintf(b, "%${random.pick([20, 300, 100_000])}d", i);`,
    `strncpy(a, "${long}", ${size(random)});`,
    `memmove(a + 1, a, ${size(random)});`,
    `snprintf(a, ${size(random)}, "%s", "${long}");`,
    `vsprintf(a, "%s %d %s", (va_list)&i);`,
  ])} return strlen(a) + i;`;
}

/** The callers' frames by a pointer that was handed down, or by what the compiler says of the frame. */
function overrunCaller(random, name) {
  const walk = random.pick([
    `for (i = ${random.pick([-100, -8, 0])}; i < ${random.pick([1, 9, 100, 3000])}; i++) p[i] = ${value(random)};`,
    `p[${random.between(-64, 64)}] = ${value(random)};`,
    `for (i = 0; i < 400; i++) p[i] ^= 1 << (i & 31);`,
    `for (i = -200; i < 200; i++) { int t = p[i]; p[i] = p[-i]; p[-i] = t; }`,
    `memmove(p - 50, p, 400);`,
  ]);
  const where = random.pick(['p', '(int *)__builtin_frame_address(0)', '&i', '(int *)&p']);
  return {
    before: `static int ${name}_inner(int *p, int i)\n{\n\tp = ${where};\n\t${walk}\n\treturn p[0] + i;\n}\n`,
    body: `int mine = depth, list[3] = { 1, 2, 3 }; int r = ${name}_inner(${random.pick(['&mine', 'list', '&depth'])}, 0); return r + mine + list[2];`,
  };
}

function overrunGlobal(random) {
  const to = random.pick([17, 20, 100, 10_000, 10_000_000]);
  return `int i; ${random.pick([
    `for (i = 0; i < ${to}; i++) many[i] = ${value(random)};`,
    `for (i = -1; i > -${to}; i--) many[i] = ${value(random)};`,
    `memset(bytes, ${value(random)}, ${to});`,
    `memset(bytes - ${to}, 255, ${to});`,
    `for (i = 0; i < ${to}; i++) bytes[i] = i;`,
    `memcpy(many, bytes, ${to});`,
  ])} i = 0; return call(many[3]) + i;`;
}

function overrunHeap(random) {
  const small = random.pick(['0', '1', '5', '16', '100']);
  return `int i; char *a = malloc(${small}), *b = malloc(${small}); ${random.pick([
    `for (i = 0; i < ${random.pick([6, 32, 1000, 100_000_000])}; i++) a[i] = 'z';`,
    `for (i = 0; i > -${random.pick([9, 64, 100_000])}; i--) a[i] = 'z';`,
    `memset(a, -1, b - a + 40);`,
    `free(a); a[0] = 1; free(b);`,
    `free(a); free(a);`,
    `free(a + 1);`,
    `free(&i);`,
    `free(many);`,
    `free("text");`,
    `free((void *)${address(random)});`,
    `a = realloc(a, ${size(random)}); if (a) memset(a, 1, 20);`,
    `a = realloc(b + 1, 10);`,
    `free(b); b = realloc(b, 50);`,
    `for (i = 0; i < ${random.pick([100, 100_000, 10_000_000])}; i++) { block = malloc(${size(random)}); if (!block) break; }`,
    `block = calloc(${size(random)}, ${size(random)}); if (block) *(char *)block = 1;`,
    `block = malloc(${size(random)}); if (block) ((char *)block)[${size(random)}] = 1; free(block);`,
    `b = strdup(a);`,
    `for (i = 0; i < 3000; i++) { a = realloc(a, i * 7 % 911 + 1); a[0] = i; }`,
  ])} return a == b;`;
}

function recurse(random, name) {
  const frame = random.pick([
    '',
    'int pad[10];',
    'char pad[5000];',
    'char pad[1000000];',
    'double pad[3];',
    'char *pad = alloca(300);',
    'char pad[depth + 5];',
  ]);
  const use = frame ? 'pad[0] = depth;' : '';
  const again = random
    .pick([
      `${name}(depth + 1) + 1`,
      `${name}(depth + 1)`,
      `call == plain ? ${name}(depth * 2 + 1) + depth : 0`,
      `${name}(${name}(depth + 1))`,
      `depth & 1 ? ${name}(depth + 1) : ${name}(depth + 3)`,
    ])
    .replaceAll('pad[0]', '0');
  return `${frame} ${frame.includes('char *pad') || frame.includes('[depth') ? 'if (depth > 1000000000) return 0;' : ''} ${use} return ${again};`;
}

function flood(random) {
  return random.pick([
    `for (;;) puts("0123456789012345678901234567890123456789");`,
    `for (;;) printf("%d %s %c\\n", depth, "text", 'c');`,
    `for (;;) putchar('a' + (one++ & 15));`,
    `for (;;) fprintf(stderr, "%08x", one++);`,
    `printf("%${random.pick(['1000000', '100000000', '2147483647', '99999999999'])}d", 1); return 0;`,
    `printf("%.${random.pick(['1000000', '100000000', '2147483647'])}f", 1.0); return 0;`,
    `printf("%*d", ${size(random)}, 1); return 0;`,
    `printf("%.*f", ${size(random)}, 2.5); return 0;`,
    `printf("%*.*s", ${size(random)}, ${size(random)}, "text"); return 0;`,
    `fwrite(bytes, ${size(random)}, ${size(random)}, stdout); return 0;`,
    `static char big[${random.pick(['1000000', '30000000'])}]; memset(big, 'x', sizeof(big) - 1); for (;;) puts(big);`,
    `for (;;) fwrite(bytes, 1, sizeof(bytes), stderr);`,
    `sprintf(bytes, "%s%s%s%s", bytes, bytes, bytes, bytes); for (;;) fputs(bytes, stdout);`,
  ]);
}

function wildPointer(random) {
  const t = type(random);
  const at = address(random);
  return random.pick([
    `*(${t} *)${at} = ${random.pick(['1', '-1', '0'])}; return 0;`,
    `return (int)*(${t} *)${at};`,
    `int i; for (i = 0; ; i += ${random.pick([1, 4, 64, 4096])}) ((${t} *)${at})[i] = ${random.pick(['0', '-1', 'i'])};`,
    `int i, s = 0; for (i = 0; ; i++) s += ((volatile ${t} *)${at})[i]; return s;`,
    `memset((void *)${at}, ${random.pick([0, 255])}, ${size(random)}); return 0;`,
    `memcpy((void *)${at}, (void *)${address(random)}, ${size(random)}); return 0;`,
    `return strlen((char *)${at});`,
    `return strcmp((char *)${at}, "a") + printf("%s", (char *)${at});`,
    `return *nowhere;`,
    `nowhere = (int *)${at}; *nowhere++ = 5; *--nowhere = 6; return *nowhere;`,
    `int **p = (int **)many; int i; for (i = 0; i < 16; i++) many[i] = i * ${random.below(100_000)}; for (i = 0; i < 16; i++) *p[i] = i; return 0;`,
    `unsigned long a = (unsigned long)&depth; *(${t} *)(a ${random.pick(['+', '-'])} ${random.pick([1, 3, 64, 4096, 1000000, 100000000])}) = 1; return 0;`,
    `*(int *)main = 0; return plain(1);`,
    `struct { int a; struct { char b[${random.pick(['10', '100000'])}]; } c; } *s = (void *)${at}; s->c = ((typeof(s))bytes)->c; return s->a;`,
    `return qsort(many, ${size(random)}, ${size(random)}, (void *)${random.pick([at, 'plain', 'main', 'abort', 'free'])}), 0;`,
    `return bsearch(&one, many, ${size(random)}, ${size(random)}, (void *)${random.pick([at, 'plain'])}) != 0;`,
  ]);
}

function wildCall(random) {
  const target = random.pick([
    address(random),
    address(random),
    '(unsigned)bytes',
    '(unsigned)&depth',
    '(unsigned)"text"',
    '(unsigned)main + 1',
    '(unsigned)plain',
    '(unsigned)printf',
    '(unsigned)exit',
    '(unsigned)malloc',
  ]);
  const shape = random.pick([
    'int (*)(int)',
    'void (*)(void)',
    'double (*)(double, double)',
    'long long (*)(long long, int, char *)',
    'int (*)(int, ...)',
    'struct pair (*)(struct pair)',
  ]);
  const given = {
    'int (*)(int)': '(3)',
    'void (*)(void)': '()',
    'double (*)(double, double)': '(1.0, 2.0)',
    'long long (*)(long long, int, char *)': '(1, 2, bytes)',
    'int (*)(int, ...)': '(1, 2.0, 3LL)',
    'struct pair (*)(struct pair)': '(given)',
  }[shape];
  return {
    before: 'struct pair { int a, b; char c[9]; };\n',
    body: random.pick([
      `struct pair given = { 1, 2 }; int i; for (i = 0; i < 3; i++) ((${shape})${target})${given}; return given.a;`,
      `struct pair given = { 1, 2 }; call = (void *)${target}; return call(given.b);`,
      `int i; for (i = 0; i < ${random.pick([10, 300, 70_000])}; i++) { call = (int (*)(int))i; if (i > 5) return call(i); } return 0;`,
      `memset(&call, ${random.pick(['0', '1', '255', '0x41'])}, sizeof(call)); return call(1);`,
      `void *p = ${random.pick(['&&here', '(void *)4', '(void *)&depth', '(void *)main', `(void *)${address(random)}`])}; if (depth > 50) return 1; depth++; goto *p; here: return depth > 3 ? 2 : ({ goto *p; 0; });`,
      `goto *(void *)${address(random)}; return 0;`,
      `static int (*table[4])(int) = { plain, plain, 0, plain }; return table[${random.pick(['2', '4', '-1', '1000', '100000000', 'depth * 7 + 9'])}](1);`,
    ]),
  };
}

function jump(random) {
  return {
    before: random.pick([
      'typedef int jmp_buf[64];\nint setjmp(jmp_buf);\nvoid longjmp(jmp_buf, int);\nstatic jmp_buf place;\nstatic void leave(void) { int pad[20]; pad[0] = setjmp(place); }\n',
      '#include <setjmp.h>\nstatic jmp_buf place;\nstatic void leave(void) { setjmp(place); }\n',
      '#define setjmp(x) __builtin_setjmp(x)\n#define longjmp(x, y) __builtin_longjmp(x, 1)\nstatic void *place[64];\nstatic void leave(void) { setjmp(place); }\n',
    ]),
    body: random.pick([
      'leave(); longjmp(place, 1); return 0;',
      'longjmp(place, 0); return 0;',
      'memset(&place, -1, sizeof(place)); longjmp(place, 2); return 0;',
      'if (setjmp(place) > 5) return 1; longjmp(place, 3); return 0;',
    ]),
  };
}

function wrongFormat(random) {
  const flags = random.pick(['', '-', '0', '+', ' ', '#', '-0+ #']);
  const width = random.pick(['', '*', '5', '-5', '1000', '*.*', '.', '.*', '5.3', "'", '1$', '2$*1$']);
  const long = random.pick(['', 'h', 'hh', 'l', 'll', 'L', 'q', 'j', 'z', 't', 'lll']);
  const letter = random.pick([...'diouxXeEfFgGaAcspnm%QyZ0', '', '\\0', '\\xff', '[a']);
  const format = `%${flags}${width}${long}${letter}`;
  const given = random
    .some(
      [
        '1',
        '-1',
        '2.5',
        '"text"',
        '(char *)0',
        '(char *)4',
        '3LL',
        'bytes',
        '&depth',
        'nowhere',
        '(char *)0xffffffffu',
      ],
      random.below(5),
    )
    .join(', ');
  const list = given === '' ? '' : `, ${given}`;
  return random.pick([
    `return printf("${format}|${format}\\n"${list});`,
    `return sprintf(bytes, "${format}"${list});`,
    `return snprintf(bytes, ${size(random)}, "${format}${format}"${list});`,
    `return fprintf(${random.pick(['stdout', 'stderr', '(FILE *)0', '(FILE *)1234', '(FILE *)bytes'])}, "${format}"${list});`,
    `return printf((char *)${address(random)}${list});`,
    `return printf("${'%s'.repeat(random.pick([10, 1000]))}"${list});`,
    `return printf("${'%n'.repeat(random.pick([1, 10]))}"${list});`,
    `return fputs(${random.pick(['(char *)0', '(char *)1', 'bytes'])}, ${random.pick(['stdout', '0', '(FILE *)99'])}) + fclose(${random.pick(['stdout', '(FILE *)0', '(FILE *)bytes'])}) + printf("after\\n");`,
    `char *end; return strtol("${strangeNumber(random).slice(0, 60)}", ${random.pick(['&end', '0', '(char **)4'])}, ${random.pick([0, 1, 2, 10, 16, 36, 37, -1])}) + atoi("99999999999999999999") + (int)strtod("${strangeNumber(random).slice(0, 400)}", 0);`,
    `return isalpha(${random.pick(['-1', '256', '100000', '0x80000000', '-2147483647'])}) + toupper(${random.pick(['-1', '300', 'INT_MAX', 'INT_MIN'])});`,
    `va_list v; memset(&v, ${random.pick([0, 255])}, sizeof(v)); return vprintf("%d %s %f\\n", v);`,
  ]);
}

function arithmetic(random) {
  const t = random.pick(['int', 'unsigned', 'long long', 'unsigned long long', 'short', 'char']);
  const left = random.pick(['1', '-1', 'INT_MIN', 'LONG_MIN', '(-9223372036854775807LL - 1)', 'one', '~zero']);
  const right = random.pick(['zero', '-one', '32', '31', '64', '-1', '1000', 'zero - 32', '0x80000000u']);
  return random.pick([
    `volatile ${t} a = ${left}, b = ${right}; return (int)(a ${random.pick(['/', '%', '<<', '>>'])} b);`,
    `${t} a = ${left}; a ${random.pick(['/=', '%=', '<<=', '>>='])} ${right}; return (int)a;`,
    `volatile double d = ${random.pick(['1e300', '-1e300', '0.0 / zero', '1.0 / zero', '1e19', '-1.0'])}; ${t} a = (${t})d; return (int)a + (unsigned char)d;`,
    `volatile float f = 1e39; return (int)f + (int)(long long)(f * f) + (unsigned)-f;`,
    `static int s = ${random.pick(['1 / 0', '1 % 0', '1 << 40', '-2147483647 - 2', 'INT_MIN / -1', '1 << -1'])}; return s;`,
    `enum { BIG = ${strangeNumber(random).slice(0, 40)} }; return BIG + sizeof(int[${random.pick(['1', '0', '-1', 'BIG'])}]);`,
    `struct { int a : 3; unsigned b : 31; long long c : ${random.pick(['40', '1', '64', '65', '0', '-1'])}; } s; s.a = 9; s.b = -1; s.c = 1LL << 39; return s.a + s.b + (int)s.c;`,
    `return abs(INT_MIN) + (int)llabs(-9223372036854775807LL - 1) + (int)pow(${left}, 1e10) + (int)fmod(1, zero) + (int)ldexp(1, ${size(random)}) + (int)sqrt(-1);`,
    `int i = INT_MAX; i++; i -= 2; i *= i; return -i / (i - i + zero);`,
  ]);
}

function constants(random) {
  return random.pick([
    `char *s = "constant"; s[${random.pick(['0', '3', '100', '-1', '1000000'])}] = 'X'; return s[0];`,
    `const int c = 5; *(int *)&c = 6; static const char t[] = "abc"; ((char *)t)[1] = 'z'; return c + t[1];`,
    `strcpy("short", "a text that is much longer than the constant it is written over"); puts("short"); return 0;`,
    `memset("abc", 0, ${size(random)}); return 0;`,
    `char *s = "%d"; s[1] = 's'; return printf(s, 5);`,
  ]);
}

function bigObjects(random, name) {
  const n = size(random);
  return random.pick([
    { before: '', body: `char *p = alloca(${n}); p[0] = 1; return p[0];` },
    {
      before: '',
      body: `int i; for (i = 0; ; i++) { char *p = alloca(${random.pick(['1', '100', '100000'])}); *p = i; }`,
    },
    { before: '', body: `int n = ${n}; char a[n]; a[0] = 1; return a[0] + sizeof(a);` },
    { before: '', body: `int n = ${n}, a[n][n]; a[1][1] = 1; return a[1][1];` },
    {
      before: '',
      body: `char a[${random.pick(['1000000', '14000000', '15000000', '20000000', '300000000', '2147483647'])}]; a[5] = 1; return a[5] + depth;`,
    },
    {
      before: `static char ${name}_big[${random.pick(['40000000', '70000000', '1000000000', '4294967295u'])}];\n`,
      body: `${name}_big[7] = 1; return ${name}_big[7];`,
    },
    {
      before: `struct ${name}_s { char a[${random.pick(['100000', '3000000', '20000000'])}]; };\nstatic struct ${name}_s ${name}_g;\nstatic struct ${name}_s ${name}_f(struct ${name}_s s) { s.a[1]++; return s; }\n`,
      body: `struct ${name}_s s = ${name}_f(${name}_f(${name}_g)); return s.a[1];`,
    },
  ]);
}

function endless(random) {
  return random.pick([
    'for (;;) ;',
    'while (one) ;',
    'again: goto again;',
    'do one = !one; while (1);',
    'for (;;) call(depth);',
    'for (;;) one += strlen("some text to measure");',
    'for (;;) memset(bytes, one, sizeof(bytes));',
    'static char large[10000000]; for (;;) memset(large, one++, sizeof(large));',
    'static char large[10000000]; memset(large, 1, sizeof(large) - 1); for (;;) one += strlen(large);',
    'static int list[200000]; int i; for (;;) { for (i = 0; i < 200000; i++) list[i] = i * 7919 % 200003; qsort(list, 200000, 4, (void *)plain); }',
    'unsigned i; for (i = 0; i >= 0; i++) many[i & 15] += i;',
    'for (;;) switch (one++) { case 3: continue; default: one &= 7; }',
    'double d = 1; for (;;) d = sin(d) + 1e-9;',
    'for (;;) block = realloc(block, one++ & 0xffff);',
    'for (;;) sprintf(bytes, "%f %d", one * 1.5, one);',
    'for (;;) { time(0); clock(); rand(); }',
    'for (;;) getchar();',
  ]);
}

function arguments_(random, name) {
  return {
    before: `static int ${name}_sum(int n, ...)\n{\n\tva_list v; int s = 0;\n\t${random.pick(['va_start(v, n);', '', 'memset(&v, 0x41, sizeof(v));'])}\n\tfor (; n > 0; n--)\n\t\ts += ${random.pick(['va_arg(v, int)', '(int)va_arg(v, double)', '*va_arg(v, int *)', 'va_arg(v, struct big { char c[4000]; }).c[0]', 'strlen(va_arg(v, char *))'])};\n\treturn s;\n}\n`,
    body: `return ${name}_sum(${random.pick(['3', '1000', '100000000', '-1'])}, 1, ${random.pick(['2.0', '"x"', 'bytes', '3LL'])}, 4);`,
  };
}

function leave(random) {
  return random.pick([
    'exit(depth & 1);',
    'abort();',
    '_exit(2);',
    'return main();',
    'exit((int)call);',
    '((void (*)(void))exit)(); return 0;',
    'fclose(stdout); puts("x"); exit(0);',
    'return remove((char *)4) + (fopen(bytes, "r") != 0) + (getenv((char *)1) != 0) + fgetc((FILE *)77);',
    'assert_fail(); return 0;',
    'asm("int3"); return 0;',
    'asm volatile("mov %0, %%esp" : : "r"(depth)); return 0;',
    '__builtin_trap(); return 0;',
    '__builtin_unreachable(); return 0;',
    'return (int)__builtin_return_address(0) + (int)__builtin_frame_address(3);',
    'while (1) if (fgets(bytes, 1000000, stdin) == 0) return 1;',
  ]);
}

const deeds = {
  'local overrun': overrunLocal,
  'overrun by text': overrunByText,
  "overrun of a caller's frame": overrunCaller,
  'global overrun': overrunGlobal,
  'heap misuse': overrunHeap,
  recursion: recurse,
  flood,
  'wild pointer': wildPointer,
  'wild call': wildCall,
  'wrong jump': jump,
  'wrong format': wrongFormat,
  arithmetic,
  'constant written': constants,
  'big objects': bigObjects,
  'endless loop': endless,
  'wrong arguments': arguments_,
  'strange end': leave,
};

export function makeCase(random) {
  const chosen = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(Object.keys(deeds)));
  const parts = chosen.map((each, index) => {
    const name = `deed${index}`;
    const made = deeds[each](random, name);
    const { before = '', body } = typeof made === 'string' ? { body: made } : made;
    // With a chance the next misdeed is called from inside this one, so that its frame lies below.
    const inner = index > 0 && random.chance(0.5) ? `if (depth == 0) one += deed${index - 1}(1);\n\t` : '';
    return `${before}int ${name}(int depth)\n{\n\t${inner}${body}\n}\n`;
  });
  const calls = chosen
    .map((_, index) => `\tstatus += deed${index}(${random.pick(['0', '0', '1', 'argc'])});\n`)
    .join('');
  // Shared names (a struct, a jump buffer) that two misdeeds would both declare are declared once.
  const seen = new Set();
  const body = parts
    .join('\n')
    .split('\n')
    .filter(
      (line) =>
        !/^(struct pair \{|typedef int jmp_buf|int setjmp|void longjmp|static (jmp_buf|void \*) ?place)/.test(line) ||
        (!seen.has(line) && seen.add(line)),
    )
    .join('\n');
  const text = `${header}int main();\n${body}\nint main(int argc, char **argv)\n{\n\tint status = 0;\n${calls}\tprintf("%d\\n", status);\n\treturn status & 1;\n}\n`;
  return {
    about: chosen.join(', '),
    file: 'input.c',
    data: Buffer.from(text, 'utf8'),
    runs: [['cc', 'input.c', '--budget', random.pick(['3000000', '20000000'])]],
  };
}
