/**
 * Makes sure that what this repository needs is there, and says what is not.
 *
 * In: package-lock.json, the machine. Out: `node_modules/` as locked (scripts/modules.mjs), Debian packages where this is
 * root on a Debian (`apt-get`, never without a line beforehand that says which and why), VS Code's server in
 * `.vscode-test/`. Does nothing, in milliseconds, when all is there.
 *
 * Run as a program it ensures everything and exits 1 if something is missing; imported, each part is a function that
 * tells what is missing, one sentence each, with what to do about it.
 */
import { ensureModules, note, whyNobodyAnswers, whyNpmFailed } from './modules.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forgetPrograms32, programs32 } from './programs32.mjs';
import { chromiumPath, installHost, isHostInstalled } from './vscode-host.mjs';

export { ensureModules, note };

/**
 * What the tests need of the system. `lacks` gives the Debian package that would help and a sentence, or undefined when
 * nothing is missing.
 */
const systemNeeds = [
  {
    name: 'programs32',
    purpose: 'for gcc -m32 and what it makes, which our compiler is compared with',
    lacks() {
      forgetPrograms32();
      const { way, need, sentence } = programs32();
      return way === 'none' ? { debian: need, sentence } : undefined;
    },
  },
  {
    name: 'browser',
    purpose: 'the browser that shows VS Code in tests',
    lacks: () => missingUnless(browserRuns(), 'chromium', 'no Chromium runs here (CHROMIUM_PATH can name one)'),
  },
  {
    name: 'font',
    purpose: 'Chinese in what the browser shows',
    lacks: () => missingUnless(hasChineseFont(), 'fonts-noto-cjk', 'there is no Chinese font'),
  },
];

function missingUnless(isThere, debian, complaint) {
  return isThere ? undefined : { debian, sentence: `${complaint}; install ${debian}` };
}

function browserRuns() {
  const path = chromiumPath();
  return path !== undefined && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() !== '' : existsSync('/usr/share/fonts/opentype/noto');
}

/** Runs apt-get; null where it cannot install: not root, or no Debian. */
function aptGet() {
  const run = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
  return process.getuid?.() === 0 && run('--version').status === 0 ? run : null;
}

/**
 * Installs Debian packages where that is possible, after saying which and why.
 * @param {Map<string, string>} packages name to purpose
 * @returns {string} what to add to the complaint about a package that is not there afterwards
 */
export function installDebian(packages, apt = aptGet()) {
  const names = [...packages.keys()];
  if (apt === null) {
    return ` (Debian, as root: apt-get install ${names.join(' ')})`;
  }
  note(`installing Debian packages with apt-get: ${[...packages].map((each) => each.join(', ')).join('; ')}`);
  apt('update', '-qq');
  const { status, stderr } = apt('install', '-y', '-qq', '--no-install-recommends', ...names);
  if (status === 0) {
    return '';
  }
  const reason = (stderr ?? '').split('\n').find((line) => line.startsWith('E: ')) ?? `status ${status}`;
  return ` (apt-get could not: ${reason.replace('E: ', '')})`;
}

/**
 * Installs what the tests need of the system, where that is possible. What is installed may show that something else is
 * missing (a compiler: that its programs do not run), so it looks until nothing new is wanted.
 *
 * @param {string[]} [names] the needs to look at: `programs32`, `browser`, `font`
 * @returns {Map<string, string>} what is missing (`programs32`, `browser`, `font`) to a sentence
 */
export function ensureSystem(wantedNames = systemNeeds.map(({ name }) => name), needs = systemNeeds, apt = aptGet()) {
  const asked = needs.filter(({ name }) => wantedNames.includes(name));
  const hints = new Map();
  for (;;) {
    const missing = asked.flatMap((need) => {
      const lack = need.lacks();
      return lack === undefined ? [] : [{ ...need, ...lack }];
    });
    const wanted = new Map(
      missing.filter(({ debian }) => !hints.has(debian)).map(({ debian, purpose }) => [debian, purpose]),
    );
    if (wanted.size === 0) {
      return new Map(missing.map(({ name, debian, sentence }) => [name, `${sentence}${hints.get(debian)}`]));
    }
    // One by one where there is nobody to install: each complaint names its own package.
    const together = apt === null ? [...wanted].map((each) => new Map([each])) : [wanted];
    for (const packages of together) {
      const hint = installDebian(packages, apt);
      packages.forEach((_, debian) => hints.set(debian, hint));
    }
  }
}

/** Installs VS Code's server. @returns {Promise<string[]>} what is missing and what to do, in each language */
export async function ensureHost() {
  const told = (english, chinese) => [`VS Code's server is missing: ${english}`, `缺少 VS Code 服务器：${chinese}`];
  const silence = (await isHostInstalled()) ? undefined : whyNobodyAnswers();
  if (silence !== undefined) {
    return told(
      `the network is needed and nobody answers (${silence}); run this again where there is one`,
      `需要网络，但无人应答（${silence}）；联网后请再运行一次`,
    );
  }
  try {
    await installHost(note);
    return [];
  } catch ({ message }) {
    const [what, ...stderr] = message.split('\n');
    const why = stderr.length > 0 ? whyNpmFailed({ status: /\d+$/.exec(what)?.[0], stderr: stderr.join('\n') }) : what;
    return told(
      `it cannot be installed (${why}); see to that and run this again`,
      `无法安装（${why}）；请先解决此问题，再运行一次`,
    );
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const missing = [...ensureModules(), ...ensureSystem().values(), ...(await ensureHost())];
  for (const sentence of missing) {
    note(`missing: ${sentence}`);
  }
  process.exitCode = missing.length > 0 ? 1 : 0;
}
