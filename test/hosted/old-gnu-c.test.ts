import { english } from '../sentences/english';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { check, run } from './run-c';

const old = { dialect: 'gnu89' } as const;

describe('what gcc 2.95 took and gcc 12 refuses', () => {
  test('comma, conditional and cast expressions as lvalues', () =>
    check(
      `int a = 1, b = 2; unsigned u = 5; char *p = "abc"; struct { int x; } s = { 1 };
       (a, b) = 7; printf("%d %d\\n", a, b);
       (a > 5 ? a : b) = 9; printf("%d %d\\n", a, b);
       (a ? a : b) += 3; printf("%d\\n", a);
       (int)u = -1; printf("%u\\n", u); ((char *)p)++; printf("%s\\n", p);
       (*(char **)&p)++; printf("%s\\n", p);
       &(a, b) == &b ? printf("same\\n") : 0; (a++, s).x = 4; printf("%d %d\\n", a, s.x); ((a, b))++; printf("%d\\n", b);`,
      '1 7\n1 9\n4\n4294967295\nbc\nc\nsame\n5 4\n10\n',
      '',
      old,
    ));
  test('string literals beside the name of the function', () =>
    check('f();', 'f: here f end\n', 'void f(void) { printf(__FUNCTION__ ": here " __FUNCTION__ " end\\n"); }', old));
  test('extern inline is no definition of its own; the later one counts', () =>
    check(
      'printf("%d %d\\n", twice(4), only(3));',
      '8 4\n',
      'extern inline int twice(int x) { return 2 * x; }\nextern inline int only(int x) { return x + 1; }',
      old,
    ));
  test('arrays of structs completed later, redeclaration with other qualifiers, implicit int and functions', () =>
    check(
      'printf("%d %d %d %d\\n", (int)sizeof(late), x, implied(3), g);',
      '8 5 4 7\n',
      'struct later; extern struct later late[]; struct later { int a; }; struct later late[2];\nextern int x; volatile int x = 5; g = 7; implied(n) { return n + 1; }',
      old,
    ));
  test('old designators, labels before }, junk behind #endif, empty macro arguments, multi-line strings by continuation', () =>
    check(
      'struct s v = { b: 2, a: { [1] 7, [0 ... 0] 6 } }; int t[4] = { [2] 5, 6 }; printf("%d %d %d %d %d\\n", v.a[0], v.a[1], v.b, t[2], t[3]); { goto l; l: }\nprintf("%s|\\n", STR());',
      '6 7 2 5 6\n|\n',
      'struct s { int a[2]; int b; };\n#define STR(x) #x\n#ifdef NOTHING\n#endif NOTHING',
      old,
    ));
  test('sections, initcalls and attributes wherever they may stand', () =>
    check(
      'initcall *p = &__start; __attribute__((unused)) int n = 0; n += (*first_call)(); n += g(1); printf("%d %d\\n", n, p != 0);',
      '8 1\n',
      `typedef int (*initcall)(void); static int __attribute__((__section__(".text.init"))) init(void) { return 5; }
       initcall first_call __attribute__((unused, __section__(".initcall.init"))) = init; initcall __start = 0;
       static int __attribute__((regparm(3))) *np(void) __attribute__((const)); static int *np(void) { return 0; }
       int g(int x) __attribute__((noinline, regparm(1))); __inline__ int __attribute__((always_inline)) g(int x) { return x + 2; }`,
      old,
    ));
});

describe('errors stay in their statement', () => {
  test('what does not type-check is a stop when it is reached, and not before', async () => {
    const quiet = await run(
      'printf("before\\n"); if (argc_is_none) nothing = 1; printf("after\\n");',
      'static int argc_is_none;',
    );
    expect(quiet.output).toBe('before\nafter\n');
    expect(quiet.diagnostics.map(({ message }) => wording(message, 'en'))).toEqual(["'nothing' is not declared"]);
    const loud = await run('printf("before\\n"); nothing = 1; printf("after\\n");');
    expect(loud.output).toBe('before\n');
    expect(english(loud.fault?.message ?? '')).toContain("'nothing' is not declared");
    const broken = await run(
      'printf("%d\\n", good());',
      'int bad(void) { return ) 5 (; }\nint good(void) { return 3; }\nint worse(unknown *x) { return x->y; }',
    );
    expect(broken.output).toBe('3\n');
  });
});

describe('refused, with the reason', () => {
  const refused = async (body: string, message: RegExp, before = ''): Promise<void> => {
    const result = await run(body, before);
    expect(result.diagnostics.map((each) => wording(each.message, 'en')).join('\n')).toMatch(message);
  };
  test('nested functions', () =>
    refused('  int inner(int x) { return x; } inner(1);', /nested functions are not supported/));
  test('assembler', () => refused('asm("nop");', /inline assembler cannot be run/));
  test('types made of arrays of variable length', async () => {
    await refused('int n = 3; typedef int t[n];', /variable length/);
    await refused('int n = 3; int (*p)[n];', /variable length/);
  });
  test('complex numbers and 128-bit integers', async () => {
    await refused('_Complex double z;', /not a type of this compiler/);
    await refused('__int128 z;', /not a type of this compiler/);
  });
  test('setjmp: a stop when reached', async () => {
    const jump = await run('int buffer[10]; printf("x"); return setjmp(buffer);', 'int setjmp(int *);');
    expect(jump.output).toBe('x');
    expect(english(jump.fault?.message ?? '')).toMatch(/setjmp/);
  });
});
