/** package.json against the code: every command exists, every text of the editor's code has its Chinese. */
import { given } from '../../src/base/checked-access';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const manifest = JSON.parse(read('package.json'));
const sources = readdirSync(`${root}src/editor`)
  .map((name) => read(`src/editor/${name}`))
  .join('\n');

interface Contributed {
  command: string;
  when?: string;
}

const contributed = (manifest.contributes.commands as Contributed[]).map(({ command }) => command);

test('every contributed command is registered, and the other way round', () => {
  const registered = [...sources.matchAll(/(?:registerCommand\(\s*'sockscope\.|\bcommand\(')(\w+)'/g)].map(
    ([, name]) => `sockscope.${name}`,
  );
  expect([...new Set(registered)].sort()).toEqual([...contributed].sort());
});

test('menus and keys name commands that exist', () => {
  const menus = Object.values(manifest.contributes.menus as Record<string, Contributed[]>).flat();
  const used = [...menus, ...(manifest.contributes.keybindings as Contributed[])].map(({ command }) => command);
  expect(used.filter((name) => name.startsWith('sockscope.') && !contributed.includes(name))).toEqual([]);
});

test('keys of ours act only in our sessions and documents', () => {
  const keys = manifest.contributes.keybindings as Contributed[];
  expect(
    keys.filter(
      ({ when }) =>
        !/debugType == 'sockscope'|sockscope\.isDocument|resourceScheme == sockscope-kernel|activeWebviewPanelId == 'sockscope\.start'/.test(
          when ?? '',
        ),
    ),
  ).toEqual([]);
});

test('we do not offer ourselves for every C file', () => {
  expect(manifest.contributes.debuggers[0].languages).toEqual(['packetdrill']);
  expect(manifest.contributes.breakpoints).toContainEqual({ language: 'c' });
});

test('every settings key that the code reads is declared', () => {
  const keys = [...read('src/editor/settings.ts').matchAll(/read(?:<\w+>)?\('([\w.]+)'/g)].map(
    ([, key]) => `sockscope.${key}`,
  );
  expect(keys.length).toBeGreaterThan(4);
  expect(Object.keys(manifest.contributes.configuration.properties).sort()).toEqual(keys.sort());
});

test('files that the manifest names are there', () => {
  const named = [...JSON.stringify(manifest.contributes).matchAll(/"(?:\.\/)?((?:media|syntaxes)\/[\w./-]+)"/g)].map(
    ([, path]) => given(path, 'path'),
  );
  expect(named.length).toBeGreaterThan(6);
  for (const path of [...named, manifest.icon as string]) {
    expect(() => readFileSync(root + path), path).not.toThrow();
  }
});
