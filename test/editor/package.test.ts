/** What is in the extension's package: each file once, nothing that does not belong, licences of what is bundled. */
import { given } from '../../src/base/checked-access';
import { listFiles, PackageManager } from '@vscode/vsce';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { notices, packageFolder } from '../../scripts/notices.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((path) =>
  path.replaceAll('\\', '/'),
);

test('every file is one that somebody reads', () => {
  const belongs = [
    /^(package\.json|package\.nls(\.zh-cn)?\.json|README(\.zh-CN)?\.md|CHANGELOG\.md|LICENSE)$/,
    /^l10n\/bundle\.l10n\.[\w-]+\.json$/,
    /^syntaxes\/packetdrill\.[\w-]+\.json$|^syntaxes\/[\w-]+\.schema\.json$/,
    /^media\/(icons|walkthrough|screenshots)\/[\w-]+\.(svg|png|webp)$/,
    /^dist\/(extension-(node|web)|engine|compile-worker(-web)?|names-worker|cli|command-line|dap-stdio|inspector)\.js$/,
    /^dist\/(inspector\.css|media\.json|compiler\.json|third-party-notices\.txt)$/,
    /^dist\/(web-tree-sitter|tree-sitter-c)\.wasm$/,
    /^dist\/codicons\/codicon\.(css|ttf)$/,
    /^dist\/images\/[0-9a-f]{16}\.image$/,
  ];
  expect(files.filter((path) => !belongs.some((each) => each.test(path)))).toEqual([]);
});

test('what the hosts start and what package.json names is in it', () => {
  const hosts = readdirSync(`${root}src/hosts`).map((name) => readFileSync(`${root}src/hosts/${name}`, 'utf8'));
  const started = hosts.flatMap((text) =>
    [...text.matchAll(/__dirname, '([\w-]+\.\w+)'/g)].map(([, name]) => `dist/${name}`),
  );
  const named = [...readFileSync(`${root}package.json`, 'utf8').matchAll(/"\.\/((?:dist|media|syntaxes)\/[^"]+)"/g)];
  const wanted = [...new Set([...started, ...named.map(([, path]) => given(path, 'path'))])];
  expect(wanted).toContain('dist/names-worker.js');
  expect(wanted.filter((path) => !files.includes(path))).toEqual([]);
});

test('the kernel is there once: as text in media.json, not as files too', () => {
  expect(files.filter((path) => /^media\/(kernel|asm-sim|scenarios|annotations)/.test(path))).toEqual([]);
  expect(files).toContain('dist/media.json');
});

test('a package without a licence cannot be bundled; of a path the innermost package is told', () => {
  expect(packageFolder('node_modules/a/node_modules/@b/c/lib/index.js')).toEqual(['a/node_modules/@b/c']);
  expect(packageFolder('src/base/bytes.ts')).toEqual([]);
  const text = notices(`${root}node_modules`, ['node_modules/lit/index.js', 'src/a.ts'], ['@vscode/codicons']);
  expect(text).toMatch(/^lit 3\.\d+\.\d+ \(BSD-3-Clause\)$/m);
  expect(text).toContain('@vscode/codicons');
  expect(() => notices(`${root}test/editor`, ['node_modules/packetdrill/x.js'], [])).toThrow();
});

test('the manifest names nothing that is not in the package', () => {
  const manifest = readFileSync(`${root}package.json`, 'utf8');
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist|syntaxes)\/[\w./-]+)"/g)].map(([, path]) => path);
  expect(named.filter((path) => path && !files.includes(path) && !path.endsWith('/cli.js'))).toEqual([]);
});
