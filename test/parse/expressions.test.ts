import { beforeAll, describe, expect, it } from 'vitest';
import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { Parsing } from './c-parser';

let c: Parsing;
beforeAll(async () => {
  c = await Parsing.start();
});

describe('operators', () => {
  it.each([
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a << 1 | b & c ^ d && e || f', '((((a << 1) | ((b & c) ^ d)) && e) || f)'],
    ['a < b == c > d', '((a < b) == (c > d))'],
    ['a = b = c, d += e', '((a = (b = c)), (d += e))'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a ? b, c : d', '(a ? (b, c) : d)'],
    ['a ?: b', '(a ? : b)'],
    ['a = b ? c : d', '(a = (b ? c : d))'],
    ['-a * !b + ~c', '(((-a) * (!b)) + (~c))'],
    ['*p++ = *--q', '((*(p++)) = (*(--q)))'],
    ['&a->b[1].c', '(&a->b[1].c)'],
    ['a - -b', '(a - (-b))'],
    ['a & &b', '(a & (&b))'],
    ['f(a, (b, c))(d)->e', 'f(a, (b, c))(d)->e'],
    ['(*fp)(x)', '(*fp)(x)'],
    ['a[b, c]', 'a[(b, c)]'],
    ['++a->b', '(++a->b)'],
  ])('%s', (text, expected) => c.checkBody(`${text};`, `${expected};`));

  it('keeps long chains', () => {
    const sum = Array.from({ length: 5000 }, (_, i) => `a${i}`).join(' + ');
    expect(c.unit(`int x = ${sum};`).diagnostics).toEqual([]);
  });
});

describe('parentheses that could hold a type or a value', () => {
  const types = 'typedef int T; struct s { int a; };';
  it.each([
    ['(T) * a', '((T)(*a))'],
    ['(a) * b', '(a * b)'],
    ['(T) & a', '((T)(&a))'],
    ['(a) & b', '(a & b)'],
    ['(T) - a', '((T)(-a))'],
    ['(a) - b', '(a - b)'],
    ['(T) + a', '((T)(+a))'],
    ['(T)(a)(b)', '((T)a(b))'],
    ['(a)(b)', 'a(b)'],
    ['(a)[b]', 'a[b]'],
    ['(T)a.b + c', '(((T)a.b) + c)'],
    ['(T)(T)a', '((T)((T)a))'],
    ['(struct s *)a', '((struct s *)a)'],
    ['(int (*)(T, T *))a', '((int (*)(T, T *))a)'],
    ['(T *[3])a', '((T *[3])a)'],
    ['sizeof(T)', 'sizeof(T)'],
    ['sizeof(a)', 'sizeof(a)'],
    ['sizeof(T) * 2', '(sizeof(T) * 2)'],
    ['sizeof(T) - 1', '(sizeof(T) - 1)'],
    ['sizeof(a)->b', 'sizeof(a->b)'],
    ['sizeof a + b', '(sizeof(a) + b)'],
    ['sizeof *a', 'sizeof((*a))'],
  ])('%s', (text, expected) => c.checkBody(`x = ${text};`, `(x = ${expected});`, types));

  it('takes an unknown name as a type where nothing else makes sense', () => {
    c.checkBody(
      'x = (foo_t *)p; y = (foo_t)q; z = (foo_t)1;',
      '(x = ((foo_t *)p)); (y = ((foo_t)q)); (z = ((foo_t)1));',
    );
  });

  it('takes a statement that starts with a name as an expression', () => {
    c.checkBody('a * b; a(b); a(*b); (a)(b);', '(a * b); a(b); a((*b)); a(b);');
  });

  it('follows names that hide a typedef, and those that do so no more', () => {
    c.checkBody('{ int T; (T) * 2; } x = (T) * p;', '{ int T; (T * 2); } (x = ((T)(*p)));', types);
    c.check(
      'typedef int T; int f(int T) { return (T) * 2; } T g;',
      'typedef int T; int f(int T) { return (T * 2); } T g;',
    );
    c.check(
      'typedef int T; int f(void) { enum { T = 1 }; return (T) & 2; }',
      'typedef int T; int f(void) { enum { T = 1 }; return (T & 2); }',
    );
    c.checkBody('for (int T = 0; (T) - 1; ) ; (T) - 1;', 'for (int T = 0x0; (T - 1); ) ; ((T)(-1));', types);
  });

  it('knows typedefs of a block only there', () => {
    c.checkBody('{ typedef int U; U x; (U) * p; } (U) * p;', '{ typedef int U; U x; ((U)(*p)); } (U * p);');
  });
});

describe('constants', () => {
  const valueOf = (text: string): unknown => {
    const [item] = c.unit(`int x = ${text};`).items;
    const initializer = item?.kind === 'declaration' ? item.declarators[0]?.initializer : undefined;
    const { span: _span, ...rest } = initializer?.kind === 'expression' ? initializer.value : { span: undefined };
    return rest;
  };
  it.each([
    ['42', { kind: 'integer', value: 42n, decimal: true, unsigned: false, long: 0 }],
    ['0x7fUL', { kind: 'integer', value: 127n, decimal: false, unsigned: true, long: 1 }],
    ['017ll', { kind: 'integer', value: 15n, decimal: false, unsigned: false, long: 2 }],
    [
      '18446744073709551615ull',
      { kind: 'integer', value: 18446744073709551615n, decimal: true, unsigned: true, long: 2 },
    ],
    ['1.5e3f', { kind: 'floating', value: 1500, suffix: 'f' }],
    ['.5', { kind: 'floating', value: 0.5, suffix: '' }],
    ['0x1.8p1L', { kind: 'floating', value: 3, suffix: 'l' }],
    ["'a'", { kind: 'character', value: 97, wide: false }],
    ["'\\377'", { kind: 'character', value: -1, wide: false }],
    ["'ab'", { kind: 'character', value: 0x6162, wide: false }],
    ["'\\''", { kind: 'character', value: 39, wide: false }],
    ["L'\\x1234'", { kind: 'character', value: 0x1234, wide: true }],
    ['"a" "\\n\\0" "\\x41"', { kind: 'string', bytes: Uint8Array.from([97, 10, 0, 65]) }],
    ['"é"', { kind: 'string', bytes: Uint8Array.from([0xc3, 0xa9]) }],
    [
      'L"a" "b"',
      { kind: 'string', bytes: Uint8Array.from([97, 0, 0, 0, 98, 0, 0, 0]), units: Uint32Array.from([97, 98]) },
    ],
  ])('%s', (text, expected) => expect(valueOf(text)).toEqual(expected));

  it.each([['089'], ['1x'], ["''"], ['"\\q"']])('tells that %s is malformed', (text) => {
    expect(c.unit(`int x = ${text};`).diagnostics.map(({ code }) => code)).toEqual(['SS2001']);
  });

  it.each([['1.0i'], ['2.5fi'], ['3j'], ['0x1p4iL']])('%s is imaginary, and told to be', (text) => {
    const [problem] = c.unit(`double x = ${text};`).diagnostics;
    expect(wording(given(problem, 'problem').message, 'en')).toBe(
      `'${text}' is an imaginary number; complex arithmetic is not supported`,
    );
  });
});

describe('GNU C expressions', () => {
  it.each([
    ['x = ({ int y = a; y + 1; });', '(x = ({ int y = a; (y + 1); }));'],
    ['(T)x = 5; (char)(T)x += 1;', '(((T)x) = 5); (((char)((T)x)) += 1);'],
    ['(a, b)++;', '((a, b)++);'],
    ['x = (struct s){ .a = 1 }.a;', '(x = ((struct s){ .a = 1 }).a);'],
    ['f(&(T){ 3 });', 'f((&((T){ 3 })));'],
    ['x = sizeof (T){ 3 };', '(x = sizeof(((T){ 3 })));'],
    ['x = __extension__ (T) a;', '(x = ((T)a));'],
    [
      'x = __alignof__(T) + _Alignof(struct s) + __alignof__(x);',
      '(x = ((__alignof__(T) + __alignof__(struct s)) + __alignof__(x)));',
    ],
    ['x = __builtin_offsetof(struct s, a.b[2].c);', '(x = __builtin_offsetof(struct s, a.b[2].c));'],
    ['x = __builtin_va_arg(ap, T *);', '(x = __builtin_va_arg(ap, T *));'],
    ['x = __builtin_types_compatible_p(T, __typeof__(x));', '(x = __builtin_types_compatible_p(T, __typeof__(x)));'],
    ['x = _Generic(x, T: 1, struct s *: 2, default: 3);', '(x = _Generic(x, T: 1, struct s *: 2, default: 3));'],
    ['p = &&l; goto *p; l: ;', '(p = (&&l)); goto *p; l: ;'],
    ['__typeof__(x) y = x; typeof(T *) z;', '__typeof__(x) y = x; __typeof__(T *) z;'],
    ['printk("a" __FUNCTION__ "b", __FUNCTION__);', 'printk("\\141\\146\\142", __FUNCTION__);'],
    ['x = __builtin_constant_p(y) ? 1 : g(y);', '(x = (__builtin_constant_p(y) ? 1 : g(y)));'],
  ])('%s', (text, expected) => c.checkBody(text, expected, 'typedef int T; struct s { int a; };'));
});
