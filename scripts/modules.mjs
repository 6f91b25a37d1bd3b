/**
 * Makes sure that the locked npm packages are there, and never takes away what is.
 *
 * In: package-lock.json, `node_modules/`. Out: `node_modules/` as locked. What npm itself wrote about the installation
 * (`node_modules/.package-lock.json`) is compared with the lock file, some milliseconds: whoever installed it, and by
 * which command, does not matter. Where something is missing, `npm ci` runs in a folder beside it (`out/npm-…`), and its
 * result takes the place of the old one only when it is complete: a failure, a lost network or a kill in between leave
 * everything as it was.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** Progress goes to stderr: stdout belongs to whatever the caller prints. */
export function note(text) {
  process.stderr.write(`${text}\n`);
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** `musl` or `glibc`, as npm tells them apart. */
function libraryOfC() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

/** Whether an optional package is one for this machine: the others npm leaves out. */
function isForHere({ os, cpu, libc }) {
  const allows = (list, name) =>
    list === undefined ||
    (list.some((each) => !each.startsWith('!')) ? list.includes(name) : !list.includes(`!${name}`));
  return (
    (os !== undefined || cpu !== undefined) &&
    allows(os, process.platform) &&
    allows(cpu, process.arch) &&
    (libc === undefined || process.platform !== 'linux' || allows(libc, libraryOfC()))
  );
}

/**
 * The packages that package-lock.json wants and `node_modules/` does not have in that version, as paths below `root`.
 * @param {string} root the repository
 */
export function absentModules(root = repository) {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === undefined) {
    return ['package-lock.json'];
  }
  const installed = readLock(join(root, 'node_modules', '.package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([path, { version, integrity, link, optional, ...machine }]) => {
      if (path === '' || link) {
        return false;
      }
      const there = installed[path];
      if (there === undefined) {
        return !optional || isForHere(machine);
      }
      const isSame = there.version === version && (there.integrity ?? integrity) === integrity;
      return !isSame || !existsSync(join(root, path, 'package.json'));
    })
    .map(([path]) => path);
}

/** npm as the person runs it: by the program that runs this script, else by its name. */
function runNpm(cwd, args) {
  const script = process.env.npm_execpath;
  const options = { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' };
  return script && basename(script) === 'npm-cli.js'
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Error codes of npm that mean: nobody answers. */
const noNetwork =
  /^(E(AI_AGAIN|NOTFOUND|CONNREFUSED|CONNRESET|NETUNREACH|HOSTUNREACH|TIMEDOUT|IDLETIMEOUT|NOTCACHED)|ERR_SOCKET_TIMEOUT)$/;

const codeOf = (stderr) => /npm (?:error|ERR!) code (\S+)/.exec(stderr ?? '')?.[1];

/** npm's own account of a failure, without what it repeats: its code, and the line that says most. */
export function whyNpmFailed({ error, status, stderr }) {
  if (error) {
    return error.code === 'ENOENT' ? 'there is no npm, which comes with Node' : error.message;
  }
  const lines = (stderr ?? '')
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '' && !/^(code|syscall|errno|path|dest) |^A complete log/.test(line));
  return [codeOf(stderr) ?? `npm ended with status ${status}`, ...lines.slice(0, 1)].join(': ');
}

/**
 * Why the registry cannot be reached, or undefined when it can. To be asked before an installation: without a network
 * npm asks for every package again and again, for minutes.
 */
export function whyNobodyAnswers(folder = repository, npm = runNpm) {
  const ping = npm(folder, ['ping', '--fetch-retries=0', '--loglevel=error']);
  return noNetwork.test(codeOf(ping.stderr) ?? '') ? whyNpmFailed(ping) : undefined;
}

/**
 * Installs into a new folder with a `node_modules` of its own; undefined when that went well, else why not and what to
 * do, in both languages.
 */
function installInto(stage, root, npm) {
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    if (existsSync(join(root, name))) {
      copyFileSync(join(root, name), join(stage, name));
    }
  }
  const silence = whyNobodyAnswers(stage, npm);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm(stage, ['ci', ...flags, ...(silence === undefined ? [] : ['--offline'])]);
  if (result.status === 0) {
    return undefined;
  }
  const why = silence ?? whyNpmFailed(result);
  return silence !== undefined || noNetwork.test(codeOf(result.stderr) ?? '')
    ? [
        `the network is needed and nobody answers (${why}); run this again where there is one`,
        `需要网络，但无人应答（${why}）；联网后请再运行一次`,
      ]
    : [`npm ci failed (${why}); see to that and run this again`, `npm ci 失败（${why}）；请先解决此问题，再运行一次`];
}

/** Puts the new packages in the place of the old ones, which are back when that fails. */
function exchange(stage, root) {
  const [old, present, fresh] = [join(stage, 'old'), join(root, 'node_modules'), join(stage, 'node_modules')];
  const had = existsSync(present);
  if (had) {
    renameSync(present, old);
  }
  try {
    renameSync(fresh, present);
  } catch (error) {
    if (had) {
      renameSync(old, present);
    }
    throw error;
  }
}

/** What runs that were killed left behind. */
function removeOldStages(folder) {
  const hour = 3_600_000;
  for (const name of readdirSync(folder).filter((each) => each.startsWith('npm-'))) {
    if (Date.now() - statSync(join(folder, name)).mtimeMs > hour) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

/**
 * Installs the locked npm packages unless they are there.
 * @param {string} root the repository
 * @param {(folder: string, args: string[]) => {status: number | null, stderr: string, error?: Error}} npm runs npm there
 * @returns {string[]} what is missing and what to do, a sentence in each language; empty when all is there
 */
export function ensureModules(root = repository, npm = runNpm) {
  if (absentModules(root).length === 0) {
    return [];
  }
  note('installing npm packages into node_modules (npm ci)');
  const told = ([english, chinese]) => [`npm packages are missing: ${english}`, `缺少 npm 包：${chinese}`];
  let stage;
  try {
    const out = join(root, 'out');
    mkdirSync(out, { recursive: true });
    removeOldStages(out);
    stage = mkdtempSync(join(out, 'npm-'));
    const reason = installInto(stage, root, npm);
    if (reason !== undefined) {
      return told(reason);
    }
    // Another run may have been quicker, and be using them already.
    if (absentModules(root).length > 0) {
      exchange(stage, root);
    }
    return [];
  } catch ({ message }) {
    return told([
      `they cannot be put into ${root} (${message}); run \`npm ci\` there as somebody who may write to it`,
      `无法写入 ${root}（${message}）；请以有写权限的用户在该目录运行 \`npm ci\``,
    ]);
  } finally {
    if (stage !== undefined) {
      rmSync(stage, { recursive: true, force: true });
    }
  }
}

/** {@link ensureModules} for scripts that cannot go on without: says what is missing and ends with status 2. */
export function requireModules() {
  const missing = ensureModules();
  if (missing.length > 0) {
    note(missing.join('\n'));
    process.exit(2);
  }
}
