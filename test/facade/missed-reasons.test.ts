/** Why statements were not executed, from what was executed around them. */
import { itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import type { DebugStatement, StatementKind } from '../../src/abi/debug-info';
import { reasonMissed } from '../../src/facade/missed-reasons';

/** Statements by their texts in a function's text; the ones behind `!` were not executed. */
function reasonOf(
  text: string,
  parts: readonly (readonly [StatementKind, string, string?])[],
  missed: string,
): string | undefined {
  const clean = text.replace(/!/g, ' ');
  let from = 0;
  const statements = parts.map(([kind, words, macro]): DebugStatement => {
    const start = clean.indexOf(words, from);
    from = start + words.length;
    const line = clean.slice(0, start).split('\n').length;
    return {
      function: 0,
      kind,
      file: 0,
      start,
      end: from,
      line,
      column: 1,
      endLine: line,
      endColumn: 1,
      ahead: 1,
      ...(macro ? { macro } : {}),
    };
  });
  const executed = (index: number): boolean => text[itemAt(statements, index).start - 1] !== '!';
  const index = parts.findIndex(([, words]) => words === missed);
  return reasonMissed(statements, index, executed, clean)?.en;
}

test('a branch that always went the other way', () => {
  const text = ' if (a)\n !b();\n c();';
  expect(
    reasonOf(
      text,
      [
        ['if', 'a'],
        ['expression', 'b()'],
        ['expression', 'c()'],
      ],
      'b()',
    ),
  ).toBe('the if on line 1 always went another way');
});

test('an else that was never taken', () => {
  const text = ' if (a)\n b();\n else /* no */\n !c();';
  expect(
    reasonOf(
      text,
      [
        ['if', 'a'],
        ['expression', 'b()'],
        ['expression', 'c()'],
      ],
      'c()',
    ),
  ).toBe('the else before it was never taken');
});

test('behind a call that did not come back, and what stands behind that', () => {
  const text = ' if (a) {\n b();\n !c();\n !d();\n }';
  const parts = [
    ['if', 'a'],
    ['expression', 'b()'],
    ['expression', 'c()'],
    ['expression', 'd()'],
  ] as const;
  expect(reasonOf(text, parts, 'c()')).toBe('line 2 did not come back');
  expect(reasonOf(text, parts, 'd()')).toBe('it stands behind line 3, which was not executed either');
});

test('a part of a macro whose other parts ran', () => {
  const text = ' LOCK(x) !LOCK(x);';
  expect(
    reasonOf(
      text,
      [
        ['if', 'LOCK', 'LOCK'],
        ['expression', 'LOCK(x);', 'LOCK'],
      ],
      'LOCK(x);',
    ),
  ).toBe('a part of LOCK that was not needed');
});
