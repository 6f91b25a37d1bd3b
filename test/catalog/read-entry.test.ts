/** The parts of an entry: what is read, and what is told about the others. */
import { given, itemAt } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { loadPack } from '../../src/catalog/load-pack';
import type { Entry } from '../../src/catalog/entry';
import { SourceFile } from '../../src/source/source-file';

/** The only entry of a pack, and what is told: the text that is meant, and the words about it. */
function read(lines: string): { entry: Entry | undefined; told: string[] } {
  const file = new SourceFile('p.yaml', `entries:\n- ${lines.trimEnd().replaceAll('\n', '\n  ')}\n`);
  const { entries, diagnostics } = loadPack(file);
  return {
    entry: entries[0],
    told: diagnostics.map(
      ({ span, message }) =>
        `${file.text.slice(given(span, 'span').start, given(span, 'span').end).trim()}: ${english(message)}`,
    ),
  };
}

test('everything that an entry can have', () => {
  const { entry, told } = read(
    'field: sock.state\nid: S1\nen: " the state "\nzh: 状态\ntitle: {en: State, zh: 标题}\nsource: [RFC 793, 2.4]\nsee: errno:EIO\nfamily: tcp-state\npair: 01234567:89abcdef\n',
  );
  expect(told).toEqual([]);
  expect(entry).toMatchObject({
    id: 'S1',
    kind: 'field',
    name: 'sock.state',
    text: { en: 'the state', zh: '状态' },
    title: { en: 'State', zh: '标题' },
    source: ['RFC 793', '2.4'],
    see: ['errno:EIO'],
    family: 'tcp-state',
    pair: { en: '01234567', zh: '89abcdef' },
    optional: false,
    anchor: undefined,
    pack: 'p.yaml',
  });
  const { file, start, end } = given(entry, 'entry').place;
  expect(file.text.slice(start, end).trim()).toMatch(/^field:[^]*89abcdef$/);
});

test('the least that an entry can have', () => {
  expect(read('concept: a\nen: b\n').entry).toMatchObject({
    id: 'concept:a',
    title: undefined,
    source: [],
    see: [],
    family: undefined,
    pair: undefined,
  });
});

describe('statements', () => {
  const statement = (what: string, more = ''): ReturnType<typeof read> =>
    read(`statement: ${what}\nin: [f, g]\nen: a\n${more}`);

  test('one text', () => {
    const { entry, told } = statement('a = 1');
    expect(told).toEqual([]);
    expect(entry).toMatchObject({
      id: 'statement:f:a = 1',
      name: 'a = 1',
      anchor: { functions: ['f', 'g'], places: [{ texts: ['a = 1'] }] },
    });
  });
  test('with everything', () => {
    const { entry, told } = statement('{text: [a = 1, b], or: c, under: out, nth: 2, query: (x)}', 'optional: true\n');
    expect(told).toEqual([]);
    expect(entry).toMatchObject({ name: 'a = 1', optional: true });
    const [place] = given(given(entry, 'entry').anchor, 'anchor').places;
    expect(place).toMatchObject({ texts: ['a = 1', 'b', 'c'], query: { text: '(x)' }, under: 'out', nth: 2 });
    const { file, start, end } = given(given(place, 'place').query, 'query').place;
    expect(file.text.slice(start, end)).toBe('(x)');
  });
  test('several', () => {
    const { entry, told } = statement('[a = 1, {or: b}, 7]');
    expect(given(given(entry, 'entry').anchor, 'anchor').places.map(({ texts }) => texts[0])).toEqual(['a = 1', 'b']);
    expect(told).toEqual(['7: a statement must be a text or a map with `text`']);
  });
  test('a query alone names the entry', () => {
    const { entry, told } = statement('{query: (x)}');
    expect([entry?.id, entry?.name, told]).toEqual(['statement:f:(x)', '(x)', []]);
  });
  test.each([
    ['{nth: 1}', 'a statement needs `text` or `query`'],
    ['{text: a, nth: 1.5}', '`nth` must be a number from 1'],
    ['{text: a, nth: -1}', '`nth` must be a number from 1'],
    ['{text: a, nth: x}', '`nth` must be a number from 1'],
  ])('%s', (what, message) => expect(statement(what).told.some((each) => each.endsWith(message))).toBe(true));
  test('a count that is none is left out', () =>
    expect(
      itemAt(given(given(statement('{text: a, nth: 0}').entry, 'entry').anchor, 'anchor').places, 0).nth,
    ).toBeUndefined());
  test('only statements stand in functions', () =>
    expect(read('field: a.b\nen: x\nin: f\n').told).toEqual(['in: unknown key `in`']));
  test('a truth value is one', () => {
    expect(given(statement('a', 'optional: false\n').entry, 'entry').optional).toBe(false);
    const { entry, told } = statement('a', 'optional: 1\n');
    expect([given(entry, 'entry').optional, told]).toEqual([false, ['1: `optional` must be true or false']]);
  });
});

