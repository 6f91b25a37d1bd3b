/** Which of the two languages is shown. */
import { expect, test } from 'vitest';
import { languageSettings, oneLine, resolveLanguage, textsIn } from '../../src/catalog/language';

test.each([
  ['zh', 'zh'],
  ['zh-cn', 'zh'],
  ['ZH_CN.UTF-8', 'zh'],
  ['zh-TW', 'zh'],
  ['en', 'en'],
  ['de-zh', 'en'],
  ['zhuang', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('auto with the locale %s', (locale, expected) => {
  expect(resolveLanguage('auto', locale)).toBe(expected);
});

test('a choice stands, whatever the locale', () => {
  const chosen = languageSettings.filter((setting) => setting !== 'auto');
  expect(chosen).toEqual(['zh', 'en', 'both']);
  chosen.forEach((setting) => expect(resolveLanguage(setting, setting === 'zh' ? 'en' : 'zh')).toBe(setting));
});

test('both: Chinese leads; what is equal or empty stands once', () => {
  const text = { en: 'one', zh: '一' };
  expect([textsIn(text, 'en'), textsIn(text, 'zh'), textsIn(text, 'both')]).toEqual([['one'], ['一'], ['一', 'one']]);
  expect(textsIn({ en: 'x', zh: 'x' }, 'both')).toEqual(['x']);
  expect(textsIn({ en: 'x', zh: '' }, 'both')).toEqual(['x']);
  expect(textsIn({ en: '', zh: 'x' }, 'en')).toEqual([]);
  expect([oneLine(text, 'both'), oneLine(text, 'en')]).toEqual(['一 / one', 'one']);
});
