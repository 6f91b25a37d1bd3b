/** Files that say how structures are shown: what they say, and what is wrong with them at its place. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readViews } from '../../src/catalog/read-views';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { NAMED_FAMILIES } from '../../src/values/value-families';

const read = (text: string): ReturnType<typeof readViews> => readViews(new SourceFile('v.yaml', text));

function check(text: string, ...expected: readonly string[]): void {
  const told = read(text).diagnostics.map((each) => formatDiagnostic({ ...each, remedy: undefined }));
  expect(told.map((line) => line.replace(/; there are .*(?= \[)/, ''))).toEqual(expected);
}

test('meanings, lists, unions and parts', () => {
  const { views, diagnostics } = read(`
meanings:
  colours: { values: { RED: 1, GREEN: 2 } }
structs:
  thing:
    fields: { colour: colours, flags: { flags: { BUSY: 1 }, zero: IDLE }, error: negative-errno }
    list: { of: thing, next: link, embedded: true, first: link.next }
    lists: { queue: { of: sk_buff, next: next } }
    unions: { u: [{ arm: a, when: colour == RED && !(flags & 2) }] }
    parts: [{ name: tail, as: tcphdr, in: bytes, when: used }]
variables:
  shade: colours
`);
  expect(diagnostics).toEqual([]);
  const thing = views.structs.get('thing');
  expect(thing?.fields['colour']).toEqual({ kind: 'values', names: { RED: 1, GREEN: 2 } });
  expect(thing?.fields['flags']).toEqual({ kind: 'flags', names: { BUSY: 1 }, zero: 'IDLE' });
  expect(thing?.fields['error']).toBe(NAMED_FAMILIES['negative-errno']);
  expect(thing?.lists['']).toEqual({ of: 'thing', next: 'link', first: 'link.next', embedded: true });
  expect(thing?.lists['queue']).toEqual({ of: 'sk_buff', next: 'next' });
  expect(thing?.unions['u']?.map(({ arm, when }) => [arm, when.op])).toEqual([['a', 'and']]);
  expect(thing?.parts).toMatchObject([{ name: 'tail', as: 'tcphdr', at: 'bytes', inPlace: true }]);
  expect(views.variables.get('shade')).toBe(thing?.fields['colour']);
});

describe('what is wrong is told at the place, and the rest is read', () => {
  test('a key that nobody knows', () =>
    check('struct: {}', 'v.yaml:1:1: error: there is no key `struct` here [SS6007]'));
  test('a meaning that nobody knows', () => {
    const text = 'structs: { a: { fields: { x: colours, y: port } } }';
    check(text, 'v.yaml:1:30: error: no meaning is called `colours` [SS6007]');
    expect(read(text).views.structs.get('a')?.fields).toEqual({ y: { kind: 'port' } });
  });
  test.each(['a = 1', 'f(x)', 'a ==', '(a', '1 +', '', 'a && ', `${'('.repeat(150)}a`])('no condition: %s', (when) =>
    check(
      `structs:\n  a:\n    unions:\n      u:\n        - arm: b\n          when: "${when}"\n`,
      'v.yaml:6:17: error: this is no condition: fields, numbers and names, compared and joined by &&, || and ! [SS6007]',
    ),
  );
  test('no name, no number, no list, no map', () => {
    check(
      'structs: { a: { list: { of: "a b", next: n } } }',
      'v.yaml:1:29: error: a name of C is expected here [SS6007]',
    );
    check('meanings: { m: { values: { A: x } } }', 'v.yaml:1:31: error: a whole number is expected here [SS6007]');
    check('structs: { a: { parts: { as: b } } }', 'v.yaml:1:24: error: a list is expected here [SS6007]');
    check('structs: [a]', 'v.yaml:1:10: error: names with values are expected here [SS6007]');
  });
  test('no YAML, and an anchor that is followed by nobody', () => {
    expect(read('structs: {').diagnostics.length).toBeGreaterThan(0);
    expect(read('a: &x {}\nstructs: *x\n').diagnostics.length).toBeGreaterThan(0);
  });
});

test('the schema for editors knows the meanings that there are', () => {
  const schema = JSON.parse(readFileSync('syntaxes/views.schema.json', 'utf8')) as {
    readonly definitions: { readonly meaning: { readonly anyOf: readonly { readonly enum?: readonly string[] }[] } };
  };
  expect(schema.definitions.meaning.anyOf[0]?.enum).toEqual(Object.keys(NAMED_FAMILIES));
});
