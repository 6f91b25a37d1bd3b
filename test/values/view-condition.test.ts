/** Conditions of views: C's comparisons of fields with numbers and names, and nothing else of C. */
import { expect, test } from 'vitest';
import { readCondition, readPath } from '../../src/values/view-condition';

/** With all parentheses that there could be. */
function spelled(text: string): string {
  const said = (each: ReturnType<typeof readCondition>): string => {
    const operand = (of: { path: readonly string[] } | { number: number }): string =>
      'path' in of ? of.path.join('/') : String(of.number);
    if (!each) {
      return '-';
    }
    switch (each.op) {
      case 'and':
      case 'or':
        return `(${said(each.left)} ${each.op} ${said(each.right)})`;
      case 'not':
        return `!${said(each.of)}`;
      case 'true':
        return operand(each.of);
      default:
        return `${operand(each.left)}${each.op}${operand(each.right)}`;
    }
  };
  return said(readCondition(text));
}

test.each([
  ['protocol == 6', 'protocol==6'],
  ['protocol!=IPPROTO_TCP', 'protocol!=IPPROTO_TCP'],
  ['a < 1', 'a<1'],
  ['a > 0x1F', 'a>31'],
  ['a <= b', 'a<=b'],
  ['a >= b', 'a>=b'],
  ['flags & 4', 'flags&4'],
  ['nh.iph->protocol', 'nh/iph/protocol'],
  ['a || b && c', '(a or (b and c))'],
  ['a && b || c', '((a and b) or c)'],
  ['a || b || c', '((a or b) or c)'],
  ['!a == 1', '!a==1'],
  ['!!a', '!!a'],
  ['!(a && b)', '!(a and b)'],
  ['( a )', 'a'],
  ['1', '1'],
])('%s', (text, expected) => expect(spelled(text)).toBe(expected));

test.each([
  '',
  ' ',
  'a ==',
  '== a',
  'a b',
  'a = 1',
  'a | b',
  'a &&',
  '&& a',
  'a || ',
  '(a',
  'a)',
  '!',
  'a + 1',
  'a[0]',
  'f(1)',
  'a.',
  'a->',
  'a..b',
  '0x123456789',
  '12345678901',
  '12ab',
  '"a"',
  'a, b',
  'a == b == c',
])('no condition: %s', (text) => expect(readCondition(text)).toBeUndefined());

test('long and deep ones are none', () => {
  expect(readCondition(`a${' '.repeat(199)}`)).toBeDefined();
  expect(readCondition(`a${' '.repeat(200)}`)).toBeUndefined();
  const deep = (count: number): string => `${'('.repeat(count)}a${')'.repeat(count)}`;
  expect([readCondition(deep(20)), readCondition(deep(21))]).toEqual([readCondition('a'), undefined]);
  expect(readCondition(`${'!'.repeat(21)}a`)).toBeDefined();
  expect(readCondition(`${'!'.repeat(22)}a`)).toBeUndefined();
});

test('a path of fields', () => {
  expect(readPath('nh.iph->protocol')).toEqual(['nh', 'iph', 'protocol']);
  expect(readPath('_a1')).toEqual(['_a1']);
  for (const text of ['', '1a', 'a.1', 'a. b', 'a.b ', ' a', 'a-b', 'a->b.']) {
    expect(readPath(text), text).toBeUndefined();
  }
});
