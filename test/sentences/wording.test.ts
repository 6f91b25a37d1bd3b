/** Sentences in words: inserted values stay, inserted sentences are put into words too, a lacking one is said in English. */
import { expect, test } from 'vitest';
import { sameText } from '../../src/base/bilingual';
import { sentence, type Told } from '../../src/sentences/sentence';
import { wording, wordingIn } from '../../src/sentences/wording';
import { formatDiagnostic } from '../../src/source/diagnostic';

function check(told: Told, en: string, zh: string): void {
  expect([wording(told, 'en'), wording(told, 'zh')]).toEqual([en, zh]);
}

test('a sentence with values', () =>
  check(
    sentence('type-has-no-member-designator', { type: 'struct sock', designator: 'nxt' }),
    "'struct sock' has no member 'nxt'",
    '“struct sock”没有成员“nxt”',
  ));
test('values that are sentences', () =>
  check(
    sentence('expected-something-here-found', {
      expected: sentence('a-time'),
      found: sentence('the-end-of-the-file'),
    }),
    'expected a time here, found the end of the file',
    '此处应为 时间，却是 文件末尾',
  ));
test('values that look like places or patterns', () =>
  check(
    sentence('name-is-not-declared', { name: '{name} $& .*' }),
    "'{name} $& .*' is not declared",
    '“{name} $& .*”没有声明',
  ));
test('a word that depends on a number', () => {
  const takes = (count: number): string =>
    wording(sentence('macro-takes-count-arguments-but-given', { macro: 'M', count, given: 0 }), 'en');
  expect(takes(1)).toBe("macro 'M' takes 1 argument, but 0 given");
  expect(takes(2)).toBe("macro 'M' takes 2 arguments, but 0 given");
});
test('terms, and what is written in both languages where it is said', () => {
  check('-1 EINVAL', '-1 EINVAL', '-1 EINVAL');
  check({ en: 'one', zh: '一' }, 'one', '一');
  check(sameText('BUG'), 'BUG', 'BUG');
});
test('both languages on one line, once where they are the same', () => {
  expect(wordingIn(sentence('name-is-not-declared', { name: 'x' }), 'both')).toBe("'x' is not declared / “x”没有声明");
  expect(wordingIn(sameText('BUG'), 'both')).toBe('BUG');
});
test('a language without the sentence says it in English', () =>
  expect(wording(sentence('name-is-not-declared', { name: 'x' }), 'eo')).toBe("'x' is not declared"));
test('a diagnostic has place, severity, message, remedy and code in each language', () => {
  const diagnostic = {
    code: 'SS3001',
    severity: 'error',
    path: 'a.c',
    message: sentence('name-is-not-declared', { name: 'x' }),
    remedy: sentence('remove-it'),
  } as const;
  expect(formatDiagnostic(diagnostic)).toBe("a.c:1:1: error: 'x' is not declared (remove it) [SS3001]");
  expect(formatDiagnostic(diagnostic, 'zh')).toBe('a.c:1:1: 错误: “x”没有声明 (请删去它) [SS3001]');
});
