/** Looking entries up, and what a catalogue says about a set of files: orphans, references, stale pairs. */
import { given, itemAt } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { checkCatalog } from '../../src/catalog/check-catalog';
import { entryKinds } from '../../src/catalog/entry';
import { stampPack } from '../../src/catalog/pairing';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const reader = new Reader(await loadParser());

const pack = (entries: string, path = 'p.yaml'): SourceFile => new SourceFile(path, `entries:\n${entries}`);
const load = (entries: string): Catalog => Catalog.load([pack(entries)]);

describe('looking up', () => {
  // Those two say which functions they are about.
  const subjects = entryKinds.filter((kind) => kind !== 'statement' && kind !== 'correction');
  const catalog = load(
    `${subjects.map((kind) => `- ${kind}: ${kind === 'field' ? 'sock.state' : 'thing'}\n  en: about ${kind}\n`).join('')}- field: tcp_opt.a.state\n  en: other\n- statement: a = 1\n  in: [f, g]\n  id: P01\n  en: point\n`,
  );

  test('by kind and name, and by id', () => {
    for (const kind of subjects.filter((each) => each !== 'field')) {
      expect(catalog.about(kind, 'thing')?.text.en).toBe(`about ${kind}`);
      expect(catalog.get(`${kind}:thing`)?.kind).toBe(kind);
    }
    expect(catalog.get('P01')?.name).toBe('a = 1');
    expect([catalog.get('nothing'), catalog.about('macro', 'nothing')]).toEqual([undefined, undefined]);
    expect(catalog.entries).toHaveLength(10);
  });

  test('members by their struct, and by their name alone', () => {
    expect(catalog.field('sock', 'state')?.text.en).toBe('about field');
    expect(catalog.field('tcp_opt', 'state')).toBeUndefined();
    expect(catalog.fieldsNamed('state').map(({ name }) => name)).toEqual(['sock.state', 'tcp_opt.a.state']);
    expect(catalog.fieldsNamed('thing')).toEqual([]);
  });

  test('statements by each function that they may stand in', () => {
    expect([catalog.statementsIn('f'), catalog.statementsIn('g')].map((list) => list.map(({ id }) => id))).toEqual([
      ['P01'],
      ['P01'],
    ]);
    expect(catalog.statementsIn('h')).toEqual([]);
  });

  test('an identifier is the likeliest of what has that name', () => {
    expect(catalog.identifier('thing')?.kind).toBe('function');
    for (const kind of ['macro', 'constant', 'errno', 'variable', 'type'] as const) {
      expect(load(`- concept: x\n  en: c\n- ${kind}: x\n  en: a\n`).identifier('x')?.kind).toBe(kind);
    }
    expect(load('- concept: x\n  en: c\n').identifier('x')).toBeUndefined();
  });
});

test('the same id twice: told at the second, with the place of the first, which it replaces', () => {
  const catalog = load('- errno: EIO\n  en: a\n- errno: EIO\n  en: b\n');
  expect(catalog.get('errno:EIO')?.text.en).toBe('b');
  const [told] = catalog.diagnostics;
  expect(told).toMatchObject({ code: 'SS6001', severity: 'error' });
  expect(itemAt(given(given(told, 'told').related, 'related'), 0).span.start).toBeLessThan(
    given(given(told, 'told').span, 'span').start,
  );
  expect(given(told, 'told').remedy).toBeDefined();
});

test('a large catalogue is read file by file', () => {
  const steps = Catalog.loadInSteps([pack('- errno: EIO\n  en: a\n'), pack('- errno: EPERM\n  en: b\n', 'q.yaml')]);
  expect([steps.next().done, steps.next().done]).toEqual([false, false]);
  const { done, value } = steps.next();
  expect([done, (value as Catalog).entries.length]).toEqual([true, 2]);
});

