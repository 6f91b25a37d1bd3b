import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryLoader } from '../../src/source/file-loader';
import { preprocess } from '../../src/preprocess/preprocess';
import { TokenCache } from '../../src/preprocess/token-cache';
import { ParseCache } from '../../src/parse/parse-cache';
import type { ParsedChunk } from '../../src/parse/parse-chunk';
import { parseExpression, parseTypeName } from '../../src/parse/parse-expression';
import { parseUnit, type ParsedUnit } from '../../src/parse/parse-unit';
import { Parsing, squeeze, textOf } from './c-parser';
import { printExpression, printType } from './print-c';

let c: Parsing;
beforeAll(async () => {
  c = await Parsing.start();
});

describe('units that share headers', () => {
  /** Parses both files with shared caches. */
  function pair(a: string, b: string, header: string): [ParsedUnit, ParsedUnit, ParseCache] {
    const loader = new MemoryLoader([
      ['a.c', a],
      ['b.c', b],
      ['h.h', header],
    ]);
    const tokenCache = new TokenCache();
    const cache = new ParseCache();
    const parse = (path: string): ParsedUnit => {
      const file = loader.load(path);
      return parseUnit(
        preprocess(file ?? expect.fail(), { loader, includePaths: [''], cache: tokenCache }).tokens,
        c.parser,
        cache,
      );
    };
    return [parse('a.c'), parse('b.c'), cache];
  }

  it('share the trees of what is the same', () => {
    const [a, b, cache] = pair('#include "h.h"\nint x;', '#include "h.h"\nint x;', 'typedef int T;\nT f(T *p);\n');
    expect(a.items.slice(0, 2).map((item, i) => item === b.items[i])).toEqual([true, true]);
    expect(a.items[2]).not.toBe(b.items[2]);
    expect(cache.size).toBe(4);
    expect(b.items[1] && textOf(b.items[1].span)).toBe('T f(T *p);');
  });

  it('do not share what reads differently', () => {
    const [a, b] = pair('#define N 1\n#include "h.h"', '#define N 2\n#include "h.h"', 'int x[N];\n');
    expect(a.items[0]).not.toBe(b.items[0]);
    const [d, e] = pair('typedef int T;\n#include "h.h"', 'int T;\n#include "h.h"', 'int f(void) { (T) * x; }\n');
    expect(squeeze(printExpressionOf(d))).toBe('((T)(*x))');
    expect(squeeze(printExpressionOf(e))).toBe('(T*x)');
  });

  it('are told apart by all of the key, and forgotten with their atoms', () => {
    const cache = new ParseCache();
    const chunk = (type: number): ParsedChunk => ({ items: [], diagnostics: [], types: [type] });
    const keys = [1, 2, 3].map((b) => ({ a: -7, b, length: 5 }));
    keys.forEach((key) => cache.set(key, chunk(key.b)));
    expect(keys.map((key) => cache.get(key)?.types)).toEqual([[1], [2], [3]]);
    expect(cache.get({ a: -7, b: 1, length: 6 })).toBeUndefined();
    expect(cache.get({ a: 7, b: 1, length: 5 })).toBeUndefined();
    expect(cache.size).toBe(3);
    cache.useTable(new TokenCache().atomTable);
    expect([cache.size, ...keys.map((key) => cache.get(key))]).toEqual([0, undefined, undefined, undefined]);
  });

  function printExpressionOf(unit: ParsedUnit): string {
    const item = unit.items[unit.items.length - 1];
    const statement = item?.kind === 'function' ? item.body.items[0] : undefined;
    return statement?.kind === 'expression-statement' ? printExpression(statement.value) : '';
  }
});

describe('expressions by themselves', () => {
  it.each([
    ['sk->rcvbuf + 1', '(sk->rcvbuf + 1)'],
    ['((struct sock *)x)->state', '((struct sock *)x)->state'],
    ['(u32)a * b', '(((u32)a) * b)'],
    ['a, b', '(a, b)'],
    ['x = AF_INET', '(x = 2)'],
    ['sizeof(struct sock)', 'sizeof(struct sock)'],
    ['"a" "b"', '"\\141\\142"'],
    ['p->f(1)[2]', 'p->f(1)[2]'],
  ])('%s', (text, expected) => {
    const { expr, diagnostics } = parseExpression(text, c.parser, ['u32'], { AF_INET: '2' });
    expect(diagnostics).toEqual([]);
    expect(expr && squeeze(printExpression(expr))).toBe(squeeze(expected));
  });

  it.each([
    [''],
    ['a +'],
    ['a b'],
    ['('],
    ['int'],
    ['struct sock *'],
    ['a; b'],
    ['@'],
    ['{'],
    ['"a'],
    ['x'.repeat(20_000)],
  ])('tells that %s is no expression', (text) => {
    const { expr, diagnostics } = parseExpression(text, c.parser, []);
    expect(expr).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it.each([['struct sock *'], ['u32'], ['int (*)(int, char *)'], ['unsigned char [4]']])('%s is a type', (text) => {
    const { type, diagnostics } = parseTypeName(text, c.parser, new Set(['u32']));
    expect(diagnostics).toEqual([]);
    expect(type && squeeze(printType(type))).toBe(squeeze(text));
  });

  it('tells an expression where a type is asked for', () => {
    expect(parseTypeName('a + b', c.parser, []).diagnostics.map(({ code }) => code)).toEqual(['SS2001']);
  });
});
