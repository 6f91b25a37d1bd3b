import { beforeAll, describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../src/parse/ast';
import { Parsing, textOf } from './c-parser';

let c: Parsing;
beforeAll(async () => {
  c = await Parsing.start();
});

describe('statements', () => {
  it.each([
    ['if (a) b; else if (c) d; else { e; }', 'if (a) { b; } else { if (c) { d; } else { e; } }'],
    ['if (a) if (b) c; else d;', 'if (a) { if (b) { c; } else { d; } }'],
    ['while (a) b; do c; while (d); do { e; } while (f);', 'while (a) b; do c; while (d); do { e; } while (f);'],
    ['for (;;) ; for (a = 1, b = 2; c; d++, e--) f;', 'for (;;) ; for (((a = 1), (b = 2)); c; ((d++), (e--))) f;'],
    ['for (int i = 1, *p = q; i; ) ;', 'for (int i = 1, *p = q; i; ) ;'],
    ['for (struct s { int a; } x = { 1 }; ; ) break;', 'for (struct s { int a; } x = { 1 }; ; ) break;'],
    ['goto l; l: a; return; ', 'goto l; l: a; return;'],
    ['{ l: } { m: n: }', '{ l: ; } { m: n: ; }'],
    ['l: int x;', 'l: int x;'],
    ['{ __label__ x, y; x: a; }', '{ __label__ x, y; x: a; }'],
    ['l: __attribute__((unused)) a;', 'l: a;'],
    [';;', '; ;'],
    ['__asm__ __volatile__("": : :"memory"); a; asm(""); b;', '; a; ; b;'],
    ['__asm__ ("" : "=r"(p), "+m"(x), "=r"(q) : "0"(y), "2"(a, b), "r"(n)); a;', '((p = y), (q = (a, b))); a;'],
    [
      'asm volatile ("\\n" : "+r"(x) : "r"(y) : "memory"); asm ("" : [to] "=&r" (*f(1)) : "r" (n++));',
      '; ((*f(1)), (n++));',
    ],
    ['struct s { int a; }; enum { A }; int g(int);', 'struct s { int a; }; enum { A }; int g(int);'],
    ['_Static_assert(sizeof(int) == 4, "int"); a;', '; a;'],
  ])('%s', (text, expected) => c.checkBody(text, expected));
});

describe('long chains', () => {
  it('of else if are no nesting', () => {
    const chain = Array.from({ length: 2000 }, (_, i) => `if (a == ${i}) b = ${i};`).join(' else ');
    const [item] = c.unit(`void f(void) { ${chain} else c; }`).items as FunctionDefinition[];
    let depth = 0;
    let last = item?.body.items[0];
    for (; last?.kind === 'if'; last = last.otherwise) {
      depth++;
    }
    expect([depth, last && textOf(last.span)]).toEqual([2000, 'c;']);
  });
});

describe('switch', () => {
  it.each([
    [
      'switch (a) { case 1: b; c; break; case 2: case 3: d; default: ; }',
      'switch (a) { case 1: b; c; break; case 2: case 3: d; default: ; }',
    ],
    ['switch (a) { case 1: { b; } c; case 2: }', 'switch (a) { case 1: { b; } c; case 2: ; }'],
    [
      'switch (a) { case 1 ... 3: b; case A + 1 ... (B): c; }',
      'switch (a) { case 1 ... 3: b; case (A + 1) ... B: c; }',
    ],
    ['switch (a) case 1: case 2: b;', 'switch (a) case 1: case 2: b;'],
    [
      'switch (a) { int x; case 1: if (b) case 2: c; else default: d; e; }',
      'switch (a) { int x; case 1: if (b) { case 2: c; } else { default: d; } e; }',
    ],
    ['switch (a) { l: case 1: b; c; m: default: d; }', 'switch (a) { l: case 1: b; c; m: default: d; }'],
    ['switch (a) { case 1: while (b) { case 2: c; d; } }', 'switch (a) { case 1: while (b) { case 2: c; d; } }'],
    ['switch (a) { case (b ? 1 : 2): c; }', 'switch (a) { case (b ? 1 : 2): c; }'],
    [
      'switch (a) { case 1: int x = 1; b; struct s { int a; }; d; }',
      'switch (a) { case 1: int x = 1; b; struct s { int a; }; d; }',
    ],
  ])('%s', (text, expected) => c.checkBody(text, expected));
});

describe('places', () => {
  it('gives statements the text they were written as', () => {
    const text =
      '#define SET(v, x) do { v = x; } while (0)\nint f(int a)\n{\n\tif (a > 1)\n\t\tSET(a, 2);\nout:\n\treturn a;\n}';
    const [item] = c.unit(text).items as FunctionDefinition[];
    const [branch, label] = item?.body.items ?? [];
    expect(
      branch?.kind === 'if' && [textOf(branch.condition.span), textOf(branch.then.span), branch.then.macro],
    ).toEqual(['a > 1', 'SET(a, 2);', 'SET']);
    expect(label?.kind === 'label' && [textOf(label.span), label.body && textOf(label.body.span)]).toEqual([
      'out',
      'return a;',
    ]);
    expect(item && [textOf(item.nameSpan), textOf(item.span)]).toEqual(['f', text.slice(text.indexOf('int f'))]);
  });

  it('gives a case its label alone', () => {
    const [item] = c.unit('int f(void) { switch (a) { case 1: b; c; default: d; } }').items as FunctionDefinition[];
    const [choice] = item?.body.items ?? [];
    const cases = choice?.kind === 'switch' && choice.body.kind === 'block' ? choice.body.items : [];
    expect(cases.map(({ span }) => textOf(span))).toEqual(['case 1', 'c;', 'default']);
  });

  it('starts a declaration at its first specifier', () => {
    const [item] = c.unit('  static const int x = 1, y;').items;
    expect(item && textOf(item.span)).toBe('static const int x = 1, y;');
    expect(
      item?.kind === 'declaration' &&
        item.declarators.map((declarator) => [textOf(declarator.span), textOf(declarator.nameSpan)]),
    ).toEqual([
      ['x = 1', 'x'],
      ['y', 'y'],
    ]);
  });
});
