import { describe, it } from 'vitest';
import { check } from './check';

describe('macros', () => {
  it('replaces object-like macros, and their results again', () => {
    check('#define A B + 1\n#define B 2\nA;', '2 + 1;');
  });

  it('does not replace a macro within itself, directly or through others', () => {
    check('#define f f + 1\n#define a b\n#define b a\nf a b', 'f + 1 a b');
  });

  it('replaces parameters by arguments that were expanded first', () => {
    check(
      '#define x 3\n#define f(a) f(x * (a))\n#undef x\n#define x 2\n#define g f\n#define z z[0]\n#define t(a) a\n' +
        'f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);',
      'f(2 * (y+1)) + f(2 * (f(2 * (z[0])))) % f(2 * (0)) + t(1);',
    );
  });

  it('finds the arguments behind the end of an expansion', () => {
    check(
      '#define x 2\n#define f(a) f(x * (a))\n#define g f\n#define w 0,1\n#define h g(~\n#define m(a) a(w)\ng(x+(3,4)-w) | h 5) & m\n(f)^m(m);',
      'f(2 * (2+(3,4)-0,1)) | f(2 * (~ 5)) & f(2 * (0,1))^m(0,1);',
    );
  });

  it('leaves the name of a function-like macro alone when no parenthesis follows', () => {
    check('#define f(a) [a]\nf; f (1) f\n(2)', 'f; [1] [2]');
  });

  it('makes strings with #, keeping white space as one space and escaping quotes', () => {
    check(
      '#define str(s) # s\n#define xstr(s) str(s)\n#define v 4\nstr( a  "b\\n"  \'"\' ) xstr(v) str()',
      '"a \\"b\\\\n\\" \'\\"\'" "4" ""',
    );
  });

  it('joins tokens with ##, empty arguments included', () => {
    check(
      '#define t(x,y,z) x ## y ## z\nt(1,2,3) t(,4,5) t(6,,7) t(8,9,) t(10,,) t(,11,) t(,,12) t(,,)',
      '123 45 67 89 10 11 12',
    );
    check(
      '#define glue(a, b) a ## b\n#define xglue(a, b) glue(a, b)\n#define HIGHLOW "hello"\n#define LOW LOW ", world"\nglue(HIGH, LOW); xglue(HIGH, LOW)',
      '"hello"; "hello" ", world"',
    );
  });

  it('tells when ## makes no token', () => {
    check('#define p(a,b) a ## b\np(+,/)', '+/', ['2:SS1006']);
  });

  it('takes variadic arguments in the C99 and in the old GNU form', () => {
    check('#define v(f, ...) p(f, __VA_ARGS__)\nv(1,2,3)', 'p(1, 2,3)');
    check('#define v(f, args...) p(f , ## args)\nv("a") v("a", 1, 2)', 'p("a") p("a" , 1, 2)');
    check('#define v(f, ...) p(f , ## __VA_ARGS__)\nv("a") v("a", 1)', 'p("a") p("a" , 1)');
  });

  it('takes arguments over several lines, and directives between them', () => {
    check('#define f(a, b) a-b\nf(1,\n#ifdef X\n2\n#else\n3\n#endif\n)', '1-3');
  });

  it('tells a wrong number of arguments and an open list', () => {
    check('#define f(a, b) a-b\nf(1)', 'f(1)', ['2:SS1006']);
    check('#define f(a) a\nf(1', 'f(1', ['2:SS1006']);
  });

  it('tells malformed definitions and different redefinitions', () => {
    check('#define\n#define 1\n#define f(a,\n#define g(a) #b\n#define h ## x', '', [
      '1:SS1006',
      '2:SS1006',
      '3:SS1006',
      '4:SS1006',
      '5:SS1006',
    ]);
    check('#define A 1\n#define A 1\n#define A 2\nA', '2', ['3:SS1006']);
  });

  it('knows the macros of the standard', () => {
    check(
      '__LINE__ __FILE__ __STDC__\n__COUNTER__ __COUNTER__ __INCLUDE_LEVEL__ __DATE__',
      '1 "main.c" 1 0 1 0 "Jan 4 2001"',
    );
    check('#line 40 "other.c"\n__LINE__ __FILE__', '40 "other.c"');
  });

  it('takes definitions from its caller, with parameters too', () => {
    check('X Y(3)', '7 (3)', [], { defines: { X: '7', 'Y(a)': '(a)' } });
  });
});
