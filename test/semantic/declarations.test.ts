import { describe, expect, test } from 'vitest';
import { spellType } from '../../src/semantic/spelling';
import { alignOf, sizeOf } from '../../src/semantic/types';
import { bodyOf, checkC, functionNamed, imageOf, messages, symbolNamed } from './check-c';

/** Spelling of the member or variable `x`, as written. */
function spelled(text: string): string {
  const result = checkC(text);
  expect(messages(result)).toEqual([]);
  return symbolNamed(result, 'x').spelling;
}

function typeOf(text: string): string {
  return spellType(symbolNamed(checkC(text), 'x').type);
}

describe('spelling', () => {
  test('as written, with canonical keywords', () => {
    expect(spelled('typedef unsigned int __u32; __u32 x;')).toBe('__u32');
    expect(spelled('long unsigned int x;')).toBe('unsigned long');
    expect(spelled('volatile unsigned char x;')).toBe('volatile unsigned char');
    expect(spelled('struct proto; struct proto *x;')).toBe('struct proto *');
    expect(spelled('struct sock; int (*x)(struct sock *, int);')).toBe('int (*)(struct sock *, int)');
    expect(spelled('typedef unsigned char u8; u8 x[4];')).toBe('u8 [4]');
    expect(spelled('struct dquot; struct dquot *x[2];')).toBe('struct dquot *[2]');
    expect(spelled('const char *const x;')).toBe('const char *const');
    expect(spelled('struct { int a; } x;')).toBe('struct {...}');
    expect(spelled('int (*x[3])(void);')).toBe('int (*[3])(void)');
    expect(spelled('char *(*(*x)(int, ...))[2];')).toBe('char *(*(*)(int, ...))[2]');
    expect(spelled('int x(char buffer[10], int f(void));')).toBe('int (char *, int (*)(void))');
    expect(spelled('int x();')).toBe('int ()');
    expect(spelled('#define N 3\nlong x[N + 1];')).toBe('long [4]');
  });
  test('resolved', () => {
    expect(typeOf('typedef int (*handler)(const char *); handler x[2];')).toBe('int (*[2])(const char *)');
    expect(typeOf('int y; typeof(&y) x;')).toBe('int *');
    expect(typeOf('typedef const int ci; ci *x;')).toBe('const int *');
  });
});

describe('symbols', () => {
  const summary = (text: string): string[] =>
    checkC(text).unit.symbols.map(
      (symbol) =>
        `${symbol.name}: ${symbol.linkage}${symbol.data ? ` ${symbol.data.bytes.length}` : ''}${symbol.inlineOnly ? ' inline' : ''}${symbol.function === undefined ? '' : ` in ${symbol.function}`}`,
    );
  test('linkage and tentative definitions', () => {
    expect(summary('int a; extern int b; static int c; int a; extern int d = 1;')).toEqual([
      'a: external 4',
      'b: external',
      'c: internal 4',
      'd: external 4',
    ]);
    expect(summary('static int f(void); int f(void) { return 0; }')).toEqual(['f: internal']);
    expect(summary('int a[]; int a[3];')).toEqual(['a: external 12']);
    expect(summary('struct s a; struct s { int i; };')).toEqual(['a: external 4']);
    expect(summary('extern struct m list[4]; struct m { int i; }; struct m *p = &list[1];')).toEqual([
      'list: external',
      'p: external 4',
    ]);
  });
  test('static locals and extern in blocks', () => {
    expect(summary('int f(void) { static int n = 4; extern int e; return n + e; }')).toEqual([
      'f: external',
      'n: none 4 in f',
      'e: external',
    ]);
    expect(summary('static int e; int f(void) { extern int e; return e; }')).toEqual(['e: internal 4', 'f: external']);
  });
  test('composite types', () => {
    const result = checkC('int f(); int f(int, char); int a[]; extern int a[5]; int n = sizeof a;');
    expect(messages(result)).toEqual([]);
    expect(spellType(symbolNamed(result, 'f').type)).toBe('int (int, char)');
    expect(imageOf(result, 'n')).toBe('14 00 00 00');
  });
  test('attributes', () => {
    const { unit } = checkC(
      'int a __attribute__((section(".data.init"), aligned(16))); void w(void) __attribute__((weak)); void n(void) __attribute__((noreturn, alias("m")));',
    );
    expect(
      unit.symbols.map(({ name, section, align, weak, alias }) => ({ name, section, align, weak, alias })),
    ).toEqual([
      { name: 'a', section: '.data.init', align: 16 },
      { name: 'w', weak: true },
      { name: 'n', alias: 'm' },
    ]);
  });
  test('redeclarations that do not match are told', () => {
    expect(messages(checkC('int a; char a;'))).toEqual([
      "error [a] 'a' is declared as 'char' here and as 'int' before",
    ]);
    expect(messages(checkC('int f(void); int f(int);'))).toEqual([
      "error [f] 'f' is declared as 'int (int)' here and as 'int (void)' before",
    ]);
    expect(messages(checkC('int a = 1; int a = 2;'))).toEqual(["error [a] 'a' is defined twice"]);
    expect(messages(checkC('struct s { int a; }; struct s { int b; };'))).toEqual([
      'error [struct s { int b; }] struct s is defined twice',
    ]);
    expect(messages(checkC('typedef int t; typedef int t; volatile int v; extern int v;'))).toEqual([]);
  });
});

