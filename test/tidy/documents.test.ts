/**
 * The documents say what is there: files, commands, settings and folders they name exist, and the two READMEs tell the
 * same.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/main';
import { layers } from './layers';
import { allFiles, readText, repository } from './source-tree';

const readmes = ['README.md', 'README.zh-CN.md'];
const documents = [...readmes, 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const files = new Set(allFiles());

interface Manifest {
  scripts: Record<string, string>;
  contributes?: { configuration?: Configuration | Configuration[] };
}
interface Configuration {
  properties: Record<string, unknown>;
}
const manifest = JSON.parse(readText('package.json')) as Manifest;
const settings = [manifest.contributes?.configuration ?? []]
  .flat()
  .flatMap(({ properties }) => Object.keys(properties));

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => itemAt(match, 1));

/** A path that git ignores may be named although it is not there. */
const made = /^(dist|test-results|\.vscode-test|bench\/results)\b/;

describe('documents', () => {
  test('relative links lead somewhere', () => {
    const dead = documents.flatMap((document) =>
      matches(readText(document), /\]\(([^)#]+)\)/g)
        .filter((link) => !/^https?:/.test(link) && !files.has(link))
        .map((link) => `${document}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test('files and folders of the repository that are named exist', () => {
    const exists = (path: string) =>
      made.test(path) || files.has(path) || [...files].some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
    const named = (text: string) =>
      matches(text, /`((?:src|test|scripts|media|bench|syntaxes|l10n|dist)(?:\/[\w.-]+)+\/?)`/g);
    const absent = documents.flatMap((document) =>
      named(readText(document))
        .filter((path) => !exists(path))
        .map((path) => `${document}: ${path}`),
    );
    expect(absent).toEqual([]);
  });

  test('files that ARCHITECTURE.md names, in its drawings too, exist', () => {
    const text = readText('ARCHITECTURE.md');
    const names = [...matches(text, /`([\w/.-]+\.ts)`/g), ...matches(text, /(src\/[\w/.-]+\.ts)/g)];
    const isThere = (name: string) => [...files].some((file) => file === name || file.endsWith(`/${name}`));
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name) => !isThere(name))).toEqual([]);
  });

  test('the code map of ARCHITECTURE.md stands in the order of imports', () => {
    const rows = matches(readText('ARCHITECTURE.md'), /^### (`src\/.*)$/gm).map((row) => matches(row, /`src\/(\w+)`/g));
    const rowOf = (folder: string) => rows.findIndex((row) => row.includes(folder));
    const upward = Object.entries(layers).flatMap(([folder, layer]) =>
      layer.layers.filter((other) => rowOf(other) > rowOf(folder)).map((other) => `${folder} ─► ${other}`),
    );
    expect(rows.flat().sort()).toEqual(Object.keys(layers).sort());
    expect(upward).toEqual([]);
  });

  test('npm scripts that are named exist', () => {
    const builtIn = new Set(['ci', 'start', 'test', 'install']);
    const absent = documents.flatMap((document) =>
      matches(readText(document), /npm run (?:-s )?([\w:-]+)/g)
        .filter((name) => !builtIn.has(name) && !manifest.scripts[name])
        .map((name) => `${document}: ${name}`),
    );
    expect(absent).toEqual([]);
  });

  test('both READMEs list exactly the settings of package.json', () => {
    for (const readme of readmes) {
      const listed = matches(readText(readme), /^\| `(sockscope\.[\w.]+)` \|/gm);
      expect(listed.sort(), readme).toEqual([...settings].sort());
    }
  });

  test('both READMEs list commands that work, the same ones; `help` lists all', () => {
    // `dap` and `mcp` are the host's own: they need the process's streams.
    const working = new Set([...commands.map(({ name }) => name), 'dap', 'mcp']);
    const [english, chinese] = readmes.map((readme) =>
      [...new Set(matches(readText(readme), /^\| `([a-z]+)(?!\.)\b[^`|]*(?:\\\|[^`]*)?` \|/gm))].sort(),
    );
    expect(chinese).toEqual(english);
    expect(given(english, 'english').length).toBeGreaterThan(9);
    expect(given(english, 'english').filter((name) => !working.has(name))).toEqual([]);
    readmes.forEach((readme) => expect(readText(readme), readme).toContain('`sockscope help`'));
  });

  test('both READMEs have the same shape', () => {
    const [english, chinese] = readmes.map((readme) => {
      const lines = readText(readme).split('\n');
      const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      return { headings: count(/^#/), rows: count(/^\|/), items: count(/^- /), fences: count(/^```/) };
    });
    expect(chinese).toEqual(english);
  });

  test('ARCHITECTURE.md names every folder of src/', () => {
    const text = readText('ARCHITECTURE.md');
    const folders = readdirSync(join(repository, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map(({ name }) => name).filter((name) => !text.includes(`src/${name}`))).toEqual([]);
  });
});
