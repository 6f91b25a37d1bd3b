/**
 * `npm run test:electron`: the suite of the extension host (test/vscode/in-host) in a desktop VS Code.
 *
 * In: the built extension (it builds first); a VS Code named by `SOCKSCOPE_VSCODE`, or one that
 * `@vscode/test-electron` downloads into `.vscode-test/` (`SOCKSCOPE_VSCODE_VERSION`, `stable` by default). Out: what the suite
 * says. Exit status 0 when all holds, 1 when something does not, 2 when what was named is not there, 77 when there is no
 * VS Code to be had: then nothing was tested.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beginsProgram, chooseVsCode, notRun } from './electron-choice.mjs';
import { bundleInHost, inHostFiles } from './in-host.mjs';
import { requireModules } from './modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

function isProgram(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return false;
  }
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(4);
  readSync(file, bytes, 0, 4, 0);
  closeSync(file);
  return beginsProgram(bytes);
}

async function siteAnswers() {
  const site = 'https://update.code.visualstudio.com/api/releases/stable';
  return fetch(site, { signal: AbortSignal.timeout(20_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function run(program) {
  const { runTests } = await import('@vscode/test-electron');
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-electron-'));
  for (const [name, text] of Object.entries(inHostFiles)) {
    writeFileSync(join(folder, name), text);
  }
  try {
    await runTests({
      ...program,
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleInHost(),
      launchArgs: [
        ...[folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
        ...['--user-data-dir', join(folder, '.user-data'), '--disable-gpu'],
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

requireModules();
const named = process.env.SOCKSCOPE_VSCODE;
const answers = !named && (await siteAnswers());
const choice = chooseVsCode({ env: process.env, platform: process.platform, isProgram, answers });
if (choice.kind === 'none' || choice.kind === 'wrong') {
  const sentences = choice.reasons.map((reason) => `!!!!!   ${reason}\n`).join('');
  process.stderr.write(`\n!!!!! nothing was tested in a desktop VS Code:\n${sentences}`);
  process.exitCode = choice.kind === 'none' ? notRun : 2;
} else {
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) {
    process.exit(1);
  }
  const program =
    choice.kind === 'path'
      ? { vscodeExecutablePath: choice.path }
      : { version: choice.version, cachePath: join(root, '.vscode-test') };
  await run(program).then(
    () => process.stdout.write('electron: all of the suite holds\n'),
    (error) => {
      process.stderr.write(`electron: ${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
