/** Diagnostics in Chinese: inserted values stay, inserted words are translated, what is in no table is not lost. */
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/source/diagnostic';
import { inLanguage } from '../../src/source/diagnostic-language';

function check(diagnostic: Partial<Diagnostic>, message: string, remedy?: string): void {
  const told = inLanguage({ code: 'SS5001', severity: 'error', message: '', ...diagnostic }, 'zh');
  expect([told.message, told.remedy]).toEqual([message, remedy]);
}

test('a sentence with values', () =>
  check(
    { message: "'struct sock' has no member 'nxt'", remedy: "did you mean 'next'?" },
    '“struct sock”没有成员“nxt”',
    '是不是“next”？',
  ));
test('values that are words of ours', () =>
  check({ message: 'expected a time here, found the end of the file' }, '此处应为 时间，却是 文件末尾'));
test('values that look like patterns', () => check({ message: "'a.*b' is not declared" }, '“a.*b”没有声明'));
test('a sentence in no table keeps its words behind what the code stands for', () =>
  check({ message: 'something new' }, '场景语法错误：something new'));
test('what a host says in Chinese stays', () => check({ message: '读不了脚本' }, '读不了脚本'));
test('both', () => {
  const told = inLanguage({ code: 'SS3001', severity: 'error', message: "'x' is not declared" }, 'both');
  expect(told.message).toBe("'x' is not declared / “x”没有声明");
});
test('English stays as it is', () => {
  const diagnostic: Diagnostic = { code: 'SS3001', severity: 'error', message: "'x' is not declared" };
  expect(inLanguage(diagnostic, 'en')).toBe(diagnostic);
});
