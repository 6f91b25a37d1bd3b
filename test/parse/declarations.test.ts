import { beforeAll, describe, expect, it } from 'vitest';
import type { Declaration, FunctionDefinition } from '../../src/parse/ast';
import { Parsing } from './c-parser';

let c: Parsing;
beforeAll(async () => {
  c = await Parsing.start();
});

describe('declarators', () => {
  it.each([
    'int a; int *b; int **c;',
    'int a[3]; int b[2][3]; int *d[4]; int (*e)[4];',
    'int f(void); int *g(int, char *); int (*h)(int x);',
    'int (*f(int))(char); int (*(*fp[3])(void))(int);',
    'void (*signal(int n, void (*handler)(int)))(int);',
    'const char *const p; char *volatile *q;',
    'extern int printf(const char *fmt, ...);',
    'int f();',
    'int f(int [], int *(*)(void), int (int));',
    'struct s *f(struct s { int a; } *x);',
    'unsigned long long int a; signed char b; short int d;',
    'static const volatile unsigned e;',
    'int a[sizeof(int)];',
    'register int *__restrict r;',
  ])('%s', (text) => {
    const printed = c.broken(text);
    expect(printed.diagnostics).toEqual([]);
    c.check(printed.printed, printed.printed);
    expect(printed.printed).toBe(text.replace(/ ?([^\w\s]) ?/g, '$1').replace(/\s+/g, ' '));
  });

  it('gives each name of a declaration its own type, with shared specifiers', () => {
    c.check('struct s { int x; } a, *b, c[2];', 'struct s { int x; } a; struct s *b; struct s c[2];');
    const [item] = c.unit('struct s { int x; } a, b;').items as Declaration[];
    expect(item?.declarators[0]?.type).toBe(item?.base);
    expect(item?.declarators[1]?.type).toBe(item?.base);
  });

  it('takes specifiers in any order', () => {
    c.check(
      'int long unsigned typedef const T; T static x; struct s { int a; } const extern y;',
      'typedef const int long unsigned T; static T x; extern const struct s { int a; } y;',
    );
  });

  it('takes attributes at the start of a parenthesised declarator and of a parameter', () => {
    c.check(
      'int a = (int (__attribute__((noinline)) *)(void))0 != 0; int f(__attribute__((unused)) int x);',
      'int a = (((int(*)(void))0x0) != 0x0); int f(int x);',
    );
  });

  it('takes missing specifiers as int', () => {
    c.check(
      'x; *y; static z = 1; main() { auto i; const j; return 0; }',
      'int x; int *y; static int z = 1; int main() { auto int i; const int j; return 0x0; }',
    );
  });

  it('takes a typedef name behind a type as the name declared', () => {
    c.check(
      'typedef int T; struct s { T T; int x; }; int f(void) { unsigned T; T = 1; }',
      'typedef int T; struct s { T T; int x; }; int f(void) { unsigned T; (T = 1); }',
    );
  });

  it('takes array parameters with static and qualifiers', () => {
    c.check('int f(int a[static 3], int b[const], int c[*]);', 'int f(int a[3], int b[], int c[]);');
  });

  it('takes names that tree-sitter knows as types or keywords', () => {
    c.check(
      'int bool, size_t, noreturn, constexpr, thread_local; int f(int uint8_t) { true: NULL = alignof + offsetof; goto true; }',
      'int bool; int size_t; int noreturn; int constexpr; int thread_local; int f(int uint8_t) { true: (NULL = (alignof + offsetof)); goto true; }',
    );
  });
});

describe('structs, unions and enums', () => {
  it('takes bit-fields, unnamed ones too, anonymous members, empty and flexible arrays', () => {
    c.check(
      'struct s { int a : 3, : 5, b; unsigned : 0; union { int c; char d; }; struct t { int e; } f; int g[0]; char h[]; };',
      'struct s { int a: 3; int : 5; int b; unsigned : 0x0; union { int c; char d; }; struct t { int e; } f; int g[0x0]; char h[]; };',
    );
  });

  it('takes declarations of tags alone', () => {
    c.check(
      'struct s; union u; enum e { A, B = 3, C, }; struct empty { };',
      'struct s; union u; enum e { A, B = 3, C }; struct empty { };',
    );
  });

  it('leaves out stray semicolons', () => {
    c.check('struct s { int a;; int b; }; ; int x;;', 'struct s { int a; int b; }; int x;');
  });
});

