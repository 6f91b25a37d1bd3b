import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments';

const specs = [
  { name: 'trace' },
  { name: 'lang', value: 'LANGUAGE', choices: ['en', 'zh'] },
  { name: 'include', letter: 'I', value: 'DIR', repeated: true },
];

function check(line: string, expected: object): void {
  const { arguments: args, error } = readArguments(
    line.split(' ').filter((word) => word !== ''),
    specs,
  );
  expect(
    error ?? {
      words: args.words,
      trace: args.flag('trace'),
      lang: args.value('lang'),
      include: args.values('include'),
    },
  ).toEqual(expected);
}

describe('arguments', () => {
  test('words and options in any order', () =>
    check('a --trace b --lang zh', { words: ['a', 'b'], trace: true, lang: 'zh', include: [] }));
  test('values after an equals sign or glued to a letter', () =>
    check('--lang=en -Ione -I two', { words: [], trace: false, lang: 'en', include: ['one', 'two'] }));
  test('everything after two dashes is a word', () =>
    check('-- --trace -x', { words: ['--trace', '-x'], trace: false, lang: undefined, include: [] }));
  test('a single dash is a word', () => check('-', { words: ['-'], trace: false, lang: undefined, include: [] }));
  test('unknown options are told', () => check('--tracing', { kind: 'unknown-option', option: '--tracing' }));
  test('unknown letters are told', () => check('-x', { kind: 'unknown-option', option: '-x' }));
  test('a missing value is told', () => check('--lang', { kind: 'missing-value', option: '--lang' }));
  test('a value that a flag does not take', () => check('--trace=1', { kind: 'unexpected-value', option: '--trace' }));
  test('a choice that does not exist', () =>
    check('--lang fr', { kind: 'bad-choice', option: '--lang', value: 'fr', choices: ['en', 'zh'] }));
  test('the same option twice', () => check('--lang en --lang zh', { kind: 'repeated', option: '--lang' }));
});
