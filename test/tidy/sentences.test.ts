/**
 * The catalogues of sentences: Chinese has all of the English one, further languages as many as somebody has written,
 * with the same places; each is said somewhere. What a person may choose are the catalogues that there are.
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { english } from '../../src/sentences/english';
import { catalogues, languageNames } from '../../src/sentences/wording';
import { diagnosticCodes } from '../../src/source/diagnostic-codes';
import manifest from '../../package.json';
import { allFiles, readText, sourceFiles } from './source-tree';

const texts: Readonly<Record<string, string>> = english;
const others = Object.entries(catalogues).filter(([language]) => language !== 'en');

/** Names of the places; the form of a word that depends on a number is the language's own matter. */
function placesOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => given(name, 'name')))].sort();
}

test('Chinese has every sentence', () => {
  expect(Object.keys(catalogues['zh'] ?? {}).sort()).toEqual(Object.keys(texts).sort());
});

test.each(others)('%s has sentences of the English catalogue, with the same places', (_language, catalogue) => {
  expect(Object.keys(catalogue).filter((id) => texts[id] === undefined)).toEqual([]);
  const unlike = Object.entries(catalogue).filter(
    ([id, text]) => placesOf(text).join() !== placesOf(texts[id] ?? '').join(),
  );
  expect(unlike).toEqual([]);
});

test('the lists of languages in package.json name the catalogues', () => {
  const { configuration, debuggers } = manifest.contributes;
  const choices = ['auto', ...languageNames, 'both'];
  expect(configuration.properties['sockscope.language'].enum).toEqual(choices);
  expect(configuration.properties['sockscope.language'].enumDescriptions).toHaveLength(choices.length);
  expect(debuggers.map((each) => each.configurationAttributes.launch.properties.language.enum)).toEqual([choices]);
});

test('every file of sentences beside the English one is a catalogue', () => {
  const files = allFiles('src/sentences').filter((path) => path.endsWith('.json'));
  expect(files).toEqual(others.map(([name]) => `src/sentences/${name}.json`).sort());
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
