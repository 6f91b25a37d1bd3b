import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/reading/outline';
import { outlineOf } from '../../src/reading/token-outline';

/** The statements of the only function in `text`, as `[label] kind head`. */
function check(text: string, expected: readonly string[]): void {
  const functions = outlineOf(text);
  expect(functions).toHaveLength(1);
  expect(
    itemAt(functions, 0).statements.map(({ kind, normal, under }) => `${under ? `[${under}] ` : ''}${kind} ${normal}`),
  ).toEqual(expected);
}

describe('statements of a function', () => {
  test('heads of control statements and simple statements', () => {
    check('int f(int a) { int b = 1; if (a) b = 2; else { b--; } while (b) b--; return (b); }', [
      'plain int b = 1',
      'if if ( a )',
      'plain b = 2',
      'plain b --',
      'while while ( b )',
      'plain b --',
      'return return b',
    ]);
  });

  test('a do loop ends with its condition, a for keeps its three parts together', () => {
    check('void f(void) { do { g(); } while (h()); for (;;) { break; } }', [
      'plain g ( )',
      'do-while while ( h ( ) )',
      'for for ( ; ; )',
      'plain break',
    ]);
  });

  test('labels name what comes after them, and only inside their block', () => {
    check('int f(int a) { switch (a) { case 1: g(); break; default: goto out; } h(); out: return 0; }', [
      'switch switch ( a )',
      '[case 1] case case 1',
      '[case 1] plain g ( )',
      '[case 1] plain break',
      '[default] case default',
      '[default] goto goto out',
      'plain h ( )',
      '[out] label out',
      '[out] return return 0',
    ]);
  });

  test('a label runs the first statement after it', () => {
    const text = 'int f(int a) { switch (a) { case 1: case 2: g(); } return 0; }';
    const [, one] = itemAt(outlineOf(text), 0).statements;
    expect(text.slice(given(one, 'one').runs.start, given(one, 'one').runs.end)).toBe('g();');
  });

  test('comments, directives and the second branch of a conditional are not seen', () => {
    check('/* f */ int f(void)\n{\n#ifdef X\n  if (a) {\n#else\n  if (b) {\n#endif\n    g(); // one\n  }\n}\n', [
      'if if ( a )',
      'plain g ( )',
    ]);
  });

  test('broken text still gives what can be read', () => {
    check('int f(void) { g(; h(); }', ['plain g (', 'plain h ( )']);
    expect(outlineOf('}}} int f(void) { a = 1; ')).toEqual([]);
  });

  test('a macro that takes a block, and an initialiser with braces', () => {
    check('void f(void) { list_for_each(p, q) { g(p); } struct s t = { 1, { 2 } }; }', [
      'while list_for_each ( p , q )',
      'plain g ( p )',
      'plain struct s t = { 1 , { 2 } }',
    ]);
  });
});

describe('functions of a text', () => {
  /** Name, whole text and name's text of each function. */
  const found = (text: string): string[][] =>
    outlineOf(text).map(({ name, start, end, nameStart, nameEnd }) => [
      name,
      text.slice(start, end),
      text.slice(nameStart, nameEnd),
    ]);

  test('from the line of the declarator, or of its type alone, to the closing brace', () => {
    expect(found('int x;\nstatic int f(void) { }\nint y;')).toEqual([['f', 'static int f(void) { }', 'f']]);
    expect(found('x = 1;\nstruct s *\nf(void)\n{\n}\n')).toEqual([['f', 'struct s *\nf(void)\n{\n}', 'f']]);
    expect(found('# 1\nf(void)\n{\n}')).toEqual([['f', 'f(void)\n{\n}', 'f']]);
    expect(found('int\nf(void) {}')).toEqual([['f', 'int\nf(void) {}', 'f']]);
    expect(found('\n  f(void) {}')).toEqual([['f', '  f(void) {}', 'f']]);
  });
  test('several, also one behind what is no function', () => {
    const text = 'struct s { int a; };\nint v[] = { 1 };\nint f(void) {}\nenum e { A };\nint g(int a) { return a; }\n';
    expect(found(text).map(([name]) => name)).toEqual(['f', 'g']);
  });
  test('statements that look like definitions are none', () => {
    for (const keyword of [
      'if',
      'while',
      'for',
      'switch',
      'return',
      'sizeof',
      'typeof',
      '__typeof__',
      '__attribute__',
    ]) {
      expect(outlineOf(`${keyword} (a) { b; }`)).toEqual([]);
    }
    expect(outlineOf('(a) { b; } 3 (a) { b; } f [a] { b; }')).toEqual([]);
  });
  test('brackets that do not match: what can be matched is', () => {
    expect(found('int f(int a[) { g(a]; }').map(([name]) => name)).toEqual(['f']);
    expect(found(') ] } int f(void) { }').map(([name]) => name)).toEqual(['f']);
    expect(found("int f(char c) { c = '('; }").map(([name]) => name)).toEqual(['f']);
    expect(found('( [ int f(void) { }').map(([name]) => name)).toEqual(['f']);
  });
});