describe('titles', () => {
  const title = (what: string): unknown[] => {
    const { entry, told } = read(`concept: a\nen: b\ntitle: ${what}\n`);
    return [given(entry, 'entry').title, told];
  };
  test('of one language serves both', () => {
    expect(title('T')).toEqual([{ en: 'T', zh: 'T' }, []]);
    expect(title('{en: T}')).toEqual([{ en: 'T', zh: 'T' }, []]);
    expect(title('{zh: 题}')).toEqual([{ en: '题', zh: '题' }, []]);
  });
  test('without a text', () => {
    expect(title('{}')).toEqual([undefined, ['{}: `title` needs `en` and `zh`']]);
    expect(title('{en: T, de: U}')).toEqual([{ en: 'T', zh: 'T' }, ['de: unknown key `de`']]);
    expect(title('""')).toEqual([undefined, ['"": `title` needs `en` and `zh`']]);
  });
});

test('stamps are two times eight digits', () => {
  for (const pair of ['0123456:89abcdef', '01234567:89abcdef0', 'x01234567:89abcdef', '01234567-89abcdef']) {
    const { entry, told } = read(`concept: a\nen: b\npair: "${pair}"\n`);
    expect([given(entry, 'entry').pair, told]).toEqual([undefined, [`"${pair}": \`pair\` is not a stamp`]]);
  }
});

test('texts of a length that nobody reads', () => {
  for (const language of ['en', 'zh']) {
    expect(read(`concept: a\n${language}: ${'x'.repeat(4000)}\n`).told).toEqual([]);
    const { entry, told } = read(`concept: a\n${language}: ${'x'.repeat(4001)}\n`);
    expect([entry, told[0]]).toEqual([undefined, expect.stringContaining('longer than 4000 characters')]);
  }
});

test('a subject that is no name', () => {
  expect(read('macro: [a]\nen: b\n').told).toEqual([
    '[a]: `macro` must be a text',
    expect.stringContaining('`macro` must be a text'),
  ]);
  expect(read('macro: ""\nen: b\n').told).toEqual([expect.stringContaining('`macro` must be a text')]);
});

describe('packs as a whole', () => {
  const told = (text: string): unknown[] => {
    const { entries, diagnostics } = loadPack(new SourceFile('p.yaml', text));
    return [entries.length, diagnostics.map(({ severity, message }) => `${severity} ${english(message)}`)];
  };
  test('nothing, or nothing but comments', () => {
    expect(['', '# x\n', 'null\n', '~'].map(told)).toEqual(['', '', '', ''].map(() => [0, []]));
  });
  test('what is no map', () =>
    expect(['- a\n', 'text\n', '0\n'].map(told)).toEqual(
      ['', '', ''].map(() => [0, ['error a pack must be a map with `entries`']]),
    ));
  test('a broken one that has no contents', () => expect(told('a: b: c')[0]).toBe(0));
  test('too large, and just not', () => {
    const filled = (length: number): string => 'entries: []\n#'.padEnd(length, 'x');
    expect(told(filled(2_000_000))).toEqual([0, []]);
    expect(told(filled(2_000_001))).toEqual([0, ['error the pack is larger than 2000000 characters']]);
  });
  test('too many entries, and just not', () => {
    const many = (count: number): string => `entries:\n${'- 1\n'.repeat(count)}`;
    expect((told(many(10_000))[1] as string[])[0]).toBe('error an entry must be a map');
    expect(told(many(10_001))).toEqual([0, ['error the pack has more than 10000 entries']]);
  });
  test('what the reader warns about is a warning, and has a remedy where one is known', () => {
    const { diagnostics } = loadPack(new SourceFile('p.yaml', 'entries:\n- concept: a\n  en: !x b\n  en: c\n'));
    const told = diagnostics.map(({ code, severity, remedy }) => [code, severity, remedy !== undefined]);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(['SS6001', 'error', true]);
    expect(told).toContainEqual(['SS6001', 'warning', true]);
  });
});
