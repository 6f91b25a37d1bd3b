/**
 * Programs no one writes: nested or long beyond reason. Each ends, with a diagnostic or a result, and nothing is thrown.
 */
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { run } from './run-c';

const nested = (open: string, inside: string, close: string, depth = 10_000): string =>
  open.repeat(depth) + inside + close.repeat(depth);

async function told(body: string, message: RegExp, before = ''): Promise<void> {
  const { diagnostics } = await run(body, before);
  expect(
    diagnostics
      .map((each) => wording(each.message, 'en'))
      .join('\n')
      .slice(0, 2000),
  ).toMatch(message);
}

describe('nested too deeply: told where, the rest is read', () => {
  const deep = /nested too deeply|levels deep/;
  test.each([
    ['parentheses', `return ${nested('(', '1', ')')};`],
    ['parentheses that never close', `return ${'('.repeat(100_000)};`],
    ['blocks', nested('{', 'int x;', '}')],
    ['blocks that never close', '{'.repeat(100_000)],
    ['statement expressions', `return ${nested('({ ', '1;', '; })', 3000)};`],
    ['subscripts', `int a[1]; return ${nested('a[', '0', ']', 3000)};`],
    ['casts', `return ${'(int)'.repeat(20_000)}1;`],
    ['unary operators', `int x = 1; return ${'-~'.repeat(20_000)}x;`],
    ['conditional operators', `int x = 1; return ${'x ? '.repeat(10_000)}1${' : 2'.repeat(10_000)};`],
    ['if without else', `int x = 1; ${'if (x) '.repeat(10_000)}x = 2;`],
    ['typeof', `${nested('typeof(', 'int', ')', 3000)} y;`],
    ['initialisers', `int a[] = ${nested('{', '1', '}')};`],
    ['structs', `struct s ${nested('{ struct ', '{ int a; }', ' x; }', 5000)};`],
  ])('%s', (_name, body) => told(body, deep));
  test('conditions of #if', () => told('', /nested too deeply/, `#if ${nested('(', '1', ')')}\n#endif`));
});

describe('long is allowed, or told', () => {
  test('an else-if chain, cases in a row, a chain of operators within the limit', async () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `if (x == ${i + 5}) x = 2; else `).join('');
    const cases = Array.from({ length: 3000 }, (_, i) => `case ${i}: `).join('');
    const { output, diagnostics } = await run(
      `int x = 4000; ${chain}x = 5; switch (3) { ${cases}x++; } printf("%d %d", x, 0${' + x'.repeat(1500)});`,
    );
    expect(diagnostics).toEqual([]);
    expect(output).toBe('6 9000');
  });
  test('recursion far deeper than the native stack, in small and in large frames', async () => {
    const before = `static int small(int n) { return n ? small(n - 1) + 1 : 0; }
      static int large(int n, int a, int b, int c, int d) { int x = a + b, y = c * d, z = x ^ y, w = z + n, v = w * 3, u = v - x; return n ? large(n - 1, x, y, z, w) + (u & 1) + (v & 1) : 0; }`;
    const { output } = await run('printf("%d ", small(100000)); printf("%d", large(50000, 2, 4, 6, 8) >= 0);', before);
    expect(output).toBe('100000 1');
  });
  test('a hundred and eighty thousand operators', () =>
    told(`int x = 1; return 0${' + x'.repeat(180_000)};`, /chain of more than/));
  test('a line of a megabyte', async () => {
    const { diagnostics } = await run(`int x = 0; ${'x = x + 1; '.repeat(95_000)}`);
    expect(diagnostics.length).toBeLessThan(5);
  });
  test('a macro that doubles forty times', () =>
    told(
      'A40;',
      /expansion of this macro is too large/,
      `#define A0 x x\n${Array.from({ length: 40 }, (_, i) => `#define A${i + 1} A${i} A${i}\n`).join('')}`,
    ));
  test('objects larger than memory', () => told('', /larger than/, 'char a[100000000] = { 1 };'));
});
