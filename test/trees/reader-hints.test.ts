/** What compiling a tree found odd, for its reader: remarks once each and without advice, damage and errors as they are. */
import { expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import { sentence } from '../../src/sentences/sentence';
import type { Diagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { readersHints } from '../../src/trees/reader-hints';

const file = new SourceFile('include/linux/if_bridge.h', 'int hook;\n');
const elsewhere: Diagnostic = {
  code: 'SS4004',
  severity: 'warning',
  span: { file, start: 4, end: 8 },
  message: sentence('symbol-is-declared-but-defined-nowhere-it-starts-as', { symbol: 'hook' }),
  remedy: sentence('add-the-file-that-defines-it-to-the-sources'),
};
const odd: Diagnostic = {
  code: 'SS1003',
  severity: 'warning',
  span: { file, start: 0, end: 3 },
  message: sentence('text-behind-name-is-ignored', { name: 'endif' }),
  remedy: { en: 'write it as a comment', zh: '写成注释' },
};

test('a remark is told once, in words for a reader, without a remedy', () => {
  const { hints, others } = readersHints([elsewhere, odd, elsewhere, odd]);
  expect(others).toEqual([]);
  expect(hints.map(({ message }) => wording(message, 'en'))).toEqual([
    "'hook' belongs to a part of this kernel that does not run here; it stays zero",
    'text behind #endif is ignored',
  ]);
  expect(hints.map(({ remedy, severity }) => [remedy, severity])).toEqual([
    [undefined, 'information'],
    [undefined, 'information'],
  ]);
});

test('errors and damage stay what they are', () => {
  const damage: Diagnostic = { ...odd, code: 'SS1009' };
  const error: Diagnostic = { ...odd, severity: 'error' };
  expect(readersHints([damage, error])).toEqual({ hints: [], others: [damage, error] });
});
