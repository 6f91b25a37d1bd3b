import { beforeAll, describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/source/source-file';
import { TokenCache } from '../../src/preprocess/token-cache';
import { functionAt, functionsIn, identifierAt } from '../../src/parse/raw-file';
import { RawParser } from '../../src/parse/raw-statements';
import { loadParser, textOf } from './c-parser';

const cache = new TokenCache();
let raw: RawParser;
beforeAll(async () => {
  raw = new RawParser(await loadParser(), cache);
});

function functions(text: string): [SourceFile, ReturnType<typeof functionsIn>] {
  const file = new SourceFile('raw.c', text);
  return [file, functionsIn(file, cache)];
}

function statements(text: string): string[] {
  const [, [first]] = functions(text);
  return first
    ? raw.statementsOf(first).map(({ kind, head, depth }) => `${depth} ${kind} ${textOf(head).replace(/\s+/g, ' ')}`)
    : [];
}

describe('functions as written', () => {
  it('are found among macros, prototypes, structs and old-style definitions', () => {
    const [, found] = functions(
      'MODULE("x")\nint a(void);\nstatic int __init b(struct s *x, int y)\n{\n}\nstruct t { int c; };\nint d(p, q)\n\tint p, q;\n{\n}\nstruct t e[] = { { 1 } };\nvoid __attribute__((x)) f(int (*g)(int)) { }\nasmlinkage long sys_h(int call)\n{ }',
    );
    expect(found.map(({ name }) => name)).toEqual(['b', 'd', 'f', 'sys_h']);
    expect(found.map(({ nameSpan }) => textOf(nameSpan))).toEqual(['b', 'd', 'f', 'sys_h']);
    expect(found.map(({ body }) => textOf(body).replace(/\s/g, ''))).toEqual(['{}', '{}', '{}', '{}']);
  });

  it('are found where #ifdef splits their braces', () => {
    const [file, found] = functions(
      'int a(void)\n{\n#ifdef X\n\tif (x) {\n#else\n\tif (y) {\n#endif\n\t\tz;\n\t}\n}\n#if 0\nint no(void) {\n#else\nint b(void)\n{\n#endif\n}\nint c(void) { }',
    );
    expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(functionAt(found, file.text.indexOf('z;'))?.name).toBe('a');
    expect(functionAt(found, file.text.length)).toBeUndefined();
  });
});

describe('statements as written', () => {
  it('come in source order with their heads', () => {
    expect(
      statements(
        'int f(int a)\n{\n\tint b = 1;\n\tif (a) {\n\t\tb = 2;\n\t} else\n\t\tgoto out;\n\tswitch (a) {\n\tcase 1:\n\t\tbreak;\n\t}\n\tfor (;;) ;\nout:\n\treturn b;\n}',
      ),
    ).toEqual([
      '0 declaration int b = 1;',
      '0 if_statement if (a)',
      '1 expression_statement b = 2;',
      '1 goto_statement goto out;',
      '0 switch_statement switch (a)',
      '1 case_statement case 1:',
      '2 break_statement break;',
      '0 for_statement for (;;)',
      '1 expression_statement ;',
      '0 labeled_statement out:',
      '1 return_statement return b;',
    ]);
  });

  it('survive directives within them', () => {
    expect(statements('int f(void)\n{\n\tif (a &&\n#ifdef X\n\t    b &&\n#endif\n\t    c)\n\t\td();\n}')).toEqual([
      '0 if_statement if (a && #ifdef X b && #endif c)',
      '1 expression_statement d();',
    ]);
  });

  it('survive loops and declarations that are macros', () => {
    expect(
      statements('int f(void)\n{\n\tDECLARE(x)\n\tint i;\n\tfor_each_skb(skb, sk) {\n\t\tg(skb);\n\t}\n\treturn 0;\n}'),
    ).toEqual([
      '0 declaration int i;',
      '0 while_statement for_each_skb(skb, sk)',
      '1 expression_statement g(skb);',
      '0 return_statement return 0;',
    ]);
  });

  it('survive what is broken', () => {
    expect(statements('int f(void)\n{\n\ta = ;\n\tb();\n\treturn 1;\n}')).toContain('0 return_statement return 1;');
  });

  it('can be normalised: comments and white space do not count', () => {
    const [file] = functions('int f(void) { a  =  /* x */ b\n + 1; }');
    const start = file.text.indexOf('a  =');
    expect(raw.normalizedText({ file, start, end: file.text.indexOf(';') + 1 })).toBe('a = b + 1 ;');
  });
});

describe('queries', () => {
  it('find places in the body of one function', () => {
    const [, [, second]] = functions('int f(void) { g(1); }\nint h(void) { g(2); x = k(3); }');
    const found =
      second && raw.queryIn(second, '(call_expression function: (identifier) @name (#eq? @name "k")) @call');
    expect(
      found &&
        'matches' in found &&
        found.matches.map(({ captures }) => [...captures].map(([name, span]) => `${name}: ${textOf(span)}`)),
    ).toEqual([['call: k(3)', 'name: k']]);
  });

  it('give the error of a malformed query', () => {
    const [, [first]] = functions('int f(void) { }');
    expect(first && raw.queryIn(first, '(no_such_node')).toHaveProperty('error');
  });
});

describe('the identifier at a place', () => {
  const text = '/* sk */ x = "sk"; sk->prot->name; a.b;\n#define M sk';
  const file = new SourceFile('id.c', text);
  const at = (offset: number): unknown => {
    const found = identifierAt(file, offset, cache);
    return found && [found.name, found.member, found.base];
  };
  it('is a name, with what it is a member of', () => {
    expect([
      at(text.indexOf('sk->') + 1),
      at(text.indexOf('prot')),
      at(text.indexOf('name')),
      at(text.indexOf('b;')),
      at(text.lastIndexOf('sk')),
    ]).toEqual([
      ['sk', false, undefined],
      ['prot', true, 'sk'],
      ['name', true, undefined],
      ['b', true, 'a'],
      ['sk', false, undefined],
    ]);
  });
  it('is none in comments, strings and between tokens', () => {
    expect([at(text.indexOf('sk')), at(text.indexOf('"sk"') + 2), at(text.indexOf(' = ') + 2)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
