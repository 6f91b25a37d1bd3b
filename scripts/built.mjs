/**
 * Builds the command line for the scripts that run it.
 *
 * In: the sources. Out: `dist/cli.js`; where the build fails it has said why on stderr, and the process ends with status
 * 2.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = join(fileURLToPath(new URL('.', import.meta.url)), 'build.mjs');

export function buildCli() {
  const { status } = spawnSync(process.execPath, [script, '--quiet', '--only=cli'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.exit(2);
  }
}
