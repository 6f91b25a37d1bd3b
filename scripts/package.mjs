/**
 * `npm run package`: the extension as a `.vsix`.
 *
 * In: the sources; arguments go to vsce. Out: `sockscope-VERSION.vsix` or what `--out` names; exit status that of vsce,
 * which builds for production first (`vscode:prepublish`), or 1 when the package is larger than people should load.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireModules } from './modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

requireModules();
const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const given = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const at = given.indexOf('--out');
const place = at < 0 ? join(root, `sockscope-${version}.vsix`) : given[at + 1];
const args = [
  vsce,
  'package',
  ...flags,
  '--out',
  place,
  ...given.filter((_, index) => at < 0 || index < at || index > at + 1),
];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
const largest = 4_000_000;
if (status === 0 && statSync(place).size > largest) {
  process.stderr.write(`package: ${place} has ${statSync(place).size} bytes, more than ${largest}\n`);
  process.exitCode = 1;
}
