/**
 * Builds what the scripts run.
 *
 * In: the sources. Out: `dist/cli.js`, or all of `dist`; where the build fails it has said why on stderr, and the process ends with status
 * 2.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = join(fileURLToPath(new URL('.', import.meta.url)), 'build.mjs');

export function buildCli() {
  build('--only=cli');
}

/** All of it: the extension and its pages too. */
export function buildExtension() {
  build();
}

function build(...options) {
  const { status } = spawnSync(process.execPath, [script, '--quiet', ...options], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.exit(2);
  }
}
