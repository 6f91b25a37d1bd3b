import { describe, expect, it } from 'vitest';
import { definitionsOf, indexed, placesOf } from './names-fixture';

const definitions = (text: string): string[] => definitionsOf(indexed(text));
const places = (text: string): string[] => placesOf(indexed(text));

describe('definitions of a file', () => {
  it.each([
    ['int f(int a) { return a; }', ['function f', 'local f.a']],
    [
      'static inline u32 f(struct sk_buff *skb)\n{ int n, *p = 0; }',
      ['function f', 'local f.skb', 'local f.n', 'local f.p'],
    ],
    ['asmlinkage long __init f(void) { }', ['function f']],
    ['int f(a, b)\n\tint a;\n\tchar *b;\n{ }', ['function f', 'local f.a', 'local f.b']],
    ['f(x) { }', ['function f']],
    ['int f(int); extern int v; struct s;', ['declaration f', 'declaration v']],
    [
      'struct s { int a, *b; struct t { int c; } d; union { int e; char g; }; unsigned h:3, :5; };',
      [
        'struct s',
        'member s.a',
        'member s.b',
        'struct s.t',
        'member t.c',
        'member s.d',
        'union s.(nameless)',
        'member (nameless).e',
        'member (nameless).g',
        'member s.h',
      ],
    ],
    [
      'struct ops { int (*bind)(struct sock *sk, int len); void *(*get[4])(void); };',
      ['struct ops', 'member ops.bind', 'member ops.get'],
    ],
    [
      'typedef struct { int x; } pair_t; typedef int (*hook)(void); typedef r_t (handler)(int);',
      ['struct (nameless)', 'member (nameless).x', 'typedef pair_t', 'typedef hook', 'typedef handler'],
    ],
    ['enum e { A, B = 2, C = A + B };', ['enum e', 'constant e.A', 'constant e.B', 'constant e.C']],
    ['#define MAX(a, b) ((a) > (b) ? (a) : (b))\n#define ON 1', ['macro MAX', 'macro ON']],
    ['int v = 3, w[2] = { 1, 2 }, (*fp)(int) = f;', ['variable v', 'variable w', 'variable fp']],
    ['static struct proto_ops WRAPPED(x_ops) = { bind: b };', ['variable x_ops']],
    [
      'static union { char pad[32]; } counts[4] __cacheline_aligned = {{0}};',
      ['union (nameless)', 'member (nameless).pad', 'variable counts'],
    ],
    ['static DECLARE_MUTEX(lock); LIST_HEAD(list);', ['variable lock', 'variable list']],
    ['EXPORT_SYMBOL(f);\nmodule_init(f)\nint g(void) { }', ['function g']],
    ['struct s { int error, line, define; };', ['struct s', 'member s.error', 'member s.line', 'member s.define']],
    ['extern "C" { int f(void) { } }', ['function f']],
  ])('%s', (text, expected) => {
    expect(definitions(text)).toEqual(expected);
  });

  it('are those of every branch of a conditional, but for #if 0', () => {
    expect(
      definitions('#ifdef A\nint f(int x) {\n#else\nint f(void) {\n#endif\n}\n#if 0\nint g;\n#else\nint h;\n#endif'),
    ).toEqual(['function f', 'local f.x', 'variable h']);
  });

  it('are found behind braces that do not balance', () => {
    expect(definitions('int f(void)\n{\n  if (a) {\n}\n\nint g(void)\n{\n}\n')).toEqual(['function f', 'function g']);
  });

  it('are found behind what is no C', () => {
    expect(definitions('int f(void) { @ ` ) ] \\ "open }\n\n}\nint g;').slice(0, 1)).toEqual(['function f']);
    expect(definitions('}}}} ))) int g;')).toContain('variable g');
  });
});

describe('what is done with a name', () => {
  const inFunction = (text: string): string[] => places(`void f(void) { ${text} }`).slice(1);

  it.each([
    ['a = b;', ['a ordinary write', 'b ordinary read']],
    ['a += b++; --c;', ['a ordinary update', 'b ordinary update', 'c ordinary update']],
    ['g(a, &b);', ['g ordinary call', 'a ordinary read', 'b ordinary address']],
    ['a = b & c;', ['a ordinary write', 'b ordinary read', 'c ordinary read']],
    ['p->q = &s->t;', ['p ordinary read', 'q member write', 's ordinary read', 't member address']],
    ['a[i] = b[j].c;', ['a ordinary write', 'i ordinary read', 'b ordinary read', 'j ordinary read', 'c member read']],
    [
      'sock->ops->bind(sock, x);',
      ['sock ordinary read', 'ops member read', 'bind member call', 'sock ordinary read', 'x ordinary read'],
    ],
    ['h((struct sockaddr *)&a);', ['h ordinary call', 'sockaddr tag read', 'a ordinary address']],
    ['goto out; out: return 0;', ['out label read', 'out label define']],
    ['switch (x) { case A: break; default: y(); }', ['x ordinary read', 'A ordinary read', 'y ordinary call']],
    [
      'struct sock *sk = z; sk_t t; x * y; int n = sizeof(struct s);',
      [
        'sock tag read',
        'sk ordinary define',
        'z ordinary read',
        'sk_t ordinary read',
        't ordinary define',
        'x ordinary read',
        'y ordinary define',
        'n ordinary define',
        's tag read',
      ],
    ],
    [
      'list_for_each(a, b) { c(); }',
      ['list_for_each ordinary call', 'a ordinary read', 'b ordinary read', 'c ordinary call'],
    ],
    ['x = ({ int y = z; y; });', ['x ordinary write', 'y ordinary define', 'z ordinary read', 'y ordinary read']],
  ])('%s', (text, expected) => {
    expect(inFunction(text)).toEqual(expected);
  });

  it('is told in initialisers and directives', () => {
    expect(places('struct o v = { bind: b, .get = g, 3 };').slice(2)).toEqual([
      'bind member write',
      'b ordinary read',
      'get member write',
      'g ordinary read',
    ]);
    expect(places('#ifdef CONFIG_X\n#define F(a) g(a, h)\n#endif')).toEqual([
      'CONFIG_X macro read',
      'F macro define',
      'a ordinary define',
      'g ordinary call',
      'a ordinary read',
      'h ordinary read',
    ]);
  });

  it('reads no names in comments, strings, numbers', () => {
    expect(places('/* a */ // b\nchar *c = "d" L"e"; int f = 0x1f + \'g\';')).toEqual([
      'c ordinary define',
      'L ordinary read',
      'f ordinary define',
    ]);
  });

  it('goes on through nesting that no hand wrote', () => {
    const deep = 20_000;
    expect(places(`int f(void) { ${'{ ('.repeat(deep)} x ${') }'.repeat(deep)} }`)).toContain('x ordinary read');
    expect(places(`int v = ${'{'.repeat(deep)} y ${'}'.repeat(deep)};`)).toContain('y ordinary read');
    const nested = places(`${'struct s { '.repeat(deep)} int z; ${'};'.repeat(deep)}`);
    expect(nested.filter((each) => each.startsWith('z '))).toHaveLength(1);
  });
});
