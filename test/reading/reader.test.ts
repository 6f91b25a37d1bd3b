import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { outlineOf } from '../../src/reading/token-outline';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { parser, reader, reading, told } from './reading';

/** Statements of the only function of a text that the tree reads without errors; the tokens say the same. */
function check(text: string, expected: readonly string[]): void {
  const { functions, hasErrors } = reading(text);
  expect({ hasErrors, by: functions.map(({ by }) => by) }).toEqual({ hasErrors: false, by: ['tree'] });
  expect(told(itemAt(functions, 0))).toEqual(expected);
  expect(told(itemAt(outlineOf(text), 0))).toEqual(expected.filter((each) => !each.startsWith('(other')));
}

describe('functions as they are written', () => {
  test('are found among macros, prototypes, structs and old-style definitions', () => {
    const text =
      'MODULE("x");\nint a(void);\nstatic int __init b(struct s *x, int y)\n{\n}\nstruct t { int c; };\nint d(p, q)\n\tint p, q;\n{\n}\nstruct t e[] = { { 1 } };\nvoid __attribute__((x)) f(int (*g)(int)) { }\nasmlinkage long sys_h(int call)\n{ }';
    const { functions, file } = reading(text);
    expect(functions.map(({ name }) => name)).toEqual(['b', 'd', 'f', 'sys_h']);
    expect(functions.map(({ nameStart, nameEnd }) => file.text.slice(nameStart, nameEnd))).toEqual([
      'b',
      'd',
      'f',
      'sys_h',
    ]);
  });

  test.each([
    ['static char *name __initdata = "x"; ssize_t asmlinkage f(void) { }'],
    ['static __inline__ struct sock *f(int a) { }'],
    ['enum status\nf(struct bucket *b) { }'],
    ['extern void FASTCALL(g(int mode)); static int __some_new_word f(void) { }'],
    ['int x[] ____cacheline_aligned = { 1 }; void __attribute__((noreturn)) f(void) { }'],
    ['#define DEBUGP(format, args...) printk(format, ## args)\nint f(void) { }'],
    ['int timeouts[] = { [A] 30, [B] 5 }; int f(void) { }'],
    ['int f(void) { struct sock *sk = list_entry(p, struct sock, list); int n = va_arg(ap, unsigned long *); }'],
    ['int f(void) { ASSERT(sk != NULL, return -1;); NETDEBUG(if (x) printk("y")); }'],
    ['int f(void) {\n#ifdef X\n a();\n#endif X\n b(); }'],
  ])('are whole in the tree: %s', (text) => {
    const { functions, hasErrors } = reading(text);
    expect(hasErrors).toBe(false);
    expect(functions.map(({ name, by }) => [name, by])).toEqual([['f', 'tree']]);
  });

  test('are found where #ifdef splits their braces, and in the branches that are passed over', () => {
    const { functions } = reading(
      'int a(void)\n{\n#ifdef X\n\tif (x) {\n#else\n\tif (y) {\n#endif\n\t\tz;\n\t}\n}\n#if 0\nint no(void) { }\n#else\nint b(void)\n{\n}\n#endif\nint c(void) { }',
    );
    expect(functions.map(({ name, passedOver }) => [name, passedOver])).toEqual([
      ['a', false],
      ['no', true],
      ['b', false],
      ['c', false],
    ]);
  });

  test('are read from tokens when the tree has an error in them, and only they', () => {
    const { functions, hasErrors } = reading('int a(void) { x = ; b(); }\nint c(void) { d(); }');
    expect(hasErrors).toBe(true);
    expect(functions.map(({ name, by }) => [name, by])).toEqual([
      ['a', 'tokens'],
      ['c', 'tree'],
    ]);
    expect(told(itemAt(functions, 0))).toEqual(['plain x =', 'plain b ( )']);
  });

  test('are read however deep they are nested', () => {
    const { functions } = reading(`int f(void) { ${'{'.repeat(3000)} a(); ${'}'.repeat(3000)} }\nint g(void) { b(); }`);
    expect(functions.map(({ name }) => name)).toEqual(['f', 'g']);
  });
});

