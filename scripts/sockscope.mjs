/**
 * `npm run -s sockscope -- ARGUMENTS`: the command line from a clone, always built from the sources as they are now.
 *
 * In: arguments, stdin. Out: exactly what `dist/cli.js` prints, and its exit status. The command line is rebuilt first
 * when a file of `src/` or `media/` is newer than the last build (a look at the modification times only, about 10 ms);
 * the build says nothing unless it fails, and then on stderr, with exit status 2.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCli } from './built.mjs';
import { requireModules } from './modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');

/** True when anything that goes into dist/cli.js or beside it has changed since it was built. */
function isStale() {
  if (!existsSync(cli) || !existsSync(join(root, 'dist', 'media.json'))) {
    return true;
  }
  const built = statSync(cli).mtimeMs;
  const changedSince = (path) => existsSync(path) && statSync(path).mtimeMs > built;
  const changedBelow = (folder) =>
    changedSince(folder) ||
    readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? changedBelow(path) : changedSince(path);
    });
  return (
    ['package-lock.json', 'scripts/build.mjs'].some((path) => changedSince(join(root, path))) ||
    ['src', 'media'].some((folder) => changedBelow(join(root, folder)))
  );
}

if (isStale()) {
  requireModules();
  buildCli();
}
if (!existsSync(cli)) {
  process.stderr.write('sockscope: the build made no dist/cli.js (is src/hosts/cli.ts missing?)\n');
  process.exit(2);
}
// Its own stdio, in the caller's folder: `npm run` changes into the repository, INIT_CWD is where the person stood.
const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('close', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 143)));