describe('extents of statements', () => {
  test('heads, labels with what they run, the last one without a semicolon', () => {
    const text = 'int f(int a) { a: b: if (x(1)) { c; } switch (a) { case 1: } return 0 }';
    const [outline] = outlineOf(text);
    expect(
      given(outline, 'outline').statements.map(({ start, end, runs }) => [
        text.slice(start, end),
        text.slice(runs.start, runs.end),
      ]),
    ).toEqual([
      ['a:', 'if (x(1))'],
      ['b:', 'if (x(1))'],
      ['if (x(1))', 'if (x(1))'],
      ['c;', 'c;'],
      ['switch (a)', 'switch (a)'],
      ['case 1:', 'return 0'],
      ['return 0', 'return 0'],
    ]);
  });
  test('a conditional operator, ranges and C++ names are no labels', () =>
    check('int f(int a) { a = b ? c : d; case 1 ... 2: x; std::y; default: ; }', [
      'plain a = b ? c : d',
      '[case 1 ... 2] case case 1 ... 2',
      '[case 1 ... 2] plain x',
      '[case 1 ... 2] plain std : : y',
      '[default] case default',
    ]));
  test('a loop at the end of a do, and one that is none', () => {
    check('void f(void) { do g(); while (h()); while (i) ; { } while (j); }', [
      'plain g ( )',
      'while while ( h ( ) )',
      'while while ( i )',
      'do-while while ( j )',
    ]);
  });
  test('words of statements without brackets, and blocks that stay open', () => {
    check('void f(void) { if; while; do; else; goto x; default; ( a ; b ) ; }', [
      'plain if',
      'plain while',
      'goto goto x',
      'plain default',
      'plain ( a ; b )',
    ]);
    check('void f(void) { if (a; { b; } }', ['if if ( a ; { b ; }']);
  });
  test('labels of an inner block do not reach beyond it', () =>
    check('void f(void) { x: a; { y: b; } c; }', [
      '[x] label x',
      '[x] plain a',
      '[y] label y',
      '[y] plain b',
      '[x] plain c',
    ]));
});

test('the normal form: brackets around a whole returned value, signs at the end', () => {
  expect(normalise('return (a + b);')).toBe('return a + b');
  expect(normalise('return (a) + (b);')).toBe('return ( a ) + ( b )');
  expect(normalise('return a;')).toBe('return a');
  expect(normalise('out: ;;')).toBe('out');
  expect(normalise('(a)')).toBe('( a )');
  expect(normalise('')).toBe('');
});

describe('listings inside documents', () => {
  test('prose around a listing does not matter, typographic signs are read as C', () => {
    const text =
      "1.1 新建\n在net/ipv4/af_inet.c中\nstatic int f(int a)\n{\nreturn –EINVAL; /* don’t */\n}\n说明 don't\nint g(void)\n{\nreturn ‘a’;\n}\n";
    expect(outlineOf(text).map(({ name, statements }) => [name, statements.map((each) => each.normal)])).toEqual([
      ['f', ['return - EINVAL']],
      ['g', ["return 'a'"]],
    ]);
  });

  test('spelling differences that mean nothing vanish in the normal form', () => {
    expect(normalise('sk->num=protocol ;')).toBe(normalise('sk -> num = /* x */ protocol'));
  });
});
