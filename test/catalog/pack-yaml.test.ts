/** What YAML can say in a pack: aliases are honoured, and what is not followed is told at its place. */
import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { loadPack } from '../../src/catalog/load-pack';
import { SourceFile } from '../../src/source/source-file';

/** English texts of a pack's entries by id, and its messages with their lines. */
function read(text: string): { texts: Record<string, string>; told: string[] } {
  const { entries, diagnostics } = loadPack(new SourceFile('p.yaml', text));
  return {
    texts: Object.fromEntries(entries.map(({ id, text: { en } }) => [id, en])),
    told: diagnostics.map(
      ({ span, message }) =>
        `${given(span, 'span').file.positionAt(given(span, 'span').start).line + 1}: ${wording(message, 'en')}`,
    ),
  };
}

describe('aliases', () => {
  test('of texts, lists, entries', () =>
    expect(
      read(
        'entries:\n- &e\n  field: a.b\n  en: &t the text\n  source: &s [RFC 793]\n- field: a.c\n  en: *t\n  zh: *t\n  source: *s\n- *e\n',
      ),
    ).toEqual({
      texts: { 'field:a.b': 'the text', 'field:a.c': 'the text' },
      told: [],
    }));
  test('of the list of entries, of a title, of a statement', () => {
    const { entries, diagnostics } = loadPack(
      new SourceFile(
        'p.yaml',
        'texts: &list\n- statement: &c a = 1\n  in: &f f\n  en: x\n  title: &t {en: T, zh: T}\n- statement: {text: *c, nth: &n 2}\n  in: *f\n  id: second\n  en: y\n  title: *t\nentries: *list\n',
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(entries.map(({ name, title }) => [name, title?.en])).toEqual([
      ['a = 1', 'T'],
      ['a = 1', 'T'],
    ]);
  });
  test('the last anchor of a name before it counts', () =>
    expect(
      read('entries:\n- field: a.b\n  en: &t one\n- field: a.c\n  en: &t two\n- field: a.d\n  en: *t\n').texts[
        'field:a.d'
      ],
    ).toBe('two'));
  test('without an anchor', () =>
    expect(read('entries:\n- field: a.b\n  en: *t\n  zh: x\n').told[0]).toBe('3: nothing before this is marked `&t`'));
  test('within itself', () => expect(read('entries: &e\n- *e\n').told).toEqual(['2: an entry must be a map']));
  test('many thousands of them, each of the one before', () => {
    const lists = Array.from(
      { length: 3000 },
      (_, i) => `- &a${i} [${i === 0 ? 'x' : `*a${i - 1}, *a${i - 1}`}]\n`,
    ).join('');
    expect(read(`texts:\n${lists}entries:\n- field: a.b\n  en: x\n  source: *a2999\n`).texts).toEqual({
      'field:a.b': 'x',
    });
  });
});

describe('told, not followed', () => {
  test.each([
    ['merge keys', '- field: a.b\n  en: x\n  <<: {zh: y}\n', '4: merge keys (`<<`) are not followed'],
    ['duplicate keys', '- field: a.b\n  en: x\n  en: y\n', '4: this key stands twice in one map'],
    [
      'several documents',
      '- field: a.b\n  en: x\n---\nentries: []\n',
      '4: the file holds several documents, of which only the first is read',
    ],
    ['tags', '- field: a.b\n  en: !secret x\n', '3: a tag is not followed: Unresolved tag: !secret'],
    ['a truth value for a text', '- field: a.b\n  en: true\n  zh: x\n', '3: `en` must be a text'],
    ['nothing for a text', '- field: a.b\n  en:\n  zh: x\n', '3: `en` must be a text'],
    ['a map for a text', '- field: a.b\n  en: {a: b}\n  zh: x\n', '3: `en` must be a text'],
    ['a map in a list', '- field: a.b\n  en: x\n  see: [{a: b}]\n', '4: `see` must be a text'],
    ['a count that is none', '- statement: {text: a, nth: 0}\n  in: f\n  en: x\n', '2: `nth` must be a number from 1'],
    ['an unknown key of a statement', '- statement: {text: a, nht: 1}\n  in: f\n  en: x\n', '2: unknown key `nht`'],
    [
      'a word for a truth value',
      '- statement: a\n  in: f\n  en: x\n  optional: maybe\n',
      '5: `optional` must be true or false',
    ],
  ])('%s', (_what, entries, message) => {
    const { texts, told } = read(`entries:\n${entries}`);
    expect(told).toEqual([message]);
    expect(Object.keys(texts)).toHaveLength(1);
  });
  test('numbers are texts as they are written', () =>
    expect(read('entries:\n- field: a.b\n  en: 1.10\n').texts).toEqual({ 'field:a.b': '1.10' }));
});

describe('collections in collections', () => {
  const deep = 60_000;
  test.each([
    ['keys that are nothing', ': '.repeat(deep)],
    ['lists in lists', `entries:\n${'- '.repeat(deep)}`],
    ['maps in maps', Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['lists under keys of the same column', Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}- a:\n`).join('')],
    ['keys after keys', `${'a: '.repeat(deep)}x`],
    ['asked keys', '? '.repeat(deep)],
    ['brackets', `entries: ${'['.repeat(deep)}`],
    ['braces and what they never close', `entries: {${'a: {'.repeat(deep)}`],
    ['pairs in brackets', `entries: [${'a: '.repeat(deep)}`],
    ['after a good beginning', `entries:\n- field: a.b\n  en: x\n  see: ${'[['.repeat(deep)}`],
    ['in a second document', `entries: []\n---\n${'- '.repeat(deep)}`],
  ])('%s are told at their place', (_what, text) =>
    expect(read(text)).toEqual({
      texts: {},
      told: [expect.stringMatching(/^\d+: the pack nests more than 100 lists and maps here$/)],
    }),
  );
  test.each([
    ['long texts with brackets and dashes', `entries:\n- field: a.b\n  en: >\n    ${'[ - : '.repeat(500)}\n`],
    [
      'many keys of growing length',
      `${Array.from({ length: 300 }, (_, i) => `${'k'.repeat(i + 1)}: [a, {b: c}]\n`).join('')}entries: [{field: a.b, en: x}]\n`,
    ],
    ['many elements', `other: [${'{a: [b]}, '.repeat(500)}]\nentries:\n${'- field: a.b\n  en: x\n'.repeat(2)}`],
  ])('%s are none', (_what, text) => expect(Object.keys(read(text).texts)).toEqual(['field:a.b']));
});

test('names of what every object has are names', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
  const text = names.map((name) => `- function: ${name}\n  id: ${name}\n  en: about ${name}\n`).join('');
  const catalog = Catalog.load([
    new SourceFile('p.yaml', `entries:\n${text}- field: __proto__.constructor\n  en: x\n`),
  ]);
  expect(catalog.diagnostics).toEqual([]);
  names.forEach((name) => expect(catalog.about('function', name)?.text.en).toBe(`about ${name}`));
  expect(catalog.about('function', 'valueOf')).toBeUndefined();
  expect(catalog.field('__proto__', 'constructor')?.text.en).toBe('x');
});