const text = 'int f(int a)\n{\n\ta = 1;\n\treturn a;\n}\nint g(int a)\n{\n\ta = 10;\n\treturn a;\n}\n';
const statement = (head: string, functions: string, more = ''): string =>
  `- statement: ${head}\n  in: [${functions}]\n  en: a\n  zh: b\n${more}`;

/** What is told about a pack on one file that defines f and g. */
function told(entries: string, wholeKernel = true): string[] {
  const stamped = new SourceFile('p.yaml', stampPack(`entries:\n${entries}`));
  const { diagnostics } = checkCatalog(Catalog.load([stamped]), [new SourceFile('a.c', text)], { wholeKernel, reader });
  return diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${english(message)}`);
}

describe('orphans', () => {
  test('a statement that is found is none', () => expect(told(statement('a = 1', 'f'))).toEqual([]));
  test('a statement that none of its functions has', () =>
    expect(told(statement('listen(a, b, c)', 'f, h'))).toEqual([
      'SS6002 warning statement:f:listen(a, b, c) finds no statement like `listen(a, b, c)` in f, h',
    ]));
  test('functions that are not there count in a whole kernel only', () => {
    expect(told(statement('a = 1', 'h'))).toHaveLength(1);
    expect(told(statement('a = 1', 'h'), false)).toEqual([]);
    expect(told(statement('listen(a, b, c)', 'f'), false)).toHaveLength(1);
  });
  test('what not every version has', () =>
    expect(told(statement('listen(a, b, c)', 'f', '  optional: true\n'))).toEqual([]));
  test('one of several statements is enough', () => expect(told(statement('[listen(a), return a]', 'f'))).toEqual([]));
  test('an entry about something else is none', () => expect(told('- function: h\n  en: a\n  zh: b\n')).toEqual([]));
});

test('of several files the best place of each statement counts', () => {
  const catalog = load(statement('[a = 1, return a]', 'f'));
  const files = [
    new SourceFile('like.c', 'int f(int a)\n{\n\ta = 1 + b;\n\treturn a;\n}\n'),
    new SourceFile('same.c', 'int f(int a)\n{\n\ta = 1;\n\treturn a;\n}\n'),
  ];
  for (const order of [files, [...files].reverse()]) {
    const { resolved, orphans } = checkCatalog(catalog, order, { wholeKernel: true, reader });
    const [places] = [...resolved.values()];
    expect(given(places, 'places').map(({ place, path, confidence }) => [place, path, confidence])).toEqual([
      [0, 'same.c', 1],
      [1, itemAt(order, 0).path, 1],
    ]);
    expect(orphans).toEqual([]);
  }
});

test('references to entries that do not exist', () => {
  expect(
    told('- errno: EIO\n  see: [errno:EPERM, errno:ENONE]\n  en: a\n  zh: b\n- errno: EPERM\n  en: a\n  zh: b\n'),
  ).toEqual(['SS6004 warning errno:EIO points to errno:ENONE, which no pack has']);
});

test('pairs: unstamped ones are told softly, stale ones are warnings, both are counted', () => {
  const stamped = stampPack('entries:\n- errno: EIO\n  en: a\n  zh: b\n');
  const catalog = Catalog.load([
    new SourceFile('p.yaml', stamped.replace('en: a', 'en: c').replace('zh: b', 'zh: d')),
    pack('- errno: EPERM\n  en: a\n  zh: b\n', 'q.yaml'),
    pack('- errno: [\n', 'r.yaml'),
  ]);
  const { diagnostics, stale } = checkCatalog(catalog, [], { wholeKernel: false, reader });
  expect(stale).toHaveLength(2);
  expect(
    diagnostics
      .filter(({ code }) => code === 'SS6003')
      .map(({ severity, message }) => `${severity} ${english(message)}`),
  ).toEqual([
    'warning errno:EIO has two texts that were both changed since they were compared',
    'information errno:EPERM has no stamp that says its two texts belong together',
  ]);
  expect(diagnostics.some(({ code }) => code === 'SS6001')).toBe(true);
});
