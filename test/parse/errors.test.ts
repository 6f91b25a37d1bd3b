import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Parsing } from './c-parser';

let c: Parsing;
beforeAll(async () => {
  c = await Parsing.start();
});

/** The body of `f` with one thing wrong: what is told, and what is left. */
function check(body: string, diagnostics: readonly string[], left: string): void {
  const result = c.broken(`void f(void) {\n${body}\n}\nint after;`);
  expect(result.diagnostics).toEqual(diagnostics);
  expect(result.printed).toBe(`void f(void){${left}}int after;`);
}

describe('a mistake costs one statement', () => {
  it('a missing semicolon', () => {
    check('a = 1\nb = 2;\nc;', ["2: expected ';' after '1'"], "/*expected';'after'1'*/;(b=2);c;");
    check('int a = 1\nint b;', ["2: expected ';' after '1'"], "/*expected';'after'1'*/;int b;");
    check('g()\nreturn;', ["2: expected ';' after ')'"], "/*expected';'after')'*/;return;");
  });

  it('a word alone on its line, which is skipped', () => {
    check('mark\nb = 2;', ["2: expected ';' after 'mark'"], '(b=2);');
    check(
      'if (a) {\nmark\n}\nhere\nreturn;',
      ["3: expected ';' after 'mark'", "5: expected ';' after 'here'"],
      'if(a){}return;',
    );
    check('typedef int t;\nt\nb;\nc\n= 1;\nd\n(e);', [], 'typedef int t;t b;(c=1);d(e);');
  });

  it('a missing operand, parenthesis or bracket', () => {
    check('a = b + ;\nc;', ["2: expected an expression before ';'"], "/*expected an expression before';'*/;c;");
    check('a = && 12;\nc;', ["2: expected an expression before '&&'"], "/*expected an expression before'&&'*/;c;");
    check('a = * / b;\nc;', ["2: expected an expression before '/'"], "/*expected an expression before'/'*/;c;");
    check('a = b * / d;\nc;', ["2: expected an expression before '/'"], "/*expected an expression before'/'*/;c;");
    check('g((a);\nc;', ["2: expected ')' before ';'"], "/*expected')'before';'*/;c;");
    check('a[1 = 2;\nc;', ["2: expected ']' before ';'"], "/*expected']'before';'*/;c;");
    check(
      'a b;\nc d e;\nx;',
      ["3: expected ';' or an operator before 'd'"],
      "a b;/*expected';'or an operator before'd'*/;x;",
    );
  });

  it('a condition or a loop that is broken', () => {
    check(
      'if (a > ) { b; }\nc;',
      ["2: expected an expression before ')'"],
      "if(/*expected an expression before')'*/){b;}c;",
    );
    check('while (a { b; }\nc;', ["2: expected ')' before '{'"], "/*expected')'before'{'*/;c;");
    check('else b;\nc;', ["2: 'else' without 'if'"], "/*'else'without'if'*/;c;");
    check('{ if (a)\n}\nc;', ["3: expected a statement before '}'"], "{/*expected a statement before'}'*/;}c;");
  });

  it('a case label, a member, a goto', () => {
    check(
      'switch (a) { case : b; case 2: c; }',
      ["2: expected an expression before ':'"],
      "switch(a){case/*expected an expression before':'*/:b;case 2:c;}",
    );
    check(
      'struct { int a; int b c; int d; } s;\ng;',
      ["2: expected ';' before 'c'"],
      'struct{int a;/*error-type*/;int d;}s;g;',
    );
    check('goto 3;\ng;', ["2: expected a label before '3'"], "/*expected a label before'3'*/;g;");
  });

  it('signs that are not C', () => {
    check('a @ b;\nc;', ["2: stray '@' in the program"], "/*stray'@'in the program*/;c;");
  });

  it('what only the grammar finds', () => {
    check(
      'a = 1 = 2;\n{ b; { c + 1 = d; } e; }',
      ["2: syntax error near '='", "3: syntax error near '='"],
      "/*syntax error near'='*/;{b;{/*syntax error near'='*/;}e;}",
    );
  });

  it('assembler and nested functions', () => {
    check(
      'asm volatile ("nop" : : "r" (a));\nc;',
      ['2: inline assembler cannot be run'],
      '/*inline assembler cannot be run*/;c;',
    );
    check(
      '\tint g(int a) { return a; }\nc;',
      ['2: nested functions are not supported'],
      '/*nested functions are not supported*/;c;',
    );
  });
});

