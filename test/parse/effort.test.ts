/** What one declaration may cost to parse: work is counted, and the rest of the file is read all the same. */
import { expect, test } from 'vitest';
import { Parsing } from './c-parser';

test('a function full of casts that lead nowhere is given up soon, and alone', async () => {
  const parsing = await Parsing.start();
  const casts = `n = ${'(int)'.repeat(5000)} ;`;
  const before = parsing.parser.effort;
  const { items, diagnostics } = parsing.unit(
    `int f(int n) { ${casts.repeat(30)} return n; }\nint g(void) { return 0; }\n`,
  );
  expect(parsing.parser.effort - before).toBeLessThan(60_000);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(items.at(-1)).toMatchObject({ kind: 'function' });
});

test('thousands of operators without operands are told without asking the parser what they could mean', async () => {
  const parsing = await Parsing.start();
  for (const pair of ['* /', '* %', '* =', '& |']) {
    const before = parsing.parser.effort;
    const { items, diagnostics } = parsing.unit(
      `int f(int n) { g(n ${`${pair} `.repeat(2000)}, 1); return n; }\nint g(void) { return 0; }\n`,
    );
    expect(parsing.parser.effort - before).toBeLessThan(100);
    expect(diagnostics.length).toBe(1);
    expect(items.map(({ kind }) => kind)).toEqual(['function', 'function']);
  }
});
