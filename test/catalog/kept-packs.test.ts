import { given } from '../../src/base/checked-access';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { decodePacks, encodePacks, PackMemory, packsKey } from '../../src/catalog/kept-packs';
import { loadPack } from '../../src/catalog/load-pack';
import { SourceFile } from '../../src/source/source-file';

const folder = fileURLToPath(new URL('../../media/annotations/', import.meta.url));
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.yaml'))
  .slice(0, 6)
  .map((path) => new SourceFile(path, readFileSync(folder + path, 'utf8')));

test('packs that were kept give the same entries, at the same places', () => {
  const kept = decodePacks(encodePacks(files.map(loadPack)), files);
  const fresh = Catalog.load(files);
  const again = Catalog.load(files, kept);
  expect(kept.size).toBe(files.length);
  expect(again.entries).toEqual(fresh.entries);
  expect(again.entries.every((each) => files.includes(each.place.file))).toBe(true);
});

test('what is no such text gives none; another text or build is another key', () => {
  expect(decodePacks('[{', files).size).toBe(0);
  const keys = [packsKey(files, 'a'), packsKey(files, 'b'), packsKey(files.slice(1), 'a')];
  expect(new Set(keys).size).toBe(3);
});

test('a process reads a text once; another text of the same path is read anew', () => {
  const [first, ...others] = files.map(({ path, text }) => new SourceFile(path, text));
  const memory = new PackMemory();
  expect(memory.has(files)).toBe(false);
  const packs = memory.packsOf(files);
  expect(memory.has(files)).toBe(true);
  expect(memory.packsOf([given(first, 'first')]).get(given(first, 'first').path)).toBe(
    packs.get(given(first, 'first').path),
  );
  const changed = new SourceFile(given(first, 'first').path, 'entries:\n- errno: EIO\n  en: a\n  zh: 甲\n');
  expect(memory.has([changed, ...others])).toBe(false);
  expect(
    memory
      .packsOf([changed, ...others])
      .get(changed.path)
      ?.entries.map(({ id }) => id),
  ).toEqual(['errno:EIO']);
  memory.take(files, packs);
  expect(memory.packsOf(files)).toEqual(packs);
  memory.take([changed], new Map());
  expect(memory.has(files)).toBe(true);
});
