/** Macros of any length: read only when they are used, and then within what a program may cost. */
import { expect, test } from 'vitest';
import { check, diagnosticsOf, run } from './check';

test('a macro longer than any program is told where it is used, and the rest of the file is read', () => {
  const long = `#define A 1${'+1'.repeat(1_000_000)}`;
  check(`${long}\nbegin`, 'begin', []);
  const used = run(`${long}\nbegin A end`);
  expect(diagnosticsOf(used)).toEqual(['2:SS1007']);
  expect(used.tokens.toText()).toBe('begin end');
});

test('two long definitions of one name are compared', () => {
  const long = `#define A 1${'+1'.repeat(500_000)}`;
  check(`${long}\n${long}\nend`, 'end', []);
  check(`${long}\n${long}+2\nend`, 'end', ['2:SS1006']);
});

test('definitions that differ only in # or ## are different ones', () => {
  check('#define f(x) # x\n#define f(x) #x\nf(a)', '"a"', []);
  check('#define f(x) x\n#define f(x) #x\nf(a)', '"a"', ['2:SS1006']);
  check('#define g(x, y) x y\n#define g(x, y) x ## y\ng(a, b)', 'ab', ['2:SS1006']);
});

test('what is wrong with a definition is told although nobody uses it', () => {
  check('#define f(x) #y\n#define g ## a\n#define h(x) x ##\n#define i(x) a #\nend', 'end', [
    '1:SS1006',
    '2:SS1006',
    '3:SS1006',
    '4:SS1006',
  ]);
});

test('a definition reads back as it is written', () => {
  const { macros } = run('#define J(a, b)  a##b + # a\n');
  expect(macros.get('J')).toMatchObject({ parameters: ['a', 'b'], body: 'a##b + # a' });
});
