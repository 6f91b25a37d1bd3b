import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { checkCatalog } from '../../src/catalog/check-catalog';
import { stalenessOf } from '../../src/catalog/pairing';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const root = fileURLToPath(new URL('../../', import.meta.url));

function filesBelow(folder: string, ending: RegExp): SourceFile[] {
  const paths = readdirSync(root + folder, { recursive: true })
    .map(String)
    .filter((path) => ending.test(path))
    .sort();
  return paths.map((path) => new SourceFile(`${folder}/${path}`, readFileSync(`${root}${folder}/${path}`, 'utf8')));
}

const catalog = Catalog.load(filesBelow('media/annotations', /\.yaml$/));
const reader = new Reader(await loadParser());
const points = Array.from({ length: 98 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);

/** Orphans among the files, and points with statements that are found with less confidence than `least`. */
function check(
  files: readonly SourceFile[],
  wholeKernel: boolean,
  least: number,
  expected: { orphans: readonly string[]; weak: readonly string[] },
): void {
  const kernel = { load: (path: string) => files.find((each) => each.path === `media/kernel/${path}`) };
  const { orphans, resolved } = checkCatalog(catalog, files, { wholeKernel, reader, kernel });
  const weak = [...resolved]
    .filter(([, found]) => Math.max(...found.map((each) => each.confidence)) < least)
    .map(([entry]) => entry.id);
  expect({ orphans: orphans.map(({ id }) => id), weak }).toEqual(expected);
}

describe('the bundled annotations', () => {
  test('are well formed', () => expect(catalog.diagnostics.map((each) => formatDiagnostic(each))).toEqual([]));

  test('cover every point of the notes', () => expect(points.filter((id) => !catalog.get(id))).toEqual([]));

  test('were compared since they were last changed', () => {
    expect(catalog.entries.filter((entry) => stalenessOf(entry) !== 'fresh').map(({ id }) => id)).toEqual([]);
  });

  test('have real texts in both languages', () => {
    const wrong = catalog.entries.filter(
      ({ text: { en, zh } }) =>
        en === zh || /[\u4e00-\u9fff]/.test(en) || !/[\u3000-\u9fff\uff00-\uffef]|^\W*[\d.]+\W*$/.test(zh),
    );
    expect(wrong.map(({ id, text }) => `${id}: ${text.zh}`)).toEqual([]);
  });

  test('say of each function of our own whose part it is, as the call stack does', () => {
    const { partOf } = JSON.parse(readFileSync(`${root}media/kernel/kernel.json`, 'utf8')) as {
      partOf: Record<string, string>;
    };
    const said = catalog.entries.flatMap(({ name, partOf: whole }) => (whole === undefined ? [] : [[name, whole]]));
    expect(Object.fromEntries(said)).toEqual(partOf);
    expect(Object.values(partOf).filter((whole) => !catalog.about('function', whole))).toEqual([]);
  });

  test('every note on a statement leads on to another', () => {
    expect(
      catalog.entries.filter(({ kind, see }) => kind === 'statement' && see.length === 0).map(({ id }) => id),
    ).toEqual([]);
  });

  test('there are forty pages on concepts, of 150 to 400 words, with code, a moment of a run and a source', () => {
    const pages = catalog.entries.filter(({ kind }) => kind === 'concept');
    expect(pages.length).toBeGreaterThanOrEqual(40);
    const thin = pages.filter(({ text, code, claims, see, source }) => {
      const words = text.en.split(/\s+/).length;
      const lengths = words >= 150 && words <= 400 && text.zh.length >= 150;
      return !(lengths && code.length > 0 && claims.length > 0 && see.length > 0 && source.length > 0);
    });
    expect(thin.map(({ id }) => id)).toEqual([]);
  });

  test('no text is so short that it only repeats its name', () => {
    expect(catalog.entries.filter(({ text }) => text.en.length < 22).map(({ id }) => id)).toEqual([]);
  });

  test('find their statements in the bundled kernel', () =>
    check(filesBelow('media/kernel', /\.[ch]$/), true, 0.75, { orphans: [], weak: [] }));
});

const shared = `${root}../shared/documents/linux-2.4-socket-notes.txt`;
test.skipIf(!existsSync(shared))('the same entries find their statements in the notes document', () => {
  check([new SourceFile('notes.txt', readFileSync(shared, 'utf8'))], false, 0.8, { orphans: [], weak: [] });
});
