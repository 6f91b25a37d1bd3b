/**
 * One Chinese word for one thing, in notes, scenarios and interface: `docs/glossary-zh.tsv` says which, and which words
 * must not stand for it. A word of a note's comment list, which quotes what other people write, is not looked at.
 */
import { itemAt } from '../../src/base/checked-access';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readText, repository } from './source-tree';

const rows = readText('docs/glossary-zh.tsv')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'));

const refused = rows.flatMap(([, , words = '']) => words.split('|'));

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(repository, folder), { recursive: true })
    .map((path) => `${folder}/${String(path)}`)
    .filter((path) => ending.test(path));
}

const texts = [
  ...filesBelow('media/annotations', /\.yaml$/),
  ...filesBelow('media/scenarios', /\.pkt$/),
  ...filesBelow('src', /\.(?:ts|json)$/),
  ...filesBelow('l10n', /\.json$/),
  'test/webview/models.ts',
  'package.nls.zh-cn.json',
  'README.zh-CN.md',
];

describe('the Chinese glossary', () => {
  test('each row has English, Chinese and what must not stand for it', () => {
    expect(rows.filter((row) => row.length !== 3 || row.some((cell) => cell === ''))).toEqual([]);
    expect(
      rows.filter(([, chinese = '', words = '']) => words.split('|').some((word) => chinese.includes(word))),
    ).toEqual([]);
  });

  test('no text uses a word that it refuses', () => {
    const found = texts.flatMap((path) =>
      readText(path)
        .split('\n')
        .flatMap((line, index) =>
          refused
            .filter((word) => line.includes(word) && !/^\s*- correction:/.test(line))
            .map((word) => `${path}:${index + 1}: ${word}`),
        ),
    );
    expect(found).toEqual([]);
  });
});

test('every file of the bundled kernel says on its first line that it is our own C', () => {
  const silent = filesBelow('media/kernel', /\.[ch]$/).filter(
    (path) => !itemAt(readText(path).split('\n'), 0).includes("SockScope's own C under Linux's names"),
  );
  expect(silent).toEqual([]);
});
