/** What differs between a document's function and the one whose place it takes. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { differenceText, documentDifferences, type FunctionDifference } from '../../src/query/document-differences';
import { SourceFile } from '../../src/source/source-file';

const kernel = `int f(int a)
{
	int b = a;	/* first */

	if (a > 3)
		b = 2;
	lock(a, b);
	b++;
	return b;
}
`;

function differenceOf(document: string, old = kernel): FunctionDifference {
  const [found] = documentDifferences(
    {
      file: new SourceFile('notes.md', document),
      shown: new SourceFile('notes.md', document),
      functions: [{ name: 'f', start: 0, end: document.length }],
    },
    { functions: [{ name: 'f', path: 'net/f.c', start: 0, end: old.length }], additions: [], moves: [] },
    () => new SourceFile('net/f.c', old),
  );
  return given(found, 'found');
}

const changesOf = (document: string, old?: string): string[] =>
  differenceOf(document, old).changes.map(
    ({ kind, kernel: from, document: to }) =>
      `${kind} ${from ? `${from.line} ${from.text}` : '-'} -> ${to ? `${to.line} ${to.text}` : '-'}`,
  );

test('white space, comments and line ends make no difference', () => {
  const found = differenceOf('int f(int a) { int b=a; if (a>3) b=2; lock(a,b);\nb++; /* more */ return b; }');
  expect([found.same, found.changes]).toEqual([true, []]);
  expect(differenceText(found).en).toBe('token for token that of net/f.c');
});

test('statements that were added, removed and changed are told with their places', () => {
  expect(changesOf('int f(int a) {\nint b = a;\nif (a > 4)\nb = 2;\nb++;\nunlock(b);\nreturn b;\n}')).toEqual([
    'changed 5 if (a > 3) -> 3 if (a > 4)',
    'removed 7 lock(a, b) -> -',
    'added - -> 6 unlock(b)',
  ]);
});

test('where only braces differ that is said', () => {
  const found = differenceOf('int f(int a) { int b = a; if (a > 3) { b = 2; lock(a, b); } b++; return b; }');
  expect([found.same, found.changes]).toEqual([false, []]);
  expect(differenceText(found).en).toContain('only braces');
});

test('a listing that was shortened without a mark', () => {
  const long = `int f(int a)\n{\n${Array.from({ length: 20 }, (_, index) => `\tstep${index}(a);\n`).join('')}}\n`;
  const short = long.replace(/\tstep(5|6|7|8|9|10)\(a\);\n/g, '');
  const found = differenceOf(short, long);
  expect(found.shortened).toBe(true);
  expect(differenceText(found).en).toBe(
    'against net/f.c: 0 added, 6 removed, 0 changed; shortened without a mark: 6 of 20 statements are missing',
  );
  expect(differenceOf(short.replace('step4(a);', 'a1(); a2(); a3(); a4(); a5();'), long).shortened).toBe(false);
});

test('functions without anything in common', () => {
  expect(changesOf('int f(int a) { return g(); }', 'int f(int a) { x = 1; while (y) z(); }')).toEqual([
    'removed 1 x = 1 -> -',
    'removed 1 while (y) -> -',
    'removed 1 z() -> -',
    'added - -> 1 return g()',
  ]);
});
