/** Rules about single files: length, names, header comments, and that nothing names the place where it was written. */
import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { allFiles, readText, sourceFiles, walk } from './source-tree';

const files = allFiles();
const code = files.filter((path) => /\.(ts|mts|mjs|c|h|css)$/.test(path));

/** Longest file we accept, in lines. The aim is a median of 120. */
const longest = 500;

describe('files', () => {
  test(`no file is longer than ${longest} lines`, () => {
    const tooLong = code
      .map((path) => [path, readText(path).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > longest);
    expect(tooLong).toEqual([]);
  });

  test('TypeScript files and their folders have kebab-case names', () => {
    const named = code.filter((path) => /^(src|test|scripts|bench)\/.*\.(ts|mts|mjs)$/.test(path));
    expect(
      named.filter(
        (path) =>
          !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.(test|suite|d|config))?\.(ts|mts|mjs)$/.test(path),
      ),
    ).toEqual([]);
  });

  test('there is no drawer for odds and ends, and no barrel', () => {
    const drawer = /^(utils?|common|helpers?|misc|shared|lib|index)$/;
    const parts = (path: string) => path.replace(/\.[^/]*$/, '').split('/');
    expect(sourceFiles().filter((path) => parts(path).some((part) => drawer.test(part)))).toEqual([]);
  });

  test('every file of src/ opens with a comment that says what it is for', () => {
    const header = (path: string) => /^\s*\/\*\*([^]*?)\*\//.exec(readText(path))?.[1] ?? '';
    expect(sourceFiles().filter((path) => header(path).length < 40)).toEqual([]);
  });

  test('no licence banners and no I-prefixed interfaces in src/', () => {
    const banner = /Copyright|Licensed under|SPDX-License/;
    expect(sourceFiles().filter((path) => banner.test(readText(path)))).toEqual([]);
    const prefixed = sourceFiles().flatMap((path) =>
      [...readText(path).matchAll(/\binterface (I[A-Z][a-z]\w*)/g)].map((match) => `${path}: ${match[1]}`),
    );
    expect(prefixed).toEqual([]);
  });

  test('no file keeps the marks of a merge that was not finished', () => {
    const texts = files.filter((path) => /\.(ts|mts|mjs|c|h|css|json|ya?ml|md|pkt|txt)$/.test(path));
    expect(texts.filter((path) => /^(<{7}|>{7}) /m.test(readText(path)))).toEqual([]);
  });

  test('no object of a JSON file names a key twice: the first would be lost', () => {
    const twice = files
      .filter((path) => /\.json$/.test(path) && basename(path) !== 'package-lock.json')
      .flatMap((path) => {
        const found: string[] = [];
        const json = ts.parseJsonText(path, readText(path));
        walk(json, (node) => {
          if (ts.isObjectLiteralExpression(node)) {
            const names = node.properties.map((property) => property.name?.getText(json) ?? '');
            found.push(...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${path}: ${name}`));
          }
        });
        return found;
      });
    expect(twice).toEqual([]);
  });

  test('a URL becomes a path by fileURLToPath: its pathname has %20 for a blank', () => {
    // Put together here, so that this file does not match itself.
    const taken = `import.meta.url).${'pathname'}`;
    expect(code.filter((path) => readText(path).includes(taken))).toEqual([]);
  });

  test('no file names a folder of the machine it was written on', () => {
    // Put together here, so that this file does not match itself.
    const places = [`/${'work'}/`, `/${'root'}/`, `/${'home'}/`, `/${'tmp'}/ref`];
    const found = files
      .filter(
        (path) => /\.(ts|mts|mjs|c|h|css|json|ya?ml|md|pkt|txt)$/.test(path) && basename(path) !== 'package-lock.json',
      )
      .flatMap((path) => places.filter((place) => readText(path).includes(place)).map((place) => `${path}: ${place}`));
    expect(found).toEqual([]);
  });
});
