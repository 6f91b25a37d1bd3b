/**
 * `npm run package`: the extension as a `.vsix`.
 *
 * In: the sources; arguments go to vsce. Out: `sockscope-VERSION.vsix`; exit status that of vsce, which builds for
 * production first (`vscode:prepublish`).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireModules } from './modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

requireModules();
const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const args = [vsce, 'package', ...flags, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
