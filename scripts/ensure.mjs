/**
 * Makes sure that what this repository needs is there, and says what is not.
 *
 * In: package-lock.json, the machine. Out: `node_modules/` as locked (`npm ci`), Debian packages where this is root on a
 * Debian (`apt-get`), VS Code's server in `.vscode-test/`. Does nothing, in milliseconds, when all is there.
 *
 * Run as a program it ensures everything and exits 1 if something is missing; imported, each part is a function that
 * returns the list of what is missing, one sentence each, with what to do about it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, installHost } from './vscode-host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Progress goes to stderr: stdout belongs to whatever the caller prints. */
export function note(text) {
  process.stderr.write(`${text}\n`);
}

/** Installs the locked npm packages unless they are there. @returns {string[]} what is missing */
export function ensureModules() {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.sockscope-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return [];
  }
  note('installing npm packages');
  const { status, stderr } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    },
  );
  if (status !== 0) {
    return [`npm packages: npm ci ended with status ${status}\n${stderr}`];
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, lock);
  return [];
}

/** What the tests need of the system: the Debian package, what it is for, and how to see that it is there. */
const systemNeeds = [
  { debian: 'gcc-multilib', purpose: 'gcc -m32, which the compiler is compared with', isThere: canCompile32 },
  {
    debian: 'chromium',
    purpose: 'the browser that shows VS Code in tests',
    isThere: () => chromiumPath() !== undefined,
  },
  { debian: 'fonts-noto-cjk', purpose: 'Chinese in screenshots', isThere: hasChineseFont },
];

function canCompile32() {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-cc-'));
  try {
    const program = join(folder, 'program.c');
    writeFileSync(program, '#include <stdio.h>\nint main(void) { return sizeof(void *) == 4 ? 0 : 1; }\n');
    const binary = join(folder, 'program');
    return (
      spawnSync('gcc', ['-m32', '-o', binary, program], { stdio: 'ignore' }).status === 0 &&
      spawnSync(binary, { stdio: 'ignore' }).status === 0
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() !== '' : existsSync('/usr/share/fonts/opentype/noto');
}

/** Installs Debian packages where that is possible: root, and apt-get. Does nothing elsewhere; look afterwards. */
export function installDebian(names) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return;
  }
  note(`installing Debian packages: ${names.join(' ')}`);
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

/**
 * Installs what the tests need of the system, where that is possible.
 * @returns {Map<string, string>} missing package to a sentence
 */
export function ensureSystem() {
  const missing = () => systemNeeds.filter(({ isThere }) => !isThere());
  let wanted = missing();
  if (wanted.length > 0) {
    installDebian(wanted.map(({ debian }) => debian));
    wanted = missing();
  }
  return new Map(
    wanted.map(({ debian, purpose }) => [
      debian,
      `${debian} (${purpose}) is missing; install it with your package manager`,
    ]),
  );
}

/** Installs VS Code's server. @returns {Promise<string[]>} what is missing */
export async function ensureHost() {
  try {
    await installHost(note);
    return [];
  } catch (error) {
    return [`VS Code's server cannot be installed: ${error.message}`];
  }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const missing = [...ensureModules(), ...ensureSystem().values(), ...(await ensureHost())];
  for (const sentence of missing) {
    note(`missing: ${sentence}`);
  }
  process.exitCode = missing.length > 0 ? 1 : 0;
}