describe('texts that no hand wrote are read in time that grows with them', () => {
  const many = 30_000;
  test.each([
    ['blocks', `${'{'.repeat(many)}${'}'.repeat(many)}`],
    ['parentheses', `x = ${'('.repeat(many)}1${')'.repeat(many)};`],
    ['calls', `${'a('.repeat(many)}struct x *${')'.repeat(many)};`],
    ['labels', `${'a: '.repeat(many)};`],
    ['loops', `${'for_each(x) '.repeat(many)};`],
    ['conditionals', `${'\n#if X\na();'.repeat(many / 10)}${'\n#endif'.repeat(many / 10)}\n`],
  ])('%s', (_kind, body) => {
    expect(reading(`int f(void) { ${body} }`).functions.map(({ name }) => name)).toEqual(['f']);
  });
});

describe('statements as they are written', () => {
  test('come in the order of execution with their heads', () =>
    check(
      'int f(int a)\n{\n\tint b = 1;\n\tif (a) {\n\t\tb = 2;\n\t} else\n\t\tgoto out;\n\tswitch (a) {\n\tcase 1:\n\t\tbreak;\n\tdefault:\n\t\tg();\n\t}\n\tfor (;;) ;\n\tdo { b--; } while (b);\nout:\n\treturn (b);\n}',
      [
        'plain int b = 1',
        'if if ( a )',
        'plain b = 2',
        'goto goto out',
        'switch switch ( a )',
        '[case 1] case case 1',
        '[case 1] plain break',
        '[default] case default',
        '[default] plain g ( )',
        'for for ( ; ; )',
        'plain b --',
        'do-while while ( b )',
        '[out] label out',
        '[out] return return b',
      ],
    ));

  test('survive directives within them; a branch with whole statements is read too', () => {
    check('int f(void)\n{\n\tif (a &&\n#ifdef X\n\t    b &&\n#endif\n\t    c)\n\t\td();\n}', [
      'if if ( a && b && c )',
      'plain d ( )',
    ]);
    check('int f(void)\n{\n\ta();\n#ifdef X\n\tb();\n#else\n\tc();\n#endif\n\td();\n}', [
      'plain a ( )',
      'plain b ( )',
      '(other branch) plain c ( )',
      'plain d ( )',
    ]);
  });

  test('that are loops of macros have bodies', () => {
    check('int f(void)\n{\n\tlist_for_each(p, &head) {\n\t\tg(p);\n\t}\n\treturn 0;\n}', [
      'while list_for_each ( p , & head )',
      'plain g ( p )',
      'return return 0',
    ]);
    check('int f(void)\n{\n\tfor_each_task(p)\n\t\tif (p->pid)\n\t\t\tg(p);\n\tfor_fib_info() { h(); }\n}', [
      'while for_each_task ( p )',
      'if if ( p -> pid )',
      'plain g ( p )',
      'while for_fib_info ( )',
      'plain h ( )',
    ]);
    check('int f(void)\n{\n\tlist_for_each_entry(p, &head, struct sock, list)\n\t\tg(p);\n}', [
      'while list_for_each_entry ( p , & head , struct sock , list )',
      'plain g ( p )',
    ]);
  });

  test('that are loops by what their macro stands for have bodies too', () => {
    const text = 'int f(void)\n{\n\tITERATE(p)\n\t\tg(p);\n}';
    const own = `#define ITERATE(p) for (p = 0; p < 9; p++)\n${text}`;
    const expected = ['while ITERATE ( p )', 'plain g ( p )'];
    expect(told(itemAt(reading(own).functions, 0))).toEqual(expected);
    const knowing = new Reader(parser, (name) => (name === 'ITERATE' ? 'while (next(p))' : undefined));
    expect(told(itemAt(knowing.read(new SourceFile('a.c', text)).functions, 0))).toEqual(expected);
    knowing.dispose();
    expect(told(itemAt(reading(text).functions, 0))).toEqual(['plain ITERATE ( p )', 'plain g ( p )']);
  });

  test('without a semicolon, on lines of their own, are statements', () =>
    check('int f(void)\n{\n\tDECLARE_THING(x)\n\tint i;\n\tSLEEP_ON_VAR\n\n\ti = 1;\nout:\n}', [
      'plain DECLARE_THING ( x )',
      'plain int i',
      'plain SLEEP_ON_VAR',
      'plain i = 1',
      '[out] label out',
    ]));
});

