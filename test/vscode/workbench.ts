/**
 * What every suite does with a workbench: open it on a temporary folder, run commands, reach a webview, keep pictures.
 *
 * In: theme, locale, files, settings. Out: a `Workbench` with the playwright page. Nothing here knows what SockScope
 * shows.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import {
  type Host,
  type HostOptions,
  type Locale,
  type WorkbenchOptions,
  openWorkbench,
  startHost,
} from '../../scripts/vscode-host.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface SuiteOptions extends WorkbenchOptions {
  locale?: Locale;
  /** A folder that is there already, which VS Code opens and nobody removes; default: a temporary one. */
  folder?: string;
  /** Files of the folder that VS Code opens: relative path to text. */
  files?: Record<string, string>;
  settings?: HostOptions['settings'];
  env?: HostOptions['env'];
  besides?: HostOptions['besides'];
  /** Workspace Trust as VS Code has it; by default every folder counts as trusted. */
  trust?: boolean;
  /** Another extension than the one in this repository. */
  extensionPath?: string;
  /**
   * Run the extension's `browser` entry in the browser's own extension host, as on vscode.dev, instead of the Node one.
   */
  web?: boolean;
}

export interface Workbench {
  page: Page;
  host: Host;
  folder: string;
  /** Runs a command by its title from the palette; waits until the palette lists it. */
  runCommand(title: string): Promise<void>;
  /** Chooses the first entry that contains a text of the list of choices that opens; `typed` narrows a long list. */
  pick(text: string, typed?: string): Promise<void>;
  /** The content of the webview in the editor tab or view whose title contains `title`. */
  webview(title: string): FrameLocator;
  /** Writes `test-results/vscode/NAME-THEME-LOCALE.png` and gives its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a host of its own and opens the workbench. Close it in `afterAll`. */
export async function openSuite(options: SuiteOptions = {}): Promise<Workbench> {
  const { theme = 'light', locale = 'en', files = {}, env, besides, trust } = options;
  const { extensionPath = resolve(repository) } = options;
  const settings = {
    'sockscope.startPage': false,
    ...options.settings,
    ...(options.web ? await webHostSetting(extensionPath) : {}),
  };
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sockscope-suite-')));
  await writeFiles(folder, files);
  const host = await startHost({ extensionPath, folder, locale, settings, env, besides, trust });
  const { page, close } = await openWorkbench(host, { ...options, theme }).catch((error: unknown) => {
    host.stop();
    throw error;
  });
  return {
    page,
    host,
    folder,
    runCommand: (title) => runCommand(page, title),
    pick: (text, typed) => pick(page, text, typed),
    webview: (title) => webviewFrame(page, title),
    screenshot: (name) => screenshot(page, `${name}-${theme}-${locale}`),
    close: async () => {
      await close();
      host.stop();
      if (options.folder === undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The setting that moves an extension to the browser's extension host. */
async function webHostSetting(extensionPath: string): Promise<Record<string, unknown>> {
  const manifest = JSON.parse(await readFile(join(extensionPath, 'package.json'), 'utf8')) as {
    name: string;
    publisher: string;
  };
  return { 'remote.extensionKind': { [`${manifest.publisher}.${manifest.name}`]: ['web'] } };
}

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/**
 * Reads again and again until what is read is wanted, and gives it. Fails after three minutes, saying what it read last:
 * a limit for what hangs, not for what is slow.
 */
export async function until<T>(what: string, read: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const value = await read();
    if (isWanted(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`never came: ${what}; last there was ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const quickInput = '.quick-input-widget:not([style*="display: none"])';

/** Opens VS Code's one-line input with a key and types a text; with a list, waits until it shows an entry. */
export async function quickType(page: Page, key: string, text: string, entry?: string): Promise<void> {
  const input = page.locator(`${quickInput} input[type="text"]`);
  // Opened anew at each try: an open palette does not notice a command that was registered since, and a key is lost
  // while the focus moves, for example from a closing session to the editor. Each try has more patience.
  let patience = 1000;
  await until(
    `${key} ${text} ${entry ?? ''}`,
    async () => {
      patience += 500;
      await page.keyboard.press(key);
      const isThere = await input
        .waitFor({ timeout: patience })
        .then(() => input.fill(text))
        .then(() => (entry === undefined ? undefined : listed(page, entry).waitFor({ timeout: patience })))
        .then(
          () => true,
          () => false,
        );
      if (!isThere) {
        await page.keyboard.press('Escape');
      }
      return isThere;
    },
    (isThere) => isThere,
  );
}

function listed(page: Page, text: string): Locator {
  return page.locator(`${quickInput} .quick-input-list .monaco-list-row`, { hasText: text }).first();
}

async function runCommand(page: Page, title: string): Promise<void> {
  await quickType(page, 'F1', `>${title}`, title);
  await pick(page, title);
}

async function pick(page: Page, text: string, typed?: string): Promise<void> {
  const row = listed(page, text);
  const input = page.locator(`${quickInput} input[type="text"]`);
  if (typed !== undefined) {
    await page.locator(`${quickInput} .quick-input-list .monaco-list-row`).first().waitFor();
    await input.fill(typed);
  }
  await row.waitFor();
  const listOnShow = async (): Promise<string> => {
    const limit = { timeout: 1000 };
    const [typedNow, asked] = await Promise.all([
      input.inputValue(limit).catch(() => ''),
      input.getAttribute('placeholder', limit).catch(() => ''),
    ]);
    return `${typedNow}\n${asked}`;
  };
  const list = await listOnShow();
  // The hover of a row may cover it where the mouse has rested: the mouse goes away, and tries again.
  await until(
    `a click on ${text}`,
    () =>
      row.click({ timeout: 3000 }).then(
        () => true,
        () => page.mouse.move(5, 5).then(() => false),
      ),
    (isClicked) => isClicked,
  );
  // The list goes, or another one comes, as soon as the choice was taken; the other may have a row of the same name, so
  // that what it asks for tells them apart.
  await until(
    `the choice ${text}`,
    async () => !(await row.isVisible()) || (await listOnShow()) !== list,
    (isTaken) => isTaken,
  );
}

/** The page that an extension shows in the webview whose title contains `title`. */
export function webviewFrame(page: Page, title: string): FrameLocator {
  // VS Code nests webviews: an outer frame of its own, and in it the frame with the page, titled by the panel.
  return page.frameLocator('iframe.webview').frameLocator(`iframe[title*="${title}"]`);
}

async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(repository, 'test-results', 'vscode', `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}