describe('a mistake stays within its declaration', () => {
  it('a word alone on its line costs only itself', () => {
    const { diagnostics, printed } = c.broken(
      'int a;\nmark\nenum e { X };\nmark again\nint b;\nhere\nthere\nvoid f(void) { }\ntypedef int t;\nmark\nt d;',
    );
    expect(printed).toBe('int a;enum e{X};int b;void f(void){}typedef int t;t d;');
    expect(diagnostics).toEqual([
      "2: expected ';' after 'mark'",
      "4: expected ';' after 'again'",
      "6: expected ';' after 'here'",
      "10: expected ';' after 'mark'",
    ]);
  });

  it.each([
    ['int x = (;', 'unclosed parenthesis'],
    ['int x = ;', 'missing value'],
    ['struct s { int a;', 'unclosed brace'],
    ['int f(int a, , int b);', 'missing parameter'],
    ['foo bar baz;', 'unknown words'],
    ['}', 'stray brace'],
    [')', 'stray parenthesis'],
    ['int [3] x;', 'size before the name'],
    ['enum { A, 3 } x;', 'enumerator without a name'],
    ['typedef int;;; int 3x;', 'number as a name'],
  ])('%s (%s)', (text) => {
    const result = c.broken(`int before;\n${text}\nint g(void)\n{\n}\nint after;`);
    expect(result.diagnostics.length).toBeGreaterThan(0);
    expect(result.printed.startsWith('int before;')).toBe(true);
    expect(result.printed.endsWith('int after;')).toBe(true);
  });

  it('ends a function whose brace is missing where the next one starts', () => {
    const result = c.broken('int f(void)\n{\n\tif (a) {\n\t\tb;\n}\n\nint g(int x)\n{\n\tc;\n}\n');
    expect(result.diagnostics).toEqual(["5: expected '}' at the end of the function"]);
    expect(result.printed).toBe('int f(void){if(a){b;}}int g(int x){c;}');
  });
});

describe('a function starts in the first column', () => {
  it.each([
    ['a struct without its semicolon', 'struct s {\n\tint a;\n}'],
    ['a function with = before its body', 'int f(void) = {\n\tif (a) {\n\t\tb;\n\t}\n}'],
    [
      'a function whose brace is missing, and data behind it',
      'int f(void)\n{\n\tif (a) {\n\t\tb;\n}\n\nint data[] = { 1 };\n',
    ],
    ['a list that is not closed', 'int a[] = {\n\t{ 1, 2 },\n\t{ 3, 4 \n};\n'],
  ])('so %s does not take it along', (_what, broken) => {
    const result = c.broken(`${broken}\nstatic int g(int x)\n{\n\treturn x;\n}\nint h(void)\n{\n}`);
    expect(result.diagnostics.length).toBeGreaterThan(0);
    expect(result.printed.endsWith('static int g(int x){return x;}int h(void){}')).toBe(true);
  });
});

describe('bad input stays bounded', () => {
  it('takes any tokens without throwing', () => {
    const word = fc.constantFrom(
      'int',
      'struct',
      'enum',
      'typedef',
      'a',
      'b',
      'T',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      ';',
      ',',
      '*',
      '=',
      ':',
      '?',
      '+',
      '.',
      '->',
      '...',
      '1',
      '"s"',
      "'c'",
      'if',
      'else',
      'for',
      'while',
      'do',
      'switch',
      'case',
      'default',
      'goto',
      'return',
      'sizeof',
      'typeof',
      '__attribute__((x))',
      '__attribute__',
      'asm',
      '&&',
      'static',
      '__builtin_offsetof',
      '_Generic',
      '__builtin_va_arg',
      '@',
      '\n',
      '__label__',
      '_Static_assert',
      '__extension__',
      '_Alignas',
      '({',
      '})',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 50 }), fc.boolean(), (words, inFunction) => {
        const text = words.join(' ');
        c.unit(inFunction ? `typedef int T; int f(void) {\n${text}\n}` : `typedef int T; ${text}`);
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  it.each([
    ['(', ')'],
    ['{', '}'],
    ['[', ']'],
    ['-', ''],
    ['(T)', ''],
    ['*', ''],
    ['if (a) ', ''],
    ['a ? b : ', ''],
    ['a = ', ''],
    ['({', ';})'],
  ])('takes %s nested 3,000 times', (open, close) => {
    c.unit(
      `typedef int T; int f(void) { ${open.repeat(3000)} x ${close.repeat(3000)}; }\nint y = ${open.repeat(3000)}1${close.repeat(3000)};`,
    );
  });

  it('takes declarators nested 3,000 times', () => {
    c.unit(
      `int ${'('.repeat(3000)}x${')'.repeat(3000)}; int ${'*'.repeat(3000)}y; int z${'[1]'.repeat(3000)}; ${'struct { '.repeat(3000)}`,
    );
  });
});
