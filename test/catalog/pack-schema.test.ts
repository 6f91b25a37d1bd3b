/** The schema by which editors complete packs, against what the reader of packs takes. */
import { given } from '../../src/base/checked-access';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { packKeys } from '../../src/catalog/pack-cursor';
import { entryKinds } from '../../src/catalog/entry';
import { loadPack } from '../../src/catalog/load-pack';
import { SourceFile } from '../../src/source/source-file';

const root = fileURLToPath(new URL('../../', import.meta.url));
const schema = JSON.parse(readFileSync(join(root, 'syntaxes/annotations.schema.json'), 'utf8'));
const { properties, oneOf } = schema.definitions.entry;

it('the schema has the keys that are completed, and one subject of each kind', () => {
  expect(Object.keys(properties).sort()).toEqual([...packKeys['']!, 'pair'].sort());
  expect(oneOf.map(({ required }: { required: string[] }) => required[0]).sort()).toEqual([...entryKinds].sort());
  expect(Object.keys(properties.claims.items.properties).sort()).toEqual([...given(packKeys.claims, 'claims')].sort());
  expect(Object.keys(properties.parts.items.properties).sort()).toEqual([...given(packKeys.parts, 'parts')].sort());
  expect(Object.keys(schema.definitions.condition.properties).sort()).toEqual([...given(packKeys.when, 'when')].sort());
  expect(Object.keys(schema.definitions.place.anyOf[1].properties).sort()).toEqual(
    [...given(packKeys.statement, 'statement')].sort(),
  );
});

it('every key of the bundled packs is one of them', () => {
  const folder = join(root, 'media/annotations');
  const used = new Set<unknown>();
  for (const path of readdirSync(folder, { recursive: true }).map(String)) {
    if (path.endsWith('.yaml')) {
      const entries = parseDocument(readFileSync(join(folder, path), 'utf8')).get('entries');
      for (const item of isSeq(entries) ? entries.items : []) {
        (isMap(item) ? item.items : []).forEach(({ key }) => used.add(isScalar(key) ? key.value : key));
      }
    }
  }
  expect([...used].filter((key) => !(String(key) in properties))).toEqual([]);
});

it('the reader takes every key of the schema', () => {
  for (const kind of entryKinds) {
    const pack = loadPack(
      new SourceFile(
        'p.yaml',
        `entries:\n  - ${kind}: a\n    in: f\n    en: b\n    id: c\n    title: d\n    source: e\n`,
      ),
    );
    const unknown = pack.diagnostics.map(({ span }) => span?.file.text.slice(span.start, span.end));
    expect(
      unknown.filter((key) => key !== 'in'),
      kind,
    ).toEqual([]);
  }
});
