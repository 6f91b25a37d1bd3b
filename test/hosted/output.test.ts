/** What programs print: handed over as it comes, bounded, and the run ends when its budget is used up. */
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { runHosted } from '../../src/hosted/run-hosted';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';
import { media } from './run-c';

async function pieces(text: string, budget?: number): Promise<{ sizes: number[]; all: string; message?: string }> {
  const told: { stream: string; text: string }[] = [];
  const file = new SourceFile('a.c', `#include <stdio.h>\n${text}`);
  const { fault, statements } = await runHosted({
    media,
    parser: await loadParser(),
    loader: { load: (path) => (path === 'a.c' ? file : undefined) },
    sources: ['a.c'],
    sink: (stream, written) => told.push({ stream, text: told.length < 100 ? written : '' }),
    ...(budget === undefined ? {} : { budget }),
  });
  if (budget !== undefined && fault) {
    // What the library writes counts too, after it was written.
    expect(statements - budget).toBeLessThan(text.includes('puts') ? 64 : 1);
    expect(statements).toBeGreaterThanOrEqual(budget);
  }
  return {
    sizes: told.map((each) => each.text.length),
    all: told.map((each) => `${each.stream === 'error' ? '!' : ''}${each.text}`).join(''),
    ...(fault ? { message: english(fault.message) } : {}),
  };
}

describe('output', () => {
  test('comes in pieces of bounded size while the program runs', async () => {
    const { sizes, message } = await pieces(
      'int main(void) { for (;;) puts("0123456789012345678901234567890123456789"); }',
      200_000,
    );
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(1 << 20);
    expect(message).toBe('stopped after 200,000 statements');
  });
  test('keeps its order across both streams', async () => {
    const { all } = await pieces('int main(void) { printf("a"); fprintf(stderr, "b"); printf("c"); return 0; }');
    expect(all).toBe('a!bc');
  });
  test('is bounded in all', async () => {
    const { message } = await pieces(
      'static char big[1 << 20]; int main(void) { int i; for (i = 0; i < (1 << 20) - 1; i++) big[i] = 120; for (;;) fputs(big, stdout); }',
    );
    expect(message).toMatch(/^stopped after it had written \d+ bytes$/);
  });
  test('a file in memory takes so much and no more', async () => {
    const { all } = await pieces(
      'static char big[1 << 20]; int main(void) { FILE *f = fopen("__proto__", "w"); int i, n = 0; for (i = 0; i < (1 << 20) - 1; i++) big[i] = 120; while (n < 100 && fputs(big, f) >= 0) n++; printf("%d", n); return 0; }',
    );
    expect(Number(all)).toBeLessThan(64);
  });
});

describe('a budget of statements', () => {
  test.each([1, 2, 7, 1_000, 1_999, 2_001, 123_456])('of %d is kept exactly', async (budget) => {
    const { message } = await pieces('int x; int main(void) { for (;;) { x++; x ^= 3; } }', budget);
    expect(message).toBe(`stopped after ${budget.toLocaleString('en')} statements`);
  });
});
