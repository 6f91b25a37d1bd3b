/**
 * A real VS Code without a desktop: its own server behind a gate on loopback, and the workbench as a page in headless
 * Chromium.
 *
 * In: an extension's folder, a folder to open. Out: an address a person's browser can open, and, for tests, a playwright
 * page of it. VS Code comes as the npm package `code-server` (VS Code 1.100.3 inside), installed into `.vscode-test/`;
 * only VS Code's own server is run, never code-server's wrapper. Everything that is started is in a process group of its
 * own and is killed by `stop()`, when this process ends, or when it is told to end.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGate } from './loopback-gate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const installation = join(root, '.vscode-test');
const server = join(installation, 'node_modules', 'code-server', 'lib', 'vscode');
const serverStarter = join(root, 'scripts', 'vscode-server.mjs');
const hostPackage = 'code-server@4.100.3';
/** What `.vscode-test/installed` must say; the number goes up when the steps below change. */
const installedStamp = `${hostPackage} 2`;
const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No GPU, no sandbox (root in containers), and no host but this machine: a test never waits for the network. */
const chromiumArguments = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
];

/** The browser that shows the workbench in tests, or undefined where there is none. */
export function chromiumPath() {
  return [process.env.CHROMIUM_PATH, ...chromiumPaths].find((path) => path && existsSync(path));
}

/** Whether VS Code's server is installed completely (the stamp is written last). */
export async function isHostInstalled() {
  const stamp = await readFile(join(installation, 'installed'), 'utf8').catch(() => '');
  return stamp.trim() === installedStamp && existsSync(join(server, 'out', 'server-main.js'));
}

/**
 * Installs VS Code's server, about 15 s, nothing when it is there.
 * Throws with npm's output when the package cannot be had.
 */
export async function installHost(note = () => {}) {
  if (await isHostInstalled()) {
    return;
  }
  note(`installing VS Code's server (${hostPackage}) into .vscode-test/`);
  await mkdir(installation, { recursive: true });
  await writeFile(join(installation, 'package.json'), '{ "name": "vscode-test-host", "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(installation, ['install', ...quiet, hostPackage]);
  await npm(server, ['install', ...quiet, '--omit=dev']);
  await npm(join(server, 'extensions'), ['install', ...quiet, '--omit=dev']);
  if (!existsSync(join(server, 'node_modules.asar'))) {
    await symlink('node_modules', join(server, 'node_modules.asar'));
  }
  await followBrowserLanguage();
  await writeFile(join(installation, 'installed'), `${installedStamp}\n`);
}

/**
 * The workbench learns its language from a message bundle it loads from the network. Where that is not to be had it
 * would be English for everyone; then the browser's language counts, and extensions show their Chinese strings to
 * Chinese readers.
 */
async function followBrowserLanguage() {
  const messages = join(server, 'out', 'nls.messages.js');
  const text = await readFile(messages, 'utf8');
  const addition = `;typeof document==="object"&&/^zh\\b/i.test(navigator.language)&&(globalThis._VSCODE_NLS_LANGUAGE??="zh-cn");`;
  if (!text.includes(addition)) {
    // Before the source map's comment, which must stay last.
    const [code, map = ''] = text.split(/(?=\n\/\/# sourceMappingURL)/);
    await writeFile(messages, `${code}${addition}${map}`);
  }
}

function npm(cwd, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`npm ${args.join(' ')} in ${cwd} ended with ${status}\n${output}`)),
    );
  });
}

/** Everything to undo when this process ends before `stop()` was called. */
const running = new Set();

function stopAll() {
  for (const stop of running) {
    stop();
  }
  running.clear();
}

process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // A program that is meant to be ended this way sets its exit status beforehand.
    stopAll();
    process.exit(process.exitCode ?? (signal === 'SIGINT' ? 130 : 143));
  });
}

