import { wording } from '../../src/sentences/wording';
import { describe, expect, it } from 'vitest';
import { check, run } from './check';

describe('conditionals', () => {
  it('takes the first branch that holds', () => {
    check('#define B\n#ifdef A\na\n#elif defined B\nb\n#elif 1\nc\n#else\nd\n#endif\n#ifndef A\ne\n#endif', 'b e');
  });

  it('passes over nested conditionals and nonsense in what is skipped', () => {
    check('#if 0\n#if 1\nx\n#else\ny\n#endif\ndon\'t " @\n#nonsense\n#error no\n#else\nz\n#endif', 'z');
  });

  it('computes in 64 bits, signed and unsigned', () => {
    const yes = (expression: string): void => void check(`#if ${expression}\nyes\n#else\nno\n#endif`, 'yes');
    [
      '1 ? 2 : 0',
      '-1 < 0',
      '-1 > 0u',
      '(1 << 40) == 1099511627776',
      '0x7fffffffffffffff + 1 < 0',
      '0xffffffffffffffff > 0',
      "'a' == 97",
      '!undefined_name',
      '2 + 3 * 4 == 14 && (2 + 3) * 4 == 20',
      '0 || 7 % 4 == 3',
      '(1, 2) == 2',
      '~0 == -1',
      '10 - 4 - 3 == 3',
      '-7 / 2 == -3',
      '(0 && 1 / 0) == 0',
      '1 == 2 ? 0 : 1 ? 1 : 0',
    ].forEach(yes);
  });

  it('answers defined through macros and with parentheses', () => {
    check('#define A\n#define HAVE defined(A) && !defined B\n#if HAVE\nyes\n#endif', 'yes');
  });

  it.each([
    ['', '1:SS1008'],
    ['1 +', '1:SS1008'],
    ['(1', '1:SS1008'],
    ['1 / 0', '1:SS1008'],
    ['1.5', '1:SS1008'],
    ['1 2', '1:SS1008'],
    ['"a"', '1:SS1008'],
  ])('tells that #if %s is malformed', (expression, expected) => {
    check(`#if ${expression}\nx\n#endif`, '', [expected]);
  });

  it('tells unbalanced conditionals', () => {
    check('#if 1\nx', 'x', ['1:SS1005']);
    check('#endif\n#else\nx', 'x', ['1:SS1005', '2:SS1005']);
    check('#if 1\n#else\n#else\n#endif', '', ['3:SS1003']);
  });

  it('warns of text behind #endif and #else, and goes on', () => {
    const { diagnostics } = check('#if 1\nx\n#else FOO\n#endif BAR', 'x', ['3:SS1003', '4:SS1003']);
    expect(diagnostics[0]?.severity).toBe('warning');
  });
});

describe('other directives', () => {
  it('tells #error and #warning', () => {
    const { diagnostics } = check("#error it's  broken\n#warning careful\nx", 'x', ['1:SS1004', '2:SS1004']);
    expect(diagnostics.map(({ message, severity }) => `${severity} ${wording(message, 'en')}`)).toEqual([
      "error #error it's broken",
      'warning #warning careful',
    ]);
  });

  it('tells unknown directives, and passes over null ones and #ident', () => {
    check('#\n#ident "x"\n#foo\nx', 'x', ['3:SS1003']);
  });

  it('saves and restores macros with push_macro and pop_macro', () => {
    check(
      '#define push_macro no\n#define A 1\n#pragma push_macro("A")\n#undef A\n#define A 2\nA\n#pragma push_macro("A")\n#undef A\nA\n#pragma pop_macro("A")\nA\n#pragma pop_macro("A")\nA\n#pragma pop_macro("A")\nA',
      '2 A 2 1 1',
    );
    check('#pragma push_macro("B")\n#define B 1\nB _Pragma("pop_macro(\\"B\\")") B', '1 B');
  });

  it('keeps pragmas for the parser', () => {
    const { tokens } = run('a\n#pragma pack(1)\nb _Pragma("pack(pop)") c');
    expect(tokens.toText()).toBe('a\nb c');
    expect(
      tokens.pragmas.map(({ index, tokens: words }) => [
        index,
        words.map((word) => tokens.atomTable.text(word.atom)).join(' '),
      ]),
    ).toEqual([
      [1, 'pack ( 1 )'],
      [2, 'pack ( pop )'],
    ]);
  });
});
