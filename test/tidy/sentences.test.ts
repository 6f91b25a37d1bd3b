/**
 * The catalogues of sentences: each language has those of the English one with the same places, and each is said
 * somewhere.
 */
import { expect, test } from 'vitest';
import { english } from '../../src/sentences/english';
import { catalogues } from '../../src/sentences/wording';
import { diagnosticCodes } from '../../src/source/diagnostic-codes';
import { readText, sourceFiles } from './source-tree';

const texts: Readonly<Record<string, string>> = english;
const others = Object.entries(catalogues).filter(([language]) => language !== 'en');

/** Names of the places; the form of a word that depends on a number is the language's own matter. */
function placesOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort();
}

test.each(others)('%s has every sentence, with the same places', (_language, catalogue) => {
  expect(Object.keys(catalogue).sort()).toEqual(Object.keys(texts).sort());
  expect(Object.keys(texts).filter((id) => placesOf(catalogue[id]!).join() !== placesOf(texts[id]!).join())).toEqual(
    [],
  );
});

test('what is Chinese is written in Chinese', () => {
  const plain = Object.entries(catalogues['zh']!).filter(([, text]) => !/[㐀-鿿]/.test(text.replace(/\{\w+\}/g, '')));
  expect(plain.filter(([, text]) => /[a-z]{2} [a-z]/.test(text) || /^\w+$/.test(text))).toEqual([]);
});

test('every code of a diagnostic is in the table', () => {
  const used = new Set(
    sourceFiles()
      .filter((path) => path !== 'src/source/diagnostic-codes.ts')
      .flatMap((path) => readText(path).match(/\bSS\d{4}\b/g) ?? []),
  );
  expect([...used].filter((code) => !Object.hasOwn(diagnosticCodes, code))).toEqual([]);
});

test('no sentence stands twice', () => {
  const all = Object.entries(texts).map(([id, text]) => [text, ...others.map(([, each]) => each[id])].join(' / '));
  expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
});

test('every sentence is said somewhere', () => {
  const source = sourceFiles()
    .filter((path) => !path.startsWith('src/sentences/'))
    .map(readText)
    .join('\n');
  expect(Object.keys(texts).filter((id) => !source.includes(`'${id}'`))).toEqual([]);
});