/**
 * Starts VS Code's server with the extension in development mode: behind a gate on the loopback address that only lets
 * in who has the token of this start (loopback-gate.mjs).
 *
 * @param {object} options
 * @param {string} options.extensionPath absolute folder of the extension (with package.json)
 * @param {string} options.folder absolute folder the workbench opens
 * @param {number} [options.port] wanted; when it is taken, and by default, a free one
 * @param {string} [options.locale] display language, 'en' (default) or 'zh-cn'
 * @param {Record<string, unknown>} [options.settings] user settings, for example `{ "workbench.colorTheme": "…" }`
 * @param {boolean} [options.trust] Workspace Trust as VS Code has it; without, every folder counts as trusted
 * @param {string} [options.dataDir] where VS Code keeps settings and state; default: a temporary folder, removed by
 *   `stop()`
 * @param {string[]} [options.besides] absolute folders of further extensions, installed beside it
 * @param {string} [options.testsPath] absolute path, below `extensionPath`, of a module whose `run` is called by the host
 *   that the extension runs in: its tests
 * @param {Record<string, string>} [options.env] added to the environment of the server and the extension host
 * @returns {Promise<{url: string, port: number, dataDir: string, log: () => string, stop: () => void}>}
 *   `url` opens the workbench in any browser on this machine; it holds the token
 */
