/** Raw C text as tokens: offsets, kinds, comments, directives and what word processors put into listings. */
import { expect, test } from 'vitest';
import { cTokens } from '../../src/reading/c-tokens';

const texts = (source: string, from?: number, to?: number): string[] =>
  cTokens(source, from, to).map(({ text }) => text);

test('kinds of tokens, with the offsets where they stand', () => {
  const source = `a1 _b $c 0x1F 1e-5 .5f 1.2.3 'x' "y" -> ...`;
  const tokens = cTokens(source);
  expect(tokens.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'word a1',
    'word _b',
    'word $c',
    'number 0x1F',
    'number 1e-5',
    'number .5f',
    'number 1.2.3',
    "string 'x'",
    'string "y"',
    'sign ->',
    'sign ...',
  ]);
  expect(tokens.map(({ start, end }) => source.slice(start, end))).toEqual(tokens.map(({ text }) => text));
});

test('the longest sign wins', () => {
  const signs = '-> ++ -- <<= >>= << >> <= >= == != && || += -= *= /= %= &= |= ^= ... ## < > = . # ~ ? @';
  expect(texts(`x ${signs}`)).toEqual(['x', ...signs.split(' ')]);
  expect(texts('a+++b')).toEqual(['a', '++', '+', 'b']);
});

test('comments and white space are dropped, ends of open ones too', () => {
  expect(texts('a/* b */c // d\n e /*/ f */ g\u3000h\ti')).toEqual(['a', 'c', 'e', 'g', 'h', 'i']);
  expect(texts('a /* open')).toEqual(['a']);
  expect(texts('a // last line')).toEqual(['a']);
  expect(texts('a / b')).toEqual(['a', '/', 'b']);
});

test('literals: escapes, both quotes, and one that does not close on its line', () => {
  expect(texts(String.raw`"a\"b" 'it\'s' "don't" ""`)).toEqual([
    String.raw`"a\"b"`,
    String.raw`'it\'s'`,
    `"don't"`,
    '""',
  ]);
  expect(texts(`"open\n"closed"`)).toEqual(['"', 'open', '"closed"']);
  expect(texts(`don't "`)).toEqual(['don', "'", 't', '"']);
  expect(texts('"ab"', 0, 3)).toEqual(['"', 'ab']);
});

test('only a part of the text', () => {
  expect(texts('one two three', 4, 7)).toEqual(['two']);
  expect(cTokens('one two', 4)).toEqual([{ kind: 'word', text: 'two', start: 4, end: 7 }]);
  expect(texts('one // two\nthree', 0, 6)).toEqual(['one']);
});

test('directives are dropped with the lines that they go on in', () => {
  expect(texts('#define A \\\n  b \\\r\n  c\nd')).toEqual(['d']);
  expect(texts('#define A \\ b\nc')).toEqual(['c']);
  expect(texts('  # include <x>\ny #z')).toEqual(['y', '#', 'z']);
  expect(texts('#define A \\')).toEqual([]);
});

test('of a conditional one branch is kept', () => {
  expect(texts('#ifdef A\na\n#else\nb\n#endif\nc')).toEqual(['a', 'c']);
  expect(texts('#if 0\na\n#else\nb\n#endif\nc')).toEqual(['b', 'c']);
  expect(texts('#if 01\na\n#endif')).toEqual(['a']);
  expect(texts('#if 0\na\n#elif X\nb\n#elif Y\nc\n#else\nd\n#endif\ne')).toEqual(['b', 'e']);
  expect(texts('#ifndef A\na\n#elif X\nb\n#endif\ne')).toEqual(['a', 'e']);
});

test('conditionals within conditionals, and halves of them', () => {
  expect(texts('#if 0\n#if 1\na\n#else\nb\n#endif\nc\n#else\nd\n#endif')).toEqual(['d']);
  expect(texts('#if 1\n#if 0\na\n#else\nb\n#endif\nc\n#else\nd\n#endif')).toEqual(['b', 'c']);
  expect(texts('#endif\n#else\na\n#if 1\nb')).toEqual(['a', 'b']);
});

test('typographic signs are read as the C signs that they stand for, at their places', () => {
  expect(texts('a – b — c − d ‘e’ “f”')).toEqual(['a', '-', 'b', '-', 'c', '-', 'd', "'e'", '"f"']);
  expect(texts('（），；：｛｝＝＊＆｜＜＞！＋［］')).toEqual([...'(),;:{}=*&|<>!+[]']);
  expect(texts('＝＝ ＆＆')).toEqual(['==', '&&']);
  expect(cTokens('f（a）')[1]).toEqual({ kind: 'sign', text: '(', start: 1, end: 2 });
});