describe('attributes', () => {
  const attributesOf = (text: string): unknown => {
    const [item] = c.unit(text).items as (Declaration | FunctionDefinition)[];
    const names = (list: readonly { name: string; args: readonly unknown[] }[]): string =>
      list.map(({ name, args }) => `${name}/${args.length}`).join(' ');
    if (item?.kind === 'function') {
      return names(item.attributes);
    }
    const base = item?.base;
    return [
      base?.kind === 'record' || base?.kind === 'enum' ? names(base.attributes) : '',
      ...(item?.declarators ?? []).map(({ attributes }) => names(attributes)),
    ];
  };
  it.each([
    ['struct s { int a; } __attribute__((packed, aligned(4))) x;', ['packed/0 aligned/1', '']],
    ['struct __attribute__((__packed__)) s { int a; };', ['packed/0']],
    ['struct s __attribute__((aligned(32), section(".x"))) x = { 1 };', ['', 'aligned/1 section/1']],
    ['int x __attribute__((section(".data"))) = 1, y;', ['', 'section/1', '']],
    ['__attribute__((unused)) static int x, y;', ['', 'unused/0', 'unused/0']],
    ['int f(int) __attribute__((regparm(3))) __attribute__((noreturn));', ['', 'regparm/1 noreturn/0']],
    ['static int * __attribute__((weak)) p;', ['', 'weak/0']],
    ['void __attribute__((noinline)) f(void) { }', 'noinline/0'],
    ['struct s { int a; } x asm("y") __attribute__((used));', ['', 'asm/1 used/0']],
    ['_Alignas(8) int x;', ['', 'aligned/1']],
  ])('%s', (text, expected) => expect(attributesOf(text)).toEqual(expected));

  it('gives members theirs, and records what #pragma pack says', () => {
    const [, item] = c.unit(
      '#pragma pack(push, 2)\nstruct p;\nstruct s { char a; int b __attribute__((aligned(16))), c : 3 __attribute__((packed)); };\n#pragma pack(pop)\nstruct t { int a; };',
    ).items as Declaration[];
    const record = item?.base;
    expect(record?.kind === 'record' && record.attributes).toMatchObject([
      { name: 'pragma_pack', args: [{ value: 2n }] },
    ]);
    const member = record?.kind === 'record' ? record.members?.[1]?.declarators : [];
    expect(member?.map(({ name, attributes }) => [name, attributes.map((attribute) => attribute.name)])).toEqual([
      ['b', ['aligned']],
      ['c', ['packed']],
    ]);
  });
});

describe('initialisers', () => {
  it.each([
    ['int a[] = { 1, 2, };', 'int a[] = { 1, 2 };'],
    ['int a[] = { };', 'int a[] = { };'],
    ['int a[] = { [2] = 5, [3 ... 7] = 1, 9 };', 'int a[] = { [2] = 5, [3 ... 7] = 1, 9 };'],
    ['struct s x = { .a = 1, .b.c[2] = { 3 }, 4 };', 'struct s x = { .a = 1, .b.c[2] = { 3 }, 4 };'],
    ['struct s x = { a: 1, b: { 2 }, c: f };', 'struct s x = { .a = 1, .b = { 2 }, .c = f };'],
    ['int a[3] = { [1] 5 };', 'int a[3] = { [1] = 5 };'],
    ['struct s *x = &(struct s) { 1 }, y = { { 2 } };', 'struct s *x = (&((struct s){ 1 })); struct s y = { { 2 } };'],
  ])('%s', (text, expected) => c.check(text, expected));
});

describe('functions', () => {
  it('takes old-style definitions', () => {
    c.check(
      'int f(a, b, c) int a; char *b; struct s c; { return a; }\nint g;',
      'int f(a, b, c) int a; char *b; struct s c; { return a; } int g;',
    );
  });

  it('takes old-style definitions that return pointers', () => {
    c.check(
      'struct s *f(a) void *a; { l: ; }\nint **g(a, b) { return a; }',
      'struct s *f(a) void *a; { l: ; } int **g(a, b) { return a; }',
    );
  });

  it('takes prototypes that stand like old-style ones', () => {
    c.check('int f(a, b); int g(void);', 'int f(a, b); int g(void);');
  });

  it('says what is inline, static and extern', () => {
    const items = c.unit('extern __inline__ int f(void) { } static inline int g(void);').items;
    expect(items.map(({ storage, inline }) => [storage, inline])).toEqual([
      ['extern', true],
      ['static', true],
    ]);
  });

  it('leaves out assembler, assertions and stray braces at file scope, and tells the first', () => {
    const { diagnostics, printed } = c.broken('asm("nop");\n_Static_assert(1, "x"); int x;');
    expect(diagnostics).toEqual(['1: inline assembler cannot be run']);
    expect(printed).toBe('int x;');
  });
});
