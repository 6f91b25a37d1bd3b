import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, diagnosticsOf, flat, run } from './check';

describe('bad input stays bounded', () => {
  it('names the place where a source becomes too large, not its end', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `int a${i};`).join('\n');
    expect(diagnosticsOf(run(lines, { mostTokens: 30 }))).toEqual(['10:SS1007']);
    expect(diagnosticsOf(run(`#define F(x) int x;\n#ifdef F\n${lines}\n#endif`, { mostTokens: 30 }))).toEqual([
      '12:SS1007',
    ]);
    expect(diagnosticsOf(run(lines, { mostTokens: 300 }))).toEqual([]);
  });

  it('stops a header that includes itself', () => {
    const { diagnostics } = run('#include <x.h>\nx', { files: { 'include/x.h': '#include <x.h>\n#include <x.h>\ny' } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['SS1002']);
  });

  it('stops two headers that include each other', () => {
    const files = { 'include/x.h': '#include <y.h>', 'include/y.h': '#include <x.h>' };
    expect(run('#include <x.h>\nend', { files }).diagnostics.map(({ code }) => code)).toEqual(['SS1002']);
  });

  it('stops a macro that doubles itself without end', () => {
    const doubling = Array.from({ length: 64 }, (_, i) => `#define A${i} A${i + 1} A${i + 1}`).join('\n');
    const result = run(`${doubling}\n#define A64 x\nA0; end`);
    expect(diagnosticsOf(result)).toEqual(['66:SS1007']);
    expect(result.tokens.toText().endsWith('end')).toBe(true);
  });

  it('stops a macro that doubles itself to nothing', () => {
    const doubling = Array.from({ length: 64 }, (_, i) => `#define A${i} A${i + 1} A${i + 1}`).join('\n');
    check(`${doubling}\n#define A64\nA0; end`, '; end', ['66:SS1007']);
  });

  it('stops arguments nested without end', () => {
    const result = run(`#define f(x) x\n${'f('.repeat(20_000)}1${')'.repeat(20_000)}`);
    expect(result.diagnostics.map(({ code }) => code)).toContain('SS1007');
  });

  it('stops conditions nested without end', () => {
    check(`#if ${'('.repeat(20_000)}1${')'.repeat(20_000)}\nx\n#endif`, '', ['1:SS1008']);
    check(`#if ${'!'.repeat(20_000)}1\nx\n#endif`, '', ['1:SS1008']);
  });

  it('refuses binary files', () => {
    check('a\0b', '', ['1:SS1010']);
  });

  it('tells comments and literals that are not closed', () => {
    check('a /* b', 'a', ['1:SS1005']);
    check('a \'b\n"c\nd', 'a \'b "c d', ['1:SS1005', '2:SS1005']);
  });

  it('takes any text without throwing', () => {
    const piece = fc.constantFrom(
      '#define ',
      '#if ',
      '#else\n',
      '#endif\n',
      '#include ',
      'f',
      '(',
      ')',
      ',',
      '#',
      '##',
      'x',
      '\n',
      ' ',
      '"',
      "'",
      '/*',
      '*/',
      '//',
      '\\\n',
      '__VA_ARGS__',
      '...',
      '1',
      '<',
      '>',
      '_Pragma',
      'defined ',
      '<<<<<<< a\n',
      '=======\n',
      '>>>>>>> b\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const result = run(text);
        for (let i = 0; i < result.tokens.length; i++) {
          const { start, end } = result.tokens.span(i);
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('cuts text into the same tokens again after printing it', () => {
    const word = fc.constantFrom(
      'a',
      'b1',
      '12',
      '0x1f',
      '1.5e-3',
      '"s\\"x"',
      "'c'",
      '+',
      '++',
      '+=',
      '->',
      '...',
      '<<=',
      '(',
      ')',
      ';',
      'L"w"',
      '.5',
      '/* c */',
      '// c\n',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const once = flat(run(words.join(' ')));
        expect(flat(run(once))).toBe(once);
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
