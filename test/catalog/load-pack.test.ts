import { messages } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { loadPack } from '../../src/catalog/load-pack';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';

/** Diagnostics of a pack, without remedies. */
function check(text: string, expected: readonly string[]): void {
  const { diagnostics } = loadPack(new SourceFile('p.yaml', text));
  expect(diagnostics.map((each) => formatDiagnostic({ ...each, remedy: undefined }))).toEqual(expected);
}

describe('a pack that is not right is told at the place', () => {
  test('no YAML', () =>
    check('entries: [', [
      'p.yaml:1:11: error: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] [SS6001]',
    ]));
  test('no list', () => check('a: 1', ['p.yaml:1:1: error: a pack must have a list `entries` [SS6001]']));
  test('no subject', () =>
    check('entries:\n- en: x\n', ['p.yaml:2:3: error: an entry must have exactly one subject [SS6001]']));
  test('two subjects', () =>
    check('entries:\n- field: a.b\n  macro: C\n  en: x\n', [
      'p.yaml:2:3: error: an entry must have exactly one subject [SS6001]',
    ]));
  test('no text', () => check('entries:\n- field: a.b\n', ['p.yaml:2:3: error: an entry must have a text [SS6001]']));
  test('an unknown key', () =>
    check('entries:\n- field: a.b\n  en: x\n  cn: y\n', ['p.yaml:4:3: error: unknown key `cn` [SS6001]']));
  test('a statement without function', () =>
    check('entries:\n- statement: a = 1\n  en: x\n', [
      'p.yaml:2:3: error: a statement must say which function it is in [SS6001]',
    ]));
  test('a stamp that is none', () =>
    check('entries:\n- field: a.b\n  en: x\n  pair: yes\n', ['p.yaml:4:9: error: `pair` is not a stamp [SS6001]']));
  test('an empty file is no mistake', () => check('', []));
});

test('what is wrong with one entry leaves the others', () => {
  const { entries } = loadPack(
    new SourceFile('p.yaml', 'entries:\n- 1\n- errno: EINVAL\n  en: x\n  zh: y\n- field: s.f\n  zh: 只有中文\n'),
  );
  expect(entries.map(({ id, text }) => [id, text.en, text.zh])).toEqual([
    ['errno:EINVAL', 'x', 'y'],
    ['field:s.f', '只有中文', '只有中文'],
  ]);
});

test('a bomb of aliases does not expand', () => {
  const levels = Array.from(
    { length: 30 },
    (_, i) => `l${i}: &l${i} [${i === 0 ? 'x' : `*l${i - 1}, *l${i - 1}`}]`,
  ).join('\n');
  expect(loadPack(new SourceFile('p.yaml', `${levels}\nentries: *l29\n`)).entries).toEqual([]);
});

describe('several packs', () => {
  const pack = (path: string, text: string): SourceFile => new SourceFile(path, `entries:\n${text}`);

  test('a later one replaces an entry of the same id and adds others', () => {
    const catalog = Catalog.load([
      pack('a', '- field: sock.state\n  en: one\n  zh: 一\n- field: sock.err\n  en: err\n  zh: err\n'),
      pack('b', '- field: sock.state\n  en: two\n  zh: 二\n- field: tcp_opt.state\n  en: x\n  zh: x\n'),
    ]);
    expect(catalog.field('sock', 'state')?.text.en).toBe('two');
    expect(catalog.fieldsNamed('state').map((each) => each.name)).toEqual(['sock.state', 'tcp_opt.state']);
    expect(catalog.diagnostics).toEqual([]);
  });

  test('the same subject twice in one pack is told', () => {
    const catalog = Catalog.load([pack('a', '- errno: EIO\n  en: a\n  zh: a\n- errno: EIO\n  en: b\n  zh: b\n')]);
    expect(messages(catalog.diagnostics)).toEqual(['errno:EIO is described twice in this pack']);
  });
});
