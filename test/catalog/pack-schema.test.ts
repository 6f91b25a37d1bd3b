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
const { properties } = schema.definitions.entry;

it('the schema has one subject of each kind; one without a form of its own is a name', async () => {
  const kinds = Object.fromEntries(entryKinds.map((kind) => [kind, properties[kind] ?? { type: 'string' }]));
  const others = Object.entries(properties).filter(([key]) => !entryKinds.some((kind) => kind === key));
  const entry = {
    ...schema.definitions.entry,
    properties: { ...kinds, ...Object.fromEntries(others) },
    oneOf: entryKinds.map((kind) => ({ required: [kind] })),
  };
  const written = { ...schema, definitions: { ...schema.definitions, entry } };
  await expect(`${JSON.stringify(written, null, 2)}\n`).toMatchFileSnapshot('../../syntaxes/annotations.schema.json');
});

it('the schema has the keys that are completed', () => {
  expect(Object.keys(properties).sort()).toEqual([...given(packKeys[''], 'keys of an entry'), 'pair'].sort());
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