describe('records and enums', () => {
  const layout = (text: string): string => {
    const result = checkC(`${text} x;`);
    expect(messages(result)).toEqual([]);
    const { type } = symbolNamed(result, 'x');
    return `${sizeOf(type)}/${alignOf(type)}`;
  };
  test('attributes change the layout', () => {
    expect(layout('struct { char a; int b; } __attribute__((packed))')).toBe('5/1');
    expect(layout('struct { char a; int b __attribute__((packed)); }')).toBe('5/1');
    expect(layout('struct { char a; } __attribute__((aligned(8)))')).toBe('8/8');
    expect(layout('typedef int a8 __attribute__((aligned(8))); struct { char c; a8 v; }')).toBe('16/8');
    expect(layout('struct { char a; long long b; double c; }')).toBe('20/4');
    expect(layout('typedef int di __attribute__((mode(DI))); struct { di a; }')).toBe('8/4');
    expect(layout('struct { int :32; char c; }')).toBe('8/1'.replace('8/1', '5/1'));
  });
  test('tags follow scopes', () => {
    expect(bodyOf('struct s { int a; };', '{ struct s { char c[3]; }; sizeof(struct s); } sizeof(struct s);')).toBe(
      '{ 3:unsigned int; } 4:unsigned int;',
    );
    expect(bodyOf('struct s { int a; };', '{ struct s; struct s *p; struct s { char c; }; sizeof *p; }')).toBe(
      '{ 1:unsigned int; }',
    );
  });
  test('enumerators', () => {
    expect(bodyOf('enum { A, B = 5, C, D = -1 };', 'A + C; D;')).toBe('6; -1;');
    expect(bodyOf('enum e { A } x; enum n { N = -1 } y;', 'x; y; x + y;')).toBe(
      'x:unsigned int; y; (x:unsigned int + (unsigned int)y):unsigned int;',
    );
    expect(bodyOf('', 'enum { Z = 3 } v = Z; v;')).toBe('v := 3:unsigned int; v:unsigned int;');
  });
  test('specifiers shared by declarators make one type', () => {
    expect(bodyOf('struct { int a; } x, *p;', 'p = &x;')).toBe('(p = &x:struct {...} *);');
  });
});

describe('functions', () => {
  test('old style definitions get their arguments promoted', () => {
    const result = checkC('int f(c, n, p) char c; int *p; { return c + n; } int g(void) { return f(1, 2, 0); }');
    const { parameters, locals, type } = functionNamed(result, 'f');
    expect(parameters.map((parameter) => `${parameter.name} ${spellType(parameter.type)}`)).toEqual([
      'c int',
      'n int',
      'p int *',
    ]);
    expect(locals.map((local) => `${local.name} ${local.spelling} ${local.parameter}`)).toEqual([
      'c int 0',
      'c char undefined',
      'n int 1',
      'p int * 2',
    ]);
    expect(spellType(type)).toBe('int (int, int, int *)');
  });
  test('main returns 0 at its end', () => {
    expect(functionNamed(checkC('int main() { }'), 'main').body.items.map((item) => item.kind)).toEqual(['return']);
  });
  test('inline functions of headers wait for a use', () => {
    const headers = {
      'h.h':
        'static inline int a(void) { return 1; } static inline int b(void) { return a(); } static int plain(void) { return 0; } static inline int unused(void) { return 2; }',
    };
    const names = (text: string, bodies: 'used' | 'all'): string[] =>
      checkC(text, { bodies }, headers)
        .unit.functions.map(({ symbol }) => symbol.name)
        .sort();
    expect(names('#include "h.h"\nint f(void) { return b(); }', 'used')).toEqual(['a', 'b', 'f', 'plain']);
    expect(names('#include "h.h"\nint f(void) { return sizeof b(); }', 'used')).toEqual(['f', 'plain']);
    expect(names('#include "h.h"\nint (*p)(void) = a;', 'used')).toEqual(['a', 'plain']);
    expect(names('#include "h.h"\n', 'all')).toEqual(['a', 'b', 'plain', 'unused']);
  });
  test('extern inline gives way to a definition', () => {
    const result = checkC(
      'extern inline int f(void) { return 1; } int g(void) { return f(); } int f(void) { return 2; }',
    );
    expect(messages(result)).toEqual([]);
    expect(symbolNamed(result, 'f').inlineOnly).toBeUndefined();
    expect(result.unit.functions.map(({ symbol }) => symbol.name)).toEqual(['g', 'f']);
  });
  test('variable arguments', () => {
    const text =
      'typedef __builtin_va_list va_list; int f(int n, ...) { va_list l; __builtin_va_start(l, n); n = __builtin_va_arg(l, int); __builtin_va_end(l); return n; }';
    const result = checkC(text);
    expect(messages(result)).toEqual([]);
    expect(functionNamed(result, 'f').locals.map(({ name, addressTaken }) => `${name} ${addressTaken}`)).toEqual([
      'n false',
      'l true',
    ]);
  });
});
