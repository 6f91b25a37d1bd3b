/** The English words in values, said in the reader's language; C and the program's own text stay. */
import { expect, test } from 'vitest';
import { shownIn } from '../../src/facade/value-words';

test.each([
  ['0x5a5a5a5a (uninitialised)', '0x5a5a5a5a (从未写入)'],
  ['{a = 1, next = 0x6b6b6b6b (freed memory)}', '{a = 1, next = 0x6b6b6b6b (已释放的内存)}'],
  ['0xc0100000 (freed)', '0xc0100000 (已释放)'],
  ['0x00001000 "abc (user)" (user)', '0x00001000 "abc (user)" (用户内存)'],
  ['(empty) (broken)', '(空) (已损坏)'],
  ['(as C has it)', '(C 中的原样)'],
  ['(other members)', '(其他成员)'],
  ['7 (TCP_CLOSE)', '7 (TCP_CLOSE)'],
  ['1 (user)', '1 (user)'],
  ['"(empty)"', '"(empty)"'],
  [`"a \\"(empty)" 'x'`, `"a \\"(empty)" 'x'`],
])('%s', (english, chinese) => {
  expect(shownIn(english, 'en')).toBe(english);
  expect(shownIn(english, 'zh')).toBe(chinese);
});

test('in both languages the words stand side by side', () => {
  expect(shownIn('0x5a5a5a5a (uninitialised)', 'both')).toBe('0x5a5a5a5a (uninitialised / 从未写入)');
});