export async function startHost({
  extensionPath,
  folder,
  port: wantedPort,
  locale = 'en',
  settings = {},
  trust = false,
  env = {},
  dataDir: kept,
  besides = [],
  testsPath,
}) {
  if (!(await isHostInstalled())) {
    throw new Error('VS Code’s server is not installed; run `node scripts/ensure.mjs`');
  }
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'sockscope-vscode-'));
  await writeUserData(dataDir, trust ? settings : { 'security.workspace.trust.enabled': false, ...settings });
  const linkedExtension = await linkExtension(dataDir, extensionPath);
  await installBesides(dataDir, besides);
  const door = await makeDoor();
  const gate = await openGate({
    ...door,
    port: wantedPort,
    startQuery: (authority) =>
      workbenchQuery(
        authority,
        linkedExtension,
        folder,
        testsPath && join(linkedExtension, relative(extensionPath, testsPath)),
      ),
  });
  const args = [
    ...[serverStarter, door.folder, join(server, 'out', 'server-main.js')],
    ...['--socket-path', door.socketPath, '--connection-token-file', door.tokenFile],
    ...['--server-base-path', gate.basePath, '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...['--server-data-dir', dataDir, '--user-data-dir', join(dataDir, 'data'), '--locale', locale],
  ];
  // Its own process group, so that extension hosts and file watchers are killed with it.
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  child.stdio[3].on('error', () => {});
  const stop = () => {
    running.delete(stop);
    gate.close();
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
    for (const temporary of kept ? [door.folder] : [door.folder, dataDir]) {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  running.add(stop);
  try {
    await untilListening(door.socketPath, gate.basePath, child, () => output);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${gate.port}/?tkn=${door.token}`,
    port: gate.port,
    dataDir,
    locale,
    log: () => output,
    stop,
  };
}

/**
 * Where VS Code's server listens and the token it wants, in a folder that only this user can enter. The token is handed
 * over in a file: arguments can be seen by everybody on the machine.
 */
async function makeDoor() {
  // The path of a Unix socket has about a hundred bytes.
  const base = [tmpdir(), '/tmp'].find((each) => each.length < 70) ?? tmpdir();
  const folder = mkdtempSync(join(base, 'sockscope-door-'));
  const token = randomBytes(24).toString('base64url');
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'socket');
  return { folder, token, tokenFile, socketPath };
}

/**
 * A link to the extension in the data folder, and its path. VS Code takes every colour theme below the folder of an
 * extension in development for one of that extension's and shows it whatever the settings say; its own themes, in
 * `.vscode-test/`, are such.
 */
async function linkExtension(dataDir, extensionPath) {
  const link = join(dataDir, 'extension');
  rmSync(link, { force: true });
  await symlink(extensionPath, link, 'dir');
  return link;
}

/**
 * VS Code takes what lies in its folder of extensions at the first start for installed: only one may be in development.
 */
async function installBesides(dataDir, folders) {
  for (const folder of folders) {
    const { publisher, name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    await cp(folder, join(dataDir, 'extensions', `${publisher}.${name}-${version}`), { recursive: true });
  }
}

/** Writes the first settings; those of a kept folder stay as the person left them. */
async function writeUserData(dataDir, settings) {
  const quiet = {
    'telemetry.telemetryLevel': 'off',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'extensions.ignoreRecommendations': true,
    'git.enabled': false,
  };
  const path = join(dataDir, 'data', 'User', 'settings.json');
  if (existsSync(path)) {
    return;
  }
  await mkdir(join(dataDir, 'data', 'User'), { recursive: true });
  await writeFile(path, JSON.stringify({ ...quiet, ...settings }, null, 2));
}

/** What `code --extensionDevelopmentPath=… FOLDER` says on a command line, said in the page's query. */
function workbenchQuery(authority, extensionPath, folder, testsPath) {
  const remote = (path) => `vscode-remote://${authority}${encodeURI(path)}`;
  const payload = [['extensionDevelopmentPath', remote(extensionPath)]];
  if (testsPath) {
    payload.push(['extensionTestsPath', remote(testsPath)]);
  }
  return `folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Resolves when the server answers; rejects when it ends first or has not answered after three minutes. */
async function untilListening(socketPath, basePath, child, output) {
  for (let tries = 0; tries < 1800; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`VS Code’s server ended with status ${child.exitCode ?? child.signalCode}\n${output()}`);
    }
    if (await answers(socketPath, `${basePath}/version`)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code’s server does not answer\n${output()}`);
}

function answers(socketPath, path) {
  return new Promise((resolve) => {
    const request = httpRequest({ socketPath, path, headers: { host: '127.0.0.1' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.end();
  });
}

/** Colour themes by the names the tests use; all ship with VS Code. */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/**
 * Opens the workbench of a host in headless Chromium and waits until it shows.
 *
 * @param {Awaited<ReturnType<typeof startHost>>} host
 * @param {object} [options]
 * @param {keyof typeof themes} [options.theme] default 'light'
 * @param {{width: number, height: number}} [options.viewport] default 1400 × 900
 * @param {boolean} [options.reducedMotion] what the system says of motion
 * @param {Record<string, (...given: unknown[]) => void>} [options.exposed] functions that the page finds in its window
 * @returns {Promise<{page: import('playwright-core').Page, close: () => Promise<void>}>}
 */
export async function openWorkbench(host, { theme = 'light', ...options } = {}) {
  await setUserSetting(host, 'workbench.colorTheme', themes[theme]);
  const colorScheme = theme.includes('dark') || theme === 'high-contrast' ? 'dark' : 'light';
  return openAddress(host.url, { locale: host.locale, colorScheme, ...options });
}

/** Opens an address that leads to a workbench, in the same way. */
export async function openAddress(
  url,
  { locale = 'en', colorScheme = 'light', viewport = { width: 1400, height: 900 }, reducedMotion, exposed = {} } = {},
) {
  const executablePath = chromiumPath();
  if (!executablePath) {
    throw new Error('no Chromium: install Debian’s chromium, or set CHROMIUM_PATH');
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: chromiumArguments,
  });
  try {
    const context = await browser.newContext({
      viewport,
      locale,
      colorScheme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    // Limits for what hangs: a loaded machine may take its time.
    page.setDefaultTimeout(180_000);
    for (const [name, answer] of Object.entries(exposed)) {
      await page.exposeFunction(name, answer);
    }
    await page.goto(url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Writes one user setting; a workbench that is open takes it over by itself. */
export async function setUserSetting(host, key, value) {
  const path = join(host.dataDir, 'data', 'User', 'settings.json');
  const settings = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...settings, [key]: value }, null, 2));
}
