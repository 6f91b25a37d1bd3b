/**
 * Every diagnostic in both languages: each code has its Chinese, each sentence of the source is in the tables with the
 * same places.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { annotationTexts } from '../../src/source/chinese/annotations';
import { chineseCodes } from '../../src/source/chinese/codes';
import { documentTexts } from '../../src/source/chinese/documents';
import { faultTexts } from '../../src/source/chinese/faults';
import { frontEndTexts } from '../../src/source/chinese/front-end';
import { scenarioTexts } from '../../src/source/chinese/scenarios';
import { scriptTexts } from '../../src/source/chinese/scripts';
import { typeTexts } from '../../src/source/chinese/types';
import { diagnosticCodes } from '../../src/source/diagnostic-codes';
import { chineseOf } from '../../src/source/diagnostic-language';
import { diagnosticTexts } from './diagnostic-texts';

const layers = ['preprocess', 'parse', 'semantic', 'ir', 'wasm', 'scenario', 'session', 'catalog', 'document', 'hosts'];
const src = fileURLToPath(new URL('../../src/', import.meta.url));
const han = /[㐀-鿿]/;

test('every code is there in both languages', () => {
  expect(Object.keys(chineseCodes).sort()).toEqual(Object.keys(diagnosticCodes).sort());
  for (const text of Object.values(chineseCodes)) {
    expect(text).toMatch(han);
  }
});

test('templates have the same places in both languages, and none twice', () => {
  const all = [
    ...frontEndTexts,
    ...typeTexts,
    ...scenarioTexts,
    ...scriptTexts,
    ...annotationTexts,
    ...documentTexts,
    ...faultTexts,
  ];
  const places = (text: string): string[] => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();
  for (const [english, chinese] of all) {
    expect(chinese, english).toMatch(han);
    // A plural ending has no Chinese.
    expect(
      places(english).filter((place) => !(english.includes('argument{2}') && place === '{2}')),
      english,
    ).toEqual(places(chinese));
  }
  expect(new Set(all.map(([english]) => english)).size).toBe(all.length);
});

test('every sentence of a diagnostic has its Chinese (src/source/chinese)', () => {
  const missing = layers.flatMap((layer) =>
    (readdirSync(src + layer, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => diagnosticTexts(`${layer}/${name}`, readFileSync(`${src}${layer}/${name}`, 'utf8')))
      .filter(({ text }) => /[a-z]{2} [a-z]/.test(text) && !han.test(text) && chineseOf(text) === undefined)
      .map(({ text, place }) => `${place}: ${text}`),
  );
  expect(missing).toEqual([]);
});