describe('one tree follows the edits', () => {
  test('what was read before an edit keeps its statements, asked for late', () => {
    const before = 'int f(int a)\n{\n\tif (a)\n\t\treturn 1;\n\treturn 0;\n}\n';
    const editing = new Reader(parser);
    const old = editing.read(new SourceFile('a.c', before)).functions;
    editing.read(new SourceFile('a.c', `int g;\n${before.replace('return 1', 'a = 2')}`));
    expect(told(itemAt(old, 0))).toEqual(told(itemAt(reading(before).functions, 0)));
    editing.dispose();
    expect(told(itemAt(old, 0))).toHaveLength(3);
  });

  const source =
    '#ifdef A\nint f(int a) { if (a) { b(); } return 0; }\n#else\nint f(int a) { list_for_each(p, q) { c(p); } }\n#endif\nstatic int __init g(void)\n{\n\tx = 1;\n}\n';

  test('and says after each what a fresh tree says', () => {
    let state = 7;
    const below = (limit: number): number => (state = (state * 48271) % 2147483647) % limit;
    const pieces = ['', '{', '}', 'if (a) ', '\n#endif\n', 'int h(void) { k(); }\n', '__init ', ' /* ü */ ', ';', 'x'];
    const editing = new Reader(parser);
    let text = source;
    for (let round = 0; round < 150; round++) {
      const from = below(text.length + 1);
      text = text.slice(0, from) + itemAt(pieces, below(pieces.length)) + text.slice(from + below(4));
      const edited = editing.read(new SourceFile('a.c', text));
      const fresh = new Reader(parser);
      expect(edited.functions, text).toEqual(fresh.read(new SourceFile('a.c', text)).functions);
      fresh.dispose();
    }
    editing.dispose();
  });

  test('a reading keeps its functions and gives up its nodes when the file changes', () => {
    const editing = new Reader(parser);
    const before = editing.read(new SourceFile('a.c', source));
    expect(before.nodeAt(source.indexOf('x = 1'))?.type).toBe('identifier');
    expect(editing.read(before.file)).toBe(before);
    editing.read(new SourceFile('a.c', `int n;\n${source}`));
    expect(before.nodeAt(0)).toBeUndefined();
    expect(before.functions.map(({ name }) => name)).toEqual(['f', 'f', 'g']);
    editing.dispose();
  });
});

describe('queries of strangers', () => {
  const text = `int f(void) { ${'a(b, c, d); '.repeat(3000)} return 1; }`;
  const file = new SourceFile('q.c', text);
  const run = (query: string) => reader.capturesIn(file, itemAt(reader.read(file).functions, 0), query);

  test('say where they match', () => {
    expect(run('(return_statement) @here')).toEqual([{ start: text.indexOf('return'), end: text.indexOf(' }') }]);
    expect(run('((identifier) @x (#any-of? @x "q" "r"))')).toEqual([]);
  });

  test.each([
    ['(return_statement', 'syntax', 0],
    ['(no_such_node) @x', 'node name', 1],
    ['(if_statement nofield: (_)) @x', 'field name', 14],
    ['((identifier) @x (#eq? @y "a"))', 'capture name', 24],
    ['(if_statement (case_statement (if_statement condition: (number_literal)))) @x', 'impossible', 0],
    ['(return_statement)', 'captures nothing', 0],
    ['((identifier) @x (#match? @x "(a+)+$"))', 'predicate', 18],
    [`${'('.repeat(40)}identifier${')'.repeat(40)} @x`, 'too deep', 24],
    [`(identifier) @x ${';'.repeat(3000)}`, 'too long', 2000],
  ])('that cannot be run are told: %s', (query, fault) => {
    expect(run(query)).toMatchObject({ fault });
    expect(reader.problemOf(query)).toMatchObject({ fault });
  });

  test('that cost too much are given up, and not tried again', () => {
    const costly = '(compound_statement (_) @a (_) @b (_) @c (return_statement) @here)';
    expect(reader.problemOf(costly)).toBeUndefined();
    expect(run(costly)).toMatchObject({ fault: 'too costly' });
    expect(reader.problemOf(costly)).toMatchObject({ fault: 'too costly' });
    expect(run(`(compound_statement ${'(_)* '.repeat(12)} (return_statement) @here)`)).toMatchObject({
      fault: 'too costly',
    });
  });
});
